"""Where a region could go: what is related to its strengths, and how complex that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from analysis.figures import style

Floats = NDArray[np.float64]
_LABELS, _STRENGTHS = 8, 6
_LONGEST = 34


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
    _name(ax, pd.concat([told, strongest.assign(label=strongest["name"].map(_short))]), colours)
    ax.grid(axis="x", color=colours.grid, linewidth=0.8)
    ax.set_xlabel("relatedness density", color=colours.text, fontsize=style.TEXT_SIZE)
    style.name_panel(ax, "", "complexity (standard deviations)", colours)
    return figure


def _square(colours: style.Theme, label: str) -> Line2D:
    return Line2D([], [], marker="s", linestyle="", markersize=11, markerfacecolor="none", markeredgewidth=1.4,
                  color=colours.text, label=label)  # fmt: skip


def _name(ax: Axes, named: pd.DataFrame, colours: style.Theme) -> None:
    """Name domains, each where it hides no other name."""
    chosen = named.sort_values("complexity")
    left, right = ax.get_xlim()
    across, up = chosen["density"].to_numpy(np.float64), chosen["complexity"].to_numpy(np.float64)
    levels = _apart(up, float(np.ptp(ax.get_ylim())) * 0.042)
    rows = zip(chosen["label"], chosen["specialised"], across, up, levels, strict=True)
    for short, special, x, y, level in rows:
        side = -1 if x > left + 0.72 * (right - left) else 1
        ax.annotate(
            short,
            (x, y),
            xytext=(x + side * 0.02 * (right - left), level),
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


def _code(name: str) -> str:
    return name.split(maxsplit=1)[0]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def _apart(levels: Floats, gap: float) -> Floats:
    """Push rising levels apart, each as far as its neighbours need, until no two are nearer than a gap."""
    moved = levels.copy()
    for _ in range(200):
        short = np.clip(gap - np.diff(moved), 0.0, None) / 2
        if short.max(initial=0.0) < gap / 100:
            break
        moved[:-1] -= short
        moved[1:] += short
    return moved
