"""The layouts in which people have their tables: wide, long, Eurostat's bulk files, lists of firms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.numbers import Numbers
from analysis.regions.importing.sheet import Sheet
from analysis.regions.region_set import CONDITIONS
from model.spec.problem import nearest

LAYOUTS = ("wide", "long", "eurostat", "firms")

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


def read_layout(
    sheet: Sheet,
    layout: str | None = None,
    period: str | None = None,
    select: Mapping[str, str] | None = None,
) -> Reading:
    """Read a table in the layout in which it is.

    Parameters
    ----------
    sheet
        Its cells.
    layout
        One of ``LAYOUTS``; found out by default.
    period
        Period to read; the last by default.
    select
        Values to choose in further columns.

    Returns
    -------
    Reading
        What it says.

    Raises
    ------
    RequestError
        If it does not fit the layout.
    """
    if layout is not None and layout not in LAYOUTS:
        raise RequestError(f"--layout {layout}: must be one of {', '.join(LAYOUTS)}.")
    chosen = layout or guess(sheet)
    if chosen == "wide":
        reading = _wide(sheet)
    elif chosen == "firms":
        reading = _firms(sheet)
    else:
        table = _melted_bulk(sheet) if chosen == "eurostat" else sheet
        reading = _long(table, period, select or {}, chosen)
    reading.notes[:0] = sheet.notes
    return reading


def guess(sheet: Sheet) -> str:
    """Find out the layout of a table by its header."""
    if "\\" in sheet.header[0]:
        return "eurostat"
    if _find(sheet, FIRM) is not None and _find(sheet, DOMAIN) is not None:
        return "firms"
    return "long" if _find(sheet, DOMAIN) is not None and _find(sheet, REGION) is not None else "wide"


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _find(sheet: Sheet, names: tuple[str, ...]) -> int | None:
    plain = [_plain(name) for name in sheet.header]
    return next((plain.index(name) for name in names if name in plain), None)


def _need(sheet: Sheet, names: tuple[str, ...], what: str) -> int:
    place = _find(sheet, names)
    if place is None:
        raise RequestError(
            f"{sheet.label}: has no column of {what}; name one {names[0]!r} (its columns are "
            f"{', '.join(map(repr, sheet.header[:12]))})."
        )
    return place


def _code(sheet: Sheet, row: int, column: int, what: str) -> str:
    code = sheet.rows[row][column]
    if not code:
        raise RequestError(f"{sheet.place(row, column)}: is blank; every row needs a {what}.")
    return code


def _wide(sheet: Sheet) -> Reading:
    """One row a region, one column a domain."""
    region = _find(sheet, REGION)
    region = 0 if region is None else region
    name = next((c for c, n in enumerate(sheet.header) if _plain(n) in NAME and c != region), None)
    conditions = {c: _plain(n) for c, n in enumerate(sheet.header) if _plain(n) in CONDITIONS}
    totals = [c for c, n in enumerate(sheet.header) if _plain(n) in TOTALS]
    special = {region, name, *conditions, *totals}
    columns = [c for c, n in enumerate(sheet.header) if c not in special and n]
    _once(sheet, [sheet.header[column] for column in columns], "column")
    numbers = Numbers(sheet)
    reading = Reading(pd.DataFrame(), "wide")
    reading.dropped += [f"column {sheet.header[column]!r}: a total" for column in totals]
    found: dict[str, list[float]] = {}
    lines: dict[str, int] = {}
    for row in range(len(sheet.rows)):
        code = _code(sheet, row, region, "region")
        if _plain(code) in TOTALS:
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


def _melted_bulk(sheet: Sheet) -> Sheet:
    """Write a bulk file of Eurostat as a long table; years that say nothing are left out."""
    first, _, _ = sheet.header[0].partition("\\")
    dimensions = [part.strip() for part in first.split(",")]
    header = [*dimensions, "time", "value"]
    rows, lines = [], []
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        values = [part.strip() for part in row[0].split(",")]
        if len(values) != len(dimensions):
            raise RequestError(
                f"{sheet.label}, row {line}, column {sheet.header[0]!r}: {row[0]!r} has {len(values)} parts, the "
                f"header {len(dimensions)}; download the file again."
            )
        for year, cell in zip(sheet.header[1:], row[1:], strict=True):
            rows.append([*values, year.strip(), cell])
            lines.append(line)
    return Sheet(sheet.label, header, rows, lines, sheet.decimal_comma, [])


def _long(sheet: Sheet, period: str | None, select: Mapping[str, str], layout: str) -> Reading:
    """One row a region and domain."""
    region, domain = _need(sheet, REGION, "regions"), _need(sheet, DOMAIN, "domains")
    value = _need(sheet, VALUE, "amounts")
    time, name = _find(sheet, TIME), _find(sheet, NAME)
    rows = _selected(sheet, select)
    chosen = ""
    if time is not None:
        chosen = _period(sheet, rows, time, value, period)
        rows = [row for row in rows if sheet.rows[row][time] == chosen]
    elif period is not None:
        raise RequestError(
            f"{sheet.label}: --period {period}: the table has no column of periods; leave it out."
        )
    _only_one(sheet, rows, {region, domain, value, time, name}, layout)
    numbers = Numbers(sheet)
    reading = Reading(pd.DataFrame(), layout, period=chosen)
    cells: dict[tuple[str, str], float] = {}
    lines: dict[tuple[str, str], int] = {}
    for row in rows:
        pair = (_code(sheet, row, region, "region"), _code(sheet, row, domain, "domain"))
        if pair in cells:
            raise RequestError(
                f"{sheet.label}, row {sheet.lines[row]}: region {pair[0]!r} and domain {pair[1]!r} are there already "
                f"in row {lines[pair]}; leave one of the rows, or add them up."
            )
        cells[pair], lines[pair] = numbers.read(row, value), sheet.lines[row]
        if name is not None and sheet.rows[row][name]:
            reading.names[pair[0]] = sheet.rows[row][name]
    reading.amounts = _pivoted(cells)
    reading.missing, reading.flags = numbers.missing, numbers.flagged
    _drop_totals(reading)
    return reading


def _pivoted(cells: Mapping[tuple[str, str], float]) -> pd.DataFrame:
    regions = list(dict.fromkeys(region for region, _ in cells))
    domains = list(dict.fromkeys(domain for _, domain in cells))
    places = {code: number for number, code in enumerate(regions)}
    columns = {code: number for number, code in enumerate(domains)}
    table = np.full((len(regions), len(domains)), math.nan)
    for (region, domain), amount in cells.items():
        table[places[region], columns[domain]] = amount
    return pd.DataFrame(table, regions, domains)


def _drop_totals(reading: Reading) -> None:
    amounts = reading.amounts
    regions = [label for label in amounts.index if _plain(label) in TOTALS]
    domains = [label for label in amounts.columns if _plain(label) in TOTALS]
    reading.amounts = amounts.drop(index=regions, columns=domains)
    reading.dropped += [f"region {label!r}: a total" for label in regions]
    reading.dropped += [f"domain {label!r}: a total" for label in domains]


def _selected(sheet: Sheet, select: Mapping[str, str]) -> list[int]:
    rows = list(range(len(sheet.rows)))
    plain = [_plain(name) for name in sheet.header]
    for name, wanted in select.items():
        if _plain(name) not in plain:
            meant = nearest(_plain(name), plain)
            hint = f"; did you mean {meant}?" if meant else "."
            raise RequestError(f"--select {name}={wanted}: {sheet.label} has no column {name!r}{hint}")
        column = plain.index(_plain(name))
        known = sorted({sheet.rows[row][column] for row in rows})
        rows = [row for row in rows if sheet.rows[row][column] == wanted]
        if not rows:
            raise RequestError(f"--select {name}={wanted}: it is not among {', '.join(known[:20])}.")
    return rows


def _period(sheet: Sheet, rows: list[int], time: int, value: int, asked: str | None) -> str:
    """Choose a period: the one asked for, or the last in which something is published."""
    known = sorted({sheet.rows[row][time] for row in rows})
    if asked is not None:
        if asked not in known:
            raise RequestError(
                f"{sheet.label}: --period {asked} is not in column {sheet.header[time]!r}; there are "
                f"{', '.join(known[:20])}."
            )
        return asked
    telling = {sheet.rows[row][time] for row in rows if sheet.rows[row][value].strip(" :cz")}
    return max(telling, default=known[-1])


def _only_one(sheet: Sheet, rows: list[int], used: set[int | None], layout: str) -> None:
    """Refuse further columns with several values: which of them is meant, nobody can guess."""
    if layout == "long":
        return
    for column, name in enumerate(sheet.header):
        if column in used:
            continue
        values = sorted({sheet.rows[row][column] for row in rows})
        if len(values) > 1:
            raise RequestError(
                f"{sheet.label}: column {name!r} has several values ({', '.join(values[:12])}); choose one with "
                f"--select {name}={values[0]}."
            )


def _firms(sheet: Sheet) -> Reading:
    """One row a firm: employment is added up, and the mean size of firms of each domain is known."""
    region, domain = _need(sheet, REGION, "regions"), _need(sheet, DOMAIN, "domains")
    firm, value, name = _find(sheet, FIRM), _find(sheet, VALUE), _find(sheet, NAME)
    numbers = Numbers(sheet)
    reading = Reading(pd.DataFrame(), "firms", measure="firms" if value is None else "employment")
    amounts: dict[tuple[str, str], float] = {}
    firms: dict[str, list[float]] = {}
    seen: dict[str, int] = {}
    blank = 0
    for row in range(len(sheet.rows)):
        pair = (_code(sheet, row, region, "region"), _code(sheet, row, domain, "domain"))
        identity = sheet.rows[row][firm] if firm is not None else ""
        if identity and identity in seen:
            raise RequestError(
                f"{sheet.place(row, firm or 0)}: {identity!r} is there already in row {seen[identity]}; a firm is "
                "listed once, or each of its units under a name of its own."
            )
        seen[identity] = sheet.lines[row]
        size = 1.0 if value is None else numbers.read(row, value)
        if math.isnan(size):
            blank += 1
            continue
        amounts[pair] = amounts.get(pair, 0.0) + size
        firms.setdefault(pair[1], []).append(size)
        if name is not None and sheet.rows[row][name] and firm != name:
            reading.names.setdefault(pair[0], sheet.rows[row][name])
    if blank:
        reading.dropped.append(f"{blank} firms whose size is not known")
    # A list says of every domain in it how many firms a region has, which may be none.
    reading.amounts = _pivoted(amounts).fillna(0.0)
    reading.notes.append(
        "A domain that no listed firm of a region is in counts as none there, not as unknown."
    )
    if value is not None:
        reading.unit_size = {code: max(1.0, float(np.mean(sizes))) for code, sizes in firms.items()}
    reading.missing, reading.flags = numbers.missing, numbers.flagged
    return reading


def table_of(sheet: Sheet, key: tuple[str, ...], what: str) -> dict[str, dict[str, Any]]:
    """Read a table of words about something by its code: each column by its plain name."""
    column = _need(sheet, key, what)
    found: dict[str, dict[str, Any]] = {}
    for row in range(len(sheet.rows)):
        code = _code(sheet, row, column, what.rstrip("s"))
        if code in found:
            raise RequestError(f"{sheet.place(row, column)}: {code!r} is there twice; leave one row of it.")
        found[code] = {_plain(name): sheet.rows[row][c] for c, name in enumerate(sheet.header) if c != column}
        found[code]["row"] = row
    return found
