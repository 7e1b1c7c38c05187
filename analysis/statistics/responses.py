"""Runs of a sweep as responses of its points: whole points only, leads in pairs, and how much of them is luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Of = Literal["lead", "level"]

FINISHED, FAILED = "finished", "failed"
ENOUGH_SEEDS = 2


@dataclass(frozen=True)
class Sample:
    """What one scenario brought at the points of a sweep that are whole.

    A point is whole when every regime has finished under every seed. All others are left out, so that no
    failure is averaged away and every regime is judged on the same points and the same luck.

    Attributes
    ----------
    scenario
        Name of the scenario.
    regimes, seeds
        Regimes and seeds that count, in order.
    planned
        Number of points that the sweep has.
    points
        Numbers of the points that are whole, rising.
    outcomes
        Outcome of every run, shape (points, regimes, seeds).
    failed_points, missing_points
        Points left out because a run failed, or was not made yet.
    failed_runs
        Runs that failed.
    missing_seeds
        Seeds left out because their runs are not all made yet.
    """

    scenario: str
    regimes: tuple[str, ...]
    seeds: tuple[int, ...]
    planned: int
    points: Integers
    outcomes: Floats
    failed_points: tuple[int, ...] = ()
    missing_points: tuple[int, ...] = ()
    failed_runs: int = 0
    missing_seeds: tuple[int, ...] = ()

    def level(self, regime: str) -> Floats:
        """Outcome under a regime, shape (points, seeds)."""
        return self.outcomes[:, self.regimes.index(regime)]

    def lead(self, regime: str, baseline: str) -> Floats:
        """Lead of a regime over a baseline on the same seeds, in percent of the baseline's mean at the point.

        Parameters
        ----------
        regime, baseline
            Names of regimes.

        Returns
        -------
        ndarray
            Shape (points, seeds).

        Raises
        ------
        RequestError
            If the mean of the baseline is zero somewhere.
        """
        reference = self.level(baseline)
        scale = np.abs(reference.mean(axis=1, keepdims=True))
        if not scale.all():
            raise RequestError(
                f"A lead is in percent of the mean of {baseline}, which is 0 at point "
                f"{self.points[scale[:, 0] == 0][0]}; "
                f"ask for --of level."
            )
        lead: Floats = 100 * (self.level(regime) - reference) / scale
        return lead

    def response(self, regime: str, of: Of, baseline: str) -> Floats:
        """Lead or level of a regime, shape (points, seeds)."""
        return self.level(regime) if of == "level" else self.lead(regime, baseline)


def gather(
    runs: pd.DataFrame,
    scenario: str,
    regimes: Sequence[str],
    seeds: Sequence[int],
    points: int,
    outcome: str,
) -> Sample:
    """Put the runs of one scenario in order, and leave out what is not whole.

    Parameters
    ----------
    runs
        One row a run that was made: ``scenario``, ``point``, ``regime``, ``seed``, ``status`` and the outcome.
    scenario
        Scenario to look at.
    regimes, seeds
        Regimes and seeds of the sweep.
    points
        Number of points of the sweep.
    outcome
        Column to read.

    Returns
    -------
    Sample
        Whole points. Where runs are still missing, seeds that are not through everywhere are left out; if no
        seed is through, the one that is furthest counts alone, at the points that it has reached.
    """
    own = runs[(runs["scenario"] == scenario) & runs["regime"].isin(regimes) & runs["seed"].isin(seeds)]
    at = tuple(
        pd.Index(list(order)).get_indexer(pd.Index(own[name]))
        for name, order in (("point", range(points)), ("regime", regimes), ("seed", seeds))
    )
    values = np.full((points, len(regimes), len(seeds)), np.nan)
    made = np.zeros(values.shape, dtype=bool)
    failed = np.zeros(values.shape, dtype=bool)
    made[at] = True
    finished = (own["status"] == FINISHED).to_numpy()
    values[at] = np.where(finished, own[outcome].to_numpy(np.float64), np.nan)
    failed[at] = ~np.isfinite(values[at])
    chosen = _seeds_that_are_through(made)
    incomplete = ~made[:, :, chosen].all(axis=(1, 2))
    broken = failed[:, :, chosen].any(axis=(1, 2)) & ~incomplete
    whole = ~(incomplete | broken)
    return Sample(
        scenario,
        tuple(regimes),
        tuple(seed for seed, taken in zip(seeds, chosen, strict=True) if taken),
        points,
        np.flatnonzero(whole),
        values[whole][:, :, chosen],
        tuple(map(int, np.flatnonzero(broken))),
        tuple(map(int, np.flatnonzero(incomplete))),
        int(failed.sum()),
        tuple(seed for seed, taken in zip(seeds, chosen, strict=True) if not taken),
    )


def _seeds_that_are_through(made: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    through = np.asarray(made.all(axis=(0, 1)))
    if not through.any():
        through[made.sum(axis=(0, 1)).argmax()] = True
    return through


@dataclass(frozen=True)
class Noise:
    """How much of the differences between points is luck.

    Attributes
    ----------
    deviation
        Standard deviation of one run around the sum of what its point and its seed bring.
    share
        Share of the variance between means of points that this luck brings; NaN with one seed.
    """

    deviation: float
    share: float


def noise(response: Floats) -> Noise:
    r"""Split the variance between points into what points differ by and what seeds leave to chance.

    All points meet the same seeds, so what a seed adds everywhere cancels when points are compared. What is left
    is the interaction of point and seed in the two-way layout :math:`y_{ps} = \mu + a_p + b_s + e_{ps}`; a mean
    over :math:`S` seeds has the share :math:`\sigma_e^2 / S` of it.

    Parameters
    ----------
    response
        Shape (points, seeds).

    Returns
    -------
    Noise
        Standard deviation of ``e``, and the share of the variance between points that it explains, at most 1.
    """
    points, seeds = response.shape
    if points < 2 or seeds < ENOUGH_SEEDS:
        return Noise(np.nan, np.nan)
    means = response.mean(axis=1)
    rest = response - means[:, None] - response.mean(axis=0) + response.mean()
    variance = float((rest**2).sum() / ((points - 1) * (seeds - 1)))
    between = float(means.var(ddof=1))
    share = min(1.0, variance / seeds / between) if between > 0 else float(variance > 0)
    return Noise(float(np.sqrt(variance)), share)


def seeds_for_noise(seeds: int, share: float, wanted: float) -> int:
    """Say how many seeds bring the share of luck down to what is wanted.

    Parameters
    ----------
    seeds
        Seeds that there are.
    share
        Share of luck with so many, below 1.
    wanted
        Share that is wanted.
    """
    return int(np.ceil(seeds * share * (1 - wanted) / ((1 - share) * wanted)))
