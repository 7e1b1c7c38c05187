"""The boxes themselves: which part of each factor's range belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator

from analysis.figures import style

CERTAIN = 0.001


def discovered_boxes(
    limits: pd.DataFrame,
    boxes: pd.DataFrame,
    labels: Mapping[str, str],
    over: str = "all others",
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the limits of each box within the whole range of its factors, a panel for each regime.

    Parameters
    ----------
    limits, boxes
        What `analysis.studies.discovery.findings.findings` gives.
    labels
        Names of factors for people.
    over
        Whom regimes lead over.
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
    shades = style.regime_colours(limits["regime"], colours)
    regimes = list(shades)
    note = (
        "Grey: range that was sampled; colour: part of it that belongs to the box. Numbers: limits, and "
        "in brackets how "
        "likely so dense a box would be by chance without the limit (quasi-p value). Factors not shown "
        "are not restricted."
    )
    figure = style.open_figure(f"Where a regime leads over {over}: boxes of conditions", note, colours, size)
    factors = list(dict.fromkeys(limits["factor"]))[::-1]
    told = boxes.set_index("regime")
    axes = style.panels(figure, len(regimes), colours, width=5.5, sharex=True, sharey=True)
    names = [labels.get(factor, factor.replace("_", " ")) for factor in factors]
    for ax, regime in zip(axes, regimes, strict=True):
        own = limits[limits["regime"] == regime].set_index("factor")
        for place, factor in enumerate(factors):
            ax.plot([0, 1], [place, place], color=colours.grid, linewidth=11, solid_capstyle="butt", zorder=1)
            if factor in own.index:
                _limit(ax, place, own.loc[factor].to_dict(), shades[regime], colours)
        ax.yaxis.set_major_locator(FixedLocator(range(len(factors))))
        ax.yaxis.set_major_formatter(FixedFormatter(names))
        ax.set(xlim=(-0.05, 1.05), ylim=(-0.6, len(factors) - 0.3))
        ax.xaxis.set_major_locator(FixedLocator([0, 1]))
        ax.xaxis.set_major_formatter(FixedFormatter(["lowest", "highest"]))
        ax.grid(visible=False)
        row = told.loc[regime]
        head = f"density {row['density']:.0%} (held out {row['held_out_density']:.0%}), coverage {row['coverage']:.0%}"
        style.name_panel(ax, style.regime_label(regime), head, colours)
    return figure


def _limit(ax: Axes, place: int, row: Mapping[Any, Any], shade: str, theme: style.Theme) -> None:
    if isinstance(row["values"], str):
        ax.text(
            0.5, place, row["values"], ha="center", va="center", color=theme.text, fontsize=style.TEXT_SIZE
        )
        return
    low, high = row["range_low"], row["range_high"]
    width = high - low
    start = low if np.isnan(row["low"]) else row["low"]
    end = high if np.isnan(row["high"]) else row["high"]
    ax.plot(
        [(start - low) / width, (end - low) / width], [place, place], color=shade, linewidth=11, solid_capstyle="butt",
        zorder=2,
    )  # fmt: skip
    for name, value in (("low", start), ("high", end)):
        if np.isnan(row[name]):
            continue
        chance = row[f"quasi_p_{name}"]
        chance = f"< {CERTAIN:g}" if chance < CERTAIN else f"{chance:.2g}"
        at = min(max((value - low) / width, 0.08), 0.92)
        ax.annotate(
            f"{value:.3g} ({chance})", (at, place), textcoords="offset points", xytext=(0, 9), ha="center",
            color=theme.text, fontsize=style.TEXT_SIZE - 1,
        )  # fmt: skip
