"""Lists of firms: a row for each, with its region and domain."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.numbers import Numbers
from analysis.regions.importing.reading import (
    DOMAIN,
    FIRM,
    NAME,
    REGION,
    VALUE,
    Reading,
    code_at,
    find,
    need,
    pivoted,
)
from analysis.regions.importing.sheet import Sheet


def read_firms(sheet: Sheet) -> Reading:
    """Read a list of firms: employment is added up, and the mean size of firms of each domain is known.

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
        If a firm is there twice, or a size is no number.
    """
    region, domain = need(sheet, REGION, "regions"), need(sheet, DOMAIN, "domains")
    firm, value, name = find(sheet, FIRM), find(sheet, VALUE), find(sheet, NAME)
    numbers = Numbers(sheet)
    reading = Reading(pd.DataFrame(), "firms", measure="firms" if value is None else "employment")
    amounts: dict[tuple[str, str], float] = {}
    firms: dict[str, list[float]] = {}
    seen: dict[str, int] = {}
    blank = 0
    for row in range(len(sheet.rows)):
        pair = (code_at(sheet, row, region, "region"), code_at(sheet, row, domain, "domain"))
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
    reading.amounts = pivoted(amounts).fillna(0.0)
    reading.notes.append(
        "A domain that no listed firm of a region is in counts as none there, not as unknown."
    )
    if value is not None:
        reading.unit_size = {code: max(1.0, float(np.mean(sizes))) for code, sizes in firms.items()}
    reading.missing, reading.flags = numbers.missing, numbers.flagged
    return reading
