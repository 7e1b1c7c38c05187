"""Learning on ties against cognitive distance."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures import style

SHADES = {"lowest third": "sector", "middle third": "cluster", "highest third": "smart_specialisation"}
MARKS = {"lowest third": "o", "middle third": "s", "highest third": "^"}


def learning_and_distance(
    picture: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw mean absorption on a tie by distance, a curve for each third of absorptive capacity.

    Parameters
    ----------
    picture
        ``third``, ``distance``, ``absorbed``, ``observations``.
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
    handles = [
        Line2D([], [], color=colours.regimes[shade], marker=MARKS[third], linewidth=2.5, label=third)
        for third, shade in SHADES.items()
    ]
    note = (
        "Absorption on a tie in a quarter, in units of its mean; cognitive distance: one minus the cosine of what "
        "both firms know. Ties drawn at random and fixed. Bins with at least 30 observations."
    )
    figure = style.open_figure(
        "Learning and cognitive distance, by absorptive capacity", note, colours, size, handles
    )
    ax = figure.subplots()
    style.dress(ax, colours)
    for third, shade in SHADES.items():
        rows = picture[picture["third"] == third]
        ax.plot(
            rows["distance"], rows["absorbed"], color=colours.regimes[shade], marker=MARKS[third],
            linewidth=2.5, markersize=6,
        )  # fmt: skip
    ax.set_xlabel("cognitive distance", color=colours.text, fontsize=style.TEXT_SIZE)
    ax.set_ylim(bottom=0)
    style.name_panel(ax, "Absorption", "in units of its mean", colours)
    return figure
