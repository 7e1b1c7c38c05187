"""What each regime adds to the baseline along one condition, and who leads in which part of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter

from analysis.figures import style
from analysis.studies.surface.figures.leader_map import HATCH, Scale

BAND = 0.07
"""Height of the band that names the leader, in heights of the panel."""


def response_curves(
    differences: pd.DataFrame,
    cells: pd.DataFrame,
    x: Scale,
    regimes: Sequence[str],
    label: str,
    *,
    by_ratio: bool = False,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw differences from the baseline along an axis with simultaneous intervals, and the leaders below.

    Parameters
    ----------
    differences
        What `analysis.statistics.leaders.differences` gives.
    cells
        What `analysis.statistics.leaders.leaders` gives.
    x
        The axis.
    regimes
        Regimes that take part.
    label
        What the outcome is called.
    by_ratio
        Whether equal ratios are equally far apart.
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
    baseline = differences["baseline"].iloc[0]
    against = style.regime_label(baseline)
    note = (
        f"Mean of {int(differences['seeds'].min())} pairs in percent of the mean of {against}; band: 95% interval, "
        "simultaneous over all values and regimes. Below: who leads for sure over all others."
    )
    handles = _handles(regimes, baseline, shades, colours)
    figure = style.open_figure(f"{label}: what each regime adds to {against}", note, colours, size, handles)
    (ax,) = style.panels(figure, 1, colours)
    for regime, rows in differences.groupby("regime", sort=False):
        line, dash = shades[str(regime)], style.DASHES.get(str(regime), "-")
        ax.plot(rows[x.name], rows["percent"], "o", linestyle=dash, color=line, linewidth=2.2, markersize=5)
        ax.fill_between(
            rows[x.name], rows["percent_low"], rows["percent_high"], color=line, alpha=0.16, linewidth=0
        )
    ax.axhline(0, color=colours.quiet, linewidth=1)
    if by_ratio:
        ax.set_xscale("log", base=2)
    _name_leaders(ax, cells, x, shades, colours, by_ratio=by_ratio)
    ax.set_xticks(list(cells[x.name]), [f"{value:g}" for value in cells[x.name]], minor=False)
    ax.minorticks_off()
    ax.set_xlabel(x.in_full, fontsize=style.TEXT_SIZE, color=colours.text)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:+.3g}%" if value else "0"))
    return figure


def _handles(
    regimes: Sequence[str], baseline: str, shades: dict[str, str], theme: style.Theme
) -> list[style.Handle]:
    lines = style.regime_lines({regime: shades[regime] for regime in regimes if regime != baseline})
    nobody = Patch(
        facecolor=theme.grid, edgecolor=theme.quiet, hatch=HATCH, label="no clear lead", linewidth=0
    )
    return [*lines, nobody]


def _name_leaders(
    ax: Axes, cells: pd.DataFrame, x: Scale, shades: dict[str, str], theme: style.Theme, *, by_ratio: bool
) -> None:
    """Put a band below the curves, a piece for each value, that has the colour of the leader."""
    values = list(cells[x.name])
    between = [
        (one * other) ** 0.5 if by_ratio else (one + other) / 2 for one, other in itertools.pairwise(values)
    ]
    first, last = (values[0] ** 2 / between[0], values[-1] ** 2 / between[-1]) if by_ratio else (
        2 * values[0] - between[0], 2 * values[-1] - between[-1],
    )  # fmt: skip
    edges = [first, *between, last]
    low, high = ax.get_ylim()
    height = BAND * (high - low)
    for left, right, leader in zip(edges[:-1], edges[1:], cells["leader"], strict=True):
        led = isinstance(leader, str)
        ax.add_patch(
            Rectangle(
                (left, low - 1.6 * height), right - left, height, linewidth=0, edgecolor=theme.quiet,
                facecolor=shades[leader] if led else theme.grid, hatch="" if led else HATCH,
            )
        )  # fmt: skip
    ax.set_ylim(low - 1.6 * height, high)
    ax.set_xlim(edges[0], edges[-1])
