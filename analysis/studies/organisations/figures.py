"""What each kind of meso-organisation contributes, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.words.phrases import NO_CLEAR_EFFECT
from model.meso import ORGANISATION_KINDS
from model.record import OBSERVABLES


def contributions_of_organisations(
    table: pd.DataFrame, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the outcome with a kind minus that without it, a panel for each outcome, a row for each kind.

    Parameters
    ----------
    table
        What `analysis.studies.organisations.findings.contributions` gives.
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
    shades = style.regime_colours(table["regime"], colours)
    handles = [
        Line2D([], [], color=shade, marker="o", linewidth=3, label=style.regime_label(regime))
        for regime, shade in shades.items()
    ]
    note = (
        f"With the kind minus without it, in percent of the mean without it; mean of {table['seeds'].max()} pairs "
        f"and 95% interval. Hollow: {NO_CLEAR_EFFECT} among all tests made (Holm)."
    )
    title = "What each kind of organisation contributes"
    figure = style.open_figure(title, note, colours, size, handles)
    outcomes = list(dict.fromkeys(table["outcome"]))
    axes = style.panels(figure, len(outcomes), colours, width=4.3, sharey=True)
    for ax, outcome in zip(axes, outcomes, strict=True):
        _draw_outcome(ax, table[table["outcome"] == outcome], shades, colours)
        style.name_panel(ax, OBSERVABLES[outcome].label, "", colours)
    return figure


def _draw_outcome(ax: Axes, rows: pd.DataFrame, shades: dict[str, str], theme: style.Theme) -> None:
    kinds = list(dict.fromkeys(rows["kind"]))
    offsets = np.linspace(0.27, -0.27, len(shades)) if len(shades) > 1 else np.zeros(1)
    ax.axvline(0, color=theme.quiet, linewidth=1.2, zorder=1)
    for (regime, shade), offset in zip(shades.items(), offsets, strict=True):
        for row in rows[rows["regime"] == regime].dropna(subset=["probability"]).to_dict("records"):
            place = len(kinds) - 1 - kinds.index(row["kind"]) + offset
            ends = [row["relative_low"], row["relative_high"]]
            ax.plot(ends, [place, place], color=shade, linewidth=2.6, zorder=2)
            filling = shade if row["distinguishable"] else theme.background
            ax.plot(
                [row["relative"]],
                [place],
                "o",
                color=shade,
                markerfacecolor=filling,
                markersize=6.5,
                zorder=3,
            )
    ax.set_yticks(range(len(kinds)), [ORGANISATION_KINDS[kind].label for kind in reversed(kinds)])
    ax.set_ylim(-0.6, len(kinds) - 0.4)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
    ax.margins(x=0.08)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:+.3g}%" if value else "0"))
