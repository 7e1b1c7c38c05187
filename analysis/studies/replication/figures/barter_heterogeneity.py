"""How unequal agents are after barter, and how long it takes, from ring to random network."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.studies.replication.figures.rewiring import (
    about_seeds,
    draw_curve,
    label_axis,
    name_tall_panel,
    shade_small_world,
)

MEASURES = {
    "variance": ("Variance over agents", "levels squared"),
    "coefficient_of_variation": ("Coefficient of variation", "share of the mean"),
    "rounds": ("Time until trade is exhausted", "rounds"),
}


def barter_heterogeneity(
    means: pd.DataFrame,
    region: tuple[float, float] | None,
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw variance, coefficient of variation and duration against rewiring.

    Parameters
    ----------
    means
        What `analysis.studies.replication.experiment.means_table` gives.
    region
        First and last rewiring of the small-world region, or None.
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
        f"Barter until trade is exhausted, {about_seeds(means)}. Variance and coefficient of variation are over "
        "agents, of each agent's mean level. Shaded: small world."
    )
    figure = style.open_figure("How unequal barter leaves agents, and how long it lasts", note, colours, size)
    axes = style.panels(figure, len(MEASURES), colours)
    for ax, (measure, (label, unit)) in zip(axes, MEASURES.items(), strict=True):
        rows = means[(means["treatment"] == "barter") & (means["measure"] == measure)]
        draw_curve(ax, rows, colours.others[3])
        name_tall_panel(ax, label, unit, colours)
        shade_small_world(ax, region, colours)
        label_axis(ax, colours, named=True)
    return figure
