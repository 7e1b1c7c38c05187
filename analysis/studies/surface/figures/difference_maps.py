"""What each regime adds to the baseline under all conditions, a map each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.studies.surface.figures.leader_map import Scale

# Brown below, violet above, which every kind of eye tells apart and no regime has. In between, the page.
ENDS = ("#8c510a", "#5e3c99")


def difference_maps(
    differences: pd.DataFrame,
    x: Scale,
    y: Scale,
    label: str,
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the paired difference from the baseline in percent of it, a map for each regime.

    Parameters
    ----------
    differences
        What `analysis.statistics.leaders.differences` gives.
    x, y
        Sides of the maps.
    label
        What the outcome is called.
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
    against = style.regime_label(differences["baseline"].iloc[0])
    regimes = list(dict.fromkeys(differences["regime"]))
    note = (
        f"Mean of {int(differences['seeds'].min())} pairs in percent of the mean of {against} in the cell. "
        "Dot: the 95% interval, simultaneous over all cells and regimes, excludes zero."
    )
    figure = style.open_figure(f"{label}: what each regime adds to {against}", note, colours, size)
    axes = style.panels(figure, len(regimes), colours, sharex=True, sharey=True)
    reach = float(np.nanmax(differences["percent"].abs())) or 1.0
    tones = LinearSegmentedColormap.from_list("difference", [ENDS[0], colours.background, ENDS[1]])
    norm = Normalize(-reach, reach)
    for ax, regime in zip(axes, regimes, strict=True):
        _draw(ax, differences[differences["regime"] == regime], x, y, (norm, tones), colours)
        style.name_panel(ax, style.regime_label(regime), "", colours)
        subplot = ax.get_subplotspec()
        if subplot is not None and not subplot.is_first_col():
            ax.set_ylabel("")
    bar: Any = figure.colorbar(ScalarMappable(norm, tones), ax=axes, shrink=0.8, pad=0.02)
    bar.outline.set_visible(False)
    bar.locator = MaxNLocator(5)
    bar.formatter = FuncFormatter(style.signed_tick)
    bar.ax.tick_params(labelcolor=colours.text, length=0, labelsize=style.TEXT_SIZE)
    return figure


def _draw(
    ax: Axes, rows: pd.DataFrame, x: Scale, y: Scale, scale: tuple[Normalize, Colormap], theme: style.Theme
) -> None:
    table = rows.pivot_table(index=y.name, columns=x.name, values="percent")
    ax.pcolormesh(
        np.arange(table.shape[1] + 1) - 0.5, np.arange(table.shape[0] + 1) - 0.5, table.to_numpy(),
        norm=scale[0], cmap=scale[1], edgecolor=theme.background, linewidth=1,
    )  # fmt: skip
    sure = rows[(rows["difference_low"] > 0) | (rows["difference_high"] < 0)]
    columns, lines = list(table.columns), list(table.index)
    ax.plot(
        [columns.index(value) for value in sure[x.name]], [lines.index(value) for value in sure[y.name]],
        "o", color=theme.text, markersize=5,
    )  # fmt: skip
    thin = 2 if len(columns) > 6 else 1
    ax.set_xticks(range(0, len(columns), thin), [style.written(value) for value in columns[::thin]])
    ax.set_yticks(range(len(lines)), [style.written(value) for value in lines])
    ax.set_xlabel(x.label, fontsize=style.TEXT_SIZE, color=theme.text)
    ax.set_ylabel(y.in_full, fontsize=style.TEXT_SIZE, color=theme.text)
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
