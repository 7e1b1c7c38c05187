"""Curves of regimes over time: bold the present setting, pale the one before, bands where many seeds were run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.comparison import student_quantile
from analysis.dashboard.charts.look import Look, Option, blank, dashes, legend, number, time_axis, value_axis

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """Mean over seeds and its 95% interval, shapes (steps + 1,)."""

    mean: Values
    low: Values
    high: Values

    @classmethod
    def of(cls, runs: Sequence[Values]) -> Band:
        """Make a band of at least two runs of one length."""
        values = np.stack(runs)
        mean = values.mean(axis=0)
        reach = student_quantile(len(values)) * values.std(axis=0, ddof=1) / np.sqrt(len(values))
        return cls(mean, mean - reach, mean + reach)


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
        Values of each regime, not a number where a run has not come yet.
    before
        Values under the setting before, means where there are bands; empty for no ghost.
    bands
        Bands of regimes; they take the place of single lines.
    marks
        Events.
    """

    steps: int
    now: Mapping[str, Values]
    before: Mapping[str, Values] = field(default_factory=dict)
    bands: Mapping[str, Band] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()


def curves(shown: Curves, label: str, look: Look) -> Option:
    """Draw one observable of all regimes.

    Parameters
    ----------
    shown
        What is drawn.
    label
        Name of the observable.
    look
        How it looks.
    """
    texts, regimes = look.texts, tuple(shown.now)
    description = texts(
        "charts.curves", label=label, regimes=", ".join(map(texts.regime, regimes)), steps=shown.steps
    )
    ends = {name: band.mean for name, band in shown.bands.items()} or shown.now
    description = " ".join(filter(None, (description, _ends(ends, look))))
    series: list[Option] = []
    for regime in regimes:
        series += _of_regime(regime, shown, look)
    if series and shown.marks:
        series[0]["markLine"] = _marks(shown.marks, look)
    names = [texts.regime(regime) for regime in regimes]
    return blank(look, description) | {
        "legend": legend(look, names, look.size + 1, itemWidth=40, itemStyle={"opacity": 0}),
        "grid": {
            "left": 12, "right": 28, "top": 8 + 1.5 * look.size, "bottom": 1.8 * look.size, "containLabel": True,
        },
        "tooltip": {"trigger": "axis", "confine": True, "axisPointer": {"type": "line"}},
        "xAxis": time_axis(look, shown.steps, texts("charts.quarter")),
        "yAxis": value_axis(look),
        "series": series,
    }  # fmt: skip


def _ends(values: Mapping[str, Values], look: Look) -> str:
    """Say where curves end, the highest first, as far as they have come."""
    come = {regime: each[np.isfinite(each)] for regime, each in values.items()}
    last = {regime: (len(each) - 1, float(each[-1])) for regime, each in come.items() if len(each)}
    if not last:
        return ""
    order = sorted(last, key=lambda regime: -last[regime][1])
    listed = ", ".join(f"{look.texts.regime(name)} {look.texts.number(last[name][1])}" for name in order)
    return look.texts("charts.ends", step=min(step for step, _ in last.values()), values=listed)


def _of_regime(regime: str, shown: Curves, look: Look) -> list[Option]:
    colour = look.colour(regime, tuple(shown.now))
    name = look.texts.regime(regime)
    band = shown.bands.get(regime)
    values = band.mean if band is not None else shown.now[regime]
    line = {
        **_line(f"line:{regime}", values, colour, look.width, dashes(regime)),
        "name": name, "z": 5, "emphasis": {"focus": "series"},
    }  # fmt: skip
    found = [line]
    if regime in shown.before:
        ghost = _line(f"ghost:{regime}", shown.before[regime], colour, look.width * 0.7, dashes(regime))
        ghost["lineStyle"]["opacity"] = 0.32
        found.append({**ghost, "silent": True, "z": 2})
    if band is not None:
        found += _band(regime, band, colour)
    return found


def _line(identity: str, values: Values, colour: str, width: float, pattern: Any) -> Option:
    return {
        "id": identity, "type": "line", "symbol": "none", "data": points(values), "color": colour,
        "lineStyle": {"color": colour, "width": width, "type": pattern},
    }  # fmt: skip


def _band(regime: str, band: Band, colour: str) -> list[Option]:
    """Stack a transparent area and a pale one; values below zero need that all are stacked alike."""
    shared = {
        "type": "line", "stack": f"band:{regime}", "stackStrategy": "all", "showSymbol": False, "silent": True,
        "lineStyle": {"opacity": 0}, "color": colour,
    }  # fmt: skip
    return [
        {**shared, "id": f"low:{regime}", "data": points(band.low)},
        {
            **shared, "id": f"high:{regime}", "data": points(band.high - band.low),
            "areaStyle": {"color": colour, "opacity": 0.2},
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
    measures: Mapping[str, Mapping[str, Values]],
    labels: Mapping[str, str],
    steps: int,
    look: Look,
) -> Option:
    """Draw several observables as small panels: no ranking is shown on one of them alone.

    Parameters
    ----------
    measures
        Values of each regime for each observable.
    labels
        Names of the observables.
    steps
        Horizon.
    look
        How it looks.
    """
    columns = 1 if look.narrow else 3
    rows = -(-len(measures) // columns)
    width, height = 100 / columns, 100 / rows
    room = height * 0.18
    told = [f"{labels[name]}: {_ends(values, look)}" for name, values in measures.items()]
    description = " ".join((look.texts("charts.small", labels=", ".join(labels.values())), *told))
    option = blank(look, description) | {
        "title": [], "grid": [], "xAxis": [], "yAxis": [], "series": [],
        "tooltip": {"trigger": "axis", "confine": True},
    }  # fmt: skip
    for place, (measure, values) in enumerate(measures.items()):
        left, top = width * (place % columns), height * (place // columns)
        option["title"].append({
            "text": labels[measure], "left": f"{left + 1}%", "top": f"{top}%",
            "textStyle": {"color": look.theme.text, "fontSize": look.size, "fontWeight": 600},
        })  # fmt: skip
        option["grid"].append({
            "left": f"{left + 1}%", "top": f"{top + room}%", "width": f"{width - 3}%",
            "height": f"{height - room - 2}%", "containLabel": True,
        })  # fmt: skip
        option["xAxis"].append(time_axis(look, steps, gridIndex=place))
        option["yAxis"].append(value_axis(look, gridIndex=place, splitNumber=3))
        for regime, each in values.items():
            colour = look.colour(regime, tuple(values))
            line = _line(f"line:{measure}:{regime}", each, colour, look.width * 0.75, dashes(regime))
            option["series"].append({
                **line, "name": look.texts.regime(regime), "xAxisIndex": place, "yAxisIndex": place,
            })  # fmt: skip
    return option
