"""What sectors, sizes, places and supported firms gain under a policy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.statistics.winners import MEASURES
from analysis.studies.comparison.figures.lead import SIDE_BY_SIDE
from analysis.studies.comparison.winners import GROUPS, LABELS
from analysis.words.names import regime, sector

LONGEST = 34
GAP = 0.8
SMALLEST_ROW = 0.235
"""Height of a row in inches below which a figure grows."""
HEAD, PANEL_HEAD = 1.6, 0.6


def who_wins(
    table: pd.DataFrame,
    name: str,
    baseline: str,
    *,
    regimes: Sequence[str] = (),
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the gain of every group of firms under one policy, a panel each for knowledge, jobs and output.

    Parameters
    ----------
    table
        What `analysis.statistics.winners.who_wins` returns.
    name, baseline
        The policy, and what it is compared with.
    regimes
        All that are compared, so that a policy has the colour that it has in the other figures.
    theme
        ``"light"`` or ``"dark"``.
    size
        Width and height in inches; higher where there are many groups.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours = style.THEMES[theme]
    mine = table[table["regime"] == name]
    groups = list(dict.fromkeys(zip(mine["by"], mine["group"], strict=True)))
    places, labels, heads = _places(groups)
    seeds = int(mine["seeds"].max())
    note = (
        f"Gain over {regime(baseline)} in percent, average over the whole time; firms by what they were at the start. "
        f"Mean of {seeds} simulated regions; bar: 95% interval; hollow: may be chance (all tests of a panel together)."
    )
    wide = size[0] >= SIDE_BY_SIDE
    rows_high = SMALLEST_ROW * (len(groups) + 2 * GAP * len(heads)) + PANEL_HEAD
    height = max(size[1], HEAD + rows_high * (1 if wide else len(MEASURES)))
    title = f"Who wins under {regime(name)}, against {regime(baseline)}"
    figure = style.open_figure(title, note, colours, (size[0], height))
    axes = figure.subplots(*((1, len(MEASURES)) if wide else (len(MEASURES), 1)), sharey=wide)
    shade = style.regime_colours([*regimes, name], colours)[name]
    for ax, measure in zip(axes, MEASURES, strict=True):
        style.dress(ax, colours)
        rows = mine[mine["measure"] == measure].set_index(["by", "group"]).loc[groups]
        _dots(ax, rows, places, shade, colours)
        ax.set_title(LABELS[measure], loc="left", fontsize=style.PANEL_TITLE_SIZE, color=colours.text)
    for ax in axes[:1] if wide else axes:
        ax.set_yticks([*places, *heads.values()], [*labels, *heads])
        for tick, label in zip(ax.get_yticklabels(), [*labels, *heads], strict=True):
            tick.set_fontweight("bold" if label in heads else "normal")
        ax.set_ylim(min(places) - 0.7, max(heads.values()) + 0.6)
    return figure


def _places(groups: list[tuple[str, str]]) -> tuple[list[float], list[str], dict[str, float]]:
    """Give every group a place from top to bottom, and a head to each way of grouping."""
    at, before = 0.0, ""
    places, labels, heads = [], [], {}
    for by, group in groups:
        if by != before:
            at -= GAP if before else 0.0
            heads[GROUPS[by]] = at
            before = by
            at -= 1.0
        places.append(at)
        called = sector(group)
        labels.append(called if len(called) <= LONGEST else f"{called[: LONGEST - 1].rstrip()}…")
        at -= 1.0
    return places, labels, heads


def _dots(ax: Axes, rows: pd.DataFrame, places: list[float], shade: str, theme: style.Theme) -> None:
    ax.axvline(0, color=theme.quiet, linewidth=1.2, zorder=1)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        sure = np.isfinite(row["adjusted"]) and row["adjusted"] < 0.05
        ax.plot(
            [row["relative_low"], row["relative_high"]], [place, place], color=shade, linewidth=2.6,
            alpha=1.0 if sure else 0.45, zorder=2,
        )  # fmt: skip
        ax.plot(
            [row["relative"]], [place], "o", color=shade, markersize=7, zorder=3,
            markerfacecolor=shade if sure else theme.background,
        )  # fmt: skip
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
    ax.xaxis.set_major_locator(MaxNLocator(3))
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:+.3g}%".replace("-", "\N{MINUS SIGN}") if value else "0")
    )
