"""Rows that are sums of others which do not stand together."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

import numpy as np

from analysis.regions.importing.sums import CERTAIN, Floats, agrees, grain

MOST_ROWS = 150
"""Rows up to which sums of any others are looked for."""
ALL_SUBSETS, FOURS, THREES = 15, 30, 70
"""Rows up to which all sums of others are tried where they cannot be solved for, up to which of four, of three."""
LARGEST, TOGETHER = 24, 4
"""Of how many of the largest rows so many may share out all others among them."""
_NEAR = 0.05
_PARTS = 0.3
"""Regions or domains of which a total has at most this share as parts, so that a fit by chance is none."""


def scattered_sum(table: Floats) -> tuple[int, list[int]] | None:
    """Find a row that is the sum of some others, by solving for them or, in small tables, by trying.

    Parameters
    ----------
    table
        Amounts, NaN where unknown.

    Returns
    -------
    tuple or None
        The row and its parts; None if there is none beyond chance.
    """
    known = table[:, np.isfinite(table).all(axis=0)]
    count = len(known)
    if count < 4 or known.shape[1] < 2:
        return None
    step = grain(table)
    if known.shape[1] < count:
        return _tried(known, step) if count <= THREES else None
    return _solved(known, step) if count <= MOST_ROWS else None


def _solved(known: Floats, step: float) -> tuple[int, list[int]] | None:
    """Solve for each row by all that are smaller, as parts are."""
    count = len(known)
    order = np.argsort(known.sum(axis=1), kind="stable")
    upper = np.asarray(np.linalg.qr(known[order].T, mode="r"))
    room = (step * (count + 1) / 2 + 1e-9 * np.max(known)) * math.sqrt(known.shape[1])
    for place in np.flatnonzero(np.abs(np.diag(upper)) <= room):
        smaller = upper[:place, :place]
        if place < 2 or np.abs(np.diag(smaller)).min() <= 0:
            continue
        weights = np.linalg.solve(smaller, upper[:place, place])
        ones = np.abs(weights - 1) < _NEAR
        if ones.sum() < 2 or not (ones | (np.abs(weights) < _NEAR)).all():
            continue
        row, parts = int(order[place]), order[:place][ones]
        agree, nats = agrees(known[row], known[parts].sum(axis=0), len(parts), step)
        if agree and nats - count * math.log(2) > CERTAIN:
            return row, sorted(int(part) for part in parts)
    return None


def _tried(known: Floats, step: float) -> tuple[int, list[int]] | None:
    """Try the sums of some rows, or of few, against all rows."""
    count = len(known)
    chosen = _subsets(count)
    sums = chosen @ known
    order = np.argsort(sums[:, 0], kind="stable")
    first = sums[order, 0]
    parts = chosen.sum(axis=1)
    for row in np.argsort(-known.sum(axis=1)):
        room = step * (count + 1) / 2 + 1e-9 * known[row]
        low, high = np.searchsorted(first, (known[row, 0] - room[0], known[row, 0] + room[0]), side="left")
        near = order[low : high + 1]
        near = near[(chosen[near, row] == 0) & (np.abs(sums[near] - known[row]) <= room).all(axis=1)]
        for at in near:
            agree, nats = agrees(known[row], sums[at], int(parts[at]), step)
            if agree and nats - math.log(len(chosen) * count) > CERTAIN:
                return int(row), [int(part) for part in np.flatnonzero(chosen[at])]
    return None


@cache
def _subsets(count: int) -> Floats:
    """Give sets of two rows and more, a row of ones and zeros for each."""
    if count <= ALL_SUBSETS:
        numbers = np.arange(2**count, dtype=np.int64)
        bits = (numbers[:, None] >> np.arange(count)) & 1
        return np.asarray(bits[(bits.sum(axis=1) > 1)], np.float64)
    several = [2, 3] + [4] * (count <= FOURS)
    sets = [each for size in several for each in combinations(range(count), size)]
    ones = np.zeros((len(sets), count))
    for at, each in enumerate(sets):
        ones[at, each] = 1.0
    return ones


def shared_out(table: Floats) -> list[int] | None:
    """Find a few rows among the largest that together are the sum of all others, as parts of a country are.

    Parameters
    ----------
    table
        Amounts, NaN where unknown.

    Returns
    -------
    list of int or None
        The rows; None if there are none beyond chance.
    """
    known = table[:, np.isfinite(table).all(axis=0)]
    count = len(known)
    if count < 6 or known.shape[1] < 2:
        return None
    step, whole = grain(table), known.sum(axis=0)
    large = [int(at) for at in np.argsort(-known.sum(axis=1))[:LARGEST]]
    for several in range(2, min(TOGETHER, int(_PARTS * count)) + 1):
        chosen = np.asarray(list(combinations(large, several)), np.intp)
        room = step * count + 2e-9 * whole[0]
        for at in np.flatnonzero(np.abs(2 * known[chosen, 0].sum(axis=1) - whole[0]) <= room):
            own = known[chosen[at]].sum(axis=0)
            agree, nats = agrees(own, whole - own, count - several, step)
            if agree and nats - math.log(len(chosen)) > CERTAIN:
                return [int(each) for each in chosen[at]]
    return None
