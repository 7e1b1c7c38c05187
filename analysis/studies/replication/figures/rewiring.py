"""Curves over the rewiring of a network, from the ring on the left to the random network on the right."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator

from analysis.figures import style

RING = -3.6
"""Where the ring stands on a logarithmic axis that has no zero."""

TICKS = {0.0: "0", 0.001: ".001", 0.01: ".01", 0.1: ".1", 1.0: "1"}


def position(rewiring: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Give places on the axis: the logarithm, and one of its own for no rewiring."""
    values = np.asarray(rewiring, np.float64)
    return np.where(values > 0, np.log10(np.where(values > 0, values, 1.0)), RING)


def label_axis(ax: Axes, theme: style.Theme, *, named: bool) -> None:
    """Mark the axis of rewiring, and name it if asked."""
    ax.xaxis.set_major_locator(FixedLocator(position(list(TICKS)).tolist()))
    ax.set_xticklabels(list(TICKS.values()))
    ax.set_xlim(RING - 0.15, 0.12)
    if named:
        ax.set_xlabel("rewiring p", fontsize=style.TEXT_SIZE, color=theme.quiet)


def shade_small_world(ax: Axes, region: tuple[float, float] | None, theme: style.Theme) -> None:
    """Shade the small-world region, if there is one."""
    if region is not None:
        first, last = position(list(region))
        ax.axvspan(first, last, color=theme.grid, alpha=0.6, linewidth=0, zorder=0)


def name_tall_panel(ax: Axes, label: str, unit: str, theme: style.Theme) -> None:
    """Head a panel that is taller than others."""
    style.name_panel(ax, label, unit, theme)
    # A share of a tall panel is more than the heading leaves.
    ax.texts[-1].set_y(1.01)


def about_seeds(means: pd.DataFrame) -> str:
    """Say over how many seeds curves are means, and what their bars are."""
    seeds = int(means["seeds"].max())
    return f"mean of {seeds} seeds; bars: 95% interval" if seeds > 1 else "one seed: no interval"


def draw_curve(
    ax: Axes, means: pd.DataFrame, colour: str, *, dashes: str = "-", marker: str = "o", scale: float = 1.0
) -> None:
    """Draw means over seeds with their intervals; the step from no rewiring to some is dotted.

    Parameters
    ----------
    ax
        Where to draw.
    means
        ``rewiring``, ``mean``, ``low`` and ``high``.
    colour, dashes, marker
        Looks.
    scale
        What all values are divided by.
    """
    rows = means.sort_values("rewiring")
    places = position(rows["rewiring"])
    mean, low, high = (rows[name].to_numpy(np.float64) / scale for name in ("mean", "low", "high"))
    start = int(places[0] == RING)
    ax.plot(places[start:], mean[start:], color=colour, linestyle=dashes, linewidth=2.2, zorder=3)
    ax.plot(places[: start + 1], mean[: start + 1], color=colour, linestyle=":", linewidth=1.4, zorder=3)
    if np.isfinite(low).all():
        ax.fill_between(places[start:], low[start:], high[start:], color=colour, alpha=0.2, linewidth=0)
        ax.vlines(places, low, high, color=colour, linewidth=1.6, zorder=3)
    ax.plot(places, mean, linestyle="none", marker=marker, markersize=4.5, color=colour, zorder=4)
