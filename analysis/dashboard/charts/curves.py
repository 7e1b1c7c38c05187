"""Curves of regimes over time: bold the present setting, pale the one before, bands where many seeds were run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.dashboard.charts.look import Look, Option, blank, dashes, number, time_axis, value_axis
from analysis.dashboard.state.reading import Line

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Mark:
    """Something that happens at a step."""

    step: int
    label: str


@dataclass(frozen=True)
class Curves:
    """What is drawn of one observable.

    Attributes
    ----------
    steps
        Horizon.
    now
        Line of each regime, with its band where there is one; not a number where a run has not come yet.
    before
        Values under the setting before; empty for no ghost.
    labels
        What stands at the end of each line.
    percent
        Whether values are percentages, which are written with their sign.
    marks
        Events.
    """

    steps: int
    now: Mapping[str, Line]
    before: Mapping[str, Values] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    percent: bool = False
    marks: tuple[Mark, ...] = ()


def curves(shown: Curves, description: str, look: Look, regimes: tuple[str, ...] = ()) -> Option:
    """Draw one observable of all regimes.

    Parameters
    ----------
    shown
        What is drawn.
    description
        The chart in words, for those who do not see it.
    look
        How it looks.
    regimes
        Regimes among which colours are shared out; those that are drawn by default.
    """
    among = regimes or tuple(shown.now)
    series: list[Option] = []
    for regime in shown.now:
        series += _of_regime(regime, shown, look, among)
    if series and shown.marks:
        series[0]["markLine"] = _marks(shown.marks, look)
    ends = [
        {"series": f"line:{regime}", "text": text, "colour": look.colour(regime, among)}
        for regime, text in shown.labels.items()
    ]
    return blank(look, description) | {
        "kf": {"ends": ends, "percent": shown.percent},
        "grid": {"left": 12, "right": 28, "top": 12, "bottom": 1.8 * look.size, "containLabel": True},
        "tooltip": {"trigger": "axis", "confine": True, "axisPointer": {"type": "line"}},
        "xAxis": time_axis(look, shown.steps, look.texts("charts.quarter")),
        "yAxis": value_axis(look),
        "series": series,
    }


def told_ends(lines: Mapping[str, Line], look: Look) -> str:
    """Say where lines end, the highest first, as far as they have come."""
    come = {regime: np.flatnonzero(np.isfinite(line.mean)) for regime, line in lines.items()}
    last = {regime: int(steps[-1]) for regime, steps in come.items() if len(steps)}
    if not last:
        return ""
    order = sorted(last, key=lambda regime: -lines[regime].end)
    listed = ", ".join(f"{look.texts.regime(name)} {look.texts.number(lines[name].end)}" for name in order)
    return look.texts("charts.ends", step=min(last.values()), values=listed)


def _of_regime(regime: str, shown: Curves, look: Look, among: tuple[str, ...]) -> list[Option]:
    colour = look.colour(regime, among)
    line = shown.now[regime]
    found = [
        {
            **_line(f"line:{regime}", line.mean, colour, look.width, dashes(regime)),
            "name": look.texts.regime(regime), "z": 5, "emphasis": {"focus": "series"},
        }
    ]  # fmt: skip
    if regime in shown.before:
        ghost = _line(f"ghost:{regime}", shown.before[regime], colour, look.width * 0.7, dashes(regime))
        ghost["lineStyle"]["opacity"] = 0.32
        found.append({**ghost, "silent": True, "z": 2})
    if line.low is not None and line.high is not None:
        found += _band(regime, line.low, line.high, colour)
    return found


def _line(identity: str, values: Values, colour: str, width: float, pattern: Any) -> Option:
    return {
        "id": identity, "type": "line", "symbol": "none", "data": points(values), "color": colour,
        "lineStyle": {"color": colour, "width": width, "type": pattern},
    }  # fmt: skip


def _band(regime: str, low: Values, high: Values, colour: str, **more: Any) -> list[Option]:
    """Stack a transparent area and a pale one; values below zero need that all are stacked alike."""
    shared = {
        "type": "line", "stack": f"band:{regime}", "stackStrategy": "all", "showSymbol": False, "silent": True,
        "lineStyle": {"opacity": 0}, "color": colour, **more,
    }  # fmt: skip
    return [
        {**shared, "id": f"low:{regime}", "data": points(low)},
        {
            **shared, "id": f"high:{regime}", "data": points(high - low),
            "areaStyle": {"color": colour, "opacity": 0.16},
        },
    ]  # fmt: skip


def points(values: Values) -> list[float | None]:
    """Write values for the browser; those that have not come yet are gaps."""
    return [number(float(value)) for value in values]


def _marks(marks: Sequence[Mark], look: Look) -> Option:
    return {
        "symbol": "none", "silent": True,
        "lineStyle": {"color": look.theme.quiet, "type": "dashed", "width": 1.5},
        "label": {"color": look.theme.quiet, "fontSize": look.size - 1, "position": "insideEndTop", "formatter": "{b}"},
        "data": [{"xAxis": mark.step, "name": mark.label} for mark in marks],
    }  # fmt: skip


def small_multiples(
    measures: Mapping[str, Mapping[str, Line]],
    labels: Mapping[str, str],
    steps: int,
    look: Look,
    percent: Mapping[str, bool],
) -> Option:
    """Draw several observables as small panels: no ranking is shown on one of them alone.

    Parameters
    ----------
    measures
        Line of each regime for each observable.
    labels
        Names of the observables.
    steps
        Horizon.
    look
        How it looks.
    percent
        Which observables are drawn in percent.
    """
    columns = 1 if look.narrow else 3
    rows = -(-len(measures) // columns)
    width, height = 100 / columns, 100 / rows
    room = height * 0.18
    told = [f"{labels[name]}: {told_ends(lines, look)}" for name, lines in measures.items()]
    description = " ".join((look.texts("charts.small", labels=", ".join(labels.values())), *told))
    option = blank(look, description) | {
        "title": [], "grid": [], "xAxis": [], "yAxis": [], "series": [],
        "tooltip": {"trigger": "axis", "confine": True},
        "kf": {"ends": [], "percent": [percent[name] for name in measures]},
    }  # fmt: skip
    for place, (measure, lines) in enumerate(measures.items()):
        left, top = width * (place % columns), height * (place // columns)
        option["title"].append({
            "text": labels[measure], "left": f"{left + 1}%", "top": f"{top}%",
            "textStyle": {"color": look.theme.text, "fontSize": look.size, "fontWeight": 600},
        })  # fmt: skip
        option["grid"].append({
            "left": f"{left + 1}%", "top": f"{top + room}%", "width": f"{width - (7 if look.narrow else 3)}%",
            "height": f"{height - room - 2}%", "containLabel": True,
        })  # fmt: skip
        option["xAxis"].append(time_axis(look, steps, gridIndex=place))
        option["yAxis"].append(value_axis(look, gridIndex=place, splitNumber=3))
        option["series"] += _panel(measure, lines, place, look)
    return option


def _panel(measure: str, lines: Mapping[str, Line], place: int, look: Look) -> list[Option]:
    found: list[Option] = []
    where = {"xAxisIndex": place, "yAxisIndex": place}
    for regime, each in lines.items():
        colour = look.colour(regime, tuple(lines))
        line = _line(f"line:{measure}:{regime}", each.mean, colour, look.width * 0.75, dashes(regime))
        found.append({**line, "name": look.texts.regime(regime), **where})
        if each.low is not None and each.high is not None:
            found += _band(f"{measure}:{regime}", each.low, each.high, colour, **where)
    return found
