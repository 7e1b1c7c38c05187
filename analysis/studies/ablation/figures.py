"""Figures of an ablation: how much each switch does, and what each regime gains or loses when one is flipped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.statistics.factorial import LEVEL
from analysis.studies.ablation.treatments import SWITCHES
from model.record import OBSERVABLES, OUTCOMES

ARROWS = {switch.name: " → ".join(switch.labels).replace("_", " ") for switch in SWITCHES}


def switch_effects(effects: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw the main effect of every switch in percent of no policy, a panel for each outcome.

    Parameters
    ----------
    effects
        What `analysis.statistics.factorial.factorial_effects` gives.
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
    main = effects[effects["kind"] == "main"]
    seeds = int(main["seeds"].max())
    note = (
        f"Mean over all 32 combinations, in percent of no policy, paired over {seeds} seeds; bar: 95% interval; "
        f"full dots hold at the {LEVEL:.0%} level for all 15 terms of an outcome together (Holm)."
    )
    figure = style.open_figure("Which switch does the work", note, colours, size)
    outcomes = list(dict.fromkeys(main["outcome"]))
    axes = style.panels(figure, len(outcomes), colours, width=4.3, sharey=True)
    for ax, outcome in zip(axes, outcomes, strict=True):
        rows = main[main["outcome"] == outcome].to_dict("records")
        _dots(ax, rows, [ARROWS.get(row["term"], row["term"]) for row in rows], colours, colours.text)
        style.name_panel(ax, OBSERVABLES[outcome].label, "", colours)
    return figure


def regime_walks(
    walked: pd.DataFrame,
    *,
    outcome: str = OUTCOMES[0],
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the paired differences from each regime as it is, a panel for each regime.

    Parameters
    ----------
    walked
        What `analysis.statistics.factorial.walks` gives.
    outcome
        Outcome that is drawn.
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
    rows = walked[walked["outcome"] == outcome]
    seeds = int(rows["seeds"].max())
    label = OBSERVABLES[outcome].label
    note = (
        f"{label}: difference from the regime as it is, in percent of no policy, on the same {seeds} seeds; bar: "
        f"95% interval; full dots hold at the {LEVEL:.0%} level for all flips of a regime together (Holm)."
    )
    figure = style.open_figure("Each regime with one switch flipped", note, colours, size)
    origins = list(dict.fromkeys(rows["origin"]))
    axes = style.panels(figure, len(origins), colours, width=4.2, sharex=True)
    shades = style.regime_colours(origins, colours)
    for ax, origin in zip(axes, origins, strict=True):
        own = rows[rows["origin"] == origin].to_dict("records")
        _dots(ax, own, [_flip(row) for row in own], colours, shades[str(origin)])
        style.name_panel(ax, style.regime_label(origin), "", colours)
        lead = f"as it is: {style.signed(own[0]['relative_lead'], 1)} over no policy"
        ax.set_xlabel(lead, fontsize=style.TEXT_SIZE, color=colours.quiet, labelpad=6)
    return figure


def _flip(row: dict[str, object]) -> str:
    switch, after = (str(row[name]).replace("_", " ") for name in ("switch", "after"))
    return f"{after} first" if switch == "prioritise" else after


def _dots(ax: Axes, rows: list[dict[Any, Any]], labels: list[str], theme: style.Theme, colour: str) -> None:
    """Draw a dot with its interval for each row, hollow if it may be chance.

    Parameters
    ----------
    ax
        Where to draw.
    rows
        ``relative``, ``relative_low``, ``relative_high`` and ``adjusted_probability`` of each.
    labels
        What stands beside each.
    theme
        Colours of the page.
    colour
        Colour of the dots.
    """
    places = np.arange(len(rows))[::-1]
    ax.axvline(0, color=theme.quiet, linewidth=1.2, zorder=1)
    for place, row in zip(places, rows, strict=True):
        ends = [row["relative_low"], row["relative_high"]]
        ax.plot(ends, [place, place], color=colour, linewidth=3, zorder=2)
        face = colour if row["adjusted_probability"] < LEVEL else theme.background
        ax.plot(
            [row["relative"]], [place], "o", color=colour, markersize=8.5, markerfacecolor=face,
            markeredgewidth=1.8, zorder=3,
        )  # fmt: skip
        ax.annotate(
            style.signed(row["relative"], 1), (row["relative"], place), textcoords="offset points", xytext=(0, 8),
            ha="center", fontsize=style.TEXT_SIZE - 1, color=theme.text,
        )  # fmt: skip
    ax.set_yticks(places, labels)
    ax.tick_params(axis="y", labelsize=style.TEXT_SIZE - 1.5)
    ax.set_ylim(-0.6, len(rows) + 0.3)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
    ax.margins(x=0.16)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(style.signed_tick))
