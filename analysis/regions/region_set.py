"""A folder of regions: tables of what they do, in which domains, and how these are related."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
import tomli_w

from analysis.errors import RequestError
from model.loading import ScenarioError, read_section
from model.loading.reading import shown
from model.spec.kinds import Name, Text
from model.spec.section import Section, parameter

Measure = Literal["employment", "firms", "patents", "exports"]
MEASURES: tuple[str, ...] = get_args(Measure)

ABOUT, REGIONS, DOMAINS = "about.toml", "regions.csv", "domains.csv"
AMOUNTS, AMOUNTS_BEFORE, RELATEDNESS = "amounts.csv", "amounts_before.csv", "relatedness.csv"
DECIMALS = 4

CONDITIONS = ("population", "gdp_per_head", "household_income", "unemployment", "patents")
"""What may be known of a region beside its domains: persons, EUR, purchasing power standards, %, per million."""


class About(Section):
    """What the tables of a folder are, and where they come from."""

    title: Name = parameter(..., "What the regions are called together.")
    measure: Measure = parameter("employment", "What the amounts are.")
    period: Text = parameter("", "When it was measured.", max_length=40)
    period_before: Text = parameter("", "When the amounts before were measured.", max_length=40)
    source: Text = parameter("", "Who is to be named for the data, and how it was changed.", max_length=2000)


@dataclass(frozen=True)
class RegionSet:
    """Regions that were measured in the same way.

    Attributes
    ----------
    about
        What the tables are.
    regions
        One row a region, indexed by code: ``name``, ``name_english``, ``country``, and of ``CONDITIONS`` what
        is known.
    domains
        One row a domain, indexed by code: ``name``, ``sector``, ``sector_name``, ``unit_size`` (employees of a
        mean unit) and ``complexity`` (standardised).
    amounts
        Regions x domains, blank (NaN) where not published.
    relatedness
        Domains x domains, in [0, 1], symmetric with zero diagonal.
    before
        Amounts of an earlier period, or None.
    """

    about: About
    regions: pd.DataFrame
    domains: pd.DataFrame
    amounts: pd.DataFrame
    relatedness: pd.DataFrame
    before: pd.DataFrame | None = None

    def write(self, folder: Path) -> None:
        """Write the tables; the same tables always give the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ABOUT).write_text(
            tomli_w.dumps(self.about.model_dump(mode="json")), encoding="utf-8", newline="\n"
        )
        tables = {
            REGIONS: self.regions,
            DOMAINS: self.domains.round({"complexity": DECIMALS}),
            AMOUNTS: self.amounts,
            RELATEDNESS: self.relatedness.round(DECIMALS),
        }
        if self.before is not None:
            tables[AMOUNTS_BEFORE] = self.before
        for name, table in tables.items():
            whole = table.apply(_whole_where_possible)
            whole.to_csv(folder / name, index_label="code", encoding="utf-8", lineterminator="\n")


def _whole_where_possible(column: pd.Series[Any]) -> pd.Series[Any]:
    """Write 12 rather than 12.0, and leave what is not known blank."""
    if column.dtype.kind != "f" or not np.all(np.isnan(column) | (column == np.round(column))):
        return column
    return column.astype("Int64")


def read_region_set(folder: Path) -> RegionSet:
    """Read a folder of regions.

    Parameters
    ----------
    folder
        A folder that was shipped or imported, possibly edited by hand.

    Returns
    -------
    RegionSet
        Its tables, which agree with each other.

    Raises
    ------
    RequestError
        If a table is missing or does not fit the others; names file, row and column.
    """
    try:
        about = read_section(folder / ABOUT, About)
    except ScenarioError as error:
        raise RequestError(str(error)) from None
    regions = _table(folder / REGIONS, text=("name", "name_english", "country"))
    domains = _table(folder / DOMAINS, text=("name", "sector", "sector_name"))
    _require(folder / REGIONS, regions, ("name",))
    _require(folder / DOMAINS, domains, ("name", "sector", "sector_name", "unit_size", "complexity"))
    amounts = _amounts(folder / AMOUNTS, regions.index, domains.index)
    relatedness = _table(folder / RELATEDNESS)
    _same(folder / RELATEDNESS, "row", relatedness.index, domains.index)
    _same(folder / RELATEDNESS, "column", relatedness.columns, domains.index)
    _within(folder / RELATEDNESS, relatedness, 0.0, 1.0)
    before = folder / AMOUNTS_BEFORE
    return RegionSet(
        about=about,
        regions=regions,
        domains=domains,
        amounts=amounts,
        relatedness=relatedness.loc[domains.index, domains.index],
        before=_amounts(before, None, domains.index) if before.exists() else None,
    )


def _amounts(path: Path, regions: pd.Index | None, domains: pd.Index) -> pd.DataFrame:
    table = _table(path)
    _same(path, "column", table.columns, domains)
    if regions is not None:
        _same(path, "row", table.index, regions)
        table = table.loc[regions]
    _within(path, table, 0.0, np.inf)
    return table.loc[:, domains]


def _table(path: Path, text: Iterable[str] = ()) -> pd.DataFrame:
    """Read a table whose first column is a code, and everything not called text a number."""
    try:
        # "NA" is a region's code somewhere, and a blank is a blank.
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        raise RequestError(f"{shown(path)}: there is no such file; import the regions again.") from None
    except (OSError, ValueError) as error:
        raise RequestError(f"{shown(path)}: cannot be read as a table ({error}).") from None
    table = table.set_index(table.columns[0])
    table.index.name = "code"
    twice = table.index[table.index.duplicated()]
    if len(twice):
        raise RequestError(f"{shown(path)}: {twice[0]!r} is there twice; leave one row of it.")
    for column in table.columns.difference(list(text)):
        table[column] = _numbers(path, table[column], str(column))
    return table


def _numbers(path: Path, column: pd.Series[Any], name: str) -> pd.Series[Any]:
    filled = column.where(column.str.strip() != "")
    numbers = pd.to_numeric(filled, errors="coerce").astype(float)
    wrong = column[(numbers.isna() & filled.notna()) | np.isinf(numbers)]
    if len(wrong):
        raise RequestError(
            f"{shown(path)}: row {wrong.index[0]!r}, column {name!r}: {wrong.iloc[0]!r} is no number; "
            "write a number, or leave the cell blank if it is not known."
        )
    return numbers


def _require(path: Path, table: pd.DataFrame, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in table.columns:
            raise RequestError(f"{shown(path)}: has no column {column!r}; it has {', '.join(table.columns)}.")
        blank = table.index[table[column].isna() | (table[column].astype(str).str.strip() == "")]
        if len(blank):
            raise RequestError(f"{shown(path)}: row {blank[0]!r}, column {column!r}: must not be blank.")


def _same(path: Path, what: str, found: pd.Index, wanted: pd.Index) -> None:
    for codes, words in ((wanted.difference(found), "is missing"), (found.difference(wanted), "is unknown")):
        if len(codes):
            raise RequestError(
                f"{shown(path)}: {what} {codes[0]!r} {words}; {REGIONS} and {DOMAINS} say which there are."
            )


def _within(path: Path, table: pd.DataFrame, low: float, high: float) -> None:
    values = table.to_numpy()
    places = np.argwhere((values < low) | (values > high))
    if len(places):
        row, column = places[0]
        rule = f"from {low:g} to {high:g}" if np.isfinite(high) else f"at least {low:g}"
        raise RequestError(
            f"{shown(path)}: row {table.index[row]!r}, column {table.columns[column]!r}: "
            f"{values[row, column]:g} must be {rule}."
        )
