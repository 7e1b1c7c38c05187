"""How often each regime is best."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.figures import style
from model.record import OBSERVABLES

SMALLEST_LABELLED = 0.75
"""Width of a bar, in inches of the figure, that has room for its number."""


def probability_best(
    comparison: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the share of seeds in which each regime leads, a bar for each outcome.

    Parameters
    ----------
    comparison
        What `analysis.statistics.comparison.compare` gives.
    theme
        ``"light"`` or ``"dark"``.
    size
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours = style.THEMES[theme]
    table = comparison.pivot_table(
        index="outcome", columns="regime", values="probability_best", sort=False, dropna=False
    )
    shades = style.regime_colours(list(table.columns), colours)
    seeds = comparison["seeds"].max()
    who = f"Share of {seeds} simulated regions in which a policy comes first"
    note = f"{who}, by averages over the whole time; ties share it."
    handles = [
        Patch(facecolor=shades[regime], label=style.regime_label(regime), linewidth=0)
        for regime in table.columns
    ]
    figure = style.open_figure("How often each regime is best", note, colours, size, handles)
    (ax,) = style.panels(figure, 1, colours)
    places = range(len(table))[::-1]
    ends = [0.0] * len(table)
    for regime in table.columns:
        for row, (place, share) in enumerate(zip(places, table[regime], strict=True)):
            ax.barh(
                place, share, left=ends[row], height=0.62, color=shades[regime],
                edgecolor=colours.background, linewidth=1.2,
            )  # fmt: skip
            if share * size[0] >= SMALLEST_LABELLED:
                ax.text(
                    ends[row] + share / 2, place, f"{share:.0%}", ha="center", va="center",
                    color=colours.background, fontsize=style.PANEL_TITLE_SIZE, fontweight="bold",
                )  # fmt: skip
            ends[row] += share
    ax.set_yticks(list(places), [OBSERVABLES[outcome].label for outcome in table.index])
    ax.tick_params(axis="y", labelsize=style.PANEL_TITLE_SIZE)
    ax.set_xlim(0, 1)
    ax.grid(visible=False, axis="y")
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    return figure
