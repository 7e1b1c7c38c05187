"""Who leads where on every outcome: no ranking is shown on one of them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.studies.surface.figures.leader_map import Scale, draw_cells, handles
from model.record import OBSERVABLES


def leaders_by_outcome(
    cells: Mapping[str, pd.DataFrame],
    x: Scale,
    y: Scale,
    regimes: Sequence[str],
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw a small map of leaders for each outcome.

    Parameters
    ----------
    cells
        What `analysis.statistics.leaders.leaders` gives, by outcome.
    x, y
        Sides of the maps.
    regimes
        Regimes that take part.
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
    shades = style.regime_colours(regimes, colours)
    note = (
        "A map for each outcome. A regime leads where the 95% interval of its lead, simultaneous over all cells "
        "of a map, lies above zero; in each map, the stronger the colour, the larger the lead."
    )
    figure = style.open_figure(
        "Who leads on which outcome",
        note,
        colours,
        size,
        handles(regimes, shades, colours, pd.concat(cells.values())),
    )
    axes = style.panels(figure, len(cells), colours, sharex=True, sharey=True)
    for ax, (outcome, table) in zip(axes, cells.items(), strict=True):
        draw_cells(ax, table, x, y, shades, colours, written=False)
        style.name_panel(ax, OBSERVABLES[outcome].label, "", colours)
        subplot = ax.get_subplotspec()
        if subplot is not None and not subplot.is_last_row():
            ax.set_xlabel("")
        if subplot is not None and not subplot.is_first_col():
            ax.set_ylabel("")
        if len(ax.get_xticks()) > 6:
            labels = [text.get_text() for text in ax.get_xticklabels()]
            ax.set_xticks(ax.get_xticks()[::2], labels[::2])
    return figure
