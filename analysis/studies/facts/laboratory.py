"""Runs that are watched: a region whose schedule has places where somebody looks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from analysis.runs.experiment import Task
from analysis.runs.keeping import Arrays
from analysis.studies.facts.watchers import WATCHERS
from analysis.studies.facts.watchers.watcher import Table, Watcher
from model.record import OBSERVABLES, OUTCOMES, Record
from model.region import Region
from model.scenario import Scenario
from model.schedule import SCHEDULE

RECORD = "record"


@dataclass(frozen=True)
class WatchedRun:
    """What was recorded in a run, and what was watched beside.

    Attributes
    ----------
    scenario, seed
        What was run.
    record
        Arrays, one row a step.
    tables
        Table of each watcher by its name.
    """

    scenario: Scenario
    seed: int
    record: Record
    tables: dict[str, Table] = field(default_factory=dict)

    @property
    def outcomes(self) -> dict[str, float]:
        """Every outcome at the end of the run."""
        last = dict(zip(OBSERVABLES, self.record.series[-1].tolist(), strict=True))
        return {name: last[name] for name in OUTCOMES}

    def arrays(self) -> Arrays:
        """Return all that is kept of a run."""
        found = {f"{RECORD}/{name}": values for name, values in vars(self.record).items()}
        columns = ((name, table.items()) for name, table in self.tables.items())
        return found | {f"{name}/{column}": values for name, table in columns for column, values in table}

    @classmethod
    def of(cls, arrays: Arrays, task: Task[Scenario]) -> Self:
        """Put a run together again."""
        record, tables = Record(0, 0), dict[str, Table]()
        for key, values in arrays.items():
            name, _, column = key.partition("/")
            if name == RECORD:
                setattr(record, column, values)
            else:
                tables.setdefault(name, {})[column] = values
        return cls(task.scenario, task.seed, record, tables)


class WatchedRegion(Region):
    """A region that lets watchers look after the processes that they name.

    Parameters
    ----------
    scenario, seed
        As for :class:`model.region.Region`.
    watchers
        Who looks.
    """

    def __init__(self, scenario: Scenario, *, seed: int, watchers: tuple[Watcher, ...]) -> None:
        self._watchers = watchers
        super().__init__(scenario, seed=seed)

    def _make_plan(self) -> tuple[Callable[[], None], ...]:
        known = {entry.name for entry in SCHEDULE}
        for watcher in self._watchers:
            missing = set(watcher.after) - known
            if missing:
                raise LookupError(f"watcher {watcher.name!r}: there is no process {sorted(missing)}")
        plan: list[Callable[[], None]] = []
        for entry, act in zip(SCHEDULE, super()._make_plan(), strict=True):
            plan.append(act)
            plan += [partial(self._look, w, entry.name) for w in self._watchers if entry.name in w.after]
        return tuple(plan)

    def _look(self, watcher: Watcher, process: str) -> None:
        watcher.look(process, self.world)


@dataclass(frozen=True)
class Laboratory:
    """Makes watched runs; which watchers look depends on the scenario.

    Attributes
    ----------
    watchers
        Names of watchers by the fingerprint of the scenario, see :func:`fingerprint`.
    """

    watchers: Mapping[str, tuple[str, ...]]

    def __call__(self, scenario: Scenario, seed: int) -> WatchedRun:
        """Run a scenario to its horizon under the eyes of its watchers."""
        watchers = tuple(WATCHERS[name]() for name in self.watchers[fingerprint(scenario)])
        region = WatchedRegion(scenario, seed=seed, watchers=watchers)
        while region.running:
            region.step()
        record = region.result(0.0).record
        region.__dict__.clear()
        return WatchedRun(scenario, seed, record, {watcher.name: watcher.table() for watcher in watchers})


def fingerprint(scenario: Scenario) -> str:
    """Give 32 hexadecimal digits that are equal for equal scenarios."""
    return hashlib.blake2b(scenario.model_dump_json().encode(), digest_size=16).hexdigest()
