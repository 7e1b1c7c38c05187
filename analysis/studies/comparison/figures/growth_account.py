"""Where knowledge came from and where it went, regime by regime."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.words.names import source as source_name

# A family of sources shares a hue, its members differ in lightness.
FAMILIES = {
    "research": "#009e73",
    "absorption": "#0072b2",
    "recombination": "#e69f00",
    "discovery": "#d9c400",
    "entry": "#cc79a7",
    "employment": "#8a6fc2",
    "exit": "#a4502f",
    "forgetting": "#8a8a8a",
    "obsolescence": "#5c5c5c",
}
UNKNOWN_FAMILY = "#b8a13a"


def growth_account(
    account: pd.DataFrame,
    *,
    value: str = "knowledge",
    unit: str = "frontier units",
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw what each source added to or took from the region's knowledge over the whole run.

    Parameters
    ----------
    account
        ``regime``, ``seed``, ``step``, ``source`` and the column of values.
    value
        Column to add up.
    unit
        Unit of that column.
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
    regimes = list(dict.fromkeys(account["regime"]))
    seeds = account["seed"].nunique()
    total = account.groupby(["regime", "seed", "source"], sort=False)[value].sum()
    mean = total.groupby(["regime", "source"], sort=False).mean().reset_index()
    mean = mean.pivot_table(index="regime", columns="source", values=value, sort=False).loc[regimes]
    mean = mean.loc[:, mean.abs().sum() > 0]
    over = f"Sum over all quarters, mean of {seeds} simulated regions"
    note = f"{over}. Right of zero: gained; left: lost; bar across: net."
    shades = source_colours(list(mean.columns))
    handles = [
        Patch(facecolor=shades[source], label=source_name(source), linewidth=0) for source in mean.columns
    ]
    title = "Where knowledge came from and where it went"
    figure = style.open_figure(title, note, colours, size, handles)
    (ax,) = style.panels(figure, 1, colours)
    _bars(ax, mean, shades, colours)
    ax.set_xlabel(unit, fontsize=style.TEXT_SIZE, color=colours.quiet)
    return figure


def _bars(ax: Axes, mean: pd.DataFrame, shades: dict[str, str], theme: style.Theme) -> None:
    places = range(len(mean))[::-1]
    ends = {1: [0.0] * len(mean), -1: [0.0] * len(mean)}
    for source in mean.columns:
        for row, (place, amount) in enumerate(zip(places, mean[source], strict=True)):
            side = ends[1 if amount >= 0 else -1]
            ax.barh(
                place, amount, left=side[row], height=0.62, color=shades[source],
                edgecolor=theme.background, linewidth=0.8,
            )  # fmt: skip
            side[row] += amount
    for place, net in zip(places, mean.sum(axis=1), strict=True):
        ax.plot([net, net], [place - 0.4, place + 0.4], color=theme.text, linewidth=3)
    ax.axvline(0, color=theme.quiet, linewidth=1.2)
    ax.set_yticks(list(places), [style.regime_label(str(regime)) for regime in mean.index])
    ax.tick_params(axis="y", labelsize=style.PANEL_TITLE_SIZE)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(style.compact))


def source_colours(sources: Sequence[str]) -> dict[str, str]:
    """Give sources of one family shades of one hue, from dark to light."""
    families: dict[str, list[str]] = {}
    for source in sources:
        family = next((name for name in FAMILIES if source.startswith(name)), source)
        families.setdefault(family, []).append(source)
    return {
        source: _shade(FAMILIES.get(family, UNKNOWN_FAMILY), place, len(members))
        for family, members in families.items()
        for place, source in enumerate(members)
    }


def _shade(colour: str, place: int, count: int) -> str:
    if count == 1:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*to_rgb(colour))
    lightest = 0.82
    lightness += (lightest - lightness) * place / count
    return to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))
