"""Common random numbers: the same bits again, one start and one outside world for all, no stream shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import model.region
from model.policy.regimes import REGIMES
from model.processes.process import Process
from model.region import Region, run
from model.result import RunResult
from model.scenario import Scenario
from model.schedule import SCHEDULE
from model.streams import Streams
from model.world import World
from tests.invariants.runs import busy, finished, scenarios
from tests.reference.agreement import differences, state
from tests.reference.states import QUICK, worlds

PROCESSES = {entry.name: entry for entry in SCHEDULE if isinstance(entry, Process)}


def recorded(result: RunResult) -> dict[str, Any]:
    """Everything that a run has recorded."""
    return {
        **vars(result.record),
        **{f"ledger of {name}": entries for name, entries in result.ledgers.items()},
    }


@given(scenario=scenarios(), seed=st.integers(0, 2**32 - 1))
@QUICK
def test_the_same_seed_gives_the_same_bits(scenario: Scenario, seed: int) -> None:
    assert differences(recorded(run(scenario, seed)), recorded(run(scenario, seed))) == []


def test_regions_in_one_process_do_not_disturb_each_other() -> None:
    alone = [recorded(run(busy(), seed)) for seed in (1, 2)]
    together = [Region(busy(), seed=seed) for seed in (1, 2)]
    while together[0].running:
        for region in together:
            region.step()
    for region, expected in zip(together, alone, strict=True):
        assert differences(recorded(region.result()), expected) == []


def test_another_seed_gives_another_run() -> None:
    one, other = (recorded(run(busy(), seed)) for seed in (1, 2))
    assert not np.array_equal(one["series"], other["series"])
    assert not np.array_equal(one["domain_demand"], other["domain_demand"])


def test_every_regime_has_the_same_start_and_the_same_outside_world() -> None:
    regions = [Region(busy().with_regime(name), seed=5) for name in (*REGIMES, "everything")]
    start = state(regions[0].world)
    for region in regions:
        assert differences(state(region.world), start) == []
        while region.running:
            region.step()
    frontiers = [region.world.space.frontier for region in regions]
    demands = [region.record.domain_demand for region in regions]
    assert all(np.array_equal(frontier, frontiers[0]) for frontier in frontiers)
    assert all(np.array_equal(demand, demands[0]) for demand in demands)
    # What regimes do makes a difference, of course.
    assert len({region.record.series[-1, 0] for region in regions}) == len(regions)


@contextmanager
def overheard() -> Iterator[dict[str, dict[tuple[str, int], int]]]:
    """Note which process asks for which keys."""
    keys: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
    now = ["start"]
    original, schedule = Streams.key, model.region.SCHEDULE

    def key(self: Streams, name: str, step: int) -> np.uint64:
        keys[now[0]][name, step] = int(original(self, name, step))
        return original(self, name, step)

    def listened_to(entry: Process) -> Process:
        def function(world: World) -> None:
            now[0] = entry.name
            entry.function(world)
            now[0] = "agents"

        return Process(entry.name, entry.reads, entry.writes, entry.parameters, function)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Streams, "key", key)
        patch.setattr(
            model.region, "SCHEDULE", tuple(listened_to(e) if isinstance(e, Process) else e for e in schedule)
        )
        yield keys


def test_no_two_processes_share_a_stream() -> None:
    with overheard() as keys:
        finished(busy())
    asked = {who: {name for name, _ in asked_for} for who, asked_for in keys.items()}
    assert {
        "advance_world",
        "choose_focus",
        "recombine",
        "membership",
        "seek_partners",
        "grow",
        "leave",
        "enter",
        "turn",
    } <= set(asked)
    for who, names in asked.items():
        for other, others in asked.items():
            assert who == other or not names & others, f"{who} and {other} share {names & others}"
    values = [value for asked_for in keys.values() for value in asked_for.values()]
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("off", PROCESSES)
def test_a_process_switched_off_leaves_the_streams_of_all_others_unchanged(
    off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with overheard() as usual:
        finished(busy())
    monkeypatch.setattr(model.region, "SCHEDULE", tuple(entry for entry in SCHEDULE if entry.name != off))
    with overheard() as without:
        finished(busy())
    assert off not in without
    for who in set(usual) - {off, "agents"}:
        assert {name for name, _ in without[who]} == {name for name, _ in usual[who]}
        both = without[who].keys() & usual[who].keys()
        assert {stream: without[who][stream] for stream in both} == {
            stream: usual[who][stream] for stream in both
        }
    for asked_for in (usual["agents"], without["agents"]):
        for (name, step), value in asked_for.items():
            assert Streams(1).key(name, step) == value


@pytest.mark.parametrize("off", sorted(set(PROCESSES) - {"turn", "advance_world", "scheduled_events"}))
def test_the_outside_world_is_the_same_whatever_is_switched_off(
    off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = finished(busy()).record.domain_demand
    monkeypatch.setattr(model.region, "SCHEDULE", tuple(entry for entry in SCHEDULE if entry.name != off))
    assert np.array_equal(finished(busy()).record.domain_demand, usual)


@pytest.mark.parametrize("name", ["choose_focus", "research", "forget", "recombine"])
@given(world=worlds(), place=st.integers(0, 100))
@QUICK
def test_the_luck_of_a_firm_does_not_depend_on_who_else_is_there(name: str, world: World, place: int) -> None:
    # Alone, without ties, what a firm does is a matter of its own state and luck.
    world.carriers.degree[:] = 0
    world.carriers.link[:] = -1
    fewer = deepcopy(world)
    gone = np.arange(world.carriers.rows) == place % max(1, world.carriers.rows)
    fewer.carriers.retire(gone)
    PROCESSES[name](world)
    PROCESSES[name](fewer)
    world.carriers.retire(gone)
    for column in ("focus", "knowledge", "rd_stock", "rd_cost", "id"):
        assert np.array_equal(getattr(world.carriers, column), getattr(fewer.carriers, column)), column
