"""Europe as circles: each region in the colour of the policy that is best there, strong where that is sure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dashboard.charts.look import Look, Option, blank, legend, legible_on, number
from analysis.studies.atlas.figures import mixed, strength

UNKNOWN = 0.3


def europe_map(
    regions: pd.DataFrame, regimes: tuple[str, ...], here: str, names: dict[str, str], look: Look
) -> Option:
    """Draw all regions.

    Parameters
    ----------
    regions
        By code: ``x``, ``y`` and ``radius``; ``best``, ``leader`` and ``certainty``, missing where nothing is known.
    regimes
        Policies that compete.
    here
        Code of the region that is shown; empty for none.
    names
        What is said of each region.
    look
        How it looks.
    """
    texts = look.texts
    series: list[Option] = [
        {"id": f"best:{regime}", "name": texts.regime(regime), "type": "scatter", "symbolSize": "circle",
         "color": look.colour(regime, regimes), "data": [], "cursor": "pointer"}
        for regime in regimes
    ]  # fmt: skip
    unknown: Option = {"id": "unknown", "name": texts("europe.unknown"), "type": "scatter", "symbolSize": "circle",
               "color": look.theme.quiet, "data": [], "cursor": "pointer"}  # fmt: skip
    by_name = dict(zip(regimes, series, strict=True))
    for code, row in regions.iterrows():
        regime = row["best"] if row["best"] in by_name else ""
        shade = look.colour(regime, regimes) if regime else look.theme.quiet
        face = _face(row, regime, shade, look)
        by_name.get(regime, unknown)["data"].append({
            "value": [number(row["x"]), number(row["y"])], "radius": number(row["radius"]), "name": str(code),
            "said": names[str(code)],
            "itemStyle": {"color": face, "borderColor": look.theme.text if code == here else shade,
                          "borderWidth": 3.5 if code == here else 1},
            "label": {"color": legible_on(face)},
        })  # fmt: skip
    shown = [each for each in (*series, unknown) if each["data"]]
    ends = [regions[side] + sign * regions["radius"] for side in ("x", "y") for sign in (-1, 1)]
    bounds = [number(value) for value in (ends[0].min(), ends[1].max(), ends[2].min(), ends[3].max())]
    axis = {"type": "value", "show": False}
    return blank(look, texts("charts.europe", count=len(regions))) | {
        "kf": {"map": bounds, "spots": [
            {"name": each["name"], "at": each["value"], "said": each["said"]} for one in shown for each in one["data"]
        ]},
        "legend": legend(look, [str(each["name"]) for each in shown], look.size),
        "grid": {"left": 6, "right": 6, "top": 10 + 1.8 * look.size, "bottom": 6},
        "tooltip": {"trigger": "item", "confine": True},
        "xAxis": axis, "yAxis": dict(axis),
        "series": [*shown, {"id": "cursor", "type": "scatter", "symbolSize": look.size + 9, "silent": True, "z": 9,
                            "data": [], "itemStyle": {"color": "transparent", "borderColor": look.theme.text,
                                                      "borderWidth": 3, "borderType": "dashed"}}],
    }  # fmt: skip


def _face(row: Any, regime: str, shade: str, look: Look) -> str:
    if not regime:
        return mixed(shade, UNKNOWN, look.theme)
    return (
        shade
        if isinstance(row["leader"], str)
        else mixed(shade, strength(float(row["certainty"])), look.theme)
    )
