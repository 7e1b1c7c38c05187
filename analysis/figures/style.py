"""Colours, type and frames of all figures: for slides, and for eyes that do not tell red from green."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.runs.policies import switch_of

Size = tuple[float, float]
Handle = Line2D | Patch

SLIDE: Size = (12.8, 7.2)
"""Inches; sixteen to nine."""

PANEL_WIDTH = 3.7
TITLE_SIZE, PANEL_TITLE_SIZE, TEXT_SIZE = 17, 12.5, 11
DOTS_PER_INCH = 150
MARGIN = 0.16
MINUS = "\N{MINUS SIGN}"
LINE, CHARACTER = 1.35 / 72, 0.56 / 72
"""Height of a line and mean width of a character, in inches for each point of size."""


@dataclass(frozen=True)
class Theme:
    """The colours of a page and of what is drawn on it."""

    background: str
    text: str
    quiet: str
    grid: str
    regimes: Mapping[str, str]
    others: tuple[str, ...]


# Okabe and Ito (2008) on white; lighter shades of the same on a dark page.
THEMES = {
    "light": Theme(
        background="#ffffff",
        text="#1a1a1a",
        quiet="#5c5c5c",
        grid="#e3e3e3",
        regimes={
            "none": "#555555",
            "sector": "#d55e00",
            "cluster": "#0072b2",
            "smart_specialisation": "#009e73",
        },
        others=("#cc79a7", "#b8860b", "#56b4e9", "#7a5195", "#8c564b"),
    ),
    "dark": Theme(
        background="#16181d",
        text="#f2f2f2",
        quiet="#b8b8b8",
        grid="#363a42",
        regimes={
            "none": "#8f8f8f",
            "sector": "#ff8a30",
            "cluster": "#4a9ff0",
            "smart_specialisation": "#4fe8b8",
        },
        others=("#e8a5c9", "#f0d060", "#9ad4ff", "#b79be0", "#c99a8c"),
    ),
}

# Lines and bars differ in more than colour, for print in grey.
DASHES: dict[str, Any] = {"none": (0, (1.5, 1.5)), "sector": (0, (6, 2)), "cluster": (0, (6, 2, 1.5, 2))}

SAVING: Any = {"svg.fonttype": "none", "svg.hashsalt": "knowledge-fountains"}
"""Text stays text in SVG, and the same figure gives the same bytes."""


NAMES = {
    "none": "no policy", "as_written": "as written", "sector": "sector support", "cluster": "cluster support",
}  # fmt: skip


def regime_label(regime: str) -> str:
    """Write the name of a regime as people read it."""
    switch = switch_of(regime)
    if switch is not None:
        return f"{regime_label(switch.then)} after {switch.years:g} years of {regime_label(switch.first)}"
    return NAMES.get(regime, regime.replace("_", " "))


def regime_colours(regimes: Iterable[str], theme: Theme) -> dict[str, str]:
    """Give every regime its colour, each once: the built-in ones always the same, others in order."""
    regimes = list(dict.fromkeys(regimes))
    strangers = [regime for regime in regimes if regime not in theme.regimes]
    extra = {regime: theme.others[place % len(theme.others)] for place, regime in enumerate(strangers)}
    return {regime: theme.regimes.get(regime) or extra[regime] for regime in regimes}


def regime_lines(shades: Mapping[str, str]) -> list[Handle]:
    """Explain lines in the colours of regimes, for a legend."""
    return [
        Line2D(
            [], [], color=shade, linestyle=DASHES.get(regime, "-"), linewidth=2.6, label=regime_label(regime)
        )
        for regime, shade in shades.items()
    ]


def open_figure(
    title: str, note: str, theme: Theme, size: Size, handles: Sequence[Handle] = (), columns: int = 5
) -> Figure:
    """Start a figure: title and legend above the panels, and below them a line on how to read it."""
    width, height = size
    figure = Figure(figsize=size, layout="constrained", facecolor=theme.background)
    head = wrap(title, width, TITLE_SIZE * 1.12)
    foot = wrap(note, width, TEXT_SIZE - 1)
    top = 0.12
    figure.text(
        MARGIN / width, 1 - top / height, head, ha="left", va="top",
        fontsize=TITLE_SIZE, fontweight="bold", color=theme.text,
    )  # fmt: skip
    top += lines(head) * LINE * TITLE_SIZE + 0.06
    if handles:
        top += _legend(figure, handles, theme, top, columns)
    figure.text(
        MARGIN / width, 0.1 / height, foot, ha="left", va="bottom", fontsize=TEXT_SIZE - 1, color=theme.quiet
    )
    bottom = 0.2 + lines(foot) * LINE * TEXT_SIZE
    area = (MARGIN / width, bottom / height, 1 - 2 * MARGIN / width, 1 - (top + bottom) / height)
    layout: Any = figure.get_layout_engine()
    layout.set(rect=area, h_pad=0.07, w_pad=0.09, hspace=0.04, wspace=0.02)
    return figure


def signed(value: float, digits: int) -> str:
    """Write a difference in percent with so many decimals; zero has no sign."""
    text = f"{value:+.{digits}f}%"
    return (text if text.strip("+-0.%") else text.lstrip("+-")).replace("-", MINUS)


def signed_tick(value: float, _position: int | None = None) -> str:
    """Write a difference in percent on an axis."""
    return f"{value:+.3g}%".replace("-", MINUS) if value else "0"


def _legend(figure: Figure, handles: Sequence[Handle], theme: Theme, top: float, columns: int) -> float:
    """Put one legend below the title and give the height that it takes, in inches."""
    width, height = figure.get_size_inches()
    longest = max(len(str(handle.get_label())) for handle in handles)
    columns = max(1, min(columns, len(handles), int(width / (0.7 + 0.095 * longest))))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=((MARGIN - 0.05) / width, 1 - top / height),
        ncols=columns, frameon=False, labelcolor=theme.text, fontsize=TEXT_SIZE + 0.5, handlelength=2.4,
        borderpad=0, borderaxespad=0, columnspacing=1.6,
    )  # fmt: skip
    return math.ceil(len(handles) / columns) * 0.235 + 0.08


def wrap(text: str, width: float, size: float) -> str:
    """Break text so that it fits into a width in inches at a size in points."""
    return textwrap.fill(text, max(8, int((width - 2 * MARGIN) / (size * CHARACTER))))


def lines(text: str) -> int:
    """Count the lines of a text."""
    return text.count("\n") + 1


def panels(
    figure: Figure, count: int, theme: Theme, *, width: float = PANEL_WIDTH, **sharing: Any
) -> list[Axes]:
    """Lay out small multiples, as many in a row as the width of the figure takes."""
    columns = max(1, min(count, round(figure.get_figwidth() / width), 3 if count in {5, 6} else count))
    rows = math.ceil(count / columns)
    grid = figure.subplots(rows, columns, squeeze=False, **sharing)
    axes = list(grid.flat)
    for surplus in axes[count:]:
        surplus.remove()
    for ax in axes[:count]:
        dress(ax, theme)
    return axes[:count]


def dress(ax: Axes, theme: Theme) -> None:
    """Take away what is not data, and put the rest in the colours of the theme."""
    ax.set_facecolor(theme.background)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(theme.quiet)
    ax.grid(axis="y", color=theme.grid, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.tick_params(colors=theme.text, labelcolor=theme.text, labelsize=TEXT_SIZE, length=0)
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.yaxis.set_major_formatter(FuncFormatter(compact))


def name_panel(ax: Axes, label: str, unit: str, theme: Theme) -> None:
    """Head a panel with what it shows and in which unit."""
    subplot = ax.get_subplotspec()
    columns = subplot.get_gridspec().ncols if subplot is not None else 1
    room = ax.get_figure(root=True).get_size_inches()[0] / columns - 0.3  # type: ignore[union-attr]
    heading = wrap(label, room, PANEL_TITLE_SIZE)
    ax.set_title(heading, loc="left", fontsize=PANEL_TITLE_SIZE, color=theme.text, pad=20 if unit else 6)
    ax.text(
        0,
        1.02,
        unit,
        transform=ax.transAxes,
        fontsize=TEXT_SIZE - 1.5,
        color=theme.quiet,
        ha="left",
        va="bottom",
    )


def compact(value: float, _position: int | None = None) -> str:
    """Write a number on an axis with few characters."""
    for size, word in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:,g}{word}".replace("-", MINUS)
    return f"{value:,g}".replace("-", MINUS)


def written(value: str | float) -> str:
    """Write a value on a grid: words as they are, numbers with three figures, larger ones without decimals."""
    if isinstance(value, str):
        return value
    return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"


def save(figure: Figure, path: Path) -> None:
    """Write a figure in the format that the name of the file ends in, always the same bytes."""
    metadata = {"Date": None} if path.suffix == ".svg" else {"Software": None}
    _settle(figure)
    with mpl.rc_context(SAVING):
        figure.savefig(path, dpi=DOTS_PER_INCH, metadata=metadata)


def _settle(figure: Figure) -> None:
    """Lay the figure out once for all formats, and round off what the solver leaves to chance."""
    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return
    figure.draw_without_rendering()
    # With any engine left, even one that does nothing, a figure would be drawn once more whenever it is written.
    figure.set_layout_engine(None)
    for ax in figure.axes:
        left, bottom, width, height = (round(float(edge), 6) for edge in ax.get_position().bounds)
        ax.set_position((left, bottom, width, height))
