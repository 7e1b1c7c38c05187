"""Least squares with fixed effects, and the test for an inverted U."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[Any]

_MOST_SWEEPS = 200
_CLOSE = 1e-9


def without_fixed_effects(columns: Floats, groups: Sequence[Integers]) -> Floats:
    """Take the means of groups out of columns, one grouping after the other until none is left.

    Alternating projections (Guimarães & Portugal 2010): least squares on what is left gives the
    coefficients of a regression with a dummy for every group.

    Parameters
    ----------
    columns
        Shape (observations, columns).
    groups
        Group of each observation in every grouping.

    Returns
    -------
    numpy.ndarray
        What is left, shape (observations, columns).
    """
    left: Floats = columns - columns.mean(axis=0)
    indices = [np.unique(group, return_inverse=True)[1] for group in groups]
    scale = np.maximum(left.std(axis=0), 1e-300)
    for _ in range(_MOST_SWEEPS if len(indices) > 1 else 1):
        largest = 0.0
        for index in indices:
            means = group_means(left, index)
            left = left - means[index]
            largest = max(largest, float((np.abs(means) / scale).max()))
        if largest < _CLOSE:
            break
    return left


def group_means(columns: Floats, index: Integers) -> Floats:
    """Mean of every column in every group, shape (groups, columns)."""
    counts = np.maximum(np.bincount(index), 1)
    sums = [np.bincount(index, weights=column) for column in columns.T]
    means: Floats = np.column_stack(sums) / counts[:, None]
    return means


def coefficients(outcome: Floats, regressors: Sequence[Floats], groups: Sequence[Integers] = ()) -> Floats:
    """Coefficients of least squares with fixed effects (an intercept, where there are no groups).

    Parameters
    ----------
    outcome
        Shape (observations,).
    regressors
        Columns of equal length.
    groups
        Group of each observation in every set of fixed effects.

    Returns
    -------
    numpy.ndarray
        One for each regressor; NaN where the data do not tell, or tell less than they have unknowns.
    """
    columns = np.column_stack([outcome, *regressors]).astype(np.float64)
    if len(columns) <= columns.shape[1]:
        return np.full(len(regressors), np.nan)
    left = without_fixed_effects(columns, groups)
    spread = left.std(axis=0)
    empty = spread[1:] <= 1e-10 * np.maximum(1e-300, np.abs(columns[:, 1:]).max(axis=0))
    if empty.any():
        return np.full(len(regressors), np.nan)
    scaled = left[:, 1:] / spread[1:]
    solution, _, rank, _ = np.linalg.lstsq(scaled, left[:, 0], rcond=None)
    if rank < scaled.shape[1]:
        return np.full(len(regressors), np.nan)
    result: Floats = solution / spread[1:]
    return result


def quadratic(outcome: Floats, regressor: Floats, groups: Sequence[Integers] = ()) -> tuple[float, float]:
    """Linear and quadratic coefficient of a regression with fixed effects.

    Parameters
    ----------
    outcome, regressor
        Shape (observations,).
    groups
        Sets of fixed effects.
    """
    linear, square = coefficients(outcome, [regressor, regressor**2], groups)
    return float(linear), float(square)


def peak(linear: float, square: float) -> float:
    """Turning point of a parabola that opens downwards; NaN for one that does not."""
    return -linear / (2 * square) if square < 0 else np.nan


def slopes_at_ends(linear: float, square: float, regressor: Floats) -> tuple[float, float]:
    """Slope of a parabola at the 5th and at the 95th percentile of its regressor.

    An inverted U rises at the lower and falls at the upper end (Lind & Mehlum 2010); a negative square
    alone may be a curve that flattens.

    Parameters
    ----------
    linear, square
        Coefficients.
    regressor
        Shape (observations,).
    """
    low, high = np.quantile(regressor, (0.05, 0.95))
    return linear + 2 * square * low, linear + 2 * square * high


def jackknifed(estimate: float, without: Sequence[float]) -> Floats:
    """Pseudo-values of an estimate over clusters: their mean and t interval are those of the jackknife.

    Parameters
    ----------
    estimate
        From all clusters.
    without
        The same, each time without one of them.
    """
    count = len(without)
    values: Floats = count * estimate - (count - 1) * np.asarray(without, np.float64)
    return values
