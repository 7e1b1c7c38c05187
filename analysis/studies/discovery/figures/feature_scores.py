"""How far each condition tells where a regime leads: feature scores."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator

from analysis.figures import style


def feature_scores(
    scores: pd.DataFrame, labels: Mapping[str, str], *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw a table of scores, the darker the higher.

    Parameters
    ----------
    scores
        What `analysis.studies.discovery.findings.findings` gives.
    labels
        Names of factors for people.
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
    table = scores.pivot_table(index="factor", columns="regime", values="score", sort=False)
    table = table.loc[table.max(axis=1).sort_values(ascending=False).index]
    told = scores.drop_duplicates("regime").set_index("regime")
    note = (
        f"Extra trees; scores of a regime add up to 1, and {len(table)} factors that tell nothing would have "
        f"{1 / len(table):.2f} each. Below the names: share of points that trees which have not seen "
        f"them tell right, and "
        f"what one would get without looking at factors; scores mean something where the first is higher."
    )
    figure = style.open_figure(
        "Which conditions tell where a regime leads: feature scores", note, colours, size
    )
    (ax,) = style.panels(figure, 1, colours)
    values = table.to_numpy(float)
    ramp = LinearSegmentedColormap.from_list("scores", [colours.background, colours.others[2]])
    ax.imshow(values, cmap=ramp, vmin=0, vmax=max(0.4, float(values.max())), aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        ax.text(
            column,
            row,
            f"{value:.2f}",
            ha="center",
            va="center",
            color=colours.text,
            fontsize=style.PANEL_TITLE_SIZE,
        )
    heads = []
    for regime in map(str, table.columns):
        right, without = (float(told[name].to_dict()[regime]) for name in ("accuracy", "without"))
        heads.append(f"{style.regime_label(regime)}\n{right:.0%} ({without:.0%})")
    ax.xaxis.set_major_locator(FixedLocator(range(len(heads))))
    ax.xaxis.set_major_formatter(FixedFormatter(heads))
    ax.xaxis.tick_top()
    ax.yaxis.set_major_locator(FixedLocator(range(len(table))))
    ax.yaxis.set_major_formatter(FixedFormatter([labels.get(str(name), str(name)) for name in table.index]))
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    return figure
