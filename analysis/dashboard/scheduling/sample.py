"""Runs on common seeds, as far as they have come: how many seeds are whole, and their values in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analysis.dashboard.scheduling.run_cache import Trace

Values = npt.NDArray[np.float64]

STAGES = (1, 2, 4, 8, 16)
"""Numbers of seeds at which what is shown is drawn anew."""


@dataclass(frozen=True)
class Sample:
    """Runs of regimes on common seeds.

    Attributes
    ----------
    seeds
        All that were asked for.
    runs
        Runs of each regime, one for each seed in their order.
    shown
        How many of the seeds are shown; settled when a picture is made, so that all of it shows the same.
    """

    seeds: tuple[int, ...]
    runs: Mapping[str, Sequence[Trace]]
    shown: int = 0

    @property
    def regimes(self) -> tuple[str, ...]:
        """Names of the regimes."""
        return tuple(self.runs)

    @property
    def done(self) -> int:
        """Leading seeds that came to their end under every regime."""
        each_seed = zip(*self.runs.values(), strict=True) if self.runs else ()
        whole = [all(run.finished for run in together) for together in each_seed]
        return whole.index(False) if False in whole else len(whole)

    def settled(self) -> Sample:
        """Give the sample with as many seeds shown as there is a stage for."""
        done = self.done
        return replace(
            self, shown=max((each for each in (*STAGES, len(self.seeds)) if each <= done), default=0)
        )

    @property
    def whole(self) -> bool:
        """Whether nothing more will be shown."""
        return self.shown == len(self.seeds)

    def kept(self) -> tuple[int, ...]:
        """Give the places of the seeds that are shown: those on which no run failed."""
        return tuple(
            place
            for place in range(self.shown)
            if all(runs[place].error is None for runs in self.runs.values())
        )

    def of_regimes(self, names: Iterable[str]) -> Sample:
        """Give the sample of some regimes."""
        return replace(self, runs={name: self.runs[name] for name in names if name in self.runs})

    def of(self, observable: str, places: Iterable[int]) -> dict[str, Values]:
        """Give an observable of each regime, shape (seeds, steps + 1)."""
        chosen = tuple(places)
        return {
            regime: np.stack([runs[place].of(observable) for place in chosen])
            for regime, runs in self.runs.items()
        }

    def accounts(self, places: Iterable[int]) -> dict[str, Values]:
        """Give what each source of the growth account added, employment-weighted, shape (seeds, sources)."""
        chosen = tuple(places)
        return {
            regime: np.stack(
                [runs[place].account[1 : runs[place].rows, :, 1].sum(axis=0) for place in chosen]
            )
            for regime, runs in self.runs.items()
        }

    @property
    def error(self) -> str:
        """Why a run failed, if one did."""
        return next((run.error for runs in self.runs.values() for run in runs if run.error), "")


NOTHING = Sample((), {})
