"""Bulk files of Eurostat: dimensions in the first cell of a row, years in columns."""

from __future__ import annotations

from analysis.errors import RequestError
from analysis.regions.importing.sheet import Sheet


def as_long(sheet: Sheet) -> Sheet:
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
