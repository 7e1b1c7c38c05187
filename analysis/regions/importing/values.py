"""Cells of a table become numbers: in one convention, with flags that may withhold them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from analysis.errors import RequestError
from analysis.regions.importing.cells import is_missing
from analysis.regions.importing.entries import Entries, Entry
from analysis.regions.importing.flags import flag_of, withholds, withholds_in_confidence
from analysis.regions.importing.numbers import Decimal, convention_of, looks_numeric, read_number
from analysis.regions.importing.options import Options
from analysis.regions.importing.sheet import Sheet


def decimals_of(sheet: Sheet, entries: Entries, options: Options) -> tuple[Decimal, str]:
    """Decide how all numbers of a table are written; says what decided."""
    everything = [*entries.amounts, *entries.conditions]
    either = next(
        (each for each in everything if each.cell and not is_missing(each.cell) and _reads_twice(each.cell)),
        None,
    )
    where = "" if either is None else sheet.place(either.row, either.column)
    return convention_of(sheet.label, (each.cell for each in everything), options.decimal, where)


def _reads_twice(cell: str) -> bool:
    return looks_numeric(cell) and ("." in cell) != ("," in cell)


def values_of(
    sheet: Sheet, amounts: Sequence[Entry], decimal: Decimal, notes: list[str]
) -> tuple[list[float], Counter[str]]:
    """Read all amounts; a zero that a flag withholds is none."""
    flags: Counter[str] = Counter()
    known: dict[tuple[str, str], float] = {}
    values = []
    withheld = given = 0
    for each in amounts:
        if is_missing(each.cell):
            values.append(math.nan)
            continue
        key = (each.cell, each.scale)
        if key not in known:
            value = read_number(each.cell, decimal, sheet.place(each.row, each.column))
            known[key] = value * _scale(sheet, each)
        flag = flag_of(each.cell)[1] or each.flag
        value = known[key]
        if flag:
            flags[flag] += 1
        if (flag and withholds(flag)) or withholds_in_confidence(each.secret):
            withheld, given = withheld + (value == 0), given + (value != 0)
            value = math.nan if value == 0 else value
        values.append(value)
    if withheld:
        notes.append(
            f"{withheld} zeros carry a flag that says that the number is withheld; they are not published."
        )
    if given:
        notes.append(
            f"{given} numbers are given though their flag says that they are withheld; they were kept."
        )
    return values, flags


def _scale(sheet: Sheet, entry: Entry) -> float:
    """Read the power of ten that SDMX calls UNIT_MULT."""
    text = entry.scale.strip()
    if not text:
        return 1.0
    if not text.lstrip("-").isdigit() or abs(int(text)) > 12:
        raise RequestError(
            f"{sheet.label}, row {sheet.lines[entry.row]}: UNIT_MULT {text!r} is no power of ten, such as 3."
        )
    return 10.0 ** int(text)
