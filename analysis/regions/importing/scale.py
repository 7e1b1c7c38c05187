"""Units that say how many a number is: thousands in a column of units are multiplied, elsewhere asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from analysis.regions.importing.options import Options
from analysis.regions.importing.roles import plain
from analysis.regions.importing.sheet import Sheet

FACTORS = {
    "ths": 1e3,
    "thousand": 1e3,
    "thousands": 1e3,
    "tsd": 1e3,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
}
"""First words of codes and labels of units, such as THS_PER of Eurostat: thousand persons."""

_SAID = re.compile(
    r"\b(in 1[ .,'\u2019]?000|1[ .,'\u2019]000|thousands?|ths|tsd|tausend|milliers|migliaia|miles|mio|millions?)\b"
    r"|\b1[ .,'\u2019]?000 (persons|people|employees|jobs|workers|personen|besch|erwerbs|eur|usd|t\b)"
    r"|\(1[ .,'\u2019]?000(\s[^)]*)?\)|[x\u00d7] ?1[ .,'\u2019]?000\b|['\u2019]000s?\b|\(k\)|\b[kT](\u20ac|EUR\b)",
    re.IGNORECASE,
)
LIKELY = 300.0
"""Thousands of persons in a division of a region that are hardly ever reached: 300,000."""


def in_full(sheet: Sheet, values: Sequence[float], notes: list[str]) -> list[float]:
    """Multiply numbers by what a column of units says, unless they seem to be in full already.

    Parameters
    ----------
    sheet
        The table.
    values
        Its numbers, NaN where nothing is published.
    notes
        Told of it.

    Returns
    -------
    list of float
        Numbers in full.
    """
    factor, unit = _unit(sheet)
    known = np.asarray([value for value in values if value > 0], np.float64)
    if factor == 1 or not known.size:
        return list(values)
    if np.median(known) > LIKELY and (known == np.round(known)).all():
        notes.append(
            f"Warning: {unit}, but numbers such as {known[0]:,.0f} would then be {known[0] * factor:,.0f}; they were "
            "taken as they stand."
        )
        return list(values)
    notes.append(f"{unit}; amounts were multiplied by {factor:,.0f}.")
    return [value * factor for value in values]


def _unit(sheet: Sheet) -> tuple[float, str]:
    """Give the factor that a column of units says, 1 if none does, and the words for it."""
    for column, name in enumerate(sheet.header):
        if not plain(name).startswith("unit") or plain(name).startswith("unit_mult"):
            continue
        units = {cell for cell in sheet.column(column) if cell}
        factors = {FACTORS.get(plain(unit).split("_")[0], 1.0) for unit in units}
        if len(factors) == 1 and factors != {1.0}:
            return factors.pop(), f"Column {name!r} says that amounts are in {min(units)!r}"
    return 1.0, ""


def check_scale(sheet: Sheet, options: Options) -> None:
    """Refuse a table whose titles, notes or names of columns say that its numbers are thousands or millions."""
    for told in (*sheet.around, *sheet.below, *sheet.header):
        found = _SAID.search(told.replace("_", " "))
        if found is not None:
            where = (
                f"what stands around the table says {found[0]!r}"
                if told in (*sheet.around, *sheet.below)
                else f"column {told!r}"
            )
            options.doubt(
                "units",
                f"{sheet.label}: {where}, so that its numbers seem to be thousands or more; write them in full.",
            )
