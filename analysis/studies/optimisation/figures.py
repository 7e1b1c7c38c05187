"""Figures of optimisation: distances, the front, levers, futures."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.figures import style
from analysis.studies.optimisation.described import lever
from analysis.studies.optimisation.words import (
    Manifest,
    Tables,
    asked_for,
    first_of,
    name_in_words,
    places_of,
)
from analysis.words.document import written
from analysis.words.names import first_upper
from model.scenario import BY_LOT

MOST_BARS, MOST_LEVERS, MOST_LINES = 16, 12, 8
FOUND, OTHERS = "smart_specialisation", "cluster"
"""Regimes in whose colours that which was found and all else is drawn."""
MARKERS = "sDv^P*Xp<>"


def distances(
    tables: Tables, manifest: Manifest, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw what the best policies, regimes and strategies gain, the largest gain on top.

    Parameters
    ----------
    tables, manifest
        Those of the findings.
    theme
        ``"light"`` or ``"dark"``.
    size
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours, places = style.THEMES[theme], places_of(tables)
    objective = first_of(manifest)
    both = pd.concat(
        [tables["found"].rename(columns={"policy": "name"}).query("place < 3"), tables["distances"]]
    )
    both = both[(both["objective"] == objective.name) & (both["name"] != "none")]
    lot = both["name"].str.endswith(BY_LOT)
    shown = pd.concat([both[~lot], both[lot].head(max(0, MOST_BARS - int((~lot).sum())))]).sort_values("gain")
    note = (
        f"Gain over no policy in percent, on average over the horizon. {int(both['seeds'].max())} fresh seeds, "
        "95% intervals. By lot: the same money and instruments with priorities drawn. Dotted: the best found."
    )
    title = f"How far regimes are from the best policy found: {objective.label}"
    figure = style.open_figure(title, note, colours, size)
    ax = _lying(figure, colours, [_label(name, places) for name in shown["name"]])
    ax.axvline(0, color=colours.quiet, linewidth=1)
    best = float(both.loc[both["place"] == 0, "gain"].iloc[0])
    ax.axvline(best, color=colours.regimes[FOUND], linewidth=1, linestyle=":")
    for height, row in enumerate(shown.to_dict("records")):
        mine, drawn = row["name"] in places, row["name"].endswith(BY_LOT)
        shade = colours.regimes[FOUND if mine else "none" if drawn else OTHERS]
        ax.plot(
            [row["low"], row["high"]],
            [height] * 2,
            color=shade,
            linewidth=4,
            solid_capstyle="round",
            alpha=0.75,
        )
        ax.plot(row["gain"], height, "o" if mine else "D" if drawn else "s", color=shade, markersize=9)
        ax.get_yticklabels()[height].set_fontweight("bold" if mine else "normal")
        ax.text(1.01, height, written(row["gain"], 1, sign=True), transform=ax.get_yaxis_transform(), va="center",
                color=colours.text, fontsize=style.TEXT_SIZE)  # fmt: skip
    ax.margins(x=0.08)
    return figure


def front(
    tables: Tables, manifest: Manifest, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw policies and regimes on the first two objectives, and join those whom nobody dominates."""
    colours, places, table = style.THEMES[theme], places_of(tables), tables["front"]
    x, y = asked_for(manifest)[:2]
    shown = table[(table["name"] != "none") & ~table["name"].str.endswith(BY_LOT)]
    mine = shown["kind"] == "policy"
    shades = style.regime_colours(shown.loc[~mine, "name"], colours)
    marks = dict(zip(shown.loc[~mine, "name"], cycle(MARKERS), strict=False))
    handles: list[style.Handle] = [
        Line2D([], [], marker="o", linestyle="", color=colours.text, label="policies found"),
        *(
            Line2D([], [], marker=mark, linestyle="", color=shades[name], label=_label(name, {}))
            for name, mark in marks.items()
        ),
    ]
    title = f"What can be had together: {x.label} and {y.label}"
    less = f" Less {y.label} is better: the axis runs downwards." if y.less else ""
    note = (
        f"Fresh seeds, 95% intervals. On the line nobody is better in both; 1 is the policy that was chosen as best "
        f"in {x.label}.{less}"
    )
    figure = style.open_figure(title, note, colours, size, handles)
    ax = figure.subplots()
    style.dress(ax, colours)
    ax.grid(axis="both", color=colours.grid, linewidth=0.8)
    line = shown[shown["on_front"]].sort_values(f"{x.name}_gain")
    ax.plot(line[f"{x.name}_gain"], line[f"{y.name}_gain"], color=colours.quiet, linewidth=1.5, zorder=1)
    for row in shown.to_dict("records"):
        own = row["kind"] == "policy"
        shade = colours.text if own else shades[row["name"]]
        here = {each.name: row[f"{each.name}_gain"] for each in (x, y)}
        ends = {each.name: (row[f"{each.name}_low"], row[f"{each.name}_high"]) for each in (x, y)}
        ax.plot(ends[x.name], [here[y.name]] * 2, color=shade, linewidth=1, alpha=0.4)
        ax.plot([here[x.name]] * 2, ends[y.name], color=shade, linewidth=1, alpha=0.4)
        ax.plot(here[x.name], here[y.name], "o" if own else marks[row["name"]], color=shade, zorder=3,
                markersize=14 if own else 10)  # fmt: skip
        if own:
            ax.annotate(str(places[row["name"]] + 1), (here[x.name], here[y.name]), ha="center", va="center",
                        color=colours.background, fontsize=style.TEXT_SIZE - 2, zorder=4)  # fmt: skip
    if y.less:
        ax.invert_yaxis()
    ax.set_xlabel(first_upper(f"{x.label}, {x.unit}"), color=colours.text, fontsize=style.TEXT_SIZE)
    ax.set_ylabel(first_upper(f"{y.label}, {y.unit}"), color=colours.text, fontsize=style.TEXT_SIZE)
    return figure


def levers(tables: Tables, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw how much of the differences between policies each lever explains, and how much luck."""
    colours, table = style.THEMES[theme], tables["importance"]
    rows = table.head(MOST_LEVERS).iloc[::-1].reset_index(drop=True)
    title = "Which lever does the work" if table["told_apart"].any() else "No lever can be told from luck"
    note = (
        f"Percent of the variance of gains between policies that is lost when the lever is shuffled, on policies not "
        f"learnt from, with its range over divisions. Dotted: the most that shuffled copies of levers seem to explain; "
        f"grey: not told from luck. {100 * tables['emulator']['luck'].iloc[0]:.0f}% is luck of few seeds."
    )
    figure = style.open_figure(title, note, colours, size)
    ax = _lying(figure, colours, [first_upper(lever(str(name))) for name in rows["lever"]])
    shades = [colours.regimes[FOUND if told else "none"] for told in rows["told_apart"]]
    ends = rows[["low", "high"]].clip(lower=0).to_numpy()
    ax.barh(rows.index, rows["importance"].clip(lower=0), color=shades, height=0.62)
    ax.hlines(rows.index, ends[:, 0], ends[:, 1], color=colours.text, linewidth=1.4)
    ax.axvline(float(table["luck"].iloc[0]), color=colours.text, linewidth=1.2, linestyle=":")
    ax.set_xlim(left=0)
    return figure


def futures(tables: Tables, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw what the best and the regimes gain in each future, from their worst to their best."""
    colours, places, long = style.THEMES[theme], places_of(tables), tables["over_futures"]
    wide = long.pivot_table(index="future", columns="name", values="gain")
    # The winner is shown wherever it stands.
    ranked = wide.mean().sort_values(ascending=False).index
    best = next(iter(places))
    names = [best, *(name for name in ranked if name != best)][:MOST_LINES]
    shades = {best: colours.text, **style.regime_colours(names[1:], colours)}
    dashes: dict[str, Any] = {
        name: "-" if name in places else style.DASHES.get(name, (0, (3, 1.5))) for name in names
    }
    handles: list[style.Handle] = [
        Line2D([], [], color=shades[name], linestyle=dashes[name], linewidth=2.6, label=_label(name, places))
        for name in names
    ]
    note = (
        f"{len(wide)} futures, drawn evenly from what is uncertain. Each line is sorted from its own worst future to "
        "its best: the higher on the left, the more robust."
    )
    figure = style.open_figure("What policies gain whatever comes", note, colours, size, handles)
    ax = figure.subplots()
    style.dress(ax, colours)
    ax.axhline(0, color=colours.quiet, linewidth=1)
    for name in names:
        ax.plot(
            range(1, len(wide) + 1),
            np.sort(wide[name]),
            color=shades[name],
            linestyle=dashes[name],
            linewidth=2.4,
        )
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("Futures, each line's worst on the left", color=colours.text, fontsize=style.TEXT_SIZE)
    ax.set_ylabel("Gain over no policy, %", color=colours.text, fontsize=style.TEXT_SIZE)
    return figure


def _label(name: str, places: Mapping[str, int]) -> str:
    told = first_upper(name_in_words(name, places))
    return (
        told.replace("The best policy", "Best found")
        .replace("A lottery", "Lottery")
        .replace("The strategy of ", "")
    )


def _lying(figure: Figure, colours: style.Theme, labels: list[str]) -> Axes:
    """Lay out rows with a label each, and a grid along which they are read."""
    ax = figure.subplots()
    style.dress(ax, colours)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=colours.grid, linewidth=0.8)
    ax.set_yticks(range(len(labels)), labels)
    return ax
