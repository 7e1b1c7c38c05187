"""Cells of a table become numbers: in one convention, with flags that may withhold them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from statistics import median

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
    _check_letters(sheet, amounts, values)
    if withheld:
        notes.append(
            f"{withheld} zeros carry a flag that says that the number is withheld; they are not published."
        )
    if given:
        notes.append(
            f"{given} numbers are given though their flag says that they are withheld; they were kept."
        )
    return values, flags


def _check_letters(sheet: Sheet, amounts: Sequence[Entry], values: Sequence[float]) -> None:
    """Refuse a letter behind small numbers with decimals only, among large whole ones: it is a unit, such as 5.6b."""
    behind = [flag_of(each.cell)[1] for each in amounts]
    known = [at for at, value in enumerate(values) if value > 0]
    plain = [values[at] for at in known if not behind[at]]
    for letter in {each for each in behind if len(each) == 1}:
        own = [values[at] for at in known if behind[at] == letter]
        if len(own) < _FEW or len(plain) < _FEW or any(value % 1 for value in plain):
            continue
        if sum(value % 1 != 0 for value in own) > len(own) / 2 and _APART * median(own) < median(plain):
            first = next(each for each, found in zip(amounts, behind, strict=True) if found == letter)
            raise RequestError(
                f"{sheet.place(first.row, first.column)}: {first.cell!r} has a letter that may be a flag or a unit, as "
                "numbers with it have decimals and are small, and others are whole and large; write all in full."
            )


_FEW, _APART = 3, 20.0
_POWERS = {"units": 1.0, "unit": 1.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9}
"""How the OECD calls powers of ten in words."""


def _scale(sheet: Sheet, entry: Entry) -> float:
    """Read the power of ten that SDMX calls UNIT_MULT and the OECD PowerCode."""
    text = entry.scale.strip()
    if not text:
        return 1.0
    if text.casefold() in _POWERS:
        return _POWERS[text.casefold()]
    if not text.lstrip("-").isdigit() or abs(int(text)) > 12:
        raise RequestError(
            f"{sheet.label}, row {sheet.lines[entry.row]}: multiplier {text!r} is no power of ten, such as 3."
        )
    return 10.0 ** int(text)
