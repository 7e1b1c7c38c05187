"""Which runs a view needs: found on the shelf, or to be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.dashboard.jobs import Job
from analysis.dashboard.settings import Setting, run_keys
from analysis.dashboard.traces import Shelf, Trace


@dataclass(frozen=True, eq=False)
class Order:
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
    shelf
        Where it is kept when it is finished.
    """

    name: bytes
    regime: str
    seed: int
    setting: Setting
    run: Trace
    shelf: Shelf

    @property
    def job(self) -> Job:
        """What a worker has to do."""
        return Job("curves", self.setting.of(self.regime), self.seed)

    def finish(self, error: str | None) -> None:
        """Note that no more will come."""
        self.run.error, self.run.finished = error, True
        if error is None:
            self.shelf.keep(self.name, self.run)


def orders(setting: Setting, regimes: Sequence[str], seeds: Iterable[int], shelf: Shelf) -> list[Order]:
    """List the runs of regimes on seeds, seeds outermost; those on the shelf are finished.

    Parameters
    ----------
    setting
        What is run.
    regimes, seeds
        Which runs.
    shelf
        Where finished ones are.
    """
    found = []
    for seed in seeds:
        names = run_keys(setting.scenario, tuple(regimes), seed)
        for regime, name in zip(regimes, names, strict=True):
            run = shelf.find(name) or Trace(setting.scenario.steps)
            found.append(Order(name, regime, seed, setting, run, shelf))
    return found


def by_regime(ordered: Iterable[Order]) -> dict[str, list[Trace]]:
    """Gather runs by regime."""
    found: dict[str, list[Trace]] = {}
    for each in ordered:
        found.setdefault(each.regime, []).append(each.run)
    return found
