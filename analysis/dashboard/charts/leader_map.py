"""A response surface: which regime leads where, and where none can be told from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.dashboard.charts.look import Look, Option, blank, legend, legible_on, number

CELL: Option = {"type": "scatter", "symbol": "rect", "symbolSize": "cell"}


def leader_map(
    cells: pd.DataFrame, axes: Sequence[str], labels: Sequence[str], values: Sequence[Sequence[float]],
    here: Sequence[float], regimes: tuple[str, ...], look: Look,
) -> Option:  # fmt: skip
    """Draw a cell for each combination of conditions, in the colour of the regime that leads there beyond chance.

    Parameters
    ----------
    cells
        One row a cell: the axes, ``best``, ``rival``, ``leader`` (missing where none can be told),
        ``lead_percent`` and ``seeds``.
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
    laid_out = [_cell(row, axes, labels, places, look) for row in cells.to_dict("records")]
    series = [_of_leader(laid_out, regime, regimes, look) for regime in regimes]
    present = [_nearest(each, value) for each, value in zip(values, here, strict=True)]
    frame = {**CELL, "silent": True, "z": 9}
    ink = look.theme.text
    series += [
        _undecided(laid_out, look),
        {**frame, "id": "here", "name": texts("tipping.here"), "data": [present], "color": ink,
         "itemStyle": {"color": "transparent", "borderColor": ink, "borderWidth": 3}},
        {**frame, "id": "cursor", "z": 10, "data": [],
         "itemStyle": {"color": "transparent", "borderColor": look.theme.regimes["cluster"], "borderWidth": 5,
                       "borderType": "dashed"}},
    ]  # fmt: skip
    names = [*map(texts.regime, regimes), texts("tipping.undecided"), texts("tipping.here")]
    return blank(look, texts("charts.surface", x=labels[0], y=labels[1])) | {
        "kf": {
            "cells": [{"place": each["place"], "said": each["said"]} for each in laid_out], "here": present,
            "size": [len(each) for each in values],
        },
        "legend": legend(look, names, look.size),
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
        "splitLine": {"show": True, "interval": 0, "lineStyle": {"color": look.theme.grid, "width": 1.5}},
    }  # fmt: skip


def _cell(
    row: Mapping[Any, Any],
    axes: Sequence[str],
    labels: Sequence[str],
    places: Sequence[dict[float, int]],
    look: Look,
) -> dict[str, Any]:
    """Lay a cell out: where it is, who leads, what is written on it and said of it."""
    texts = look.texts
    leader = row["leader"] if isinstance(row["leader"], str) else ""
    lead = texts.signed_percent(float(row["lead_percent"]))
    where = "; ".join(f"{label}: {texts.number(row[axis])}" for axis, label in zip(axes, labels, strict=True))
    key = "tipping.cell_sure" if leader else "tipping.cell_open"
    said = texts(
        key, where=where, best=texts.regime(row["best"]), rival=texts.regime(row["rival"]), lead=lead,
        seeds=int(row["seeds"]),
    )  # fmt: skip
    place = [places[0][row[axes[0]]], places[1][row[axes[1]]]]
    return {"place": place, "leader": leader, "lead": lead, "size": float(row["lead_percent"]), "said": said}


def _of_leader(cells: Sequence[dict[str, Any]], regime: str, regimes: tuple[str, ...], look: Look) -> Option:
    colour = look.colour(regime, regimes)
    data = [_datum(each) for each in cells if each["leader"] == regime]
    label = {
        "show": not look.narrow,
        "formatter": "{b}",
        "color": legible_on(colour),
        "fontSize": look.size - 1,
    }
    return {
        **CELL, "id": f"leader:{regime}", "name": look.texts.regime(regime), "color": colour, "data": data,
        "label": label, "emphasis": {"scale": 1.08},
    }  # fmt: skip


def _undecided(cells: Sequence[dict[str, Any]], look: Look) -> Option:
    """Leave cells empty in which nobody leads beyond chance."""
    return {
        **CELL, "id": "undecided", "name": look.texts("tipping.undecided"), "color": look.theme.background,
        "itemStyle": {"color": "transparent", "borderColor": look.theme.quiet, "borderWidth": 1},
        "data": [_datum(each) for each in cells if not each["leader"]],
        "label": {"show": True, "formatter": "?", "color": look.theme.quiet, "fontSize": look.size},
        "emphasis": {"scale": 1.08},
    }  # fmt: skip


def _datum(cell: dict[str, Any]) -> dict[str, Any]:
    return {"value": [*cell["place"], number(cell["size"], 3)], "name": cell["lead"], "said": cell["said"]}


def _nearest(values: Sequence[float], wanted: float) -> int:
    return min(range(len(values)), key=lambda place: abs(values[place] - wanted))
