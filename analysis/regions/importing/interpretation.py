"""A table from its cells to amounts of regions in domains."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.bulk import melted, period_columns, unpacked, without_labels
from analysis.regions.importing.cells import is_missing
from analysis.regions.importing.choosing import one_of_each, one_period, selected
from analysis.regions.importing.entries import Entry, long_entries, turned, wide_entries
from analysis.regions.importing.judgement import check_name_of_amounts, check_titles, check_units, judge
from analysis.regions.importing.layouts import check_short_rows, check_years, guess
from analysis.regions.importing.numbers import Decimal, read_number
from analysis.regions.importing.options import Options
from analysis.regions.importing.reading import Reading, pivoted
from analysis.regions.importing.roles import Roles, how_to_name, plain, roles_of
from analysis.regions.importing.scale import check_scale, in_full
from analysis.regions.importing.sheet import Sheet
from analysis.regions.importing.values import decimals_of, values_of


def read_table(sheet: Sheet, options: Options | None = None) -> Reading:
    """Read a table in the layout in which it is.

    Parameters
    ----------
    sheet
        Its cells.
    options
        How it is to be read, where that is not to be found out.

    Returns
    -------
    Reading
        What it says.

    Raises
    ------
    RequestError
        If it cannot be read, or may mean several things.
    """
    options = options or Options()
    options.check()
    check_titles(sheet, options)
    check_scale(sheet, options)
    sheet, roles, layout = _laid_out(sheet, options)
    check_units(sheet, options)
    check_name_of_amounts(sheet, roles, options)
    entries = wide_entries(sheet, roles, options) if layout == "wide" else long_entries(sheet, roles)
    column = roles.get("period")
    name = None if column is None else sheet.header[column]
    period, amounts, why = one_period(sheet.label, entries.amounts, options.period, name)
    reading = Reading(
        pd.DataFrame(), layout, entries.names, entries.countries, period=period, notes=[*roles.notes, *why]
    )
    if layout != "wide":
        reading.notes += one_of_each(sheet, roles, sorted({each.row for each in amounts}))
    else:
        reading.notes += _one_row_each(sheet, roles, amounts)
    decimal, note = decimals_of(sheet, entries, options)
    reading.notes += [note] if note else []
    values, reading.flags = values_of(sheet, amounts, decimal, reading.notes)
    values = in_full(sheet, values, reading.notes)
    reading.amounts = _pivoted(sheet, roles, amounts, values, reading)
    reading.conditions = _conditions(sheet, entries.conditions, decimal, period)
    reading.measure = reading.measure or ("exports" if any("BACI" in each for each in roles.notes) else "")
    if not reading.amounts.shape[1]:
        raise RequestError(f"{sheet.label}: has no amounts; {how_to_name(sheet, 'value')}")
    judge(sheet, reading, options, _words(sheet, roles))
    reading.dropped = [*entries.dropped, *reading.dropped]
    reading.notes[:0] = sheet.notes
    return reading


def _laid_out(sheet: Sheet, options: Options) -> tuple[Sheet, Roles, str]:
    """Bring a table into one of two layouts: wide, or long."""
    as_read = sheet
    packed = "\\" in sheet.header[0]
    sheet = selected(without_labels(unpacked(sheet) if packed else sheet), options.select)
    roles = roles_of(sheet, options.columns, options.measure)
    asked = "bulk" if packed or options.layout == "eurostat" else options.layout
    layout = asked or guess(sheet, roles, numbered=options.classification == "nace")
    check_short_rows(
        as_read,
        sheet.header[roles.of["value"]] if layout in {"long", "firms"} and "value" in roles.of else None,
    )
    if layout == "wide" and asked is None:
        check_years(sheet, roles, options)
    if layout == "turned":
        sheet = turned(sheet)
        return sheet, roles_of(sheet, {}, options.measure), "wide"
    if layout == "bulk":
        periods = period_columns(sheet)
        if not periods:
            raise RequestError(
                f"{sheet.label}: no column is named after a period; is it a bulk file? Leave --layout out."
            )
        notes = roles.notes
        kept = {name: role for name, role in options.columns.items() if role != "value"}
        inferred = {sheet.header[at]: role for role, at in roles.of.items() if role in {"region", "domain"}}
        sheet = melted(sheet, periods)
        roles = roles_of(sheet, {**inferred, **kept}, options.measure)
        roles.of.update(period=len(sheet.header) - 2, value=len(sheet.header) - 1)
        roles.notes = notes
    return sheet, roles, layout


def _words(sheet: Sheet, roles: Roles) -> str:
    column = roles.get("domain")
    return plain(sheet.header[column]) if column is not None and column < len(sheet.header) else ""


def _one_row_each(sheet: Sheet, roles: Roles, amounts: Sequence[Entry]) -> list[str]:
    """Refuse a wide table that has several rows for a region."""
    rows = {each.row: each.region for each in amounts}
    seen: dict[str, int] = {}
    for row, code in rows.items():
        if code in seen:
            raise RequestError(
                f"{sheet.place(row, roles.of['region'])}: {code!r} is there already in row "
                f"{sheet.lines[seen[code]]}; leave "
                "one row of it, or add them up."
            )
        seen[code] = row
    return []


def _pivoted(
    sheet: Sheet, roles: Roles, amounts: Sequence[Entry], values: Sequence[float], reading: Reading
) -> pd.DataFrame:
    """Make a table of regions x domains; amounts are added up where rows are firms, or the user says so."""
    firms = reading.layout == "firms"
    if firms:
        _check_firms(sheet, roles, amounts)
    cells: dict[tuple[str, str], float] = {}
    rows: dict[tuple[str, str], int] = {}
    sizes: dict[str, list[float]] = {}
    blank = 0
    for each, value in zip(amounts, values, strict=True):
        pair = (each.region, each.domain)
        if firms and math.isnan(value):
            blank += 1
            continue
        if pair in cells and not firms and not roles.summed:
            raise RequestError(
                f"{sheet.label}, row {sheet.lines[each.row]}: region {pair[0]!r} and domain {pair[1]!r} are "
                "there already "
                f"in row {sheet.lines[rows[pair]]}; leave one of the rows, or add them up (--columns "
                "COLUMN=sum names what "
                "they differ in)."
            )
        cells[pair] = (
            value if pair not in cells or math.isnan(cells[pair]) else cells[pair] + np.nan_to_num(value)
        )
        rows.setdefault(pair, each.row)
        sizes.setdefault(each.domain, []).append(value)
    table = pivoted(cells)
    if not firms:
        return table
    if blank:
        reading.dropped.append(f"{blank} firms whose size is not known")
    reading.measure = "firms" if "value" not in roles.of else "employment"
    if "value" in roles.of:
        reading.unit_size = {code: max(1.0, float(np.mean(each))) for code, each in sizes.items()}
    reading.notes.append(
        "A domain that no listed firm of a region is in counts as none there, not as unknown."
    )
    return table.fillna(0.0)


def _check_firms(sheet: Sheet, roles: Roles, amounts: Sequence[Entry]) -> None:
    firm = roles.of["firm"]
    seen: dict[str, int] = {}
    for each in amounts:
        identity = sheet.rows[each.row][firm]
        if identity and identity in seen:
            raise RequestError(
                f"{sheet.place(each.row, firm)}: {identity!r} is there already in row "
                f"{sheet.lines[seen[identity]]}; a firm is "
                "listed once, or each of its units under a name of its own."
            )
        seen[identity] = each.row


def _conditions(
    sheet: Sheet, conditions: Sequence[Entry], decimal: Decimal, period: str
) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for each in conditions:
        if each.period == period and not is_missing(each.cell):
            value = read_number(each.cell, decimal, sheet.place(each.row, each.column))
            found.setdefault(each.region, {})[each.domain] = value
    return found
