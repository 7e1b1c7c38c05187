"""What channels contribute to each regime's lead, from what is left without them up to the whole lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.statistics.shapley import CHANNELS, CONTRIBUTION, LEAD, REMAINDER, distinguishable
from analysis.words.phrases import DIRECT_EFFECT, EXCLUDES_ZERO
from model.record import OBSERVABLES

LABELS = {REMAINDER: DIRECT_EFFECT, LEAD: "lead"}
GREY = "#9a9a9a"
HEIGHT, PALE = 0.62, 0.3

Row = Mapping[Any, Any]


def channel_contributions(
    attribution: pd.DataFrame, outcome: str, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the lead of every regime as a sum of signed parts, a panel for each regime.

    Parameters
    ----------
    attribution
        What `analysis.statistics.shapley.attribute` gives.
    outcome
        Which outcome.
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
    wanted = [LEAD, CONTRIBUTION, REMAINDER]
    rows = attribution[(attribution["outcome"] == outcome) & attribution["quantity"].isin(wanted)]
    against = style.regime_label(rows["baseline"].iloc[0])
    seeds = int(rows["seeds"].min())
    interval = "thin line: 95% interval of the part" if seeds > 1 else "one seed: no intervals"
    title = f"{OBSERVABLES[outcome].label}: what channels contribute to the lead over {against}"
    note = (
        f"In percent of the mean of {against}, {seeds} {'seeds' if seeds > 1 else 'seed'}; bars begin where "
        f"the bar above ends and sum to the lead; {interval}. "
        f"Bold number: the interval {EXCLUDES_ZERO}; pale bar: it does not."
    )
    figure = style.open_figure(title, note, colours, size)
    regimes = list(dict.fromkeys(rows["regime"]))
    axes = style.panels(figure, len(regimes), colours, width=4.3, sharex=True, sharey=True)
    for ax, regime in zip(axes, regimes, strict=True):
        _steps(ax, rows[rows["regime"] == regime].to_dict("records"), colours)
        style.name_panel(ax, style.regime_label(regime), "", colours)
    return figure


def _steps(ax: Axes, rows: Sequence[Row], theme: style.Theme) -> None:
    (lead,) = (row for row in rows if row["quantity"] == LEAD)
    parts = {row["channels"] or REMAINDER: row for row in rows if row["quantity"] != LEAD}
    places = {name: place for place, name in enumerate([LEAD, *CHANNELS[::-1], REMAINDER])}
    ax.axvline(0, color=theme.quiet, linewidth=1.2, zorder=1)
    begin = 0.0
    for name in (REMAINDER, *CHANNELS):
        _bar(ax, places[name], begin, parts[name], _colour(name, theme), theme)
        begin += parts[name]["relative"]
        gap = [places[name] - HEIGHT / 2, places[name] - 1 + HEIGHT / 2]
        ax.plot([begin, begin], gap, color=theme.quiet, linewidth=1.0, zorder=1)
    regime = lead["regime"]
    _bar(ax, places[LEAD], 0.0, lead, style.regime_colours([regime], theme)[regime], theme)
    ax.set_yticks(list(places.values()), [LABELS.get(name, name.replace("_", "\n")) for name in places])
    ax.set_ylim(-0.6, len(places) - 0.5)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
    ax.margins(x=0.2)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:+.3g}%" if value else "0"))


def _colour(part: str, theme: style.Theme) -> str:
    """Colours that no regime has: the bar of the lead is the regime's own."""
    if part == REMAINDER:
        return GREY
    pink, gold, _, purple, *_ = theme.others
    return {"absorptive_capacity": pink, "networked_recombination": gold}.get(part, purple)


def _bar(ax: Axes, place: int, start: float, row: Row, colour: str, theme: style.Theme) -> None:
    pale = not distinguishable(row["low"], row["high"])
    end = start + row["relative"]
    ax.barh(
        place, row["relative"], left=start, height=HEIGHT, color=to_rgba(colour, PALE if pale else 1.0),
        edgecolor=colour, linewidth=1.2, zorder=2,
    )  # fmt: skip
    ends = [start + row["relative_low"], start + row["relative_high"]]
    ax.plot(ends, [place, place], color=theme.text, linewidth=1.6, zorder=3)
    ax.annotate(
        f"{row['relative']:+.1f}%", (np.nanmax([start, end, *ends]), place),
        textcoords="offset points", xytext=(5, 0), ha="left", va="center",
        fontsize=style.TEXT_SIZE, color=theme.text, zorder=4,
        fontweight="normal" if pale else "bold",
    )  # fmt: skip
