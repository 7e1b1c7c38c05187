"""Parts of a surface: neighbouring cells taken together, where a lead shows that is lost in the noise of each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.comparison import baseline_of
from analysis.statistics.leaders import judge

ANY = "any"
THIRDS = ("low", "middle", "high")
PARTS = (*THIRDS, ANY)


def parts(outcomes: pd.DataFrame, axes: Sequence[str], measure: str) -> pd.DataFrame:
    """Find the leader of every part of a surface.

    Each axis is cut into a low, a middle and a high third of its values, fixed before anything is run;
    a part is a third of every axis, or all of it. For each seed and regime, the outcome is taken in
    percent of the baseline's mean in the cell and averaged over the cells of the part, so that all cells
    weigh alike; regimes are then compared over seeds as in a cell, see `analysis.statistics.leaders.leaders`, at a
    level shared out over all pairs of a part and a regime. Cells of one part differ in conditions: a
    regime that leads in a part leads there on average, not necessarily in each of its cells.

    Parameters
    ----------
    outcomes
        One row for every cell, regime and seed: the axes, ``regime``, ``seed`` and ``measure``.
    axes
        Names of the columns that say which cell it is.
    measure
        Outcome, of which more is better.

    Returns
    -------
    pandas.DataFrame
        One row a part: for each axis ``"low"``, ``"middle"``, ``"high"`` or ``"any"``, ``cells``, ``seeds``,
        and ``best``, ``rival``, ``leader``, ``lead_percent`` with the ends of its interval and
        ``probability`` as in `analysis.statistics.leaders.leaders`.
    """
    regimes = list(dict.fromkeys(outcomes["regime"]))
    relative = _in_percent(outcomes, axes, measure, regimes)
    thirds = {axis: _thirds(outcomes[axis]) for axis in axes}
    places = list(itertools.product(*([*present(thirds[axis]), ANY] for axis in axes)))
    family = len(places) * len(regimes)
    rows = []
    for place in places:
        inside = np.ones(len(relative), bool)
        for axis, part in zip(axes, place, strict=True):
            inside &= (part == ANY) | (relative[axis].map(thirds[axis]) == part).to_numpy()
        chosen = relative[inside]
        cells = len(chosen[list(axes)].drop_duplicates())
        by_seed = chosen.groupby("seed")[regimes]
        values = by_seed.mean()[by_seed.size() == cells].to_numpy(np.float64)
        found = judge(values, regimes, family)
        for name in ("lead", "lead_low", "lead_high"):
            found[f"{name}_percent"] = found.pop(name)
        rows.append({**dict(zip(axes, place, strict=True)), "cells": cells, **found})
    table = pd.DataFrame(rows)
    order = [
        *axes, "cells", "seeds", "best", "rival", "leader",
        "lead_percent", "lead_low_percent", "lead_high_percent", "probability",
    ]  # fmt: skip
    return table[order]


def present(thirds: dict[float, str]) -> list[str]:
    """Give the parts that an axis is cut into: an axis of two values has no middle."""
    return [part for part in THIRDS if part in thirds.values()]


def _thirds(column: pd.Series) -> dict[float, str]:
    """Say in which third each value lies; the middle is the smallest where they cannot be equal."""
    values = sorted(column.unique())
    outer = (len(values) + 1) // 3 if len(values) > 2 else 1
    low, high = values[:outer], values[len(values) - outer :]
    return {value: "low" if value in low else "high" if value in high else "middle" for value in values}


def _in_percent(
    outcomes: pd.DataFrame, axes: Sequence[str], measure: str, regimes: Sequence[str]
) -> pd.DataFrame:
    """Give a column for each regime in percent of the baseline's mean in the cell; seeds that all have."""
    table = outcomes.pivot_table(index=[*axes, "seed"], columns="regime", values=measure)
    table = table.reindex(columns=list(regimes)).dropna()
    scale: Any = table[baseline_of(regimes)].groupby(level=list(range(len(axes)))).transform("mean").abs()
    return (100 * table.div(scale.where(scale > 0), axis=0)).dropna().reset_index()
