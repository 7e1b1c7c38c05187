"""What a region is specialised in."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style

_MOST = 16


def region_strengths(
    domains: pd.DataFrame, title: str, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the strongest specialisations of a region, and how complex they are.

    Parameters
    ----------
    domains
        ``name``, ``share``, ``location_quotient``, ``complexity``, ``specialised``.
    title
        Name of the region.
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
    rows = domains[domains["specialised"]].sort_values("location_quotient", ascending=False)[:_MOST][::-1]
    note = (
        "Location quotient: share of the domain in the region over its share in all regions; 1 is the average. "
        f"The {len(rows)} highest of {int(domains['specialised'].sum())} specialisations; in brackets the share "
        "of the region that they make up."
    )
    figure = style.open_figure(f"{title}: specialisations", note, colours, size)
    left, right = style.panels(figure, 2, colours, width=6, sharey=True)
    names = [f"{row['name']} ({row['share']:.1%})" for _, row in rows.iterrows()]
    places = list(range(len(rows)))
    bars = left.barh(places, rows["location_quotient"], color=colours.regimes["cluster"], height=0.66)
    left.bar_label(bars, fmt="%.1f", padding=4, color=colours.text, fontsize=style.TEXT_SIZE - 1)
    left.axvline(1.0, color=colours.quiet, linewidth=1, linestyle=(0, (4, 3)))
    right.barh(places, rows["complexity"], color=colours.regimes["smart_specialisation"], height=0.66)
    right.axvline(0.0, color=colours.quiet, linewidth=1)
    left.set_yticks(places, names)
    left.tick_params(axis="y", labelsize=style.TEXT_SIZE - 1)
    for ax in (left, right):
        ax.grid(axis="y", visible=False)
        ax.grid(axis="x", color=colours.grid, linewidth=0.8)
    style.name_panel(left, "How much more than usual", "location quotient", colours)
    style.name_panel(right, "How complex", "complexity (standard deviations)", colours)
    return figure
