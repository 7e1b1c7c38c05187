"""What absorptive capacity and networked recombination do here: every regime again with each of them held still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.dashboard.scheduling.jobs import Job
from analysis.dashboard.scheduling.sample import Sample
from analysis.dashboard.state.settings import Setting
from analysis.runs.experiment import HELD_STILL
from analysis.statistics.comparison import interval
from analysis.statistics.shapley import distinguishable
from analysis.studies.attribution.design import SWITCHES, Counterfactual
from model.record import OUTCOMES

Values = npt.NDArray[np.float64]

MISSION_CHANNELS = ("absorptive_capacity", "networked_recombination")
MISSION_SEEDS = 8
TOLD_EVERY = 16
"""Runs after which it is told how far it has come."""


@dataclass(frozen=True)
class Effect:
    """A mean and its 95% interval, in percent of the outcome under the baseline."""

    mean: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether it can be told from zero."""
        return distinguishable(self.low, self.high)


@dataclass(frozen=True)
class ChannelEffect:
    """What a channel does in a setting.

    Attributes
    ----------
    level
        By how much the baseline's outcome falls when the channel is held still.
    leads
        By how much the lead of each regime over the baseline falls.
    """

    level: Effect
    leads: dict[str, Effect]


@dataclass(eq=False)
class Mission:
    """Runs with a channel held still, as far as they have come.

    Attributes
    ----------
    regimes, seeds, channels
        What is run.
    jobs
        The runs, channels outermost, then seeds, then regimes.
    """

    regimes: tuple[str, ...] = ()
    seeds: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    jobs: list[Job] = field(default_factory=list)
    done: int = 0
    _endings: Values = field(default_factory=lambda: np.empty((0, 0, 0, 0)))

    @classmethod
    def of(cls, setting: Setting, regimes: tuple[str, ...], seeds: Sequence[int]) -> Mission:
        """Plan the runs of a setting; a channel that the scenario itself holds still has no effect to look at."""
        channels = setting.scenario.channels
        live = [
            each
            for each in MISSION_CHANNELS
            if getattr(channels, SWITCHES[each]) != HELD_STILL[SWITCHES[each]]
        ]
        seeds = tuple(seeds[:MISSION_SEEDS])
        scenarios = {regime: setting.of(regime) for regime in regimes}
        jobs = [
            Job("ending", Counterfactual(regime, (channel,)).applied_to(scenarios[regime]), seed)
            for channel in live
            for seed in seeds
            for regime in regimes
        ]
        shape = (len(live), len(seeds), len(regimes), len(OUTCOMES))
        return cls(regimes, seeds, tuple(live), jobs, _endings=np.full(shape, np.nan))

    def take(self, place: int, content: Any, *, finished: bool, error: str | None) -> None:
        """Take the outcomes of a run in; one that failed stays unknown, and with it its seed."""
        if content is not None and error is None:
            self._endings.reshape(-1, len(OUTCOMES))[place] = content
        self.done += finished

    @property
    def whole(self) -> bool:
        """Whether all runs are there."""
        return self.done >= len(self.jobs)

    def told_anew(self) -> bool:
        """Whether it is time to say how far it has come."""
        return self.whole or self.done % TOLD_EVERY == 0

    def effects(self, sample: Sample, outcome: str, baseline: str) -> dict[str, ChannelEffect]:
        """Compare runs with a channel held still with those in which it is live, seed by seed.

        Parameters
        ----------
        sample
            Runs in which everything is live.
        outcome
            Which outcome.
        baseline
            Regime that others lead over.
        """
        if not self.jobs or not self.whole or len(sample.kept()) < len(self.seeds):
            return {}
        places = range(len(self.seeds))
        live = sample.of(outcome, places)
        ends = np.stack([live[regime][:, -1] for regime in self.regimes], axis=1)
        return {
            channel: found
            for at, channel in enumerate(self.channels)
            if (found := self._effect(ends, self._endings[at, :, :, OUTCOMES.index(outcome)], baseline))
        }

    def _effect(self, live: Values, still: Values, baseline: str) -> ChannelEffect | None:
        whole = np.isfinite(live).all(axis=1) & np.isfinite(still).all(axis=1)
        if whole.sum() < 2:
            return None
        live, still = live[whole], still[whole]
        reference = self.regimes.index(baseline)
        scale = 100 / abs(float(live[:, reference].mean())) if live[:, reference].any() else np.nan
        change = live - still
        leads = change - change[:, [reference]]
        return ChannelEffect(
            _effect(change[:, reference], scale),
            {
                regime: _effect(leads[:, at], scale)
                for at, regime in enumerate(self.regimes)
                if regime != baseline
            },
        )


def _effect(sample: Sequence[float] | Values, scale: float) -> Effect:
    mean, low, high = (scale * each for each in interval(np.asarray(sample)))
    return Effect(mean, low, high)


UNKNOWN = Mission()
