"""Figures of Europe at a glance: the map of circles, and what policies add region by region."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch

from analysis.figures import style
from analysis.studies.atlas.layout import layout
from analysis.words.names import regime as regime_name

PALEST, PALE = 0.12, 0.5
"""Strength of colour where it is as likely as not that the next one is ahead, and short of leading for sure."""
SMALLEST, LARGEST, FITTING = 5.5, 9.5, 0.66
"""Type of a code in a circle in points, and how large it may be as a share of the radius."""


def cartogram(
    regions: pd.DataFrame,
    regimes: Sequence[str],
    setting: str,
    *,
    marked: str | None = None,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw regions as circles in the colour of the regime that is best there, strong where that is sure.

    Parameters
    ----------
    regions
        ``region``, ``latitude``, ``longitude``, ``people at work``, ``best``, ``leader`` and ``certainty``.
    regimes
        Regimes that compete, in order.
    setting
        Story, seeds and years.
    marked
        Region with a ring around it.
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
    won, sure = regions["best"].value_counts(), regions["leader"].value_counts()
    handles: list[style.Handle] = [
        Patch(facecolor=shades[name], linewidth=0,
              label=f"{regime_name(name)}: best in {won[name]}, for sure in {sure.get(name, 0)}")
        for name in regimes
        if won.get(name, 0)
    ]  # fmt: skip
    handles.append(Patch(facecolor=mixed(colours.quiet, 0.35, colours), edgecolor=colours.quiet, linewidth=0.8,
                         label="pale: not for sure"))  # fmt: skip
    note = (
        f"{len(regions)} regions; {setting}. Area of a circle: people at work. Colour: policy with the highest "
        "average; full where it leads for sure, the paler the less certain. Circles lie near their regions; overseas "
        "regions and far islands at the lower left. Data: Eurostat, own processing."
    )
    figure = style.open_figure("Which policy leads where in Europe", note, colours, size, handles, columns=3)
    (ax,) = style.panels(figure, 1, colours, width=size[0])
    places = layout(
        regions.set_index("region")[["latitude", "longitude"]], regions.set_index("region")["people at work"]
    )
    points = _frame(ax, places)
    for row in regions.to_dict("records"):
        spot = places.loc[row["region"]]
        shade = shades[row["best"]]
        face = (
            shade
            if isinstance(row["leader"], str)
            else mixed(shade, strength(float(row["certainty"])), colours)
        )
        ax.add_patch(
            Circle((spot["x"], spot["y"]), spot["radius"], facecolor=face, edgecolor=shade, linewidth=0.9)
        )
        if row["region"] == marked:
            ax.add_patch(Circle((spot["x"], spot["y"]), spot["radius"] * 1.35, fill=False, edgecolor=colours.text,
                                linewidth=2.2, clip_on=False))  # fmt: skip
        letters = FITTING * float(spot["radius"]) * points
        if letters >= SMALLEST:
            ax.text(spot["x"], spot["y"], row["region"], ha="center", va="center", color=_ink(face),
                    fontsize=min(LARGEST, letters))  # fmt: skip
    return figure


def strength(certainty: float) -> float:
    """Give the strength of the colour where a regime is best with some certainty but does not lead for sure."""
    return PALEST + (PALE - PALEST) * float(np.clip(2 * np.nan_to_num(certainty, nan=0.5) - 1, 0, 1))


def mixed(colour: str, share: float, theme: style.Theme) -> str:
    """Mix a colour with that of the page."""
    parts = [
        share * one + (1 - share) * other
        for one, other in zip(to_rgb(colour), to_rgb(theme.background), strict=True)
    ]
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _ink(face: str) -> str:
    red, green, blue = to_rgb(face)
    return "#000000" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "#ffffff"


def _frame(ax: Axes, places: pd.DataFrame) -> float:
    """Let the map fill the panel, and give its scale in points."""
    ends = [(places[side] + sign * places["radius"]) for side in ("x", "y") for sign in (-1, 1)]
    ax.set_xlim(ends[0].min() - 0.01, ends[1].max() + 0.01)
    ax.set_ylim(ends[2].min() - 0.01, ends[3].max() + 0.01)
    ax.set_aspect("equal")
    ax.set_axis_off()
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()  # type: ignore[union-attr]
    box = ax.get_window_extent()
    return float(min(box.width / np.ptp(ax.get_xlim()), box.height / np.ptp(ax.get_ylim())) * 72 / figure.dpi)  # type: ignore[union-attr]


def gains_by_region(
    gains: pd.DataFrame, baseline: str, setting: str, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw what each policy adds in every region, as dots in rising order.

    Parameters
    ----------
    gains
        What `analysis.statistics.places.gains` gives.
    baseline
        Regime that the others are compared with.
    setting, theme, size
        See `cartogram`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours = style.THEMES[theme]
    names = list(dict.fromkeys(gains["regime"]))
    shades = style.regime_colours([baseline, *names], colours)
    handles: list[style.Handle] = [
        Line2D(
            [],
            [],
            marker="o",
            linestyle="",
            color=colours.text,
            markersize=6,
            label=f"compared with {regime_name(baseline)}",
        ),
    ]
    if (gains["against"] != baseline).any():
        by_lot = Line2D(
            [], [], marker="o", linestyle="", markerfacecolor="none", markeredgewidth=1.4, markersize=6
        )
        by_lot.set(color=colours.text, label="compared with the same money by lot")
        handles.append(by_lot)
    note = (
        f"A dot is a region, in rising order; lines are 95% intervals. {gains['region'].nunique()} regions; {setting}. "
        "Data: Eurostat, own processing."
    )
    figure = style.open_figure("What policies add, region by region", note, colours, size, handles)
    axes = style.panels(figure, len(names), colours, sharey=True)
    low, high = min(0.0, gains["gain"].min()), max(0.0, gains["gain"].max())
    axes[0].set_ylim(low - 0.35 * (high - low), high + 0.35 * (high - low))
    for ax, name in zip(axes, names, strict=True):
        for against, own in gains[gains["regime"] == name].groupby("against", sort=False):
            rows = own.sort_values("gain").reset_index(drop=True)
            places = (np.arange(len(rows)) + 0.5) / len(rows)
            full = against == baseline
            ax.vlines(places, rows["low"], rows["high"], color=shades[name], alpha=0.25, linewidth=1)
            ax.scatter(places, rows["gain"], s=12 if full else 16, facecolors=shades[name] if full else "none",
                       edgecolors=shades[name], linewidths=1.0, zorder=3)  # fmt: skip
        ax.axhline(0, color=colours.quiet, linewidth=1)
        ax.set_xticks([])
        style.name_panel(ax, regime_name(name), "% gained on average over the years", colours)
    return figure
