"""Runs leave nothing behind: no region stays alive, memory stays flat."""

from __future__ import annotations

import gc
import tracemalloc
import weakref
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import mesa
import psutil
import pytest

from model import building, life_cycles, streams
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
        # What may stay are starts, keys of luck and lives of domains, up to a bound: runs of a seed share them.
        kept = sum(world.carriers.rows for world in building._kept.values())
        building._kept.clear()
        streams._keys.cache_clear()
        life_cycles._quarters.cache_clear()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
        gc.enable()
    assert grown < 2 * table
    assert kept <= building._MOST_KEPT


def test_starts_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_MOST_KEPT", 150)
    for seed in range(5):
        run(small_scenario(), seed)
        rows = [world.carriers.rows for world in building._kept.values()]
        # The latest stays however large it is.
        assert len(rows) == 1 or sum(rows) <= 150


def hundreds_of_runs() -> tuple[int, int]:
    """What five times a hundred runs add to the objects and to the memory of a process, in bytes, after the second."""
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
    hundred()
    first = hundred()
    for _ in range(3):
        last = hundred()
    return last[0] - first[0], last[1] - first[1]


@pytest.mark.slow
def test_hundreds_of_runs_leave_memory_flat() -> None:
    # A process of its own: what earlier tests left in bounded caches is replaced bit by bit, which looks like growth.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        objects, memory = process.submit(hundreds_of_runs).result()
    assert objects < 100_000
    assert memory < 20_000_000
