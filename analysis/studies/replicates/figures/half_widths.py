"""How intervals narrow as seeds are added, with common seeds and without."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from analysis.figures import style

UNPAIRED = "unpaired lead"


def half_widths(
    widths: pd.DataFrame, label: str, wanted: float, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw half-widths by number of seeds, a panel for each regime.

    Parameters
    ----------
    widths
        What `analysis.studies.replicates.findings.findings` gives, of one scenario.
    label
        What is measured.
    wanted
        Half-width that is wanted, in percent.
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
    shades = style.regime_colours(widths["regime"], colours)
    regimes = list(shades)
    paired = (widths["measure"] == UNPAIRED).any()
    note = (
        "Half-width of the 95% interval in percent: median over points, and the range of eight points in ten."
        + (" Grey: what it would be if regimes did not share their seeds." if paired else "")
    )
    handles: list[style.Handle] = [
        Line2D([], [], color=colours.text, linewidth=2.4, label="common seeds" if paired else "level"),
        *[Line2D([], [], color=colours.quiet, linewidth=2.4, linestyle="--", label="own seeds")][: int(paired)],
        Line2D([], [], color=colours.text, linewidth=1.4, linestyle=":", label=f"wanted: ±{wanted:g}%"),
    ]  # fmt: skip
    figure = style.open_figure(f"{label}: how seeds narrow intervals", note, colours, size, handles)
    axes = style.panels(figure, len(regimes), colours, width=4.2, sharex=True, sharey=True)
    for ax, regime in zip(axes, regimes, strict=True):
        for measure, rows in widths[widths["regime"] == regime].groupby("measure", sort=False):
            apart = measure == UNPAIRED
            shade = colours.quiet if apart else shades[regime]
            ax.plot(
                rows["seeds"], rows["median"], "--" if apart else "-", color=shade, linewidth=2.4, marker="o"
            )
            ax.fill_between(rows["seeds"], rows["low"], rows["high"], color=shade, alpha=0.15, linewidth=0)
        ax.axhline(wanted, color=colours.text, linestyle=":", linewidth=1.4)
        ax.set_yscale("log")
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}%"))
        ax.yaxis.set_minor_formatter(NullFormatter())
        ax.tick_params(which="minor", length=0)
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        ax.set_xlabel("seeds", fontsize=style.TEXT_SIZE, color=colours.text)
        style.name_panel(ax, style.regime_label(regime), "", colours)
    return figure
