"""What a table says, and tables of words about regions or domains."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.entries import code_at
from analysis.regions.importing.roles import NAMES, plain
from analysis.regions.importing.sheet import Sheet


@dataclass
class Reading:
    """What a table says.

    Attributes
    ----------
    amounts
        Regions x domains, NaN where not published, without totals.
    layout
        Layout in which it was written.
    names, countries
        Names and countries of regions by code, where given.
    conditions
        What else is known of regions, by code.
    unit_size
        Mean employees of a firm by domain, where firms were listed.
    period
        Period read, if the table has several.
    notes, dropped
        What was noticed, and what was left out and why.
    flags
        How often each flag was met.
    measure
        What the table itself says that amounts are; empty if nothing.
    read
        Sum of all amounts that were read, totals included.
    foreign
        Whether domains are of another classification than NACE Rev. 2, whatever their codes look like.
    """

    amounts: pd.DataFrame
    layout: str
    names: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, dict[str, float]] = field(default_factory=dict)
    unit_size: dict[str, float] = field(default_factory=dict)
    period: str = ""
    notes: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    flags: Mapping[str, int] = field(default_factory=dict)
    measure: str = ""
    read: float = 0.0
    foreign: bool = False


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


def table_of(sheet: Sheet, role: str, what: str) -> dict[str, dict[str, Any]]:
    """Read a table of words about something by its code: each column by its plain name."""
    header = [plain(name) for name in sheet.header]
    names = tuple(name for name in NAMES[role] if not (role == "domain" and name == "sector"))
    column = next((header.index(name) for name in names if name in header), None)
    if column is None:
        raise RequestError(
            f"{sheet.label}: has no column of {what}; name one {names[0]!r} (its columns are "
            f"{', '.join(map(repr, sheet.header[:12]))})."
        )
    found: dict[str, dict[str, Any]] = {}
    for row in range(len(sheet.rows)):
        code = code_at(sheet, row, column, what.rstrip("s"))
        if code in found:
            raise RequestError(f"{sheet.place(row, column)}: {code!r} is there twice; leave one row of it.")
        found[code] = {plain(name): sheet.rows[row][c] for c, name in enumerate(sheet.header) if c != column}
        found[code]["row"] = row
    return found
