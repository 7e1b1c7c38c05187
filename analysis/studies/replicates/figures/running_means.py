"""How a mean settles as seeds are added, at the point whose interval is of middling width."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.studies.replicates.figures.half_widths import UNPAIRED

ROOM = 4.0
"""Height of a panel in half-widths of the last interval: the first ones would dwarf all others."""


def running_means(
    running: pd.DataFrame, label: str, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw running means with their intervals, a panel for each regime.

    Parameters
    ----------
    running
        What `analysis.studies.replicates.findings.findings` gives, of one scenario.
    label
        What is measured.
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
    rows = running[running["measure"] != UNPAIRED]
    shades = style.regime_colours(rows["regime"], colours)
    regimes = list(shades)
    note = (
        "Mean over the first seeds in percent, with its 95% interval, at the point whose interval is of middling width "
        "in the end; intervals of few seeds are cut off."
    )
    figure = style.open_figure(f"{label}: how means settle", note, colours, size)
    axes = style.panels(figure, len(regimes), colours, width=4.2, sharex=True)
    for ax, regime in zip(axes, regimes, strict=True):
        own = rows[rows["regime"] == regime]
        low, high = own["mean"] - own["half_width"], own["mean"] + own["half_width"]
        ax.plot(own["seeds"], own["mean"], color=shades[regime], linewidth=2.4, marker="o")
        ax.fill_between(own["seeds"], low, high, color=shades[regime], alpha=0.18, linewidth=0)
        last, reach = own["mean"].iloc[-1], max(float(own["half_width"].iloc[-1]), 1e-9)
        ax.set_ylim(last - ROOM * reach, last + ROOM * reach)
        ax.axhline(last, color=colours.quiet, linestyle=":", linewidth=1.2)
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.4g}%"))
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        ax.set_xlabel("seeds", fontsize=style.TEXT_SIZE, color=colours.text)
        style.name_panel(ax, style.regime_label(regime), f"point {int(own['point'].iloc[0])}", colours)
    return figure
