"""All figures of a surface: the one list of what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from analysis.studies.surface.figures.difference_maps import difference_maps
from analysis.studies.surface.figures.leader_map import Scale, leader_map
from analysis.studies.surface.figures.leaders_by_outcome import leaders_by_outcome
from analysis.studies.surface.figures.response_curves import response_curves
from analysis.studies.surface.parts import PARTS
from model.record import OBSERVABLES


def draw(
    cells: Mapping[str, pd.DataFrame],
    parts: Mapping[str, pd.DataFrame],
    differences: pd.DataFrame,
    scales: Sequence[Scale],
    regimes: Sequence[str],
    outcome: str,
    theme: str = "light",
    *,
    geometric: bool = False,
) -> dict[str, Callable[[], Figure]]:
    """Return what draws all that a surface has to show, by name.

    Parameters
    ----------
    cells
        What `analysis.statistics.leaders.leaders` gives, by outcome.
    parts
        What `analysis.studies.surface.parts.parts` gives, by outcome.
    differences
        What `analysis.statistics.leaders.differences` gives for the outcome that is talked about.
    scales
        One or two axes, the horizontal one first.
    regimes
        Regimes that take part.
    outcome
        Outcome that is talked about.
    theme
        ``"light"`` or ``"dark"``.
    geometric
        Whether values of the horizontal axis are multiples of one another.

    Returns
    -------
    dict of str to callable
        What draws each figure.
    """
    label = OBSERVABLES[outcome].label
    x, *others = scales
    figures: dict[str, Callable[[], Figure]] = {}
    if others:
        y = others[0]
        title = f"{label}: which regime leads where"
        figures["leaders"] = lambda: leader_map(cells[outcome], x, y, regimes, title, theme=theme)
        figures["leaders_in_parts"] = lambda: leader_map(
            in_order(parts[outcome]), Scale(x.name, x.label), Scale(y.name, y.label), regimes,
            f"{label}: which regime leads in which part", theme=theme,
        )  # fmt: skip
        figures["leaders_by_outcome"] = lambda: leaders_by_outcome(cells, x, y, regimes, theme=theme)
        figures["differences"] = lambda: difference_maps(differences, x, y, label, theme=theme)
    else:
        by_ratio = geometric and bool((cells[outcome][x.name] > 0).all())
        figures["curves"] = lambda: response_curves(
            differences, cells[outcome], x, regimes, label, by_ratio=by_ratio, theme=theme
        )
        figures["leaders_by_outcome"] = lambda: _by_outcome(cells, x, regimes, theme)
        figures["leaders_in_parts"] = lambda: _by_outcome(
            {name: in_order(table) for name, table in parts.items()}, Scale(x.name, x.label), regimes, theme
        )
    return figures


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Let low come before high, whatever the alphabet says."""
    table = table.copy()
    for axis in table.columns[: list(table.columns).index("cells")]:
        there = [part for part in PARTS if (table[axis] == part).any()]
        table[axis] = pd.Categorical(table[axis], there, ordered=True)
    return table


def _by_outcome(cells: Mapping[str, pd.DataFrame], x: Scale, regimes: Sequence[str], theme: str) -> Figure:
    """Draw one axis against the outcomes: a map whose lines are outcomes."""
    labels = {outcome: OBSERVABLES[outcome].label for outcome in cells}
    stacked = pd.concat([table.assign(outcome=labels[name]) for name, table in cells.items()])
    order = pd.CategoricalDtype(list(labels.values())[::-1], ordered=True)
    stacked["outcome"] = stacked["outcome"].astype(order)
    return leader_map(stacked, x, Scale("outcome", ""), regimes, "Who leads on which outcome", theme=theme)
