"""Boxes of conditions: what lies in one, which of its limits chance explains, which of several to take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Cases = npt.NDArray[np.bool_]
Limit = tuple[float, float] | frozenset[Any]

NOT_NEEDED = 0.05
"""Quasi-p value from which a limit is dropped: the box is as dense without it, but for chance."""


@dataclass(frozen=True)
class Box:
    """Conditions under which cases are dense.

    Attributes
    ----------
    limits
        Factor to its lowest and highest value, or the values that belong to the box; restricted factors only.
    cases, points
        Cases in the box, and points in it.
    all_cases, all_points
        The same in the whole sample.
    """

    limits: Mapping[str, Limit]
    cases: int
    points: int
    all_cases: int
    all_points: int

    @property
    def coverage(self) -> float:
        """Share of all cases that lie in the box."""
        return self.cases / self.all_cases if self.all_cases else float("nan")

    @property
    def density(self) -> float:
        """Share of the points in the box that are cases."""
        return self.cases / self.points if self.points else float("nan")


def inside(limits: Mapping[str, Limit], conditions: pd.DataFrame) -> Cases:
    """Say which points lie in a box."""
    within = np.ones(len(conditions), dtype=bool)
    for name, limit in limits.items():
        column = conditions[name]
        if isinstance(limit, frozenset):
            within &= column.isin(limit).to_numpy()
        else:
            values = column.to_numpy()
            within &= (values >= limit[0]) & (values <= limit[1])
    return within


def measured(limits: Mapping[str, Limit], table: pd.DataFrame, cases: Cases) -> Box:
    """Give the box that limits make: how many points lie in it, and how many of these are cases."""
    within = inside(limits, table)
    return Box(dict(limits), int(cases[within].sum()), int(within.sum()), int(cases.sum()), len(cases))


def choose(boxes: list[Box], density: float | None) -> int:
    """Choose a box on a trajectory.

    Parameters
    ----------
    boxes
        Boxes in the order in which they were found.
    density
        Density that is wanted; where none has it, or None is wanted, the harmonic mean decides.

    Returns
    -------
    int
        Place of the box.
    """
    dense = [place for place, box in enumerate(boxes) if density is not None and box.density >= density]
    if dense:
        return max(dense, key=lambda place: (boxes[place].coverage, boxes[place].density))
    return max(range(len(boxes)), key=lambda place: _harmonic(boxes[place]))


def quasi_p_values(box: Box, conditions: pd.DataFrame, cases: Cases) -> dict[str, tuple[float, float]]:
    """Give the probability that a box would be as dense by chance if a limit were not there.

    One-sided binomial tests (Bryant & Lempert 2010); *quasi* because the limit was chosen on the same points.

    Parameters
    ----------
    box
        A box.
    conditions, cases
        Points that it was found in.

    Returns
    -------
    dict
        For each restricted factor, the value for its lower and for its upper limit; NaN where there is none.
        For listed values, the first is that of leaving out the others.
    """
    from scipy.stats import binomtest  # noqa: PLC0415 - takes a second

    table = plain(conditions)
    found = {}
    for name, limit in box.limits.items():
        values: list[float] = []
        for wider in _without_each_side(limit, table[name]):
            if wider is None:
                values.append(float("nan"))
                continue
            looser = measured({**box.limits, name: wider}, table, cases)
            test = binomtest(box.cases, box.points, looser.density, alternative="greater")
            values.append(float(test.pvalue))
        found[name] = (values[0], values[1])
    return found


def without_needless_limits(box: Box, conditions: pd.DataFrame, cases: Cases) -> Box:
    """Drop limits one by one, the least needed first, until chance explains none."""
    table = plain(conditions)
    while box.limits:
        values = quasi_p_values(box, table, cases)
        ranked = [
            (value, name, side)
            for name, pair in values.items()
            for side, value in enumerate(pair)
            if value > NOT_NEEDED
        ]
        if not ranked:
            return box
        _, name, side = max(ranked)
        wider = _without_each_side(box.limits[name], table[name])[side]
        limits = {**box.limits, name: wider} if wider is not None else dict(box.limits)
        box = measured(restricting(limits, table), table, cases)
    return box


def restricting(limits: Mapping[str, Limit], table: pd.DataFrame) -> dict[str, Limit]:
    """Leave out limits that let every point in, and give whole numbers limits that are whole."""
    kept: dict[str, Limit] = {}
    for name, limit in limits.items():
        if inside({name: limit}, table).all():
            continue
        whole = not isinstance(limit, frozenset) and bool((table[name] % 1 == 0).all())
        kept[name] = (float(np.ceil(limit[0])), float(np.floor(limit[1]))) if whole else limit  # type: ignore[index]
    return kept


def plain(conditions: pd.DataFrame) -> pd.DataFrame:
    """Make numbers of numbers: PRIM fails on whole ones."""
    numeric = {
        name: float for name, column in conditions.items()
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    }  # fmt: skip
    return conditions.astype(numeric).reset_index(drop=True)


def _without_each_side(limit: Limit, column: pd.Series) -> tuple[Limit | None, Limit | None]:
    """Give a limit without its lower and without its upper side; None for a side that it does not have."""
    if isinstance(limit, frozenset):
        return frozenset(column.unique()), None
    low, high = float(column.min()), float(column.max())
    return (
        (low, limit[1]) if limit[0] > low else None,
        (limit[0], high) if limit[1] < high else None,
    )


def _harmonic(box: Box) -> float:
    together = box.coverage + box.density
    return 2 * box.coverage * box.density / together if together > 0 else 0.0
