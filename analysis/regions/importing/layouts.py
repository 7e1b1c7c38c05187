"""The layouts in which people have their tables, and how one is told from another."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.errors import RequestError
from analysis.regions.importing.eurostat import as_long
from analysis.regions.importing.firms import read_firms
from analysis.regions.importing.long import read_long
from analysis.regions.importing.reading import DOMAIN, FIRM, REGION, Reading, find
from analysis.regions.importing.sheet import Sheet
from analysis.regions.importing.wide import read_wide

__all__ = ["LAYOUTS", "Reading", "guess", "read_layout"]

LAYOUTS = ("wide", "long", "eurostat", "firms")


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
        reading = read_wide(sheet)
    elif chosen == "firms":
        reading = read_firms(sheet)
    else:
        table = as_long(sheet) if chosen == "eurostat" else sheet
        reading = read_long(table, period, select or {}, chosen)
    reading.notes[:0] = sheet.notes
    return reading


def guess(sheet: Sheet) -> str:
    """Find out the layout of a table by its header."""
    if "\\" in sheet.header[0]:
        return "eurostat"
    if find(sheet, FIRM) is not None and find(sheet, DOMAIN) is not None:
        return "firms"
    return "long" if find(sheet, DOMAIN) is not None and find(sheet, REGION) is not None else "wide"
