"""How far each regime is from the baseline on average over time, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from model.record import OBSERVABLES


def paired_differences(
    comparison: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the paired differences from the baseline in percent of it, a panel for each outcome.

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
    baseline = comparison["baseline"].iloc[0]
    against = style.regime_label(baseline)
    seeds = comparison["seeds"].max()
    interval = f"dot: mean of {seeds} pairs; bar: 95% interval" if seeds > 1 else "one pair: no interval"
    title = f"What each policy adds to {against}, average over the whole time"
    note = f"In percent of {against}, on the same seeds; {interval}."
    figure = style.open_figure(title, note, colours, size)
    rows = comparison[comparison["regime"] != baseline]
    outcomes = list(dict.fromkeys(rows["outcome"]))
    # Of all that are compared, so that a policy has one colour in all figures.
    shades = style.regime_colours(comparison["regime"], colours)
    axes = style.panels(figure, len(outcomes), colours, width=4.3, sharex=True, sharey=True)
    for ax, outcome in zip(axes, outcomes, strict=True):
        _dots(ax, rows[rows["outcome"] == outcome], shades, colours)
        style.name_panel(ax, OBSERVABLES[outcome].label, "", colours)
    return figure


def _dots(ax: Axes, rows: pd.DataFrame, colours: Mapping[str, str], theme: style.Theme) -> None:
    regimes = list(rows["regime"])
    places = np.arange(len(regimes))[::-1]
    ax.axvline(0, color=theme.quiet, linewidth=1.2, zorder=1)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        colour = colours[row["regime"]]
        ax.plot(
            [row["relative_low"], row["relative_high"]], [place, place], color=colour, linewidth=3.5, zorder=2
        )
        ax.plot([row["relative"]], [place], "o", color=colour, markersize=9, zorder=3)
        ax.annotate(
            style.signed(row["relative"], 1), (row["relative"], place), textcoords="offset points",
            xytext=(0, 9), ha="center", fontsize=style.TEXT_SIZE, color=theme.text,
        )  # fmt: skip
    ax.set_yticks(places, [style.regime_label(regime) for regime in regimes])
    ax.set_ylim(-0.6, len(regimes) - 0.3)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
    ax.margins(x=0.12)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(style.signed_tick))
