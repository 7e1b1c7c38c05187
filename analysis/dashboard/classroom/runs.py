"""The runs of a room: asked for once, found in the cache, made ahead of who will want them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.dashboard.scheduling.needed_runs import NeededRun, needed_runs
from analysis.dashboard.scheduling.run_cache import RunCache, Trace
from analysis.dashboard.scheduling.scheduler import Scheduler
from analysis.dashboard.state.settings import Settings, run_keys
from analysis.dashboard.state.view import View

MOST_REMEMBERED = 2_000
"""Regions of which the names of their runs are remembered."""


@dataclass(frozen=True)
class Wanted:
    """Runs that belong together: a view's setting under some regimes on some seeds."""

    view: View
    regimes: tuple[str, ...]
    seeds: tuple[int, ...]


class Runs:
    """The runs of one room.

    Parameters
    ----------
    scheduler
        Where runs are made.
    cache
        Where finished ones are.
    settings
        Settings of views.
    changed
        Told from a thread of the scheduler that a run has ended.
    """

    def __init__(
        self, scheduler: Scheduler, cache: RunCache, settings: Settings, changed: Callable[[], None]
    ) -> None:
        self._scheduler, self._cache, self._settings, self._changed = scheduler, cache, settings, changed
        self._names: dict[Wanted, dict[str, list[bytes]]] = {}
        self._ahead: set[Wanted] = set()
        self._owners: set[Hashable] = set()
        self._failed: set[bytes] = set()
        self._left = 0

    @property
    def left(self) -> int:
        """Runs that were asked for ahead and have not ended."""
        return self._left

    def found(self, wanted: Wanted) -> dict[str, list[Trace | None]]:
        """Give the runs that have ended, None for others, by regime and in the order of seeds."""
        return {
            regime: [self._cache.find(name) for name in names]
            for regime, names in self._named(wanted).items()
        }

    def failed(self, wanted: Wanted) -> bool:
        """Whether one of the runs failed."""
        return any(name in self._failed for names in self._named(wanted).values() for name in names)

    def ask(self, owner: Hashable, wanted: Wanted) -> None:
        """Ask for what somebody waits for; what the same owner waited for before is dropped."""
        self._submit((self, owner), "look", self._missing(wanted), self._changed)

    def ask_ahead(self, wanted: Wanted) -> None:
        """Ask quietly, and once, for what somebody may want."""
        if wanted in self._ahead:
            return
        self._ahead.add(wanted)
        missing = self._missing(wanted)
        self._left += len(missing)
        left = [len(missing)]

        def ended() -> None:
            if left[0]:
                left[0] -= 1
                self._left -= 1
            self._changed()

        self._submit((self, wanted), "surface", missing, ended)

    def close(self) -> None:
        """Want nothing any more."""
        for owner in self._owners:
            self._scheduler.drop(owner)
        self._owners.clear()
        self._names.clear()

    def _missing(self, wanted: Wanted) -> list[NeededRun]:
        setting = self._settings.setting_for(wanted.view)
        found = needed_runs(setting, wanted.regimes, wanted.seeds, self._cache)
        return [each for each in found if not each.run.finished and each.name not in self._failed]

    def _submit(
        self, owner: Hashable, lane: str, missing: Sequence[NeededRun], ended: Callable[[], None]
    ) -> None:
        if not missing:
            return
        self._owners.add(owner)

        def deliver(place: int, content: Any, finished: bool, error: str | None) -> None:  # noqa: FBT001
            each = missing[place]
            if content is not None:
                each.run.take(content)
            if finished:
                each.finish(error)
                if error is not None:
                    self._failed.add(each.name)
                ended()

        self._scheduler.submit(owner, lane, [each.job for each in missing], deliver)

    def _named(self, wanted: Wanted) -> dict[str, list[bytes]]:
        names = self._names.get(wanted)
        if names is None:
            if len(self._names) >= MOST_REMEMBERED:
                self._names.clear()
            scenario = self._settings.setting_for(wanted.view).scenario
            by_seed = [run_keys(scenario, wanted.regimes, seed) for seed in wanted.seeds]
            names = dict(zip(wanted.regimes, map(list, zip(*by_seed, strict=True)), strict=True))
            self._names[wanted] = names
        return names
