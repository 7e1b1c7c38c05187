"""What a table says, whatever its layout, and how its columns are called."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.sheet import Sheet

REGION = ("region", "geo", "code", "region_code", "nuts", "nuts2", "nuts_2", "nuts3", "territory")
NAME = ("name", "region_name", "geo_label", "label")
DOMAIN = ("domain", "nace", "nace_r2", "industry", "division", "activity", "class", "product", "technology", "ipc",
          "cpc", "sector", "hs", "domain_code")  # fmt: skip
VALUE = ("value", "values", "amount", "obs_value", "employment", "persons", "persons_employed", "employees", "firms",
         "patents", "exports", "count")  # fmt: skip
TIME = ("time", "year", "period", "time_period")
FIRM = ("firm", "firm_id", "company", "company_id", "enterprise", "establishment", "business", "vat")
TOTALS = ("total", "sum", "all", "total_economy")


@dataclass
class Reading:
    """What a table says.

    Attributes
    ----------
    amounts
        Regions x domains, NaN where not published.
    layout
        Layout in which it was written.
    names
        Names of regions by code, where given.
    conditions
        What else is known of regions, by code.
    unit_size
        Mean employees of a firm by domain, where firms were listed.
    period
        Period read, if the table has several.
    notes, dropped
        What was noticed, and what was left out and why.
    missing, flags
        Cells that said that nothing is published; flags met.
    measure
        What a list of firms turned out to say; empty for other layouts.
    """

    amounts: pd.DataFrame
    layout: str
    names: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, dict[str, float]] = field(default_factory=dict)
    unit_size: dict[str, float] = field(default_factory=dict)
    period: str = ""
    notes: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    missing: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)
    measure: str = ""


def plain(name: str) -> str:
    """Write the name of a column as names are looked up: without case, with underscores."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def find(sheet: Sheet, names: tuple[str, ...]) -> int | None:
    """Find the column that has one of some names; None if there is none."""
    header = [plain(name) for name in sheet.header]
    return next((header.index(name) for name in names if name in header), None)


def need(sheet: Sheet, names: tuple[str, ...], what: str) -> int:
    """Find the column that has one of some names, or refuse the table.

    Raises
    ------
    RequestError
        If there is none; says what it is to be called.
    """
    place = find(sheet, names)
    if place is None:
        raise RequestError(
            f"{sheet.label}: has no column of {what}; name one {names[0]!r} (its columns are "
            f"{', '.join(map(repr, sheet.header[:12]))})."
        )
    return place


def code_at(sheet: Sheet, row: int, column: int, what: str) -> str:
    """Read a code, which must not be blank.

    Raises
    ------
    RequestError
        If it is; says where.
    """
    code = sheet.rows[row][column]
    if not code:
        raise RequestError(f"{sheet.place(row, column)}: is blank; every row needs a {what}.")
    return code


def pivoted(cells: Mapping[tuple[str, str], float]) -> pd.DataFrame:
    """Make a table of regions x domains out of cells; NaN where there is none."""
    regions = list(dict.fromkeys(region for region, _ in cells))
    domains = list(dict.fromkeys(domain for _, domain in cells))
    places = {code: number for number, code in enumerate(regions)}
    columns = {code: number for number, code in enumerate(domains)}
    table = np.full((len(regions), len(domains)), math.nan)
    for (region, domain), amount in cells.items():
        table[places[region], columns[domain]] = amount
    return pd.DataFrame(table, regions, domains)


def table_of(sheet: Sheet, key: tuple[str, ...], what: str) -> dict[str, dict[str, Any]]:
    """Read a table of words about something by its code: each column by its plain name."""
    column = need(sheet, key, what)
    found: dict[str, dict[str, Any]] = {}
    for row in range(len(sheet.rows)):
        code = code_at(sheet, row, column, what.rstrip("s"))
        if code in found:
            raise RequestError(f"{sheet.place(row, column)}: {code!r} is there twice; leave one row of it.")
        found[code] = {plain(name): sheet.rows[row][c] for c, name in enumerate(sheet.header) if c != column}
        found[code]["row"] = row
    return found
