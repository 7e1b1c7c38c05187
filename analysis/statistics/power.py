"""How many seeds tell a difference from zero."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from analysis.statistics.comparison import CONFIDENCE

POWER = 0.8
PRECISION = 1e-6
MOST = 100_000
"""Seeds beyond which nobody goes on counting."""


def deviation_interval(sample: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    """Give the standard deviation of a sample, with its 95% interval if it is normal.

    Parameters
    ----------
    sample
        Independent values, shape (seeds,).

    Returns
    -------
    tuple of float
        Standard deviation and the ends of its interval; NaN for fewer than two values.
    """
    from scipy.special import chdtri  # noqa: PLC0415 - a tenth of the import time of scipy.stats

    if len(sample) < 2:
        return math.nan, math.nan, math.nan
    freedom, deviation = len(sample) - 1, float(sample.std(ddof=1))
    # chdtri takes the probability of a larger value.
    tails = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    low, high = (deviation * math.sqrt(freedom / float(chdtri(freedom, tail))) for tail in tails)
    return deviation, low, high


def seeds_to_tell(deviation: float, difference: float, *, power: float = POWER) -> float:
    """Give the seeds with which a paired t-test tells a difference from zero.

    Parameters
    ----------
    deviation
        Standard deviation of the paired differences.
    difference
        Mean difference that is to be told, above zero.
    power
        Probability that it is told, at the 5% level, two-sided.

    Returns
    -------
    float
        Whole number of seeds, at least two; NaN where the deviation is none, infinite beyond `MOST`.
    """
    if not math.isfinite(deviation):
        return math.nan
    low, high = 1, 2
    while _power(high, deviation, difference) < power:
        low, high = high, 2 * high
        if high > MOST:
            return math.inf
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _power(middle, deviation, difference) >= power else (middle, high)
    return float(high)


def smallest_effect(deviation: float, seeds: int, *, power: float = POWER) -> float:
    """Give the smallest mean difference that so many seeds tell from zero.

    Parameters
    ----------
    deviation
        Standard deviation of the paired differences.
    seeds
        How many there are.
    power
        Probability that it is told, at the 5% level, two-sided.

    Returns
    -------
    float
        Difference, above zero; NaN for fewer than two seeds.
    """
    if seeds < 2 or not math.isfinite(deviation):
        return math.nan
    return deviation * _smallest_standardised(seeds, power)


@cache
def _smallest_standardised(seeds: int, power: float) -> float:
    """Smallest difference in standard deviations, by bisection."""
    low, high = 0.0, 1.0
    while _power(seeds, 1.0, high) < power:
        low, high = high, 2 * high
    while high - low > PRECISION * high:
        middle = (low + high) / 2
        low, high = (low, middle) if _power(seeds, 1.0, middle) >= power else (middle, high)
    return high


def _power(seeds: int, deviation: float, difference: float) -> float:
    from scipy.special import nctdtr, stdtrit  # noqa: PLC0415 - as above

    if deviation == 0:
        return 1.0
    freedom = seeds - 1
    critical = float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
    shift = min(difference / deviation * math.sqrt(seeds), 30.0)
    return float(1 - nctdtr(freedom, shift, critical))
