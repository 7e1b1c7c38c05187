"""Tables with periods in columns, as bulk files of Eurostat have, become long ones."""

from __future__ import annotations

from analysis.errors import RequestError
from analysis.regions.importing.periods import moment
from analysis.regions.importing.sheet import Sheet


def unpacked(sheet: Sheet) -> Sheet:
    """Give the dimensions that a bulk file of Eurostat packs into its first cell columns of their own.

    Raises
    ------
    RequestError
        If a row has other dimensions than the header.
    """
    first, _, _ = sheet.header[0].partition("\\")
    dimensions = [part.strip() for part in first.split(",")]
    rows = []
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        values = [part.strip() for part in row[0].split(",")]
        if len(values) != len(dimensions):
            raise RequestError(
                f"{sheet.label}, row {line}, column {sheet.header[0]!r}: {row[0]!r} has {len(values)} parts, the "
                f"header {len(dimensions)}; download the file again."
            )
        rows.append([*values, *row[1:]])
    return Sheet(sheet.label, [*dimensions, *sheet.header[1:]], rows, sheet.lines, sheet.notes, sheet.percent)


def period_columns(sheet: Sheet) -> list[int]:
    """Find the columns that are named after periods; one alone is enough in a bulk file."""
    return [column for column, name in enumerate(sheet.header) if moment(name) is not None]


def melted(sheet: Sheet, periods: list[int]) -> Sheet:
    """Write a table with periods in columns as a long one: a row for each of its amounts."""
    kept = [column for column in range(len(sheet.header)) if column not in set(periods)]
    rows, lines = [], []
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        own = [row[column] for column in kept]
        for column in periods:
            rows.append([*own, sheet.header[column].strip(), row[column]])
            lines.append(line)
    header = [*(sheet.header[column] for column in kept), "time", "value"]
    return Sheet(sheet.label, header, rows, lines, sheet.notes, sheet.percent)


def without_labels(sheet: Sheet) -> Sheet:
    """Part codes from labels where both stand in a cell, as in ``AT11:Burgenland`` under ``geo:Region``."""
    parted = [
        column
        for column, name in enumerate(sheet.header)
        if ":" in name.strip(":") and all(":" in row[column].strip(":") for row in sheet.rows if row[column])
    ]
    if not parted:
        return sheet
    header = list(sheet.header)
    rows = [list(row) for row in sheet.rows]
    for column in parted:
        header[column] = header[column].partition(":")[0].strip()
        for row in rows:
            row[column] = row[column].partition(":")[0].strip()
    notes = [*sheet.notes, "Cells hold codes and labels; codes were taken."]
    return Sheet(sheet.label, header, rows, sheet.lines, notes, sheet.percent)
