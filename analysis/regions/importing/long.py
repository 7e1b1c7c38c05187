"""Long tables: a row for each region and domain, and perhaps period."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.numbers import Numbers
from analysis.regions.importing.reading import (
    DOMAIN,
    NAME,
    REGION,
    TIME,
    TOTALS,
    VALUE,
    Reading,
    code_at,
    find,
    need,
    pivoted,
    plain,
)
from analysis.regions.importing.sheet import Sheet
from model.spec.problem import nearest


def read_long(sheet: Sheet, period: str | None, select: Mapping[str, str], layout: str) -> Reading:
    """Read a table with one row a region and domain.

    Parameters
    ----------
    sheet
        Its cells.
    period
        Period to read; the last in which something is published by default.
    select
        Values to choose in further columns.
    layout
        Layout in which it was written: a bulk file may have no further columns with several values.

    Returns
    -------
    Reading
        What it says.

    Raises
    ------
    RequestError
        If something is missing, there twice or no amount.
    """
    region, domain = need(sheet, REGION, "regions"), need(sheet, DOMAIN, "domains")
    value = need(sheet, VALUE, "amounts")
    time, name = find(sheet, TIME), find(sheet, NAME)
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
        pair = (code_at(sheet, row, region, "region"), code_at(sheet, row, domain, "domain"))
        if pair in cells:
            raise RequestError(
                f"{sheet.label}, row {sheet.lines[row]}: region {pair[0]!r} and domain {pair[1]!r} are there already "
                f"in row {lines[pair]}; leave one of the rows, or add them up."
            )
        cells[pair], lines[pair] = numbers.read(row, value), sheet.lines[row]
        if name is not None and sheet.rows[row][name]:
            reading.names[pair[0]] = sheet.rows[row][name]
    reading.amounts = pivoted(cells)
    reading.missing, reading.flags = numbers.missing, numbers.flagged
    _drop_totals(reading)
    return reading


def _drop_totals(reading: Reading) -> None:
    amounts = reading.amounts
    regions = [label for label in amounts.index if plain(label) in TOTALS]
    domains = [label for label in amounts.columns if plain(label) in TOTALS]
    reading.amounts = amounts.drop(index=regions, columns=domains)
    reading.dropped += [f"region {label!r}: a total" for label in regions]
    reading.dropped += [f"domain {label!r}: a total" for label in domains]


def _selected(sheet: Sheet, select: Mapping[str, str]) -> list[int]:
    rows = list(range(len(sheet.rows)))
    header = [plain(name) for name in sheet.header]
    for name, wanted in select.items():
        if plain(name) not in header:
            meant = nearest(plain(name), header)
            hint = f"; did you mean {meant}?" if meant else "."
            raise RequestError(f"--select {name}={wanted}: {sheet.label} has no column {name!r}{hint}")
        column = header.index(plain(name))
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
