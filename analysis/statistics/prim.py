"""Under which conditions something is the case: boxes by PRIM (EMA workbench)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.boxes import (
    Box,
    Cases,
    Limit,
    choose,
    measured,
    plain,
    restricting,
    without_needless_limits,
)
from analysis.statistics.workbench import workbench

SMALLEST_MASS = 0.05
FOLDS = 5
PEELINGS = 1 + FOLDS
"""Times that PRIM is run for a box."""

SEED = 1
ABOVE_ZERO = 1e-9
FEWEST = 5
"""Cases, and points that are none, below which no box is looked for."""


@dataclass(frozen=True)
class Discovery:
    """What PRIM found.

    Attributes
    ----------
    box
        The box that was chosen, without limits that chance explains.
    trajectory
        One row for each box that was peeled or pasted: ``coverage``, ``density``, ``mass``, ``restricted``
        (number of factors with limits) and ``chosen``.
    held_out
        Points and cases in boxes that were found without them, added up over the folds.
    """

    box: Box
    trajectory: pd.DataFrame
    held_out: Box


def find_box(
    conditions: pd.DataFrame,
    cases: Cases,
    density: float | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Discovery:
    """Find a box of conditions in which cases are dense (PRIM, Friedman & Fisher 1999; Bryant & Lempert 2010).

    Parameters
    ----------
    conditions
        A column for each factor, one row a point.
    cases
        Which points are cases, shape (points,).
    density
        Take the box with the largest coverage that is so dense; by default, the one with the largest harmonic
        mean of coverage and density.
    advance
        Called after each of the `PEELINGS`.

    Returns
    -------
    Discovery
        The box; how it was come by; how dense boxes are that are found in four fifths of the points, in the
        fifth that is held out.

    Raises
    ------
    RequestError
        If the EMA workbench is not installed.
    ValueError
        If there are fewer than `FEWEST` cases, or points that are none.
    """
    if min(cases.sum(), (~cases).sum()) < FEWEST:
        raise ValueError(f"{cases.sum()} cases among {len(cases)} points: too few to look for a box")
    table = plain(conditions)
    peeled = [measured(limits, table, cases) for limits in _peel(table, cases)]
    advance()
    chosen = choose(peeled, density)
    trajectory = pd.DataFrame(
        {
            "coverage": [box.coverage for box in peeled],
            "density": [box.density for box in peeled],
            "mass": [box.points / len(cases) for box in peeled],
            "restricted": [len(box.limits) for box in peeled],
            "chosen": [place == chosen for place in range(len(peeled))],
        }
    )
    return Discovery(
        without_needless_limits(peeled[chosen], table, cases),
        trajectory,
        _held_out(table, cases, density, advance),
    )


def _held_out(table: pd.DataFrame, cases: Cases, density: float | None, advance: Callable[[], None]) -> Box:
    """Find boxes without a fifth of the points each time, and count what of that fifth lies in them."""
    fold_of = np.random.default_rng(SEED).permutation(np.arange(len(cases)) % FOLDS)
    found = np.zeros(2, dtype=int)
    for fold in range(FOLDS):
        seen = fold_of != fold
        if not cases[seen].any() or cases[seen].all():
            continue
        rest = table[seen].reset_index(drop=True)
        boxes = [measured(limits, rest, cases[seen]) for limits in _peel(rest, cases[seen])]
        box = without_needless_limits(boxes[choose(boxes, density)], rest, cases[seen])
        hidden = measured(box.limits, table[~seen], cases[~seen])
        found += [hidden.cases, hidden.points]
        advance()
    return Box({}, int(found[0]), int(found[1]), int(cases.sum()), len(cases))


def _peel(table: pd.DataFrame, cases: Cases) -> Iterator[dict[str, Limit]]:
    """Run PRIM and give the limits of every box on its way, the whole sample first."""
    listed = {name: tuple(pd.unique(table[name])) for name in table if table[name].dtype != float}
    # Sets of texts are in another order in each process, and with them the boxes that PRIM holds equally good.
    coded = table.assign(**{
        str(name): pd.Series([values.index(each) for each in table[name]], dtype=object)
        for name, values in listed.items()
    })  # fmt: skip
    with workbench():
        from ema_workbench.analysis import prim  # noqa: PLC0415 - takes 4 seconds

        # Version 2 asks for a threshold, and counts as a case what reaches it.
        more = {"threshold": ABOVE_ZERO} if "threshold" in inspect.signature(prim.Prim).parameters else {}
        box = prim.Prim(coded, cases, mass_min=SMALLEST_MASS, **more).find_box()
        found = [{name: _limit(each[name], listed.get(name)) for name in each} for each in box.box_lims]
    for limits in found:
        yield restricting(limits, table)


def _limit(column: pd.Series, values: tuple[Any, ...] | None) -> Limit:
    first, last = column.iloc[0], column.iloc[1]
    if values is not None:
        return frozenset(values[int(code)] for code in first)
    return float(first), float(last)
