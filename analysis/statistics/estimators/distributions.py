"""Tails, shapes and scaling of distributions."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def hill_exponent(sample: Floats, share: float = 0.1) -> float:
    """Exponent of a Pareto upper tail (Hill 1975): ``P(X > x) ~ x^-exponent``.

    Parameters
    ----------
    sample
        Positive values.
    share
        Share of the sample that counts as its tail.

    Returns
    -------
    float
        Exponent; NaN with fewer than five values in the tail.
    """
    ordered = np.sort(sample[sample > 0])[::-1]
    count = int(len(ordered) * share)
    if count < 5:
        return math.nan
    spacing = float(np.log(ordered[:count] / ordered[count]).mean())
    return 1.0 / spacing if spacing > 0 else math.nan


def skewness(sample: Floats) -> float:
    """Third standardised moment; NaN for fewer than three values or none that differ."""
    deviations = sample - sample.mean() if len(sample) else sample
    if len(sample) < 3 or not deviations.any():
        return math.nan
    return float((deviations**3).mean() / (deviations**2).mean() ** 1.5)


def laplace_over_gauss(sample: Floats) -> float:
    """Mean log likelihood of the best Laplace minus that of the best Gauss distribution.

    Above 0 the distribution is a tent rather than a bell (Bottazzi & Secchi 2006, who fit the Subbotin
    family; these are its members with exponents 1 and 2).

    Parameters
    ----------
    sample
        Growth rates.

    Returns
    -------
    float
        Nats per observation; NaN for fewer than ten values or none that differ.
    """
    if len(sample) < 10 or not np.ptp(sample):
        return math.nan
    laplace = -math.log(2 * float(np.abs(sample - np.median(sample)).mean())) - 1
    gauss = -0.5 * math.log(2 * math.pi * float(sample.var())) - 0.5
    return laplace - gauss


def scaling_exponent(size: Floats, growth: Floats, bins: int = 8) -> float:
    """How fast the standard deviation of growth falls with size (Stanley et al. 1996).

    Parameters
    ----------
    size, growth
        Size at the beginning and log growth, shape (observations,).
    bins
        Bins of equal number by size.

    Returns
    -------
    float
        beta in ``deviation ~ size^-beta``, by least squares over bins; NaN with too few observations.
    """
    if len(size) < 10 * bins:
        return math.nan
    order = np.argsort(size, kind="stable")
    parts = np.array_split(order, bins)
    deviations = np.array([growth[part].std() for part in parts])
    if (deviations <= 0).any():
        return math.nan
    places = np.array([np.log(size[part]).mean() for part in parts])
    return -float(np.polyfit(places, np.log(deviations), 1)[0])
