"""Entry into domains and exit from them, by relatedness density."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.figures import style


def density_and_entry(
    picture: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the share of domains that firms enter and leave, by fifth of zero-diagonal density.

    Parameters
    ----------
    picture
        ``event``, ``fifth``, ``density``, ``share``, ``observations``.
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
    note = (
        "Firms and domains 8 quarters apart, all seeds together; relatedness density without the domain itself. "
        "Fifths of equal number, least related first."
    )
    figure = style.open_figure("Relatedness and the domains of firms", note, colours, size)
    left, right = style.panels(figure, 2, colours, width=6)
    for ax, event, shade, label in (
        (left, "entry", "smart_specialisation", "Domains not held that are held 8 quarters later"),
        (right, "exit", "sector", "Domains held that are not held 8 quarters later"),
    ):
        rows = picture[picture["event"] == event]
        bars = ax.bar(rows["fifth"], rows["share"], color=colours.regimes[shade], width=0.7)
        ax.bar_label(
            bars, [f"{share:.1%}" for share in rows["share"]], color=colours.text, fontsize=style.TEXT_SIZE
        )
        ax.set_xticks(rows["fifth"], [f"{density:.2f}" for density in rows["density"]])
        ax.set_xlabel("mean density of the fifth", color=colours.text, fontsize=style.TEXT_SIZE)
        ax.yaxis.set_major_formatter(PercentFormatter(1.0))
        style.name_panel(ax, label, "share of pairs of firm and domain", colours)
    return figure
