"""Reads a file of any usual kind into cells that remember where they stood."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import RequestError
from model.loading.reading import shown

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
EXCEL_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
MOST_BYTES = 200_000_000
_DELIMITERS = (",", ";", "\t", "|")


@dataclass
class Sheet:
    """A table of text cells.

    Attributes
    ----------
    label
        Name of the file in messages, with the sheet of a workbook.
    header
        Names of columns.
    rows
        Cells, as many in each row as there are columns.
    lines
        Line of the file, or row of the sheet, of each row.
    decimal_comma
        Whether the file writes 1,5 for one and a half.
    notes
        What was noticed while reading.
    """

    label: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    decimal_comma: bool = False
    notes: list[str] = field(default_factory=list)

    def place(self, row: int, column: int) -> str:
        """Say where a cell stands: file, row and column."""
        return f"{self.label}, row {self.lines[row]}, column {self.header[column]!r}"


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """Read the cells of a file.

    Parameters
    ----------
    path
        CSV, TSV, Excel or OpenDocument file.
    sheet
        Sheet of a workbook; the first by default.

    Returns
    -------
    Sheet
        Its cells as text.

    Raises
    ------
    RequestError
        If it cannot be read as a table.
    """
    name = shown(path)
    _check_file(path, name)
    suffix = path.suffix.lower()
    if suffix in EXCEL_SUFFIXES:
        label, cells = _read_workbook(path, name, sheet)
        return _headed(label, cells, decimal_comma=False, notes=[])
    if suffix not in TEXT_SUFFIXES:
        listed = ", ".join(TEXT_SUFFIXES + EXCEL_SUFFIXES)
        raise RequestError(f"{name}: is of no kind that can be read; save it as one of {listed}.")
    if sheet is not None:
        raise RequestError(f"{name}: --sheet is for workbooks; a text file has no sheets, leave it out.")
    return text_sheet(name, path.read_bytes())


def text_sheet(name: str, content: bytes) -> Sheet:
    """Read the cells of a text file that is in memory.

    Parameters
    ----------
    name
        Name of the file in messages.
    content
        Its bytes: CSV or TSV.

    Returns
    -------
    Sheet
        Its cells as text.

    Raises
    ------
    RequestError
        If it cannot be read as a table.
    """
    text, notes = _decode(content, name)
    delimiter = _delimiter(text.split("\n", 1)[0])
    try:
        cells = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise RequestError(
            f"{name}: cannot be read as a table ({error}); look for a quote that is never closed."
        ) from None
    return _headed(name, cells, decimal_comma=delimiter == ";", notes=notes)


def _check_file(path: Path, name: str) -> None:
    if path.is_dir():
        raise RequestError(f"{name}: is a folder; name the file in it that holds the table.")
    if not path.exists():
        raise RequestError(f"{name}: there is no such file; check the path.")
    size = path.stat().st_size
    if size == 0:
        raise RequestError(f"{name}: is empty; save the table again.")
    if size > MOST_BYTES:
        raise RequestError(f"{name}: has {size / 1e6:.0f} MB; keep to the regions and years that matter.")


def _decode(content: bytes, name: str) -> tuple[str, list[str]]:
    if b"\0" in content[:4096]:
        raise RequestError(
            f"{name}: is no text; save the table as CSV (UTF-8), or as .xlsx if it is a workbook."
        )
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = "The file is not UTF-8; it was read as Windows-1252. Check letters with accents."
        return content.decode("cp1252", errors="replace"), [note]


def _delimiter(first: str) -> str:
    # The header of Eurostat's bulk files has commas inside its first, tab-separated cell.
    if "\t" in first:
        return "\t"
    return max(_DELIMITERS, key=first.count)


def _read_workbook(path: Path, name: str, sheet: str | None) -> tuple[str, list[list[Any]]]:
    # Imported late: few read workbooks.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as error:
        raise RequestError(f"{name}: cannot be read as a workbook ({error}); save it as .xlsx.") from None
    chosen = book.sheet_names[0] if sheet is None else sheet
    if chosen not in book.sheet_names:
        raise RequestError(f"{name}: has no sheet {chosen!r}; it has {', '.join(book.sheet_names)}.")
    cells = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    return f"{name} [{chosen}]", [[_text(cell) for cell in row] for row in cells]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _headed(label: str, cells: list[list[str]], *, decimal_comma: bool, notes: list[str]) -> Sheet:
    """Take the first row that is not empty as the header, and check that all rows fit it."""
    trimmed = [[cell.strip() for cell in row] for row in cells]
    start = next((number for number, row in enumerate(trimmed) if any(row)), None)
    if start is None:
        raise RequestError(f"{label}: has no cells with anything in them.")
    header = trimmed[start]
    while header and not header[-1]:
        header.pop()
    rows, lines = [], []
    for number, row in enumerate(trimmed[start + 1 :], start=start + 2):
        if not any(row):
            continue
        if len(row) > len(header) and any(row[len(header) :]):
            extra = next(cell for cell in row[len(header) :] if cell)
            raise RequestError(
                f"{label}, row {number}: has more cells than the header has names ({len(row)} against "
                f"{len(header)}); {extra!r} belongs to no column. Name it, or put text with commas in quotes."
            )
        rows.append((row + [""] * len(header))[: len(header)])
        lines.append(number)
    if not rows:
        raise RequestError(f"{label}: has a header and no rows; the regions are missing.")
    for column, name in enumerate(header):
        if not name and any(row[column] for row in rows) and column > 0:
            raise RequestError(
                f"{label}: column {column + 1} has cells but no name; give it one in row {start + 1}."
            )
    return Sheet(label, header, rows, lines, decimal_comma, notes)
