"""Sliders and switches, made from the declarations of the model: unit, help and bounds are those of the schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from analysis.dashboard.state.limits import MOST_FIRMS, MOST_STEPS
from analysis.dashboard.state.view import Value
from analysis.errors import RequestError
from analysis.runs.axes import NAMED, Axis, find_axis
from model.scenario import Scenario
from model.spec.declarations import Declaration, declarations

REGION = ("absorptive_capacity", "openness", "recombination", "relatedness", "variety", "size_of_region")
POLICY = ("budget", "horizon")
SWITCHES = ("targeting", "links", "scope", "search", "policy_driven")
NOTCHES = 40
"""Positions of a slider over a range without whole numbers."""

_CAPS = {"size_of_region": MOST_FIRMS, "horizon": MOST_STEPS}


@dataclass(frozen=True)
class Control:
    """Something that can be set.

    Attributes
    ----------
    name
        Named axis, or dotted key of a parameter.
    kind
        ``"range"``, ``"choice"`` or ``"switch"``.
    base
        Value that the scenario says.
    points
        Positions of a slider, the base among them, or the values of a choice.
    low, high
        Bounds of the schema.
    whole
        Whether values are whole numbers.
    unit, help, source
        What the schema says of it.
    """

    name: str
    kind: str
    base: Value
    points: tuple[Value, ...] = ()
    low: float | None = None
    high: float | None = None
    whole: bool = False
    unit: str = ""
    help: str = ""
    source: str = ""


def axis_controls(names: Sequence[str], base: Scenario) -> tuple[Control, ...]:
    """Give the named axes that mean something in a scenario as controls.

    Parameters
    ----------
    names
        Names of axes.
    base
        Scenario without changes.
    """
    found = []
    for name in names:
        try:
            axis = find_axis(name, base)
        except RequestError:
            # It multiplies what is zero in this scenario.
            continue
        found.append(_axis_control(axis, base))
    return tuple(found)


def _axis_control(axis: Axis, base: Scenario) -> Control:
    named = NAMED[axis.name]
    value = 1.0 if named.relative else float(value_of(base, axis.keys[0]))
    lowest, highest = axis.bounds.ge, axis.bounds.le
    cap = _CAPS.get(axis.name)
    if cap is not None:
        highest = min(cap, highest if highest is not None else cap)
    points = _points(
        axis.low, min(axis.high, highest or axis.high), value, whole=axis.whole, geometric=axis.geometric
    )
    source = ", ".join(dict.fromkeys(_declared(key).source for key in axis.keys))
    return Control(
        axis.name, "range", int(value) if axis.whole else value, points, lowest, highest, axis.whole,
        axis.unit, named.meaning, source,
    )  # fmt: skip


def regime_controls(regime: str, base: Scenario) -> tuple[Control, ...]:
    """Give the parameters of a regime as controls, those switches first that separate regimes.

    Parameters
    ----------
    regime
        Name of a regime of the scenario.
    base
        Scenario without changes.
    """
    spec = base.regimes[regime]
    prefix = f"regimes.{spec.kind}."
    found = [
        _parameter_control(declared, f"regimes.{regime}.{declared.name}", getattr(spec, declared.name))
        for declared in declarations(Scenario)
        if declared.key.startswith(prefix) and declared.name != "kind" and hasattr(spec, declared.name)
    ]
    order = {name: place for place, name in enumerate(SWITCHES)}
    wanted = [control for control in found if control is not None]
    return tuple(sorted(wanted, key=lambda control: order.get(control.name.rpartition(".")[2], len(order))))


def _parameter_control(declared: Declaration, name: str, value: Any) -> Control | None:
    shared: dict[str, Any] = {
        "unit": "" if declared.unit == "1" else declared.unit,
        "help": declared.description,
        "source": declared.source,
    }
    if declared.kind == "choice":
        return Control(name, "choice", value, declared.choices, **shared)
    if declared.kind == "switch":
        return Control(name, "switch", value, **shared)
    if declared.kind not in {"integer", "number"}:
        return None
    bounds, whole = declared.bounds, declared.kind == "integer"
    lowest = bounds.ge if bounds.ge is not None else (bounds.gt or 0.0)
    highest = bounds.le if bounds.le is not None else (bounds.lt or max(1.0, 4 * value))
    low = lowest if bounds.gt is None else min(value, lowest + (highest - lowest) / 100)
    # Nobody wants a slider from 1 to 10 000 when 4 is usual; the box beside it takes all that the schema does.
    reach = min(highest, max(4.0 * value, low + (12 if whole else 1.0)))
    return Control(
        name, "range", value, _points(low, reach, value, whole=whole), lowest, highest, whole,
        **shared,
    )  # fmt: skip


def _points(
    low: float, high: float, value: float, *, whole: bool, geometric: bool = False
) -> tuple[Value, ...]:
    count = NOTCHES + 1
    spaced = np.geomspace(low, high, count) if geometric and low > 0 else np.linspace(low, high, count)
    if whole:
        integers = {round(each) for each in spaced} | {int(value)}
        return tuple(sorted(integers))
    rounded = {float(f"{each:.3g}") for each in spaced} | {float(value)}
    return tuple(sorted(rounded))


def value_of(scenario: Scenario, key: str) -> Any:
    """Give the value of a parameter by its dotted key."""

    def step(node: Any, part: str) -> Any:
        # An instrument that a table of shares does not name has none.
        return node.get(part, 0.0) if isinstance(node, dict) else getattr(node, part)

    return reduce(step, key.split("."), scenario)


def _declared(key: str) -> Declaration:
    return next(each for each in declarations(Scenario) if each.key == key)
