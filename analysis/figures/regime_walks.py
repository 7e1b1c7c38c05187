"""What each regime gains or loses when one of its switches is flipped."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.ablation import LEVEL
from analysis.figures import style
from analysis.figures.switch_effects import dots
from model.record import OBSERVABLES, OUTCOMES


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
        What `analysis.ablation.walks` gives.
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
        dots(ax, own, [_flip(row) for row in own], colours, shades[str(origin)])
        style.name_panel(ax, style.regime_label(origin), "", colours)
        lead = f"as it is: {own[0]['relative_lead']:+.2f}% over no policy"
        ax.set_xlabel(lead, fontsize=style.TEXT_SIZE, color=colours.quiet, labelpad=6)
    return figure


def _flip(row: dict[str, object]) -> str:
    switch, after = (str(row[name]).replace("_", " ") for name in ("switch", "after"))
    return f"{after} first" if switch == "prioritise" else after
