"""Which regime leads where: cells in the colour of the leader, the stronger the larger its lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from analysis.figures import style
from analysis.statistics.comparison import baseline_of

PALEST = 0.3
"""Strength of the colour of a lead next to nothing; the largest has 1."""

HATCH = "////"
ROOM_FOR_TEXT = 0.92
"""Width of a cell, in inches, that has room for its numbers."""

ROOM_FOR_LINES = 0.42
"""Height of a cell, in inches, that has room for two lines."""


@dataclass(frozen=True)
class Scale:
    """One side of a map.

    Attributes
    ----------
    name
        Column that holds the coordinate.
    label
        What it is called.
    unit
        Unit, for figures that have room for it.
    """

    name: str
    label: str
    unit: str = ""

    @property
    def in_full(self) -> str:
        """Label with the unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


def leader_map(
    cells: pd.DataFrame,
    x: Scale,
    y: Scale,
    regimes: Sequence[str],
    title: str,
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw which regime leads in each cell, and by how much.

    Parameters
    ----------
    cells
        What `analysis.statistics.leaders.leaders` gives.
    x, y
        Sides of the map.
    regimes
        Regimes that take part, in the order of the legend.
    title
        Title of the figure.
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
    figure = style.open_figure(
        title, _note(cells, baseline_of(regimes)), colours, size, handles(regimes, shades, colours, cells)
    )
    (ax,) = style.panels(figure, 1, colours)
    draw_cells(ax, cells, x, y, shades, colours)
    return figure


def handles(
    regimes: Sequence[str], shades: dict[str, str], theme: style.Theme, cells: pd.DataFrame
) -> list[style.Handle]:
    """Make the legend: regimes, the baseline only where it leads, and the pattern that stands for nobody."""
    baseline, leading = baseline_of(regimes), set(cells["leader"].dropna())
    made: list[style.Handle] = [
        Patch(facecolor=shades[regime], label=style.regime_label(regime), linewidth=0)
        for regime in regimes
        if regime != baseline or regime in leading
    ]
    nobody = Patch(
        facecolor=theme.grid, edgecolor=theme.quiet, hatch=HATCH, label="no clear lead", linewidth=0
    )
    return [*made, nobody]


def draw_cells(
    ax: Axes,
    cells: pd.DataFrame,
    x: Scale,
    y: Scale,
    shades: dict[str, str],
    theme: style.Theme,
    *,
    written: bool = True,
) -> None:
    """Draw cells as a map of equal tiles, whatever the distance of their values.

    Parameters
    ----------
    ax
        Where to draw.
    cells
        What `analysis.statistics.leaders.leaders` gives.
    x, y
        Sides of the map.
    shades
        Colour of each regime.
    theme
        Colours of the page.
    written
        Whether to write the lead into cells that have room for it.
    """
    columns, rows = levels(cells[x.name]), levels(cells[y.name])
    largest = cells.loc[cells["leader"].notna(), "lead_percent"].max()
    room = _room(ax, len(columns), len(rows))
    for row in cells.to_dict("records"):
        left, bottom = columns.index(row[x.name]) - 0.5, rows.index(row[y.name]) - 0.5
        face, hatch = theme.grid, HATCH
        if isinstance(row["leader"], str):
            face, hatch = _tint(shades[row["leader"]], row["lead_percent"] / largest, theme), ""
        tile = Rectangle(
            (left, bottom), 1, 1, facecolor=face, edgecolor=theme.quiet, hatch=hatch, linewidth=0
        )
        ax.add_patch(tile)
        if written and isinstance(row["leader"], str) and room is not None:
            ax.text(
                left + 0.5, bottom + 0.5, _lead(row, room), ha="center", va="center",
                fontsize=style.TEXT_SIZE, color=_ink(face), linespacing=1.4,
            )  # fmt: skip
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(-0.5, len(rows) - 0.5)
    ax.set_xticks(range(len(columns)), [style.written(value) for value in columns])
    ax.set_yticks(range(len(rows)), [style.written(value) for value in rows])
    ax.set_xlabel(x.in_full if written else x.label, fontsize=style.TEXT_SIZE, color=theme.text)
    ax.set_ylabel(y.in_full if written else y.label, fontsize=style.TEXT_SIZE, color=theme.text)
    ax.grid(visible=False)
    for place in range(len(columns) + 1):
        ax.axvline(place - 0.5, color=theme.background, linewidth=1.6)
    for place in range(len(rows) + 1):
        ax.axhline(place - 0.5, color=theme.background, linewidth=1.6)
    ax.spines["bottom"].set_visible(False)


def levels(column: pd.Series) -> list[Any]:
    """Give the values of a column in order: that of its categories, or rising."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return list(column.cat.categories)
    return sorted(column.unique())


def _room(ax: Axes, columns: int, rows: int) -> int | None:
    """Give the lines of text that a cell has room for; None where it has none."""
    subplot: Any = ax.get_subplotspec()
    grid = subplot.get_gridspec()
    width, height = ax.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
    wide = (width / grid.ncols - 1.2) / columns
    high = (height / grid.nrows - 2.0) / rows
    if wide < ROOM_FOR_TEXT or high < ROOM_FOR_LINES / 2:
        return None
    return 2 if high >= ROOM_FOR_LINES else 1


def _lead(row: dict[Any, Any], lines: int) -> str:
    lead = f"+{row['lead_percent']:.1f}%"
    ends = f"{row['lead_low_percent']:.1f} to {row['lead_high_percent']:.1f}"
    return f"{lead}\n{ends}" if lines == 2 else lead


def _tint(colour: str, share: float, theme: style.Theme) -> str:
    strength = PALEST + (1 - PALEST) * share
    mixed = [
        strength * one + (1 - strength) * other
        for one, other in zip(to_rgb(colour), to_rgb(theme.background), strict=True)
    ]
    return "#" + "".join(f"{round(255 * part):02x}" for part in mixed)


def _ink(face: str) -> str:
    """Choose black or white, whichever stands out more from what it is written on."""
    red, green, blue = ((part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
                        for part in to_rgb(face))  # fmt: skip
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if luminance > 0.179 else "#ffffff"


def _note(cells: pd.DataFrame, baseline: str) -> str:
    seeds = int(cells["seeds"].min())
    led = cells[cells["leader"].notna()]
    strength = ""
    if len(led):
        low, high = led["lead_percent"].min(), led["lead_percent"].max()
        strength = f" The stronger the colour, the larger the lead: {low:.1f} to {high:.1f}%."
    return (
        f"Per tile {seeds} seeds in pairs. Numbers: lead over the next regime in percent of the mean of "
        f"{style.regime_label(baseline)}, with its 95% interval, simultaneous over all tiles of an outcome.{strength}"
    )
