"""Amounts of a table with where they stand, whatever its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.errors import RequestError
from analysis.regions.importing.codes import is_nace, span
from analysis.regions.importing.crossed import check_crossed
from analysis.regions.importing.flags import is_flag
from analysis.regions.importing.labels import is_total, may_be_total
from analysis.regions.importing.layouts import region_column
from analysis.regions.importing.numbers import looks_numeric
from analysis.regions.importing.options import Options
from analysis.regions.importing.periods import are_periods
from analysis.regions.importing.roles import NAMES, Roles, how_to_name, is_identity, plain
from analysis.regions.importing.sheet import Sheet
from analysis.regions.region_set import CONDITIONS

NO_DOMAINS = re.compile(
    r"^(area|surface|flaeche|fläche)(_|$)|(^|_)(km2|sqkm|ha|lat|lon|latitude|longitude|density|gdp|income|bip|pib|gni"
    r"|pop|population|inhabitants|einwohner|einwohnerzahl|bevölkerung|bevoelkerung|habitants|abitanti|poblacion"
    r"|población|inwoners|invånare|ludność|x_coord|y_coord|longitud|latitud|shape_area|shape_leng|shape_length"
    r"|objectid|levl_code|nuts_level|mount_type|urbn_type|coast_type|rank|rang)(_|$)"
)
"""Columns that tables of regions often have and that are no domains."""


class Entry(NamedTuple):
    """One amount: whose it is, what stands in its cell and beside it, and where."""

    region: str
    domain: str
    period: str
    cell: str
    flag: str
    secret: str
    scale: str
    row: int
    column: int


@dataclass
class Entries:
    """All amounts of a table.

    Attributes
    ----------
    amounts
        Of domains.
    conditions
        What else is known of regions; domains are names of conditions.
    names, countries
        Names and countries of regions by code.
    dropped
        Columns that were left out, and why.
    """

    amounts: list[Entry] = field(default_factory=list)
    conditions: list[Entry] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)


def code_at(sheet: Sheet, row: int, column: int, what: str) -> str:
    """Read a code, which must not be blank.

    Raises
    ------
    RequestError
        If it is; says where.
    """
    code = sheet.rows[row][column]
    if not code:
        raise RequestError(
            f"{sheet.place(row, column)}: is blank; every row needs a {what}, also where cells were merged."
        )
    return str(code)


def long_entries(sheet: Sheet, roles: Roles) -> Entries:
    """Read a table with one row for each amount."""
    found = Entries()
    value = roles.get("value")
    for row, region, domain, period in _keys(sheet, roles):
        cells = sheet.rows[row]
        flag, secret, scale = (
            _at(cells, roles.get(role)) for role in ("flag", "confidentiality", "multiplier")
        )
        cell = "1" if value is None else cells[value]
        found.amounts.append(Entry(region, domain, period, cell, flag, secret, scale, row, value or 0))
        if roles.get("firm") != roles.get("name"):
            _told(found.names, region, _at(cells, roles.get("name")))
        _told(found.countries, region, _at(cells, roles.get("country")))
    return found


def _keys(sheet: Sheet, roles: Roles) -> Iterator[tuple[int, str, str, str]]:
    region, domain = roles.need("region", "regions"), roles.need("domain", "domains")
    for row in range(len(sheet.rows)):
        period = _at(sheet.rows[row], roles.get("period"))
        yield row, code_at(sheet, row, region, "region"), code_at(sheet, row, domain, "domain"), period


def wide_entries(sheet: Sheet, roles: Roles, options: Options) -> Entries:
    """Read a table with one row for each region and one column for each domain."""
    found = Entries()
    region = region_column(sheet, roles)
    roles.of["region"] = region
    conditions = _conditions(sheet, roles)
    flags = _flag_columns(sheet, roles)
    columns = _domains(sheet, roles, {region, *conditions.values(), *flags}, found, options)
    beside = {of: at for at, of in flags.items()}
    for row, cells in enumerate(sheet.rows):
        code = code_at(sheet, row, region, "region")
        period = _at(cells, roles.get("period"))
        whole = (_at(cells, roles.get("flag")), _at(cells, roles.get("confidentiality")), "")
        for column in columns:
            flag = _at(cells, beside.get(column)) or whole[0]
            entry = Entry(
                code, str(sheet.header[column]), period, cells[column], flag, *whole[1:], row, column
            )
            found.amounts.append(entry)
        for name, column in conditions.items():
            found.conditions.append(Entry(code, name, period, cells[column], "", "", "", row, column))
        _told(found.names, code, _at(cells, roles.get("name")) if roles.get("name") != region else "")
        _told(found.countries, code, _at(cells, roles.get("country")))
    return found


def turned(sheet: Sheet) -> Sheet:
    """Turn a table with domains in rows, so that regions are in rows."""
    header = ["region", *sheet.column(0)]
    rows = [[name, *sheet.column(at)] for at, name in enumerate(sheet.header) if at > 0]
    notes = [*sheet.notes, "Domains are in rows and regions in columns; the table was turned."]
    return Sheet(sheet.label, header, rows, [sheet.lines[0] - 1] * len(rows), notes, sheet.percent)


def _conditions(sheet: Sheet, roles: Roles) -> dict[str, int]:
    named = {plain(name): column for column, name in enumerate(sheet.header) if column not in roles.used}
    found = {name: named[name] for name in CONDITIONS if name in named}
    found.update({name: roles.of[name] for name in CONDITIONS if name in roles.of})
    country = named.get("country")
    if country is not None and not all(map(looks_numeric, sheet.column(country))):
        roles.of.setdefault("country", country)
    return found


def _flag_columns(sheet: Sheet, roles: Roles) -> dict[int, int]:
    """Find the columns of flags, each with the column that it belongs to."""
    names = {name: column for column, name in enumerate(sheet.header)}
    found = {}
    for column, name in enumerate(sheet.header):
        base = re.sub(r"[\s_.-]*\(?(obs_?)?(flag|status)s?\)?(\.\d+)?$", "", name, flags=re.IGNORECASE)
        if base == name or column in roles.used - {roles.get("flag")}:
            continue
        cells = [cell for cell in sheet.column(column) if cell]
        if base in names and all(map(is_flag, cells)):
            found[column] = names[base]
        elif not base and column > 1 and "flag" in roles.of and _repeated(sheet, name):
            found[column] = column - 1
    if found and roles.get("flag") in found:
        del roles.of["flag"]
    return found


def _repeated(sheet: Sheet, name: str) -> bool:
    return sum(plain(each) == plain(name) for each in sheet.header) > 1


def _domains(sheet: Sheet, roles: Roles, special: set[int], found: Entries, options: Options) -> list[int]:
    columns = []
    for column, name in enumerate(sheet.header):
        if column in roles.ignored:
            found.dropped.append(f"column {name!r}: left alone")
        elif column in special or (column in roles.used and plain(name) not in NAMES["value"]):
            continue
        elif is_identity(sheet, column) and column not in special:
            found.dropped.append(f"column {name or column + 1!r}: numbers the rows")
        elif _is_of_words(sheet, column):
            found.dropped.append(f"column {name!r}: has words and no numbers")
        elif name:
            columns.append(column)
    names = [str(sheet.header[column]) for column in columns]
    _check_names(sheet, names)
    check_crossed(sheet.label, [str(sheet.header[at]) for at in columns if at not in roles.said], options)
    for column in columns:
        if column not in roles.said:
            _check_domain(sheet, column, names)
    return columns


def _check_names(sheet: Sheet, names: list[str]) -> None:
    """Refuse columns that are periods, and two of one name."""
    periods = [name for name in names if are_periods([name])]
    # Four digits may also be a code among others of digits.
    if periods and (len(periods) == len(names) or not all(name.isdigit() for name in names)):
        raise RequestError(
            f"{sheet.label}: column {periods[0]!r} is a period, and nothing says of which domain; "
            f"{how_to_name(sheet, 'domain')}"
        )
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise RequestError(f"{sheet.label}: column {twice!r} is there twice; rename or remove one.")


def _is_of_words(sheet: Sheet, column: int) -> bool:
    cells = [cell for cell in sheet.column(column) if cell]
    return len(cells) > 1 and not any(looks_numeric(cell) or cell[:1].isdigit() for cell in cells)


def _check_domain(sheet: Sheet, column: int, names: list[str]) -> None:
    """Refuse a column that is no domain by all that can be told."""
    name = str(sheet.header[column])
    remedy = f"say --columns {name}=ignore, or ={CONDITIONS[0]} and such, or take it out."
    others = [each for each in names if each != name and not may_be_total(each)]
    odd = is_nace(others) and span(name.upper()) is None and (len(name) > 3 or name.isalpha())
    if is_total(name) or may_be_total(name):
        return
    if NO_DOMAINS.search(plain(name)) or odd:
        raise RequestError(
            f"{sheet.label}: column {name!r} is no domain as {', '.join(others[:3])} are; {remedy} "
            f"If it is one, say --columns {name}=value."
        )


def _at(cells: list[str], column: int | None) -> str:
    return "" if column is None else cells[column]


def _told(names: dict[str, str], code: str, name: str) -> None:
    if name:
        names.setdefault(code, str(name))
