"""Which runs a view needs: found in the cache, or to be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.dashboard.scheduling.jobs import Job
from analysis.dashboard.scheduling.run_cache import RunCache, Trace
from analysis.dashboard.state.settings import Setting, run_keys


@dataclass(frozen=True, eq=False)
class NeededRun:
    """A run that is needed.

    Attributes
    ----------
    name
        Under which it is kept.
    regime, seed
        Which it is.
    setting
        What it is run from.
    run
        The run as far as it has come.
    cache
        Where it is kept when it is finished.
    whole
        Whether it is to tell of priorities and firms.
    """

    name: bytes
    regime: str
    seed: int
    setting: Setting
    run: Trace
    cache: RunCache
    whole: bool = False

    @property
    def job(self) -> Job:
        """What a worker has to do."""
        return Job("whole" if self.whole else "curves", self.setting.of(self.regime), self.seed)

    def finish(self, error: str | None) -> None:
        """Note that no more will come."""
        self.run.error, self.run.finished = error, True
        if error is None:
            self.cache.keep(self.name, self.run)


def needed_runs(
    setting: Setting, regimes: Sequence[str], seeds: Iterable[int], cache: RunCache, *, whole: bool = False
) -> list[NeededRun]:
    """List the runs of regimes on seeds, seeds outermost; those in the cache are finished.

    Parameters
    ----------
    setting
        What is run.
    regimes, seeds
        Which runs.
    cache
        Where finished ones are.
    whole
        Whether runs have to tell of priorities and firms.
    """
    found = []
    for seed in seeds:
        names = run_keys(setting.scenario, tuple(regimes), seed)
        for regime, name in zip(regimes, names, strict=True):
            run = cache.find(name)
            if run is None or (whole and run.after is None):
                run = Trace(setting.scenario.steps)
            found.append(NeededRun(name, regime, seed, setting, run, cache, whole))
    return found


def by_regime(ordered: Iterable[NeededRun]) -> dict[str, list[Trace]]:
    """Gather runs by regime."""
    found: dict[str, list[Trace]] = {}
    for each in ordered:
        found.setdefault(each.regime, []).append(each.run)
    return found
