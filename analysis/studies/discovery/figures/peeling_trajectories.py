"""How PRIM came by its boxes: density against coverage as conditions are peeled off."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from analysis.figures import style

SMALLEST, LARGER = 22, 26


def peeling_trajectories(
    trajectories: pd.DataFrame,
    boxes: pd.DataFrame,
    over: str = "all others",
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the boxes on the way of PRIM, the one that was chosen, and how it does on points held out.

    Parameters
    ----------
    trajectories, boxes
        What `analysis.studies.discovery.findings.findings` gives.
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
    shades = style.regime_colours(trajectories["regime"], colours)
    regimes = list(shades)
    note = (
        "Coverage: share of the points where the regime leads that lie in the box. Density: share of the "
        "points in the box "
        "where it leads. Larger dots: more factors restricted. Chosen: without limits that chance "
        "explains. A box that falls "
        "far on points held out describes luck."
    )
    handles: list[style.Handle] = [
        Line2D([], [], color=colours.quiet, marker="o", label="boxes on the way"),
        Line2D([], [], color=colours.text, marker="o", linestyle="", markerfacecolor="none", markersize=13,
               markeredgewidth=2, label="chosen"),
        Line2D([], [], color=colours.text, marker="x", linestyle="", markersize=10, markeredgewidth=2.5,
               label="on points held out"),
        Line2D([], [], color=colours.quiet, linestyle=":", label="share of all points"),
    ]  # fmt: skip
    figure = style.open_figure(
        f"Where a regime leads over {over}: coverage and density", note, colours, size, handles
    )
    axes = style.panels(figure, len(regimes), colours, width=4.2, sharex=True, sharey=True)
    told = boxes.set_index("regime")
    for ax, regime in zip(axes, regimes, strict=True):
        rows = trajectories[trajectories["regime"] == regime]
        ax.plot(rows["coverage"], rows["density"], color=shades[regime], linewidth=1.2, alpha=0.6)
        ax.scatter(
            rows["coverage"],
            rows["density"],
            s=SMALLEST + LARGER * rows["restricted"],
            color=shades[regime],
            linewidths=0,
        )
        chosen: dict[Any, Any] = told.loc[regime].to_dict()
        ax.plot(
            [chosen["coverage"]], [chosen["density"]], "o", markersize=15, markerfacecolor="none",
            markeredgecolor=colours.text, markeredgewidth=2,
        )  # fmt: skip
        ax.plot(
            [chosen["held_out_coverage"]], [chosen["held_out_density"]], "x", color=colours.text, markersize=10,
            markeredgewidth=2.5,
        )  # fmt: skip
        ax.axhline(chosen["share"], color=colours.quiet, linestyle=":", linewidth=1.4)
        ax.set(xlim=(-0.04, 1.06), ylim=(-0.04, 1.06))
        ax.xaxis.set_major_formatter(PercentFormatter(1))
        ax.yaxis.set_major_formatter(PercentFormatter(1))
        ax.set_xlabel("coverage", fontsize=style.TEXT_SIZE, color=colours.text)
        ax.set_ylabel("density", fontsize=style.TEXT_SIZE, color=colours.text)
        style.name_panel(ax, style.regime_label(regime), "", colours)
    return figure
