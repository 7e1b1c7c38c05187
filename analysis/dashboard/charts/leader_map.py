"""A response surface: which regime leads where, and where none can be told from the others."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.colors import to_hex, to_rgb

from analysis.dashboard.charts.look import Look, Option, blank, legend, number

PALE = "55"
"""Opacity, in hexadecimal, of what cannot be told from chance."""


def leader_map(
    cells: pd.DataFrame, axes: Sequence[str], labels: Sequence[str], values: Sequence[Sequence[float]],
    here: Sequence[float], regimes: tuple[str, ...], look: Look,
) -> Option:  # fmt: skip
    """Draw a cell for each combination of conditions, in the colour of the regime that is best there.

    Parameters
    ----------
    cells
        What `analysis.surface.leaders` gives.
    axes, labels, values
        Names of the two axes, what is written beside them, and their values.
    here
        Where on the axes the present setting lies.
    regimes
        Regimes that are compared.
    look
        How it looks.
    """
    texts = look.texts
    places = [{value: place for place, value in enumerate(each)} for each in values]
    series = [_of_leader(cells, axes, places, regime, regimes, look) for regime in regimes]
    series.append(_here(values, here, look))
    told = [
        texts("charts.cells", regime=texts.regime(regime), best=int((cells["best"] == regime).sum()), all=len(cells),
              sure=int((cells["leader"] == regime).sum()))
        for regime in regimes
    ]  # fmt: skip
    return blank(look, " ".join((texts("charts.surface", x=labels[0], y=labels[1]), *told))) | {
        "legend": legend(look, [*map(texts.regime, regimes), texts("tipping.here")], look.size),
        "grid": {
            "left": 3.4 * look.size, "right": 20, "top": 10 + 1.5 * look.size, "bottom": 2 * look.size,
            "containLabel": True,
        },
        "tooltip": {"trigger": "item", "confine": True},
        "xAxis": _axis(look, labels[0], values[0]) | {"nameGap": 2 * look.size},
        "yAxis": _axis(look, labels[1], values[1]) | {"nameGap": 4 * look.size},
        "series": series,
    }  # fmt: skip


def _axis(look: Look, name: str, values: Sequence[float]) -> Option:
    return {
        "type": "category", "data": [look.texts.number(value) for value in values], "name": name,
        "nameLocation": "middle", "nameTextStyle": {"color": look.theme.text, "fontSize": look.size},
        "axisLabel": {"color": look.theme.text, "fontSize": look.size}, "axisTick": {"show": False},
        "axisLine": {"show": False}, "splitArea": {"show": False},
    }  # fmt: skip


def _of_leader(
    cells: pd.DataFrame, axes: Sequence[str], places: Sequence[dict[float, int]], regime: str,
    regimes: tuple[str, ...], look: Look,
) -> Option:  # fmt: skip
    colour = look.colour(regime, regimes)
    data = []
    for row in cells[cells["best"] == regime].to_dict("records"):
        sure = isinstance(row["leader"], str)
        place = [places[0][row[axes[0]]], places[1][row[axes[1]]]]
        lead = f"+{row['lead_percent']:.1f}%"
        data.append({
            "value": [*place, number(float(row["lead_percent"]), 3)],
            "name": lead,
            "itemStyle": {"color": to_hex(to_rgb(colour)) + ("ff" if sure else PALE)},
            "label": {
                "show": True, "formatter": lead if sure else f"({lead})",
                "color": _legible_on(colour) if sure else look.theme.text,
            },
        })  # fmt: skip
    return {
        "name": look.texts.regime(regime), "id": f"leader:{regime}", "type": "scatter", "symbol": "rect",
        "symbolSize": "cell", "color": colour, "data": data,
        "label": {"color": look.theme.text, "fontSize": look.size - 1}, "emphasis": {"scale": 1.08},
    }  # fmt: skip


def _here(values: Sequence[Sequence[float]], here: Sequence[float], look: Look) -> Option:
    place = [_nearest(each, value) for each, value in zip(values, here, strict=True)]
    ink = look.theme.text
    return {
        "name": look.texts("tipping.here"), "id": "here", "type": "scatter", "symbol": "rect",
        "symbolSize": "cell", "silent": True, "z": 9,
        "itemStyle": {"color": "transparent", "borderColor": ink, "borderWidth": 3},
        "data": [place],
    }  # fmt: skip


def _nearest(values: Sequence[float], wanted: float) -> int:
    return min(range(len(values)), key=lambda place: abs(values[place] - wanted))


def _legible_on(colour: str) -> str:
    """Choose black or white, whichever has more contrast (relative luminance as in WCAG 2)."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "#ffffff"
