"""How many seeds are enough: half-widths of intervals by number of seeds, and what common random numbers save."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison import student_quantile

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
    return student_quantile(samples * (count - 1) + 1) * deviation / float(np.sqrt(count))


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
    """Give the ends of the 95% interval of a standard deviation of normal values.

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


def running(values: Floats, other: Floats | None = None) -> pd.DataFrame:
    """Follow mean and half-width as seeds are added in their order.

    Parameters
    ----------
    values
        One value a seed: a level, or a paired lead.
    other
        What is subtracted if the comparison is not paired.

    Returns
    -------
    pandas.DataFrame
        ``seeds`` (from 2 on), ``mean``, ``half_width``.
    """
    rows, samples = [], 1 if other is None else 2
    for count in range(FEWEST, len(values) + 1):
        part = values[:count]
        mean, variance = part.mean(), part.var(ddof=1)
        if other is not None:
            mean, variance = mean - other[:count].mean(), variance + other[:count].var(ddof=1)
        rows.append((count, mean, half_width(float(np.sqrt(variance)), count, samples)))
    return pd.DataFrame(rows, columns=["seeds", "mean", "half_width"])


def requirement(values: Floats, wanted: float, other: Floats | None = None) -> dict[str, float]:
    """Say how wide intervals are, and how many seeds they would need.

    Parameters
    ----------
    values
        One value for each point and seed, two seeds or more, shape (points, seeds).
    wanted
        Half-width that is wanted.
    other
        What is subtracted if the comparison is not paired, in the same shape.

    Returns
    -------
    dict
        ``mean``; ``deviation``: over seeds, pooled over points; ``half_width``; ``needed`` and, as the deviation
        is an estimate itself, ``needed_low`` and ``needed_high``, from its 95% interval. Points share their
        seeds, so that interval counts each seed once, however many points there are.
    """
    count = values.shape[1]
    samples = 1 if other is None else 2
    mean, variance = values.mean(), values.var(axis=1, ddof=1).mean()
    if other is not None:
        mean, variance = mean - other.mean(), variance + other.var(axis=1, ddof=1).mean()
    deviation = float(np.sqrt(variance))
    low, high = deviation_ends(deviation, samples * (count - 1))
    return {
        "mean": float(mean),
        "deviation": deviation,
        "half_width": half_width(deviation, count, samples),
        "needed": seeds_needed(deviation, wanted, samples),
        "needed_low": seeds_needed(low, wanted, samples),
        "needed_high": seeds_needed(high, wanted, samples),
    }
