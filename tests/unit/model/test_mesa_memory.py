"""Runs leave nothing behind: no region stays alive, memory stays flat."""

from __future__ import annotations

import gc
import tracemalloc
import weakref
from collections.abc import Callable
from typing import Any

import mesa
import psutil
import pytest

from model.agents import Firm
from model.region import Region, run
from tests.unit.model.mesa_regions import STEPS, advance, small_region, small_scenario


def use(region: Region) -> None:
    advance(region, STEPS)


def look(region: Region) -> None:
    advance(region, 2)
    region.agents_by_type[Firm].shuffle_do(lambda firm: firm.random.random())
    _ = next(iter(region.agents_by_type[Firm])).partners
    region.datacollector.get_model_vars_dataframe()
    advance(region, 2)


def add_agents(region: Region) -> None:
    mesa.Agent.create_agents(region, 3)
    advance(region, 2)


def collect(region: Region) -> None:
    collector = mesa.DataCollector(agent_reporters={"id": "unique_id"})
    collector.collect(region)


USES = (use, look, add_agents, collect)


@pytest.mark.parametrize("used", USES, ids=[function.__name__ for function in USES])
def test_a_region_that_nobody_needs_any_more_is_collected(used: Callable[[Region], None]) -> None:
    region = small_region()
    used(region)
    agents = [weakref.ref(agent) for agent in region.agents]
    gone = weakref.ref(region)
    del region
    gc.collect()
    assert gone() is None
    assert not any(agent() for agent in agents)


class Followed(Region):
    """A region of which is known whether it is still there."""

    made: list[weakref.ref[Region]] = []  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.made.append(weakref.ref(self))


def test_no_region_of_a_batch_stays_alive() -> None:
    Followed.made.clear()
    parameters = {"scenario": [small_scenario()], "rng": [1, 2, 3], "regime": ["none", "cluster"]}
    rows = mesa.batch_run(Followed, parameters, display_progress=False)
    assert len(rows) == len(Followed.made) == 6
    gc.collect()
    assert not any(region() for region in Followed.made)


def test_a_run_frees_its_arrays_without_waiting_for_the_garbage_collector() -> None:
    scenario = small_scenario().with_regime("cluster")
    table = sum(block.nbytes for block in small_region().world.carriers.blocks.values())
    run(scenario, 0)
    gc.collect()
    gc.disable()
    try:
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        for seed in range(5):
            run(scenario, seed)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
        gc.enable()
    # Of five tables one may stay: the start of the last run, which the same seed under another regime shares.
    assert grown < 2 * table


@pytest.mark.slow
def test_hundreds_of_runs_leave_memory_flat() -> None:
    scenario = small_scenario()
    regimes = [scenario.with_regime(name) for name in ("none", "sector", "cluster", "smart_specialisation")]
    process = psutil.Process()

    def hundred() -> tuple[int, int]:
        for seed in range(25):
            for regime in regimes:
                run(regime, seed)
            region = Region(regimes[2], seed=seed)
            look(region)
        del region
        gc.collect()
        return tracemalloc.get_traced_memory()[0], process.memory_info().rss

    tracemalloc.start()
    try:
        hundred()
        first = hundred()
        for _ in range(3):
            last = hundred()
    finally:
        tracemalloc.stop()
    assert last[0] - first[0] < 100_000
    assert last[1] - first[1] < 20_000_000
