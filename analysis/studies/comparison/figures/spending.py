"""What the budget was spent on."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.studies.comparison.compared import QUARTERS
from model.policy.instruments import INSTRUMENTS

# Tol's muted scheme: other colours than those of the regimes, so that none is taken for the other.
SHADES = (
    "#88ccee", "#cc6677", "#ddcc77", "#44aa99", "#aa4499",
    "#999933", "#6f63bb", "#882255", "#3c9a5f", "#bbbbbb",
)  # fmt: skip


def spending(
    ledger: pd.DataFrame,
    unit: str = "average yearly salaries",
    scale: float = 1.0,
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw what each regime spent on each instrument over the whole run.

    Parameters
    ----------
    ledger
        ``regime``, ``seed``, ``step``, ``policymaker``, ``instrument`` and ``spent``, in quarterly wages.
    unit, scale
        What money is told in, and how many of it make a yearly wage.
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
    total = ledger.groupby(["regime", "seed", "instrument"], sort=False)["spent"].sum()
    mean = total.groupby(["regime", "instrument"], sort=False).mean().reset_index()
    table = mean.pivot_table(index="regime", columns="instrument", values="spent", sort=False).fillna(0.0)
    table = table.loc[:, table.sum() > 0] * (scale / QUARTERS)
    palette = {instrument: SHADES[place % len(SHADES)] for place, instrument in enumerate(INSTRUMENTS)}
    shades = {instrument: shade for instrument, shade in palette.items() if instrument in table.columns}
    seeds = ledger["seed"].nunique()
    note = f"Sum over all quarters, mean of {seeds} simulated {'region' if seeds == 1 else 'regions'}."
    handles = [
        Patch(facecolor=shade, label=INSTRUMENTS[name].label, linewidth=0) for name, shade in shades.items()
    ]
    figure = style.open_figure("What the budget was spent on", note, colours, size, handles)
    (ax,) = style.panels(figure, 1, colours)
    places = range(len(table))[::-1]
    ends = pd.Series(0.0, index=table.index)
    for instrument, shade in shades.items():
        ax.barh(
            places, table[instrument], left=ends, height=0.62, color=shade,
            edgecolor=colours.background, linewidth=0.8,
        )  # fmt: skip
        ends = ends + table[instrument]
    ax.set_yticks(list(places), [style.regime_label(str(regime)) for regime in table.index])
    ax.tick_params(axis="y", labelsize=style.PANEL_TITLE_SIZE)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=colours.grid, linewidth=0.8)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(style.compact))
    ax.set_xlabel(unit, fontsize=style.TEXT_SIZE, color=colours.quiet)
    return figure
