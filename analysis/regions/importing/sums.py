"""Rows that are sums or means of others, told from chance by how unlikely that would be."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CERTAIN, DOUBTFUL, LIKELY = 20.0, 5.0, 4.0
"""Nats beyond those that searching costs: a coincidence of 1 in 500 million, 150 and 50. The last is for the sum of
all others, which tables often have."""

NEARLY = 0.03
"""Totals that were perturbed or rounded on their own deviate by less."""

MOST_ROWS = 1500
FEW_ROWS = 40
"""Rows up to which blocks are looked for that are not right above or below."""

_COVERED = 0.5


@dataclass(frozen=True)
class Sum:
    """A row that is the sum of others.

    Attributes
    ----------
    row
        Which.
    first, last
        Of which rows; all others if these are the first and last of the table.
    certain
        Whether it can be no accident.
    mean
        Whether it is their mean instead.
    """

    row: int
    first: int
    last: int
    certain: bool
    mean: bool = False


def grain(table: Floats) -> float:
    """Give the step in which amounts are written: 1, 10, 0.1; of rounded amounts more than 1."""
    values = table[np.isfinite(table) & (table != 0)]
    for decimals in range(7):
        scaled = values * 10**decimals
        if not len(values) or (
            (np.abs(scaled) < 2**52).all() and np.allclose(scaled, np.round(scaled), rtol=0, atol=1e-6)
        ):
            step = int(np.gcd.reduce(np.round(scaled).astype(np.int64))) if len(values) else 1
            return step / 10.0**decimals
    return 1e-7


def agrees(total: Floats, parts: Floats, count: int, step: float) -> tuple[bool, float]:
    """Say whether a row equals the sum of others up to rounding, and how unlikely that were by chance.

    Parameters
    ----------
    total, parts
        The row, and the sum of the others, NaN where one of them is unknown.
    count
        How many others there are.
    step
        The step in which amounts are written.

    Returns
    -------
    tuple
        Whether they agree, and nats: logarithms of one over the chance of each amount, added up.
    """
    known = np.isfinite(total) & np.isfinite(parts)
    apart, size = np.abs(total - parts)[known], np.maximum(total, parts)[known]
    if not known.any() or not size.any():
        return False, 0.0
    exact = 1e-6 * step + 1e-9 * size
    width = np.where(apart <= exact, 0.0, (count + 1) / 2)
    # If one needs rounding, all had leave to.
    width = np.full_like(width, width.max())
    agree = bool(np.all(apart <= width * step + exact))
    # Of as many places as the size has steps, so many agree; where all of them do, that says nothing.
    chance = step * (2 * width + 1) / (size + step)
    return agree, float(-np.log(np.minimum(chance, 1.0)).sum()) if agree else 0.0


def find_sum(table: Floats) -> Sum | None:
    """Find a row that is the sum or the mean of all others, or the sum of a block of them.

    Parameters
    ----------
    table
        Amounts, NaN where unknown.

    Returns
    -------
    Sum or None
        The most certain one; None if there is none.
    """
    count = len(table)
    if count < 3 or count > MOST_ROWS:
        return None
    step = grain(table)
    found = [*_of_all(table, step), *_of_neighbours(table, step), *_means(table, step)]
    return max(found, key=lambda each: (each[0], each[1].last - each[1].first))[1] if found else None


def _of_all(table: Floats, step: float) -> list[tuple[float, Sum]]:
    """Find rows that are the sum of all that are smaller; of two totals, each is a sum without the other."""
    count = len(table)
    found = []
    sums = np.nansum(table, axis=1)
    for row in np.flatnonzero(sums > 0):
        smaller = sums < (1 - NEARLY) * sums[row]
        others = table[smaller]
        if smaller.sum() < 2 or others[~np.isnan(others)].sum() < _COVERED * sums[row]:
            continue
        # With subtotals among them, the parts sum to twice as much.
        agree, nats = max(
            (agrees(table[row], others.sum(axis=0) / levels, len(others), step) for levels in (1, 2)),
            key=lambda each: each[1],
        )
        nats -= math.log(count)
        if agree and nats > LIKELY:
            found.append((nats, Sum(int(row), 0, count - 1, nats > CERTAIN)))
        elif _nearly(table[row], others, count):
            found.append((LIKELY, Sum(int(row), 0, count - 1, certain=False)))
    return found


def _means(table: Floats, step: float) -> list[tuple[float, Sum]]:
    """Find rows that are the mean of all others."""
    count, found = len(table), []
    for row in range(count if count > 3 else 0):
        others = np.delete(table, row, axis=0)
        # Where all are alike, each is the mean of the others.
        if not (
            np.nanmax(others, axis=0, initial=0) > np.nanmin(others, axis=0, initial=np.inf) + step
        ).any():
            continue
        agree, nats = agrees(table[row] * len(others), others.sum(axis=0), 1, step * len(others))
        nats -= math.log(count)
        if agree and nats > CERTAIN:
            found.append((nats, Sum(row, 0, count - 1, certain=True, mean=True)))
    return found


def _nearly(total: Floats, others: Floats, count: int) -> bool:
    """Whether a row is a sum in which parts are missing, or that was perturbed."""
    parts = np.nansum(others, axis=0)
    known = np.isfinite(total) & ((total > 0) | (parts > 0))
    if count < 3 or known.sum() < (4 if count < 5 else 2):
        return False
    size, apart = np.maximum(total, parts)[known], (total - parts)[known]
    deviation = float(np.abs(apart / size).max())
    if deviation < NEARLY:
        return bool(-math.log(2 * deviation + 1e-9) * known.sum() - math.log(count) > DOUBTFUL)
    # What is not published may explain what lacks, but only where something is not published.
    lacking: NDArray[np.bool_] = np.any(np.isnan(others), axis=0)[known]
    unknown = lacking.any() and bool((np.abs(apart / size)[~lacking] < NEARLY).all())
    covered = parts[known].sum() > (_COVERED if count > 3 else 0.8) * size.sum()
    return bool(unknown and covered and (apart >= -NEARLY * size).all())


def _of_neighbours(table: Floats, step: float) -> list[tuple[float, Sum]]:
    """Find rows that are the sum of a block of others: right above or below, or anywhere in a table of few rows."""
    count = len(table)
    zeros = np.zeros((1, table.shape[1]))
    sums = np.vstack([zeros, np.nancumsum(table, axis=0)])
    gaps = np.vstack([zeros, np.cumsum(np.isnan(table), axis=0)])
    found = []
    anywhere = count <= FEW_ROWS
    cost = math.log(count) * (3 if anywhere else 2)
    firsts, lasts = (
        (each.astype(np.int64) for each in np.triu_indices(count + 1, 2)) if anywhere else (None, None)
    )
    for row in range(count):
        if firsts is None or lasts is None:
            above, below = max(row - 1, 0), max(count - row - 2, 0)
            first = np.concatenate([np.arange(above), np.full(below, row + 1)])
            last = np.concatenate([np.full(above, row), row + 3 + np.arange(below)])
        else:
            apart = (lasts <= row) | (firsts > row)
            first, last = firsts[apart], lasts[apart]
        for begin, end in _blocks(table[row], sums, gaps, first, last, step):
            parts = np.where(gaps[end] == gaps[begin], sums[end] - sums[begin], np.nan)
            agree, nats = agrees(table[row], parts, end - begin, step)
            nats -= cost
            if agree and nats > DOUBTFUL:
                found.append((nats, Sum(row, begin, end - 1, nats > CERTAIN)))
    return found


def _blocks(
    total: Floats, sums: Floats, gaps: Floats, first: NDArray[np.int64], last: NDArray[np.int64], step: float
) -> list[tuple[int, int]]:
    """Choose blocks of rows, each from ``first`` and before ``last``, whose sums may be a row."""
    if not len(first):
        return []
    parts = sums[last] - sums[first]
    known = (gaps[last] == gaps[first]) & np.isfinite(total)
    room = step * ((last - first)[:, None] + 1) / 2 + 1e-9 * np.abs(parts) + 1e-6 * step
    wrong = known & (np.abs(parts - np.nan_to_num(total)) > room)
    chosen = np.flatnonzero(~wrong.any(axis=1) & known.any(axis=1))
    return [(int(first[at]), int(last[at])) for at in chosen]
