"""Runs that are watched: a region whose schedule has places where somebody looks."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial

from analysis.facts.watchers import WATCHERS
from analysis.facts.watchers.watcher import Table, Watcher
from model.region import Region
from model.result import RunResult
from model.scenario import Scenario
from model.schedule import SCHEDULE


@dataclass(frozen=True)
class WatchedRun(RunResult):
    """Everything recorded in a run, and what was watched beside.

    Attributes
    ----------
    tables
        Table of each watcher by its name.
    """

    tables: dict[str, Table] = field(default_factory=dict)


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
        begun = time.perf_counter()
        watchers = tuple(WATCHERS[name]() for name in self.watchers[fingerprint(scenario)])
        region = WatchedRegion(scenario, seed=seed, watchers=watchers)
        while region.running:
            region.step()
        result = region.result(time.perf_counter() - begun)
        region.__dict__.clear()
        recorded = {each.name: getattr(result, each.name) for each in fields(RunResult)}
        return WatchedRun(**recorded, tables={watcher.name: watcher.table() for watcher in watchers})


def fingerprint(scenario: Scenario) -> str:
    """Give 32 hexadecimal digits that are equal for equal scenarios."""
    return hashlib.blake2b(scenario.model_dump_json().encode(), digest_size=16).hexdigest()
