"""Points of a sweep that a user chose: a table, or a CSV file, with a column for each factor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.sweeps.factors import Factor


def read_points(points: Path | pd.DataFrame | None) -> tuple[pd.DataFrame, str]:
    """Read the table of points, and say where it is from, for messages."""
    if points is None:
        raise RequestError("design points: name a CSV file of points, with a column for each factor.")
    if isinstance(points, pd.DataFrame):
        return _with_rows(points, "points"), "points"
    try:
        table = pd.read_csv(points)
    except FileNotFoundError:
        raise RequestError(f"{points}: there is no such file.") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise RequestError(f"{points}: cannot be read as CSV ({error}).") from None
    return _with_rows(table, str(points)), str(points)


def _with_rows(table: pd.DataFrame, label: str) -> pd.DataFrame:
    if table.empty:
        raise RequestError(f"{label}: has no rows; each row is a point.")
    return table.drop(columns="point", errors="ignore")


def column_range(table: pd.DataFrame, name: str, label: str) -> Any:
    """Give the range of a column of points, or its values where they are no numbers."""
    column = table[name]
    empty = column.index[column.isna()]
    if len(empty):
        raise RequestError(f"{label}, row {empty[0] + 2}, {name}: is empty; give every point a value.")
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        low, high = float(column.min()), float(column.max())
        return [low, high] if low < high else f"{low!r}:{low!r}:2"
    return [value if isinstance(value, str) else bool(value) for value in column.unique()]


def converted(table: pd.DataFrame, factors: Sequence[Factor]) -> pd.DataFrame:
    """Give the points with whole numbers where a factor is whole."""
    whole = {factor.name: "int64" for factor in factors if factor.whole}
    return table.astype(whole)
