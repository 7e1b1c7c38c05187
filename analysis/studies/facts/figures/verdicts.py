"""Facts at a glance: how far each claim lies from its bound, and the verdict."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures import style

COLOURS = {
    "light": {
        "holds": "#009e73",
        "by construction": "#0072b2",
        "partly": "#b8860b",
        "does not hold": "#d55e00",
    },
    "dark": {
        "holds": "#4fe8b8",
        "by construction": "#4a9ff0",
        "partly": "#f0d060",
        "does not hold": "#ff8a30",
    },
}
LARGEST = 30.0
LINEAR = 1.0
TICKS = (-30, -10, -3, -1, 0, 1, 3, 10, 30)


def verdicts(table: pd.DataFrame, *, theme: str = "light", size: style.Size = (12.8, 8.6)) -> Figure:
    """Draw one row for each fact: its leading claim large, the others small.

    Parameters
    ----------
    table
        One row a claim, see `analysis.studies.facts.estimates.tables_of`.
    theme
        ``"light"`` or ``"dark"``.
    size
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours, palette = style.THEMES[theme], COLOURS[theme]
    ruled = table[~table["rule"].fillna("no rule").str.startswith("no rule")]
    facts = list(dict.fromkeys(ruled["fact"]))
    seen = [name for name in palette if name in set(ruled["verdict"])]
    handles = [Line2D([], [], color=palette[name], marker="o", linewidth=3, label=name) for name in seen]
    note = (
        "Each mark is a claim: distance of its mean from the bound in standard deviations over seeds, to the right "
        "where it is claimed to lie (for a range: above its lower end); bar: 95% interval; circle: the claim holds, "
        "cross: it does not. Large: the leading claim. "
        f"{int(ruled['seeds'].max())} seeds; claims that do not vary are at the edge."
    )
    figure = style.open_figure("Facts and verdicts", note, colours, size, handles)
    ax = figure.subplots()
    style.dress(ax, colours)
    for place, fact in enumerate(facts):
        _row(ax, -place, ruled[ruled["fact"] == fact], palette, colours)
    numbers = ruled.drop_duplicates("fact").set_index("fact")["number"]
    labels = [f"{numbers[fact]:.0f}  {fact.replace('_', ' ')}" for fact in facts]
    ax.set_yticks([-place for place in range(len(facts))], labels)
    ax.set_ylim(-len(facts) + 0.4, 0.6)
    ax.set_xscale("symlog", linthresh=LINEAR)
    ax.set_xlim(-1.25 * LARGEST, 1.25 * LARGEST)
    ax.set_xticks(TICKS, [f"{tick:+d}" if tick else "bound" for tick in TICKS])
    ax.minorticks_off()
    ax.axvline(0, color=colours.quiet, linewidth=1.2, zorder=1)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=colours.grid, linewidth=0.8)
    return figure


def _row(ax: Axes, place: float, rows: pd.DataFrame, palette: dict[str, str], colours: style.Theme) -> None:
    shifts = np.linspace(0.0, -0.62, max(2, len(rows)))[: len(rows)] + 0.31
    for shift, (number, row) in zip(shifts, enumerate(rows.to_dict("records")), strict=True):
        colour = palette.get(row["verdict"], colours.quiet)
        middle = row["standardised"]
        if not np.isfinite(middle):
            middle = LARGEST if row["claim_holds"] else 0.0
        ends = np.clip([row["standardised_low"], row["standardised_high"]], -LARGEST, LARGEST)
        y = place + shift
        ax.plot(ends, [y, y], color=colour, linewidth=4 if number == 0 else 2, zorder=2)
        ax.plot(
            [np.clip(middle, -LARGEST, LARGEST)], [y], "o" if row["claim_holds"] else "X", color=colour,
            markersize=9 if number == 0 else 5, zorder=3,
        )  # fmt: skip
