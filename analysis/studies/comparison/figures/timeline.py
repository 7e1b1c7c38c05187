"""What was chosen when: priorities of a run as bars over time."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.figures import style
from analysis.studies.comparison.chosen import spells
from analysis.studies.comparison.compared import QUARTERS, Compared
from analysis.words.names import first_upper, regime, sector

MOST = 14
"""Priorities of a policy that are shown: those funded longest."""
LONGEST = 40
HALF_BAR = 0.34
SMALLEST_ROW, LARGEST_ROW, HEAD = 0.26, 0.36, 2.2
MARKS = {"proposed": ("o", "proposed"), "piloted": ("^", "piloted"), "scaled": ("P", "given more")}
OFFSETS = {"proposed": 0.2, "piloted": -0.2}
"""What happens in one review to one priority must not hide each other."""


def timeline(found: Compared, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw which priorities each policy funded from when to when in the first simulated region.

    Parameters
    ----------
    found
        The comparison.
    theme
        ``"light"`` or ``"dark"``.
    size
        Width and height in inches; higher where there are many priorities.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours = style.THEMES[theme]
    seed = found.common[0]
    log = found.table("priorities")
    log = log[log["seed"] == seed]
    names = [name for name in found.ranking if (log["regime"] == name).any()]
    shades = style.regime_colours(found.regimes, colours)
    end = int(found.manifest["scenario"]["steps"])
    blocks = {name: _block(log[log["regime"] == name], end + 1) for name in names}
    note = (
        f"One simulated region (seed {seed}); of each policy the {MOST} priorities that were funded longest. Bar: "
        "funded, from the review that chose it to the one that stopped it. In other regions other priorities may be "
        "chosen."
    )
    rows = sum(len(order) + 1.6 for order, _ in blocks.values())
    # Few rows would leave half a slide empty, many would not fit on one.
    height = max(min(size[1], HEAD + LARGEST_ROW * rows), HEAD + SMALLEST_ROW * rows)
    handles: list[Line2D | Patch] = [
        Patch(facecolor=colours.quiet, label="funded", linewidth=0),
        *(
            Line2D([], [], color=colours.text, marker=mark, linestyle="", label=label, markersize=6)
            for event, (mark, label) in MARKS.items()
            if (log["event"] == event).any()
        ),
    ]
    figure = style.open_figure("What was chosen, and when", note, colours, (size[0], height), handles)
    (ax,) = style.panels(figure, 1, colours)
    _draw(ax, log, blocks, shades, colours)
    ax.set_xlim(0, end / QUARTERS)
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ax.set_xlabel("years", fontsize=style.TEXT_SIZE, color=colours.quiet)
    return figure


def _block(log: pd.DataFrame, end: int) -> tuple[list[str], pd.DataFrame]:
    """Order the priorities of a policy by when they were first funded, and say from when to when they were."""
    funded = spells(log, end)
    length = (funded["ended"] - funded["begun"]).groupby(funded["name"]).sum().nlargest(MOST)
    begun = funded[funded["name"].isin(length.index)].groupby("name")["begun"].min()
    return list(begun.sort_values(kind="stable").index), funded


def _draw(
    ax: Axes,
    log: pd.DataFrame,
    blocks: dict[str, tuple[list[str], pd.DataFrame]],
    shades: dict[str, str],
    theme: style.Theme,
) -> None:
    at, places, labels = 0.0, [], []
    for name, (order, funded) in blocks.items():
        places.append(at)
        labels.append(first_upper(regime(name)))
        at -= 1.0
        lines = log[log["regime"] == name]
        for priority in order:
            places.append(at)
            called = sector(priority)
            labels.append(called if len(called) <= LONGEST else f"{called[: LONGEST - 1].rstrip()}…")
            for begun, ended in funded.loc[funded["name"] == priority, ["begun", "ended"]].itertuples(
                index=False
            ):
                ax.barh(
                    at, (ended - begun) / QUARTERS, left=(begun - 1) / QUARTERS, height=2 * HALF_BAR,
                    color=shades[name], linewidth=0, zorder=2,
                )  # fmt: skip
            for event, (mark, _) in MARKS.items():
                steps = lines.loc[(lines["name"] == priority) & (lines["event"] == event), "step"]
                if steps.empty:
                    # An empty line that is not clipped has a place all the same, in the corner of the figure.
                    continue
                ax.plot(
                    (steps - 1) / QUARTERS, [at + OFFSETS.get(event, 0.0)] * len(steps), mark, clip_on=False,
                    color=theme.text, markersize=5, zorder=3, markeredgecolor=theme.background, markeredgewidth=0.6,
                )  # fmt: skip
            at -= 1.0
        at -= 0.6
    heads = {first_upper(regime(name)) for name in blocks}
    ax.set_yticks(places, labels)
    for tick, label in zip(ax.get_yticklabels(), labels, strict=True):
        tick.set_fontweight("bold" if label in heads else "normal")
    ax.set_ylim(at + 0.6, 0.8)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
