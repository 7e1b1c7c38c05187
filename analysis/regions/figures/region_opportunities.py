"""Where a region could go: what is related to its strengths, and how complex that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from analysis.figures import style

Floats = NDArray[np.float64]
Place = tuple[int, float, float]
_LABELS, _STRENGTHS = 8, 6
_LONGEST = 34
WIDE, WIDE_BOLD = 0.57, 0.65
"""Mean width of a character, in sizes of type."""
PLACES: tuple[Place, ...] = tuple(
    (side, across, float(up))
    for side, across, up in product((1, -1), (1.2, 2.5, 4.5, 7.0, 10.0, 14.0), np.arange(-25, 26) * 0.8)
)
"""Where a name may stand from its point, in sizes of type: side, how far beside, how far up."""


def region_opportunities(
    domains: pd.DataFrame,
    title: str,
    *,
    priorities: Sequence[str] | None = None,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the map of relatedness and complexity on which priorities of smart specialisation are argued.

    Relatedness density to the right, complexity upwards (Balland et al. 2019), with the mean of what the
    region is not specialised in as a cross. Full circles are domains in which it is specialised; the strongest
    of both kinds are named.

    Parameters
    ----------
    domains
        ``code``, ``name``, ``share``, ``location_quotient``, ``density``, ``complexity``, ``specialised``.
    title
        Name of the region.
    priorities
        Codes of domains that a strategy of the region names: these get a square and their names, instead of the
        candidates. None where there is no strategy.
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
    has, open_ = colours.regimes["cluster"], colours.regimes["smart_specialisation"]
    rows = domains.dropna(subset=["density", "complexity"])
    handles = [
        Line2D([], [], marker="o", linestyle="", markersize=9, color=has, alpha=0.75, label="specialised"),
        Line2D([], [], marker="o", linestyle="", markersize=9, markerfacecolor="none", markeredgewidth=1.8,
               color=open_, label="not specialised: a possible priority"),
    ]  # fmt: skip
    if priorities is not None:
        handles.append(_square(colours, label="priority of its strategy (assigned by hand)"))
    named = f"Names: its {_STRENGTHS} strongest specialisations, and the {_LABELS} strongest candidates by density and "
    named += "complexity"
    if priorities is not None:
        named = f"Codes: priorities of its strategy; names: its {_STRENGTHS} strongest specialisations"
    note = (
        f"Area: share of the domain in the region. Dashed: mean of what it is not specialised in. {named}. "
        "Density without the domain itself; complexity by the method of reflections. The map says what is near "
        "and complex, not what is worth it."
    )
    figure = style.open_figure(f"{title}: relatedness and complexity", note, colours, size, handles)
    (ax,) = style.panels(figure, 1, colours, width=size[0])
    area = 40 + 900 * np.sqrt(rows["share"].to_numpy()) / 2
    special = rows["specialised"].to_numpy()
    ax.scatter(rows["density"][special], rows["complexity"][special], s=area[special], color=has, alpha=0.55,
               linewidths=0)  # fmt: skip
    ax.scatter(rows["density"][~special], rows["complexity"][~special], s=area[~special], facecolors="none",
               edgecolors=open_, linewidths=1.8)  # fmt: skip
    others = rows[~special]
    strongest = rows[special].sort_values("location_quotient", ascending=False)[:_STRENGTHS]
    if priorities is None:
        ranks = others["density"].rank() + others["complexity"].rank()
        named_rows = others.loc[ranks.sort_values(ascending=False).index[:_LABELS]]
    else:
        named_rows = rows[rows["code"].isin(priorities)]
        ax.scatter(named_rows["density"], named_rows["complexity"], s=area[rows["code"].isin(priorities)] + 220,
                   marker="s", facecolors="none", edgecolors=colours.text, linewidths=1.4)  # fmt: skip
    across, up = others["density"].mean(), others["complexity"].mean()
    ax.axvline(across, color=colours.quiet, linewidth=1, linestyle=(0, (4, 3)))
    ax.axhline(up, color=colours.quiet, linewidth=1, linestyle=(0, (4, 3)))
    ax.margins(x=0.08, y=0.1)
    for corner, text in (
        ((0.995, 0.985), "near and complex"), ((0.005, 0.985), "complex, but far: a gamble"),
        ((0.995, 0.015), "near, but simple"), ((0.005, 0.015), "far and simple"),
    ):  # fmt: skip
        ax.text(*corner, text, transform=ax.transAxes, color=colours.quiet, fontsize=style.TEXT_SIZE,
                ha="right" if corner[0] > 0.5 else "left", va="top" if corner[1] > 0.5 else "bottom",
                style="italic")  # fmt: skip
    # The names of all priorities would hide the map; the codes with which they begin do not.
    told = named_rows.assign(
        label=[_code(name) if priorities is not None else _short(name) for name in named_rows["name"]]
    )
    strongest = strongest[~strongest["code"].isin(named_rows["code"])]
    names = pd.concat([told, strongest.assign(label=strongest["name"].map(_short))])
    ax.grid(axis="x", color=colours.grid, linewidth=0.8)
    ax.set_xlabel("relatedness density", color=colours.text, fontsize=style.TEXT_SIZE)
    style.name_panel(ax, "", "complexity (standard deviations)", colours)
    _name(ax, names, rows, area, colours)
    return figure


def _square(colours: style.Theme, label: str) -> Line2D:
    return Line2D([], [], marker="s", linestyle="", markersize=11, markerfacecolor="none", markeredgewidth=1.4,
                  color=colours.text, label=label)  # fmt: skip


def _name(ax: Axes, named: pd.DataFrame, rows: pd.DataFrame, area: Floats, colours: style.Theme) -> None:
    """Name domains, each beside its point where the name hides neither another name nor a point."""
    # Where things are in pixels is known only once the figure is laid out.
    ax.set_xlim(*ax.get_xlim())
    ax.set_ylim(*ax.get_ylim())
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()  # type: ignore[union-attr]
    size = (style.TEXT_SIZE - 1) * figure.dpi / 72  # type: ignore[union-attr]
    points = ax.transData.transform(rows[["density", "complexity"]].to_numpy(np.float64))
    reach = np.sqrt(area / np.pi) * figure.dpi / 72  # type: ignore[union-attr]
    corners: list[Floats] = [np.asarray(text.get_window_extent().extents) for text in ax.texts]
    ends = named[["density", "complexity"]].to_numpy(np.float64)
    at: Floats = ax.transData.transform(ends)
    frame: Floats = np.asarray(ax.get_window_extent().extents)
    widths = [
        len(short) * size * (WIDE_BOLD if special else WIDE)
        for short, special in zip(named["label"], named["specialised"], strict=True)
    ]

    def place_all(order: Iterable[int]) -> tuple[float, dict[int, Place]]:
        """Give every name in turn the best place that is left, and say how bad these are together."""
        taken, total = list(corners), 0.0
        places: dict[int, Place] = {}
        for each in order:
            boxes = [_box(at[each, 0], at[each, 1], widths[each], size, place) for place in PLACES]
            costs = [
                _hidden(box, points, reach, taken, frame, place)
                for box, place in zip(boxes, PLACES, strict=True)
            ]
            best = int(np.argmin(costs))
            total += costs[best]
            taken.append(boxes[best])
            places[each] = PLACES[best]
        return total, places

    # Who comes first has the best place: some orders leave better ones for the last.
    ranks = [np.argsort(column) for column in (*ends.T, ends.sum(axis=1))]
    orders = [order.tolist() for rank in ranks for order in (rank, rank[::-1])]
    _, places = min((place_all(order) for order in orders), key=lambda made: made[0])
    for each, (short, special, end) in enumerate(
        zip(named["label"], named["specialised"], ends, strict=True)
    ):
        side, across, up = places[each]
        ax.annotate(
            short,
            (float(end[0]), float(end[1])),
            xytext=(side * across * (style.TEXT_SIZE - 1), up * (style.TEXT_SIZE - 1)),
            textcoords="offset points",
            color=colours.text,
            fontsize=style.TEXT_SIZE - 1,
            ha="right" if side < 0 else "left",
            va="center",
            fontweight="bold" if special else "normal",
            path_effects=[withStroke(linewidth=3, foreground=colours.background)],
            arrowprops={
                "arrowstyle": "-",
                "color": colours.quiet,
                "linewidth": 0.6,
                "shrinkA": 0,
                "shrinkB": 4,
                "relpos": (0 if side > 0 else 1, 0.5),
            },
        )


def _box(x: float, y: float, width: float, size: float, place: Place) -> Floats:
    """Give the edges of a name at a place, in pixels: left, bottom, right, top."""
    side, across, up = place
    near, middle = x + side * across * size, y + up * size
    left, right = sorted((near, near + side * width))
    return np.array([left, middle - 0.75 * size, right, middle + 0.75 * size])


def _hidden(
    box: Floats,
    points: Floats,
    reach: Floats,
    taken: Sequence[Floats],
    frame: Floats,
    place: Place,
) -> float:
    """Say how bad a place for a name is: names it hides weigh most, then points, then how far away it is."""
    outside = box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]
    names = sum(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
    nearest = np.clip(points, box[:2], box[2:])
    dots = int((np.hypot(*(points - nearest).T) < reach).sum())
    # Far away is worse than twice half as far: a line that crosses the map is hard to follow.
    return float(1_000 * (names + outside) + 300 * dots + place[1] ** 2 + place[2] ** 2)


def _code(name: str) -> str:
    return name.split(maxsplit=1)[0]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
