"""Every process does to any state what the reference model says, whatever kernels it calls."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.processes.process import Process
from model.schedule import SCHEDULE
from model.world import World
from tests.reference import schedule
from tests.reference.agreement import assert_agree, differences, state
from tests.reference.region import ReferenceRegion
from tests.reference.states import QUICK, THOROUGH, worlds

STATED = {function.__name__: function for function in schedule.SCHEDULE}
PROCESSES = [entry for entry in SCHEDULE if isinstance(entry, Process)]
each_process = pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)


def test_the_reference_follows_the_same_schedule() -> None:
    assert [entry.name for entry in SCHEDULE] == list(STATED)


@given(world=worlds())
@QUICK
def test_a_state_comes_back_from_agents_as_it_was(world: World) -> None:
    assert differences(state(world), state(ReferenceRegion.from_world(world).to_world())) == []


def compare(process: Process, world: World) -> None:
    """Let both models do the same to the same state; only where some have left is anybody to enter."""
    if process.name == "enter":
        firms = world.carriers.kind == 0
        world.carriers.vacate(firms & (world.carriers.seat % 3 == world.step % 3))
    region = ReferenceRegion.from_world(world)
    process(world)
    STATED[process.name](region)
    assert_agree(world, region)


@each_process
@given(world=worlds())
@QUICK
def test_process(process: Process, world: World) -> None:
    compare(process, world)


@pytest.mark.slow
@each_process
@given(world=worlds(most_firms=60))
@THOROUGH
def test_process_thoroughly(process: Process, world: World) -> None:
    compare(process, world)


@given(world=worlds(), data=st.data())
@QUICK
def test_carriers_that_leave_take_their_ties_with_them(world: World, data: Any) -> None:
    rows = world.carriers.rows
    gone = np.array(data.draw(st.lists(st.booleans(), min_size=rows, max_size=rows)), np.bool_)
    region = ReferenceRegion.from_world(world)
    region.remove([carrier for carrier, leaves in zip(region.carriers, gone, strict=True) if leaves])
    world.carriers.retire(gone)
    assert_agree(world, region, 0.0)
