"""What processes declare is true: they write what they say, and nothing else decides what they write."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from model.processes.process import Process
from model.region import Region
from model.scenario import Scenario
from model.schedule import SCHEDULE
from model.space import KnowledgeSpace
from model.state import COLUMNS
from model.world import World
from tests.invariants.runs import busy

NUMBERS = {column.name: column.block for column in COLUMNS}
SPACE = tuple(field.name for field in fields(KnowledgeSpace))
APART = ("scenario", "streams", "carriers", "space", "_lives")
"""What is looked at by itself, and what is only looked up once more: a copy of a world leaves it out."""
WORLD = tuple(field.name for field in fields(World) if field.name not in APART)
KEPT = {"step", "domain_names", "sector_names", "relatedness_total"}
"""What every process may know: the time, names, and sums of what is declared."""

PROCESSES = [entry for entry in SCHEDULE if isinstance(entry, Process)]
each_process = pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)


def everything(world: World) -> dict[str, Any]:
    """All columns and quantities of a world, as they are."""
    values = {name: getattr(world.carriers, name) for name in NUMBERS}
    values |= {name: getattr(world.space, name) for name in SPACE}
    return values | {name: getattr(world, name) for name in WORLD}


def changes(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Names of what differs."""
    return {
        name
        for name, value in before.items()
        if np.shape(value) != np.shape(after[name])
        or not np.array_equal(value, after[name], equal_nan=np.asarray(value).dtype.kind == "f")
    }


@cache
def moments() -> list[tuple[str, World]]:
    """States just before each process, in a run in which everything happens."""
    seen: list[tuple[str, World]] = []
    # Clusters that close and firms that fail are part of everything.
    closing = busy(
        membership={"minimum": 1000, "patience": 0},
        policy={"policymakers": [{"name": "city", "regime": "cluster", "stop": 3}]},
        market={"initial_cash": 0.1},
    )
    for scenario in (busy(), closing):
        region = Region(scenario, seed=1)
        plan = list(region._plan)
        while region.running:
            region.world.step += 1
            for entry, act in zip(SCHEDULE, plan, strict=True):
                if isinstance(entry, Process):
                    seen.append((entry.name, deepcopy(region.world)))
                act()
            region._take_record()
            region._keep_up()
            region.running = region.world.step < region.world.scenario.steps
    return seen


def worlds_before(process: Process) -> Iterator[World]:
    """Copies of the states just before a process; what empty slots for ties hold is of no account."""
    for name, world in moments():
        if name == process.name:
            copy = deepcopy(world)
            empty = np.arange(copy.carriers.slots)[None, :] >= copy.carriers.degree[:, None]
            for column, block in NUMBERS.items():
                if block.startswith("tie"):
                    getattr(copy.carriers, column)[empty] = 7
            yield copy


@each_process
def test_what_is_declared_exists(process: Process) -> None:
    known = {*NUMBERS, *SPACE, *WORLD}
    assert set(process.reads) <= known
    assert set(process.writes) <= known
    assert set(process.parameters) <= set(Scenario.model_fields)


@each_process
def test_a_process_writes_what_it_declares_and_nothing_else(process: Process) -> None:
    written: set[str] = set()
    for world in worlds_before(process):
        before = deepcopy(everything(world))
        process(world)
        written |= changes(before, everything(world))
    assert written <= set(process.writes)
    # Columns of carriers that leave or enter change place, all of them; everything else is written one by one.
    columns = set(NUMBERS) if set(NUMBERS) <= set(process.writes) else set()
    assert set(process.writes) - columns <= written


@each_process
def test_what_is_not_declared_does_not_matter(process: Process) -> None:
    for number, world in enumerate(worlds_before(process)):
        scrambled = deepcopy(world)
        scramble(scrambled, process, np.random.default_rng(number))
        before = deepcopy(everything(scrambled))
        process(world)
        process(scrambled)
        usual, after = everything(world), everything(scrambled)
        written = [name for name in process.writes if changes({name: usual[name]}, after)]
        assert written == []
        assert changes(before, after) <= set(process.writes)


def scramble(world: World, process: Process, rng: np.random.Generator) -> None:
    """Fill what a process does not declare with what would be noticed, and hide undeclared parameters."""
    declared = {*process.reads, *process.writes, *KEPT}
    for name, block in NUMBERS.items():
        if name in declared:
            continue
        column = getattr(world.carriers, name)
        # Whole numbers are shuffled: a wrong one that is out of range would crash instead of failing.
        column[:] = rng.permutation(column) if block.endswith("integer") else np.nan
    for place, names in ((world.space, SPACE), (world, WORLD)):
        for name in set(names) - declared:
            value = getattr(place, name)
            setattr(place, name, garbage(value, rng))
    sections = {name: getattr(world.scenario, name) for name in process.parameters}
    world.scenario = SimpleNamespace(**sections)  # type: ignore[assignment]


def garbage(value: Any, rng: np.random.Generator) -> Any:
    """Something of the same shape that is not the value."""
    if isinstance(value, list):
        return []
    array = np.asarray(value)
    if array.dtype.kind == "f":
        return np.full(array.shape, np.nan) if array.ndim else float("nan")
    return rng.permutation(array) if array.ndim else value
