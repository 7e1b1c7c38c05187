"""Figures of the laboratory: measures beside their aims, mind, the mission's surface, regions without policy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.statistics.aims import MET, MISSED, OPEN
from analysis.studies.laboratory.protocol import STEADY
from analysis.studies.laboratory.readings import PRIMARY
from analysis.studies.laboratory.tables import number_of

# Shape and word say the same as colour.
MARKS = {MET: ("o", "smart_specialisation"), MISSED: ("X", "sector"), OPEN: ("D", "none")}
AROUND = 0.12
LABEL_SIZE = 9.5


def measures(table: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw every measure that has an aim on a scale of its own, with its aim.

    Parameters
    ----------
    table
        The table of measures.
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
    rows = table[table["aim"] != ""].to_dict("records")
    met = sum(row["verdict"] == MET for row in rows)
    note = "Each on a scale of its own. Shaded: where it is to lie. Bar: 95% interval; counts have none."
    figure = style.open_figure(f"The laboratory: {met} of {len(rows)} aims are met", note, colours, size)
    axes = figure.subplots(max(1, len(rows)), 1, squeeze=False)[:, 0]
    for ax, row in zip(axes, rows, strict=False):
        _measure(ax, row, colours)
    return figure


def _measure(ax: Axes, row: dict[Any, Any], theme: style.Theme) -> None:
    style.dress(ax, theme)
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    colour = theme.regimes[MARKS[row["verdict"]][1]]
    numbers = [float(row[name]) for name in ("estimate", "low", "high", "least", "most")]
    finite = [value for value in numbers if math.isfinite(value)] or [0.0]
    low, high = min(0.0, *finite), max(0.0, *finite)
    room = AROUND * (high - low or 1.0)
    left, right = low - room, high + room
    least, most = max(left, float(row["least"])), min(right, float(row["most"]))
    ax.axvspan(least, most, color=theme.grid, zorder=0)
    ax.axvline(0, color=theme.quiet, linewidth=1, zorder=1)
    # An interval without an end goes on to the edge.
    end = float(row["high"]) if math.isfinite(row["high"]) else right
    ax.plot([float(row["low"]), end], [0, 0], color=colour, linewidth=4, zorder=2)
    ax.plot([row["estimate"]], [0], MARKS[row["verdict"]][0], color=colour, markersize=9, zorder=3)
    ax.set_xlim(left, right)
    ax.set_ylim(-1, 1)
    ax.set_yticks([0], [_short(str(row["label"]))])
    ax.tick_params(axis="y", labelsize=LABEL_SIZE)
    ax.tick_params(axis="x", labelsize=LABEL_SIZE - 2, pad=0)
    counted = row["unit"] not in {"share", "points", "%", ""}
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=counted))
    form = _share if row["unit"] == "share" else style.compact
    ax.xaxis.set_major_formatter(FuncFormatter(form))
    found = f"{number_of(row).text}  {row['verdict']}"
    ax.text(
        1.01, 0.5, found, transform=ax.transAxes, va="center", fontsize=LABEL_SIZE + 0.5, fontweight="bold",
        color=colour,
    )  # fmt: skip


def minds(table: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw regime minus twin over turbulence, a panel for each regime.

    Parameters
    ----------
    table
        ``mind``, see `analysis.studies.laboratory.measures.mind`.
    theme, size
        See `measures`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours = style.THEMES[theme]
    own = table[table["outcome"] == PRIMARY]
    note = (
        f"Average over the horizon, in percent of no policy, on the same {int(own['seeds'].max())} seeds. Bars hold "
        "together over all nine; full dots: a clear effect (p adjusted by Holm)."
    )
    title = "What a regime's choice adds to the same money spent by lot"
    figure = style.open_figure(title, note, colours, size)
    regimes = list(dict.fromkeys(own["regime"]))
    axes = style.panels(figure, len(regimes), colours, width=4.2, sharey=True)
    for ax, name in zip(axes, regimes, strict=True):
        colour = colours.regimes.get(name, colours.text)
        rows = own[own["regime"] == name].to_dict("records")
        ax.axhline(0, color=colours.quiet, linewidth=1.2)
        for place, row in enumerate(rows):
            ax.plot([place, place], [row["low"], row["high"]], color=colour, linewidth=4)
            face = colour if row["told_apart"] else colours.background
            ax.plot(
                [place],
                [row["mind"]],
                "o",
                color=colour,
                markersize=11,
                markerfacecolor=face,
                markeredgewidth=2,
            )
            ax.annotate(f"{row['mind']:+.1f}", (place, row["mind"]), textcoords="offset points", xytext=(12, -4),
                        fontsize=style.TEXT_SIZE, color=colours.text)  # fmt: skip
        ax.set_xticks(range(len(rows)), [f"turbulence {row['turbulence']:g}" for row in rows])
        ax.set_xlim(-0.5, len(rows) - 0.4)
        style.name_panel(ax, style.regime_label(name), "points over its lottery twin", colours)
    return figure


def surfaces(table: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw leads over the lottery over absorptive capacity and recombination, a map for each regime.

    Parameters
    ----------
    table
        ``surface``, see `analysis.studies.laboratory.measures.surface`.
    theme, size
        See `measures`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours = style.THEMES[theme]
    told = float(table["told_apart"].mean())
    note = (
        f"Points of no policy's mean, average over the horizon, {int(table['seeds'].max())} seeds. Bold with a star: "
        f"clear among all {len(table)} (p adjusted by Holm); {told:.0%} are. Axes in multiples of the scenario."
    )
    figure = style.open_figure("Lead over the lottery", note, colours, size)
    regimes = list(dict.fromkeys(table["regime"]))
    axes = style.panels(figure, len(regimes), colours, width=4.2)
    largest = max(1e-9, float(table["lead"].abs().max()))
    for ax, name in zip(axes, regimes, strict=True):
        own = table[table["regime"] == name]
        grid = own.pivot_table(
            index="recombination", columns="absorptive_capacity", values="lead", dropna=False
        )
        ax.imshow(grid.to_numpy(), cmap="PuOr", vmin=-largest, vmax=largest, origin="lower", aspect="auto")
        columns, lines = list(grid.columns), list(grid.index)
        for row in own.to_dict("records"):
            where = (columns.index(row["absorptive_capacity"]), lines.index(row["recombination"]))
            dark = abs(row["lead"]) > 0.6 * largest
            star = "*" if row["told_apart"] else ""
            ax.text(*where, f"{row['lead']:+.1f}{star}", ha="center", va="center", fontsize=style.TEXT_SIZE + 3,
                    fontweight="bold" if star else "normal", color="#ffffff" if dark else "#1a1a1a")  # fmt: skip
        ax.grid(visible=False)
        ax.set_xticks(range(len(columns)), [f"x{value:g}" for value in columns])
        ax.set_yticks(range(len(lines)), [f"x{value:g}" for value in lines])
        ax.set_xlabel("absorptive capacity", fontsize=style.TEXT_SIZE, color=colours.text)
        ax.set_ylabel("recombination", fontsize=style.TEXT_SIZE, color=colours.text)
        style.name_panel(ax, style.regime_label(name), "", colours)
    return figure


def steadiness(
    table: pd.DataFrame, screening: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the change of every place without policy, in order, with the range aimed at.

    Parameters
    ----------
    table, screening
        Places run on fresh seeds, and all measured regions; see `analysis.studies.laboratory.measures.steadiness`.
    theme, size
        See `measures`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours = style.THEMES[theme]
    note = (
        f"Small: {screening['place'].nunique()} measured regions in order, means over {int(screening['seeds'].max())} "
        f"seeds. Large: stories, and the regions that moved furthest, on {int(table['seeds'].max())} fresh seeds, with "
        "intervals that hold together. Shaded: the range aimed at."
    )
    figure = style.open_figure("What becomes of regions without policy", note, colours, size)
    panels = [(outcome, years) for outcome in dict.fromkeys(table["outcome"]) for years in STEADY]
    for ax, (outcome, years) in zip(
        style.panels(figure, len(panels), colours, width=6.4), panels, strict=True
    ):
        small, large = (
            each[(each["outcome"] == outcome) & (each["years"] == years)].sort_values("change")
            for each in (screening, table)
        )
        ax.axhspan(STEADY[years].least, STEADY[years].most, color=colours.grid, zorder=0)
        ax.axhline(0, color=colours.quiet, linewidth=1)
        ax.plot(np.linspace(0, 1, len(small)), small["change"], ".", color=colours.quiet, markersize=4)
        places, shade = np.linspace(1.06, 1.7, len(large)), colours.regimes["cluster"]
        ax.vlines(places, large["low"], large["high"], color=shade, alpha=0.5, linewidth=2)
        ax.plot(places, large["change"], "o", color=shade, markersize=6)
        ax.set_xticks([])
        style.name_panel(ax, f"{str(outcome).capitalize()} after {years} years", "% of the start", colours)
    return figure


def _short(label: str) -> str:
    """Name a measure without where it was found."""
    return label.partition(": ")[0].removesuffix(", where it is largest")


def _share(value: float, _position: int | None = None) -> str:
    return f"{value:.0%}"
