"""Points of a sweep that a user chose: a table, or a CSV file, with a column for each factor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.axes import find_axis
from analysis.studies.sweep.factors import Factor
from analysis.studies.sweep.sampling import POINT
from model.scenario import Scenario


def read_points(points: Path | pd.DataFrame | None) -> tuple[pd.DataFrame, str]:
    """Read the table of points, and say where it is from, for messages."""
    if points is None:
        raise RequestError("design points: name a CSV file of points, with a column for each factor.")
    if isinstance(points, pd.DataFrame):
        return _with_rows(points, "points"), "points"
    try:
        table = pd.read_csv(points, skipinitialspace=True)
    except FileNotFoundError:
        raise RequestError(f"{points}: there is no such file.") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise RequestError(f"{points}: cannot be read as CSV ({error}).") from None
    return _with_rows(table, str(points)), str(points)


def _with_rows(table: pd.DataFrame, label: str) -> pd.DataFrame:
    if table.empty:
        raise RequestError(f"{label}: has no rows; each row is a point.")
    # Blanks around commas are those of people, not of names.
    table = table.rename(columns=lambda name: str(name).strip())
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise RequestError(f"{label}: column {twice[0]!r} is there twice; leave one out.")
    return _in_order(table, label).apply(_plain)


def _in_order(table: pd.DataFrame, label: str) -> pd.DataFrame:
    """Put points in the order of their own numbers, which are those that results will have, or refuse others."""
    if POINT not in table.columns:
        return table
    numbers = pd.to_numeric(table[POINT], errors="coerce")
    if sorted(numbers) != list(range(len(table))):
        given = ", ".join(map(str, table[POINT].head(4)))
        raise RequestError(
            f"{label}: column {POINT!r} has {given}{' ...' if len(table) > 4 else ''}; points are numbered from 0 to "
            f"{len(table) - 1}. Number them so, or leave the column out: points keep the order of their rows."
        )
    return table.iloc[numbers.argsort()].drop(columns=POINT).reset_index(drop=True)


def _plain(column: pd.Series[Any]) -> pd.Series[Any]:
    """Give a column of objects its own type: numbers, or true and false, however they were put in."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if not (pd.api.types.is_object_dtype(column) or isinstance(column.dtype, pd.StringDtype)):
        return column
    column = column.map(lambda value: value.strip() if isinstance(value, str) else value)
    told = column.dropna()
    words = {str(value).strip().casefold() for value in told}
    if words and words <= {"true", "false"}:
        return column.map(lambda value: value if pd.isna(value) else str(value).strip().casefold() == "true")
    if any(isinstance(value, bool | np.bool_) for value in told):
        return column
    numbers = pd.to_numeric(column, errors="coerce")
    return numbers if len(told) and numbers[told.index].notna().all() else column


def column_range(table: pd.DataFrame, name: str, label: str) -> Any:
    """Give the range of a column of points, or its values where they are no numbers."""
    column = table[name]
    empty = column.index[column.isna()]
    if len(empty):
        raise RequestError(f"{label}, row {empty[0] + 2}, {name}: is empty; give every point a value.")
    if (column == column.iloc[0]).all():
        value = column.iloc[0]
        raise RequestError(
            f"{label}: {name} is {value} at every point, so it is no factor; leave the column out and set it by "
            f"--set {name}={str(value).lower() if isinstance(value, bool | np.bool_) else value}."
        )
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return [float(column.min()), float(column.max())]
    return [value if isinstance(value, str) else bool(value) for value in column.unique()]


def check_whole(table: pd.DataFrame, scenario: Scenario, label: str) -> None:
    """Refuse points that have fractions where only whole numbers can be.

    Raises
    ------
    RequestError
        If one of them is no whole number; says where.
    """
    for name in table.columns:
        column = table[name]
        if not pd.api.types.is_numeric_dtype(column) or not _is_whole(name, scenario):
            continue
        broken = column.index[column.notna() & (column != column.round())]
        if len(broken):
            raise RequestError(
                f"{label}, row {broken[0] + 2}, {name}: {column[broken[0]]:g} is no whole number; write one."
            )


def _is_whole(name: str, scenario: Scenario) -> bool:
    try:
        return find_axis(name, scenario).whole
    except RequestError:
        # Whoever reads the factors tells what is wrong with the name.
        return False


def converted(table: pd.DataFrame, factors: Sequence[Factor]) -> pd.DataFrame:
    """Give the points with whole numbers where a factor is whole."""
    return table.astype({factor.name: "int64" for factor in factors if factor.whole})
