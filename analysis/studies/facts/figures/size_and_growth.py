"""The tail of firm sizes and the shape of growth rates."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, NullFormatter

from analysis.figures import style


def size_and_growth(picture: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw the largest firms on logarithmic axes, and the density of growth with a tent and a bell.

    Parameters
    ----------
    picture
        ``what``, ``x``, ``y``.
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
        Line2D([], [], color=colours.text, marker="o", linestyle="none", label="model"),
        Line2D([], [], color=colours.regimes["cluster"], linewidth=2, label="best tent (Laplace)"),
        Line2D(
            [], [], color=colours.regimes["sector"], linewidth=2, dashes=(4, 2), label="best bell (Gauss)"
        ),
    ]
    note = (
        "Regions of 1000 firms at the start, no policy. Left: largest firms after 80 quarters, mean of logs by rank. "
        "Right: log growth in a year less the mean of that year, firms of more than one employee."
    )
    figure = style.open_figure("Firm sizes and growth rates", note, colours, size, handles)
    left, right = style.panels(figure, 2, colours, width=6)
    _tail(left, picture[picture["what"] == "size"], colours)
    _shape(right, picture[picture["what"] == "growth"], colours)
    return figure


def _tail(ax: Axes, rows: pd.DataFrame, colours: style.Theme) -> None:
    ax.loglog(rows["x"], rows["y"], "o", color=colours.text, markersize=4)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axis.set_minor_formatter(NullFormatter())
    ax.set_xlabel("employees", color=colours.text, fontsize=style.TEXT_SIZE)
    style.name_panel(ax, "Firms that are at least as large", "share of firms", colours)


def _shape(ax: Axes, rows: pd.DataFrame, colours: style.Theme) -> None:
    x, y = rows["x"].to_numpy(), rows["y"].to_numpy()
    seen = y > 0
    ax.semilogy(x[seen], y[seen], "o", color=colours.text, markersize=5, zorder=3)
    weight = y / y.sum()
    mean = float((weight * x).sum())
    width = float((weight * np.abs(x - mean)).sum())
    deviation = math.sqrt(float((weight * (x - mean) ** 2).sum()))
    ax.semilogy(
        x, np.exp(-np.abs(x - mean) / width) / (2 * width), color=colours.regimes["cluster"], linewidth=2
    )
    bell = np.exp(-0.5 * ((x - mean) / deviation) ** 2) / (deviation * math.sqrt(2 * math.pi))
    ax.semilogy(x, bell, color=colours.regimes["sector"], linewidth=2, dashes=(4, 2))
    ax.set_ylim(y[seen].min() / 3, y.max() * 3)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.set_xlabel("log growth in a year", color=colours.text, fontsize=style.TEXT_SIZE)
    style.name_panel(ax, "Growth rates", "density", colours)
