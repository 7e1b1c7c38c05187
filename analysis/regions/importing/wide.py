"""Wide tables: a row for each region, a column for each domain."""

from __future__ import annotations

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.numbers import Numbers
from analysis.regions.importing.reading import NAME, REGION, TOTALS, Reading, code_at, find, plain
from analysis.regions.importing.sheet import Sheet
from analysis.regions.region_set import CONDITIONS


def read_wide(sheet: Sheet) -> Reading:
    """Read a table with one row a region and one column a domain.

    Parameters
    ----------
    sheet
        Its cells.

    Returns
    -------
    Reading
        What it says.

    Raises
    ------
    RequestError
        If a region or domain is there twice, or a cell is no amount.
    """
    region = find(sheet, REGION)
    region = 0 if region is None else region
    name = next((c for c, n in enumerate(sheet.header) if plain(n) in NAME and c != region), None)
    conditions = {c: plain(n) for c, n in enumerate(sheet.header) if plain(n) in CONDITIONS}
    totals = [c for c, n in enumerate(sheet.header) if plain(n) in TOTALS]
    special = {region, name, *conditions, *totals}
    columns = [c for c, n in enumerate(sheet.header) if c not in special and n]
    _once(sheet, [sheet.header[column] for column in columns], "column")
    numbers = Numbers(sheet)
    reading = Reading(pd.DataFrame(), "wide")
    reading.dropped += [f"column {sheet.header[column]!r}: a total" for column in totals]
    found: dict[str, list[float]] = {}
    lines: dict[str, int] = {}
    for row in range(len(sheet.rows)):
        code = code_at(sheet, row, region, "region")
        if plain(code) in TOTALS:
            reading.dropped.append(f"row {sheet.lines[row]} {code!r}: a total")
            continue
        if code in found:
            raise RequestError(
                f"{sheet.label}, row {sheet.lines[row]}, column {sheet.header[region]!r}: {code!r} is there already "
                f"in row {lines[code]}; leave one row of it, or add them up."
            )
        lines[code] = sheet.lines[row]
        found[code] = [numbers.read(row, column) for column in columns]
        if name is not None and sheet.rows[row][name]:
            reading.names[code] = sheet.rows[row][name]
        reading.conditions[code] = {each: numbers.read(row, column) for column, each in conditions.items()}
    reading.amounts = pd.DataFrame.from_dict(
        found, orient="index", columns=[sheet.header[column] for column in columns]
    ).astype(float)
    reading.missing, reading.flags = numbers.missing, numbers.flagged
    return reading


def _once(sheet: Sheet, names: list[str], what: str) -> None:
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise RequestError(f"{sheet.label}: {what} {twice!r} is there twice; rename or remove one.")
