"""Channels held still for attribution: each switch freezes what it says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.policy.instruments import INSTRUMENTS
from model.policy.ledger import INSTRUMENT_NUMBERS
from model.processes.process import Process
from model.region import Region
from model.scenario import Scenario
from model.schedule import SCHEDULE
from model.world import World
from tests.invariants.runs import busy, finished
from tests.reference.agreement import differences, state
from tests.reference.states import QUICK, orders, worlds

PROCESSES = {entry.name: entry for entry in SCHEDULE if isinstance(entry, Process)}
LIVE = {"freeze_absorptive_capacity": False, "networked_recombination": True, "freeze_ties": False}
SWITCHES = {name: not live for name, live in LIVE.items()}
# What may go on differently in a step when a channel is held still.
CONCERNED: dict[str, set[str]] = {
    "freeze_absorptive_capacity": {"learn_to_learn"},
    "networked_recombination": {"recombine"},
    "freeze_ties": {"keep_or_drop_ties", "seek_partners", "brokerage"},
}
FEW = settings(QUICK, max_examples=8)

each_switch = pytest.mark.parametrize("switch", SWITCHES)


def held_still(switch: str) -> Scenario:
    return busy(channels={switch: SWITCHES[switch]})


def with_channels(world: World, **changes: bool) -> World:
    """The same state with all channels live but for some changes."""
    other = deepcopy(world)
    channels = other.scenario.channels.model_copy(update={**LIVE, **changes})
    ties = other.scenario.ties.model_copy(update={"network": "evolving"})
    other.scenario = other.scenario.model_copy(update={"channels": channels, "ties": ties})
    return other


def noticed(name: str, world: World, act: Any) -> dict[str, list[str]]:
    """What differs after an act, by the switch that holds a channel still."""
    live = with_channels(world)
    usual = act(live)
    found = {}
    for switch, value in SWITCHES.items():
        still = with_channels(world, **{switch: value})
        outcome = act(still)
        found[switch] = differences(state(live), state(still))
        if outcome != usual:
            found[switch].append(f"what {name} gives back")
    return found


@pytest.mark.parametrize("name", PROCESSES)
@given(world=worlds())
@FEW
def test_no_process_but_its_own_notices(name: str, world: World) -> None:
    found = noticed(name, world, PROCESSES[name])
    if name == "learn_to_learn":
        written = {each.partition(":")[0] for each in found.pop("freeze_absorptive_capacity")}
        assert written <= {"absorptive_capacity", "absorptive_capacity_untrained"}
    assert [switch for switch in found if found[switch] and name not in CONCERNED[switch]] == []


@pytest.mark.parametrize("name", INSTRUMENTS)
@given(world=worlds(), data=st.data())
@FEW
def test_no_instrument_but_its_own_notices(name: str, world: World, data: Any) -> None:
    order = data.draw(orders(world, name))

    def deliver(each: World) -> str:
        return repr(INSTRUMENTS[name].deliver(each, order, 30.0, -1, np.uint64(1)))

    found = noticed(name, world, deliver)
    assert [switch for switch in found if found[switch] and name not in CONCERNED[switch]] == []


@each_switch
def test_the_start_is_the_same(switch: str) -> None:
    usual, still = (Region(each, seed=1).world for each in (busy(), held_still(switch)))
    assert differences(state(usual), state(still)) == []
    assert usual.carriers.degree.sum() > 0


@each_switch
def test_it_makes_a_difference(switch: str) -> None:
    one, other = (finished(each).record.series for each in (busy(), held_still(switch)))
    assert not np.array_equal(one, other, equal_nan=True)


def steps(scenario: Scenario) -> Iterator[Region]:
    region = Region(scenario, seed=1)
    yield region
    while region.running:
        region.step()
        yield region


def by_identity(world: World, column: str) -> dict[int, float]:
    firms = world.carriers.kind == 0
    return dict(zip(world.carriers.id[firms].tolist(), getattr(world.carriers, column)[firms], strict=True))


def moved(scenario: Scenario, column: str) -> int:
    """How many firms ever left the value that they had at the start, or in their first full step."""
    first: dict[int, float] = {}
    left = set()
    for region in steps(scenario):
        born = by_identity(region.world, "born")
        for firm, value in by_identity(region.world, column).items():
            # Who enters at the end of a step has no absorptive capacity before the next one.
            begun = born[firm] == 0 or born[firm] < region.world.step
            if begun and first.setdefault(firm, value) != value:
                left.add(firm)
    return len(left)


def test_absorptive_capacity_stays_while_skill_and_research_go_on() -> None:
    still = held_still("freeze_absorptive_capacity")
    assert moved(still, "absorptive_capacity") == 0
    assert moved(still, "skill") > 0
    assert moved(still, "rd_stock") > 0
    assert moved(busy(), "absorptive_capacity") > 0


def test_nobody_recombines_with_partners_but_alone() -> None:
    usual, still = (
        finished(each).result().series() for each in (busy(), held_still("networked_recombination"))
    )
    assert usual["networked_attempts"].sum() > 0
    assert still["networked_attempts"].sum() == 0
    # Who would have asked a partner tries alone: that is what is compared with.
    assert still["internal_attempts"].sum() > usual["internal_attempts"].sum()


def pairs(world: World) -> set[frozenset[int]]:
    carriers = world.carriers
    return {
        frozenset((int(carriers.id[i]), int(carriers.id[j])))
        for i in range(carriers.rows)
        for j in carriers.partners[i, : carriers.degree[i]]
    }


def test_ties_only_end_and_only_with_who_leaves() -> None:
    known: set[frozenset[int]] | None = None
    ended = 0
    slump = [{"kind": "demand_shock", "step": 1, "sectors": ["sector 1"], "factor": 0.01}]
    for region in steps(busy(channels={"freeze_ties": True}, market={"initial_cash": 0.0}, events=slump)):
        now, present = pairs(region.world), set(region.world.carriers.id.tolist())
        if known is not None:
            assert now == {pair for pair in known if pair <= present}
            ended += len(known - now)
        known = now
    assert ended > 0


def test_brokers_have_nothing_to_do_where_ties_are_frozen() -> None:
    place = INSTRUMENT_NUMBERS["brokerage"]
    for scenario, busy_brokers in ((busy(), True), (held_still("freeze_ties"), False)):
        ledgers = finished(scenario).result().ledgers.values()
        granted, spent = (sum(entries[:, place, column].sum() for entries in ledgers) for column in (0, 1))
        assert granted > 0
        assert bool(spent > 0) == busy_brokers
