"""Ranges as users write them: ``budget=0.005:0.04:5`` becomes an axis and its values."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.errors import RequestError
from analysis.runs.axes import Axis, Settings, find_axis
from model.scenario import Scenario
from model.spec import phrases
from model.spec.declarations import Bounds

MOST_VALUES = 200
EXAMPLE = "NAME=LOW:HIGH:COUNT, such as budget=0.005:0.04:5"


@dataclass(frozen=True)
class Sweep:
    """An axis and the values that it takes.

    Attributes
    ----------
    axis
        What is varied.
    points
        Its values, rising.
    """

    axis: Axis
    points: tuple[float, ...]

    def settings(self, value: float) -> Settings:
        """Give the parameters that a value stands for."""
        return self.axis.settings(value)


def parse_sweep(option: str, text: str, scenario: Scenario, count: int) -> Sweep:
    """Read an axis with or without a range.

    Parameters
    ----------
    option
        Option that it was given with, for messages.
    text
        ``"NAME"``, ``"NAME=LOW:HIGH"`` or ``"NAME=LOW:HIGH:COUNT"``.
    scenario
        Scenario in which the axis is varied.
    count
        Number of values when none is given.

    Returns
    -------
    Sweep
        The axis and its values, evenly spaced, or by ratio where the axis is geometric.

    Raises
    ------
    RequestError
        If there is no such axis, or the range makes no sense for it.
    """
    name, separator, range_text = text.partition("=")
    axis = _found(option, name.strip(), scenario)
    low, high = axis.low, axis.high
    where = f"{option} {phrases.value(text)[1:-1]}"
    if separator:
        low, high, count = _numbers(where, range_text, count)
    for value in (low, high):
        if not _within(value, axis.bounds):
            raise RequestError(f"{where}: {axis.name} must be {phrases.bounds(axis.bounds)}{_unit(axis)}.")
    if low >= high:
        reason = "the scenario has it at 0" if not separator else "the first value must be below the last"
        raise RequestError(f"{where}: {reason}; write {EXAMPLE}.")
    if not 2 <= count <= MOST_VALUES:
        raise RequestError(f"{where}: the count must be from 2 to {MOST_VALUES}.")
    return Sweep(axis, _values(where, axis, low, high, count))


def _found(option: str, name: str, scenario: Scenario) -> Axis:
    try:
        return find_axis(name, scenario)
    except RequestError as error:
        raise RequestError(f"{option} {phrases.value(name)[1:-1]}: {error}") from None


def _numbers(where: str, text: str, count: int) -> tuple[float, float, int]:
    parts = [part.strip() for part in text.split(":")]
    try:
        low, high = float(parts[0]), float(parts[1])
        wanted = int(parts[2]) if len(parts) == 3 else count
    except (ValueError, IndexError):
        raise RequestError(f"{where}: a range is written {EXAMPLE}.") from None
    if len(parts) > 3 or not (math.isfinite(low) and math.isfinite(high)):
        raise RequestError(f"{where}: a range is written {EXAMPLE}.")
    return low, high, wanted


def _values(where: str, axis: Axis, low: float, high: float, count: int) -> tuple[float, ...]:
    by_ratio = axis.geometric and low > 0
    spaced = np.geomspace(low, high, count) if by_ratio else np.linspace(low, high, count)
    if not axis.whole:
        # The ends stay as they were given: rounding must not carry them across a bound.
        inner = [float(f"{value:.6g}") for value in spaced[1:-1]]
        return (low, *inner, high)
    values = sorted({float(round(value)) for value in spaced})
    if len(values) < count:
        raise RequestError(
            f"{where}: {axis.name} is a whole number, and no {count} of them lie that way from "
            f"{phrases.number(low)} to {phrases.number(high)}; ask for {max(2, len(values))} or fewer."
        )
    return tuple(values)


def _within(value: float, bounds: Bounds) -> bool:
    return (
        (bounds.ge is None or value >= bounds.ge)
        and (bounds.gt is None or value > bounds.gt)
        and (bounds.le is None or value <= bounds.le)
        and (bounds.lt is None or value < bounds.lt)
    )


def _unit(axis: Axis) -> str:
    return f" ({axis.unit})" if axis.unit else ""
