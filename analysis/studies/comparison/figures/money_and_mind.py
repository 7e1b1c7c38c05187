"""What of each regime's gain money does, and what its choice of priorities adds."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.statistics.gains import AVERAGE, MIND, MONEY
from model.record import OBSERVABLES

PANELS = {
    MONEY: "Money: its lottery twin against no policy",
    MIND: "Mind: the regime against its lottery twin",
}


def money_and_mind(
    split: pd.DataFrame, outcomes: list[str], *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the two parts of every regime's average gain, a row of panels for each outcome.

    Parameters
    ----------
    split
        What `analysis.statistics.gains.money_and_mind` gives.
    outcomes
        Outcomes to show.
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
    split = split[split["after"] == AVERAGE]
    seeds = int(split["seeds"].max())
    told = f"dot: mean of {seeds} pairs; bar: 95% interval" if seeds > 1 else "one pair: no interval"
    note = (
        "A twin has the same money and instruments and draws its priorities by lot. Average over the whole time, in "
        f"percent of no policy; {told}."
    )
    figure = style.open_figure("Money and mind", note, colours, size)
    axes = style.panels(figure, 2 * len(outcomes), colours, width=6.0, sharey=True)
    for place, outcome in enumerate(outcomes):
        for side, (part, heading) in enumerate(PANELS.items()):
            ax = axes[2 * place + side]
            rows = split[(split["outcome"] == outcome) & (split["part"] == part)]
            _dots(ax, rows, colours)
            style.name_panel(ax, heading, OBSERVABLES[outcome].label, colours)
    return figure


def _dots(ax: Axes, rows: pd.DataFrame, theme: style.Theme) -> None:
    regimes = list(rows["regime"])
    colours = style.regime_colours(regimes, theme)
    places = np.arange(len(regimes))[::-1]
    ax.axvline(0, color=theme.quiet, linewidth=1.2, zorder=1)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        colour = colours[row["regime"]]
        ends = [row["relative_low"], row["relative_high"]]
        ax.plot(ends, [place, place], color=colour, linewidth=3.5, zorder=2)
        ax.plot([row["relative"]], [place], "o", color=colour, markersize=9, zorder=3)
        # Rounded first, so that nothing is said to be minus zero.
        text = f"{round(row['relative'], 1) + 0.0:+.1f}%"
        ax.annotate(
            text, (row["relative"], place), textcoords="offset points", xytext=(0, 9),
            ha="center", fontsize=style.TEXT_SIZE, color=theme.text,
        )  # fmt: skip
    ax.set_yticks(places, [style.regime_label(regime) for regime in regimes])
    ax.set_ylim(-0.6, len(regimes) - 0.3)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
    ax.margins(x=0.15)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:+.3g}%" if value else "0"))
