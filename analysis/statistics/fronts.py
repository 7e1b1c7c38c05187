"""Several objectives at once: who is dominated by nobody, and in which order policies stand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def dominates(values: Values) -> npt.NDArray[np.bool_]:
    """Say who dominates whom.

    Parameters
    ----------
    values
        What each reaches on each objective, more being better, shape (policies, objectives).

    Returns
    -------
    numpy.ndarray
        Shape (policies, policies): whether the one in the row is nowhere worse than the one in the column, and
        somewhere better.
    """
    one, other = values[:, None, :], values[None, :, :]
    found: npt.NDArray[np.bool_] = np.logical_and((one >= other).all(axis=2), (one > other).any(axis=2))
    return found


def in_order(values: Values, short: Values | None = None) -> npt.NDArray[np.int64]:
    """Order policies, the best first.

    Parameters
    ----------
    values
        See `dominates`.
    short
        By how much each misses each constraint, shape (policies, constraints); those that miss none come first, others
        by how much they miss in all (Deb 2000).

    Returns
    -------
    numpy.ndarray
        Places in ``values``. With several objectives by front, and on a front the lonelier one first (Deb 2002).
    """
    missing = np.zeros(len(values)) if short is None or not short.size else np.maximum(0, short).sum(axis=1)
    if values.shape[1] == 1:
        return np.lexsort((-values[:, 0], missing))
    above, rank, lonely = dominates(values), np.full(len(values), -1), np.zeros(len(values))
    while (left := rank < 0).any():
        front = np.flatnonzero(left & ~above[left].any(axis=0))
        rank[front] = rank.max() + 1
        for column in values[front].T:
            order = np.argsort(column, kind="stable")
            apart = np.full(len(front), np.inf)
            if len(front) > 2 and column[order[-1]] > column[order[0]]:
                spread = column[order[2:]] - column[order[:-2]]
                apart[order[1:-1]] = spread / (column[order[-1]] - column[order[0]])
            lonely[front] += apart
    return np.lexsort((-lonely, rank, missing))
