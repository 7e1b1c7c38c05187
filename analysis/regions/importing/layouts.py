"""The layouts in which people have their tables, and how one is told from another."""

from __future__ import annotations

from analysis.errors import RequestError
from analysis.regions.importing.bulk import period_columns
from analysis.regions.importing.codes import are_division_numbers, looks_like_domains, looks_like_regions
from analysis.regions.importing.labels import is_total
from analysis.regions.importing.numbers import looks_numeric
from analysis.regions.importing.options import Options
from analysis.regions.importing.roles import (
    DIMENSIONS,
    IDENTITY,
    Roles,
    depends,
    how_to_name,
    is_identity,
    look,
    plain,
)
from analysis.regions.importing.sheet import Sheet

LEAST_COLUMNS = 4
"""Columns of numbers from which on a table is wide by its shape."""


def guess(sheet: Sheet, roles: Roles, *, numbered: bool = False) -> str:
    """Find out the layout of a table by the names of its columns and by what is in them.

    Parameters
    ----------
    sheet
        The table.
    roles
        What is known of its columns; told more where its shape says it.
    numbered
        Whether numbers are said to be divisions of NACE.

    Returns
    -------
    str
        ``long``, ``bulk`` (periods in columns), ``firms``, ``wide`` or ``turned`` (domains in rows).

    Raises
    ------
    RequestError
        If it cannot be told; shows the first rows and how to name columns.
    """
    known = {role for role in ("region", "domain", "value", "firm") if role in roles.of}
    if {"firm", "domain"} <= known:
        return "firms"
    if {"region", "domain"} <= known and "value" not in known and period_columns(sheet):
        return "bulk"
    if {"region", "domain", "value"} <= known:
        return "long"
    if _is_turned(sheet, roles, numbered=numbered):
        return "turned"
    if _is_wide(sheet, roles):
        return "wide"
    return _by_shape(sheet, roles)


def check_years(sheet: Sheet, roles: Roles, options: Options) -> None:
    """Refuse a wide table with a column of nothing but years: it is a period, and the table perhaps a long one."""
    if "period" in roles.of or len(sheet.rows) < LEAST_COLUMNS:
        return
    for column in _free(sheet, roles):
        seen = look(sheet, column)
        if (
            column != region_column(sheet, roles)
            and seen.numeric
            and seen.period
            and seen.distinct < seen.filled
        ):
            name = sheet.header[column]
            options.doubt(
                "units",
                f"{sheet.label}: column {name!r} holds {sheet.column(column)[0]} and the like, which are years and no "
                f"amounts; say --columns {name}=period and what the others are, such as COLUMN=region.",
            )


def check_short_rows(sheet: Sheet, name: str | None) -> None:
    """Refuse rows with fewer cells than the header, where nobody can tell which cell lacks.

    Parameters
    ----------
    sheet
        The table, as it was read.
    name
        The only column of amounts, if there is one: what lacks behind it is no amount.

    Raises
    ------
    RequestError
        If there is such a row; names it.
    """
    needed = len(sheet.header) if name is None or name not in sheet.header else sheet.header.index(name) + 1
    for line in sheet.lines:
        if sheet.short.get(line, needed) < needed:
            raise RequestError(
                f"{sheet.label}, row {line}: has {sheet.short[line]} cells and the header {len(sheet.header)}; it does "
                "not say which are missing. Keep a place for each cell, also where it is blank."
            )


def _by_shape(sheet: Sheet, roles: Roles) -> str:
    words = [column for column in _free(sheet, roles) if not look(sheet, column).numeric]
    numbers = [column for column in _free(sheet, roles) if look(sheet, column).numeric]
    named = sum(role in roles.of for role in ("region", "domain"))
    if named + len(words) < 2:
        if "domain" in roles.of and "region" not in roles.of:
            roles.need("region", "regions")
        return "wide"
    infer(sheet, roles)
    missing = [role for role in ("region", "domain", "value") if role not in roles.of]
    if not missing:
        return "long"
    if missing == ["value"] and period_columns(sheet):
        return "bulk"
    if missing == ["value"]:
        what = "no column" if not numbers else f"{len(numbers)} possible columns"
        raise RequestError(f"{sheet.label}: has {what} of amounts; {how_to_name(sheet, 'value')}")
    raise RequestError(
        f"{sheet.label}: no layout was recognised: nothing says which column is the {missing[0]}; "
        f"{how_to_name(sheet, missing[0])}"
    )


def infer(sheet: Sheet, roles: Roles) -> None:
    """Tell regions, domains, periods and amounts of a long table by what is in its columns."""
    before = dict(roles.of)
    looks = {column: look(sheet, column) for column in _free(sheet, roles)}
    if "period" not in roles.of:
        found = [column for column, each in looks.items() if each.period]
        roles.of.update({"period": found[0]} if len(found) == 1 else {})
    words = [
        c
        for c, each in looks.items()
        if not each.period and not each.numeric and not DIMENSIONS.match(plain(sheet.header[c]))
    ]
    for role, fits in (("domain", looks_like_domains), ("region", looks_like_regions)):
        if role not in roles.of:
            found = [c for c in words if fits(set(sheet.column(c)))]
            roles.of.update({role: found[0]} if len(found) == 1 else {})
    for role, other in (("domain", "region"), ("region", "domain")):
        rest = [c for c in words if c not in roles.used and looks[c].distinct > 1]
        if role not in roles.of and other in roles.of:
            rest = [c for c in rest if not depends(sheet, c, roles.of[other])]
            roles.of.update({role: rest[0]} if len(rest) == 1 else {})
    if "value" not in roles.of:
        found = [c for c, each in looks.items() if each.numeric and c not in roles.used]
        roles.of.update({"value": found[0]} if len(found) == 1 else {})
    new = {role: column for role, column in roles.of.items() if role not in before}
    if new:
        told = ", ".join(f"{sheet.header[column]} = {role}" for role, column in new.items())
        roles.notes.append(f"Columns were told by what is in them: {told}. --columns says otherwise.")


def _free(sheet: Sheet, roles: Roles) -> list[int]:
    return [column for column in range(len(sheet.header)) if column not in roles.used]


def _is_turned(sheet: Sheet, roles: Roles, *, numbered: bool) -> bool:
    """Whether domains are in rows and regions in columns."""
    rest = [name for column, name in enumerate(sheet.header) if column > 0 and column not in roles.used]
    first = set(sheet.column(0))
    if roles.get("domain") == 0 and "region" not in roles.of and "value" not in roles.of:
        return len(rest) > 1 and all(look(sheet, column).numeric for column in _free(sheet, roles))
    if roles.get("region") == 0 or len(first) < max(len(sheet.rows), 4 if len(rest) < 2 else 2):
        return False
    numeric = all(
        look(sheet, column).numeric for column in range(1, len(sheet.header)) if column not in roles.used
    )
    if numbered and are_division_numbers([code for code in first if not is_total(code)]):
        return bool(rest) and numeric and not are_division_numbers(rest)
    return bool(rest) and numeric and looks_like_domains(first) and not looks_like_domains(rest)


def _is_wide(sheet: Sheet, roles: Roles) -> bool:
    """Whether there are many columns of numbers, and every region has one row (in every period)."""
    free = _free(sheet, roles)
    numbers = [c for c in free if _begins_with_digits(sheet, c) and plain(sheet.header[c]) not in IDENTITY]
    words = [c for c in free if c not in numbers]
    few = len(numbers) < (2 if "region" in roles.of and len(numbers) > len(words) else LEAST_COLUMNS)
    if few or "domain" in roles.of:
        return False
    region, period = region_column(sheet, roles), roles.get("period")
    keys = {(row[region], "" if period is None else row[period]) for row in sheet.rows}
    # A table with two dimensions of words that repeat is long, however many columns of amounts it has.
    return len(keys) > 0.5 * len(sheet.rows) or not [c for c in words if c != region]


def _begins_with_digits(sheet: Sheet, column: int) -> bool:
    """Whether a column is of numbers, perhaps with units behind them that will be refused."""
    cells = [cell for cell in sheet.column(column) if cell]
    return sum(looks_numeric(cell) or cell[:1].isdigit() for cell in cells) >= 0.5 * len(cells)


def region_column(sheet: Sheet, roles: Roles) -> int:
    """Find the column of regions of a wide table: by name, or the first one of words, or the first one."""
    if "region" in roles.of:
        return roles.of["region"]
    if "name" in roles.of:
        return roles.of["name"]
    rest = [c for c in range(len(sheet.header)) if c not in roles.used and not is_identity(sheet, c)]
    words = (c for c in rest if not _begins_with_digits(sheet, c))
    # Numbers that count the rows are codes of regions where nothing else can be.
    counts = [c for c in range(len(sheet.header)) if c not in roles.used and is_identity(sheet, c)]
    return next(words, (counts or rest or [0])[0])
