"""Which conditions results depend on, from points anywhere: distances of distributions (PAWN, SALib)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

SEED = 1
"""Seed of permutations: the same runs must give the same table."""

SLICES = (10, 8, 7, 5, 4, 3, 2)
"""Conditioning intervals to choose from; SALib trips over 6 and 9, whose edges it adds up to more than 1."""

DUMMIES = 400
NEGLIGIBLE = 0.05
"""Probability with which the largest of all factors without effect would pass for one with an effect."""


def pawn_indices(points: Floats, response: Floats, names: list[str]) -> pd.DataFrame:
    """Measure how far knowing a factor moves the distribution of a response (Pianosi & Wagener 2015, 2018).

    Works with any sample that covers the factors at random or evenly. Each factor is cut into intervals of equal
    numbers of points; the Kolmogorov-Smirnov distance of the response in one interval from that in all is
    averaged over intervals by the median. In a small sample it is above zero for any factor: factors that are
    known to have no effect, drawn at random, show how far (Khorashadi Zadeh et al. 2017).

    Parameters
    ----------
    points
        Places of the points, shape (points, factors); a listed factor by the number of its value.
    response
        Values at them, shape (points,).
    names
        Names of the factors.

    Returns
    -------
    pandas.DataFrame
        ``factor``, ``pawn`` (median over intervals), ``pawn_maximum``, ``intervals``, ``threshold`` (what the
        largest of so many factors without effect stays below in 95% of cases) and ``influential`` (above it).
    """
    from SALib.analyze import pawn  # noqa: PLC0415 - imports much

    generator = np.random.default_rng(SEED)
    rows: list[dict[str, Any]] = []
    thresholds: dict[int, float] = {}
    for name, column in zip(names, points.T, strict=True):
        slices = next((each for each in SLICES if each <= len(np.unique(column))), 1)
        if slices == 1:
            rows.append(
                dict.fromkeys(("pawn", "pawn_maximum", "threshold"), np.nan)
                | {"factor": name, "intervals": 1}
            )
            continue
        if slices not in thresholds:
            without = _of_dummies(response, slices, generator)
            thresholds[slices] = float(np.quantile(without, (1 - NEGLIGIBLE) ** (1 / len(names))))
        # The library divides by a mean that is 0 where nothing differs.
        with np.errstate(invalid="ignore", divide="ignore"):
            found = pawn.analyze(_plain_problem(1), _ranks(column, generator)[:, None], response, S=slices)
        rows.append(
            {
                "factor": name, "pawn": float(found["median"][0]), "pawn_maximum": float(found["maximum"][0]),
                "intervals": slices, "threshold": thresholds[slices],
            }
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=["factor", "pawn", "pawn_maximum", "intervals", "threshold"])
    return table.assign(influential=table["pawn"] > table["threshold"])


def _of_dummies(response: Floats, slices: int, generator: np.random.Generator) -> Floats:
    """Give the indices of factors without effect; SALib's test would take a minute for so many."""
    count = len(response)
    slice_of = np.arange(count) * slices // count
    sizes = np.bincount(slice_of)
    last = np.append(np.diff(np.sort(response)) > 0, True)
    whole = np.arange(1, count + 1)[last] / count
    found = np.empty(DUMMIES)
    for dummy in range(DUMMIES):
        inside = generator.permutation(slice_of)[:, None] == np.arange(slices)
        shares = inside.cumsum(axis=0)[last] / sizes
        found[dummy] = np.median(np.abs(shares - whole[:, None]).max(axis=0))
    return found


def _ranks(column: Floats, generator: np.random.Generator) -> Floats:
    """Rank values with ties in random order: SALib leaves the largest value out, and all that equal it."""
    shuffled = generator.permutation(len(column))
    order = shuffled[np.argsort(column[shuffled], kind="stable")]
    ranks = np.empty(len(column))
    ranks[order] = np.arange(len(column))
    return ranks


def _plain_problem(count: int) -> dict[str, Any]:
    return {"num_vars": count, "names": [f"x{each}" for each in range(count)], "bounds": [[0.0, 1.0]] * count}
