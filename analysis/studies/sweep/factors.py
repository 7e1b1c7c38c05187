"""What a sweep varies: a factor and the values that it may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from analysis.errors import RequestError
from analysis.runs.axes import NAMED, Settings, find_axis
from analysis.runs.ranges import parse_sweep
from model.scenario import Scenario
from model.spec import phrases

COUNT = 5
"""Values on a grid when a factor does not say how many."""

MOST_LISTED = 200
Value = float | int | bool | str


@dataclass(frozen=True)
class Factor:
    """One condition that a sweep varies.

    Attributes
    ----------
    name
        Named axis (see `analysis.runs.axes.NAMED`) or dotted key of a parameter.
    label, unit
        What to write beside it in a figure.
    low, high
        Ends of its range; of the places in the list where values are listed.
    count
        Values on a grid.
    whole
        Whether values are whole numbers.
    geometric
        Whether the range is filled by ratio, not by difference.
    values
        Listed values, numbers or not; None for a range.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    count: int = COUNT
    whole: bool = False
    geometric: bool = False
    values: tuple[Value, ...] | None = None

    def at(self, unit: float) -> Value:
        """Give the value at a place between 0 (its low end) and 1.

        Parameters
        ----------
        unit
            Place, from 0 to 1.

        Returns
        -------
        float, int, bool or str
            A value of the factor; with listed values, the one whose share of the way the place falls into.
        """
        if self.values is not None:
            return self.values[min(int(unit * len(self.values)), len(self.values) - 1)]
        if self.whole:
            # Each whole number gets an equal share of the way.
            return int(min(self.low + np.floor(unit * (self.high - self.low + 1)), self.high))
        if self.geometric:
            return _short(self.low * (self.high / self.low) ** unit, self.low, self.high)
        return _short(self.low + unit * (self.high - self.low), self.low, self.high)

    def grid(self) -> tuple[Value, ...]:
        """Give its values on a grid, rising; those listed, in their order."""
        if self.values is not None:
            return self.values
        spaced = (np.geomspace if self.geometric else np.linspace)(self.low, self.high, self.count)
        if self.whole:
            return tuple(sorted({round(float(value)) for value in spaced}))
        return (self.low, *(_short(float(value), self.low, self.high) for value in spaced[1:-1]), self.high)

    def range_in_words(self) -> str:
        """Write its values: ``"0.5 to 1.5"``, or those listed."""
        if self.values is not None:
            return ", ".join(map(str, self.values))
        return f"{self.low:g} to {self.high:g}"

    def setter(self, scenario: Scenario) -> Callable[[Value], Settings]:
        """Give what says which parameters a value stands for in a scenario, by dotted key."""
        if self.values is not None and not _numbers(self.values):
            return lambda value: {self.name: value}
        axis = find_axis(self.name, scenario)
        return lambda value: axis.settings(float(value))

    def as_record(self) -> dict[str, Any]:
        """Give all of it as plain data; ``Factor.from_record`` reads it."""
        record = asdict(self)
        return {**record, "values": None if self.values is None else list(self.values)}

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> Factor:
        """Make a factor from what ``as_record`` gave."""
        values = record["values"]
        return Factor(**{**record, "values": None if values is None else tuple(values)})


def parse_factor(option: str, name: str, values: object, scenario: Scenario) -> Factor:
    """Read a factor as a user writes it.

    Parameters
    ----------
    option
        Where it was written, for messages: ``"--factor"``, or file and table.
    name
        Named axis or dotted key.
    values
        ``"LOW:HIGH"``, ``"LOW:HIGH:COUNT"`` or ``"A,B,C"``; a list of values; a table with ``low``, ``high``
        and ``count``; None for the range that the axis has by itself.
    scenario
        Scenario in which it is varied.

    Returns
    -------
    Factor
        The factor.

    Raises
    ------
    RequestError
        If there is no such factor, or it cannot take such values.
    """
    if isinstance(values, str) and "," in values:
        values = [_value(part.strip()) for part in values.split(",")]
    if isinstance(values, Mapping):
        values = _range_text(option, name, values)
    if isinstance(values, Sequence) and not isinstance(values, str):
        return _listed(option, name, tuple(values), scenario)
    if values is not None and not isinstance(values, str):
        raise RequestError(
            f"{option} {name} = {phrases.value(values)}: must be LOW:HIGH:COUNT in quotes, a list of values, "
            f"or a table with low, high and count."
        )
    text = name if values is None else f"{name}={values}"
    sweep = parse_sweep(option, text, scenario, _count(text, scenario))
    axis = sweep.axis
    return Factor(
        axis.name, axis.label, axis.unit, sweep.points[0], sweep.points[-1], len(sweep.points), axis.whole,
        axis.geometric and sweep.points[0] > 0,
    )  # fmt: skip


def _listed(option: str, name: str, values: tuple[Any, ...], scenario: Scenario) -> Factor:
    where = f"{option} {name}"
    if not 2 <= len(values) <= MOST_LISTED:
        raise RequestError(f"{where}: lists {len(values)} values; a factor has from 2 to {MOST_LISTED}.")
    if len(set(map(repr, values))) < len(values):
        raise RequestError(f"{where}: a value is listed twice, and would count twice.")
    if not all(isinstance(value, bool | int | float | str) for value in values):
        raise RequestError(f"{where}: values are numbers, texts, true or false.")
    if not _numbers(values):
        _refuse_named(where, name)
        label = name.rpartition(".")[2].replace("_", " ")
        return Factor(
            name, label[:1].upper() + label[1:], "", 0, len(values) - 1, len(values), values=tuple(values)
        )
    low, high = min(values), max(values)
    # Reads the axis and checks both ends against its bounds.
    sweep = parse_sweep(option, f"{name}={low}:{high}:2", scenario, 2)
    axis = sweep.axis
    if axis.whole and any(value != round(value) for value in values):
        raise RequestError(f"{where}: {axis.name} is a whole number.")
    chosen = tuple(int(value) if axis.whole else float(value) for value in values)
    return Factor(axis.name, axis.label, axis.unit, low, high, len(values), axis.whole, values=chosen)


def _count(text: str, scenario: Scenario) -> int:
    """Say how many values a range has that does not say it: no more than there are whole numbers in it."""
    name, _, ends = text.partition("=")
    try:
        low, high = map(float, ends.split(":"))
        whole = find_axis(name, scenario).whole
    except (ValueError, RequestError):
        # Whoever reads all of it tells what is wrong.
        return COUNT
    return max(2, min(COUNT, int(high - low) + 1)) if whole else COUNT


def _refuse_named(where: str, name: str) -> None:
    if name in NAMED:
        raise RequestError(f"{where}: takes numbers, such as {NAMED[name].low}:{NAMED[name].high}:5.")


def _range_text(option: str, name: str, table: Mapping[str, Any]) -> str:
    unknown = set(table) - {"low", "high", "count"}
    if unknown or not {"low", "high"} <= set(table):
        raise RequestError(
            f"{option} {name}: a table has low, high and perhaps count"
            + (f", not {', '.join(sorted(unknown))}." if unknown else ".")
        )
    return ":".join(str(table[key]) for key in ("low", "high", "count") if key in table)


def _value(text: str) -> Value:
    if text in {"true", "false"}:
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text


def _numbers(values: Sequence[Any]) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _short(value: float, low: float, high: float) -> float:
    """Drop the last digits, which arithmetic leaves to chance, without leaving the range."""
    return min(high, max(low, float(f"{value:.12g}")))
