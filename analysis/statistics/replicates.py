"""How many seeds are enough: half-widths of intervals by number of seeds, and what common random numbers save."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.comparison import student_quantile

Floats = npt.NDArray[np.float64]

FEWEST = 2
MOST = 1_000_000
CONFIDENCE = 0.95


def half_width(deviation: float, count: int, samples: int = 1) -> float:
    """Give half the width of a 95% interval of a mean, by Student's t.

    Parameters
    ----------
    deviation
        Standard deviation; of a difference of two samples, the root of their summed variances.
    count
        Seeds; of two samples, in each of them.
    samples
        Whether one sample (a level, or paired differences) or two independent ones stand behind it.

    Returns
    -------
    float
        Half-width, NaN for fewer than two seeds.
    """
    if count < FEWEST:
        return float("nan")
    return _factor(count, samples) * deviation


@cache
def _factor(count: int, samples: int) -> float:
    """Give the half-width for a standard deviation of 1."""
    return student_quantile(samples * (count - 1) + 1) / float(np.sqrt(count))


def seeds_needed(deviation: float, wanted: float, samples: int = 1) -> int:
    """Give the fewest seeds whose interval is narrow enough (Stein 1945; Law 2015, section 9.4).

    Parameters
    ----------
    deviation, samples
        As for `half_width`.
    wanted
        Half-width that is wanted, above 0.

    Returns
    -------
    int
        Seeds, two or more, at most a million.
    """
    low, high = FEWEST, FEWEST
    while half_width(deviation, high, samples) > wanted:
        if high >= MOST:
            return MOST
        low, high = high, min(2 * high, MOST)
    while low < high:
        middle = (low + high) // 2
        if half_width(deviation, middle, samples) <= wanted:
            high = middle
        else:
            low = middle + 1
    return high


def deviation_ends(deviation: float, freedom: int) -> tuple[float, float]:
    """Give the bounds of the 95% interval of a standard deviation of normal values.

    Parameters
    ----------
    deviation
        Estimate.
    freedom
        Degrees of freedom behind it, 1 or more.
    """
    from scipy.special import chdtri  # noqa: PLC0415 - as scipy elsewhere

    tail = (1 - CONFIDENCE) / 2
    low = deviation * np.sqrt(freedom / chdtri(freedom, tail))
    high = deviation * np.sqrt(freedom / chdtri(freedom, 1 - tail))
    return float(low), float(high)


def running(values: Floats, other: Floats | None = None) -> tuple[Floats, Floats]:
    """Follow means and half-widths at each point as seeds are added in their order.

    Parameters
    ----------
    values
        One value for each point and seed: a level, or a paired lead, shape (points, seeds).
    other
        What is subtracted if the comparison is not paired, in the same shape.

    Returns
    -------
    means, half_widths : numpy.ndarray
        With two seeds, with three, and so on, shape (seeds - 1, points).
    """
    means, widths = [], []
    for count in range(FEWEST, values.shape[1] + 1):
        mean, deviation = _difference(values[:, :count], None if other is None else other[:, :count])
        means.append(mean)
        widths.append(_factor(count, 1 if other is None else 2) * deviation)
    return np.array(means), np.array(widths)


def at_points(values: Floats, wanted: float, other: Floats | None = None) -> pd.DataFrame:
    """Say for each point how wide its interval is, and how many seeds it would need.

    Parameters
    ----------
    values, other
        As for `running`.
    wanted
        Half-width that is wanted.

    Returns
    -------
    pandas.DataFrame
        One row a point: ``mean``, ``deviation``, ``half_width``, ``needed``.
    """
    samples = 1 if other is None else 2
    mean, deviation = _difference(values, other)
    return pd.DataFrame(
        {
            "mean": mean,
            "deviation": deviation,
            "half_width": _factor(values.shape[1], samples) * deviation,
            "needed": [seeds_needed(float(each), wanted, samples) for each in deviation],
        }
    )


def pooled(values: Floats, wanted: float, other: Floats | None = None) -> dict[str, float]:
    """Say how wide intervals are over all points, and how many seeds they would need.

    Parameters
    ----------
    values, wanted, other
        As for `at_points`.

    Returns
    -------
    dict
        ``deviation``: over seeds, pooled over points; ``half_width``; ``needed`` and, as the deviation is an
        estimate itself, ``needed_low`` and ``needed_high``, from its 95% interval. Points share their seeds, so that
        interval counts each seed once, however many points there are.
    """
    samples, count = 1 if other is None else 2, values.shape[1]
    deviation = float(np.sqrt((_difference(values, other)[1] ** 2).mean()))
    low, high = deviation_ends(deviation, samples * (count - 1))
    return {
        "deviation": deviation,
        "half_width": half_width(deviation, count, samples),
        "needed": seeds_needed(deviation, wanted, samples),
        "needed_low": seeds_needed(low, wanted, samples),
        "needed_high": seeds_needed(high, wanted, samples),
    }


def _difference(values: Floats, other: Floats | None) -> tuple[Floats, Floats]:
    """Give the mean at each point, less that of the other sample, and the deviation that belongs to it."""
    mean, variance = values.mean(axis=1), values.var(axis=1, ddof=1)
    if other is not None:
        mean, variance = mean - other.mean(axis=1), variance + other.var(axis=1, ddof=1)
    return mean, np.sqrt(variance)
