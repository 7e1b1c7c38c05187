"""Reads text files: encoding, delimiter and line ends are found out."""

from __future__ import annotations

import csv
import io
from collections import Counter

from analysis.errors import RequestError
from analysis.regions.importing.cells import Grid, Row, cleaned
from model.spec.phrases import value

_DELIMITERS = (",", ";", "\t", "|")
_TRIED = 300


def read_text(name: str, content: bytes) -> Grid:
    """Read the rows of a text file.

    Parameters
    ----------
    name
        Name of the file in messages.
    content
        Its bytes.

    Returns
    -------
    Grid
        Its rows.

    Raises
    ------
    RequestError
        If it is no text, or no table.
    """
    text, notes = _decode(content, name)
    begins = text.lstrip()[:15].casefold()
    if begins.startswith(("<!doctype", "<html", "<?xml", "<table", "{", "[{")):
        kind = "JSON" if begins[0] in "{[" else "XML" if begins.startswith("<?xml") else "a web page"
        raise RequestError(
            f"{name}: is {kind} and no table; open what it is from, and save the table as CSV."
        )
    head, _, rest = text.partition("\n")
    said = head.strip().casefold().removeprefix("sep=")
    if head.strip().casefold().startswith("sep=") and len(said) <= 1:
        # Excel's own way to say what parts cells; it is no part of the table.
        return Grid(name, cleaned(_whole(rest, said or "\t", name, first=2), notes), notes)
    rows = cleaned(_whole(text, _delimiter(text, name), name), notes)
    if len(rows) > 1 and all(len(row.cells) == 1 for row in rows):
        raise RequestError(
            f"{name}: has one column ({value(rows[0].cells[0], 40)}), as nothing parts its cells; save it with commas, "
            "semicolons or tabs between them."
        )
    return Grid(name, rows, notes)


def _decode(content: bytes, name: str) -> tuple[str, list[str]]:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace"), []
    if b"\0" in content[:4096]:
        raise RequestError(
            f"{name}: is no text; save the table as CSV (UTF-8), or as .xlsx if it is a workbook."
        )
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = "The file is not UTF-8; it was read as Windows-1252. Check letters with accents."
        return content.decode("cp1252", errors="replace"), [note]


def _delimiter(text: str, name: str) -> str:
    """Take what parts most rows into the same number of cells, rather than what the first line has."""
    sample = "\n".join(text[:400_000].splitlines()[:_TRIED])
    best, delimiter = (0.0, 0), ","
    for each in _DELIMITERS:
        widths = Counter(
            len(row.cells) for row in _parse(sample, each, name) if any(map(str.strip, row.cells))
        )
        parted = {width: count for width, count in widths.items() if width > 1}
        if not parted:
            continue
        width = max(parted, key=lambda each_width: (parted[each_width], each_width))
        share = round(parted[width] / sum(widths.values()), 2)
        # The first, tab-separated cell of a bulk file of Eurostat has commas inside.
        if each == "\t" and share > 0.9:
            return each
        if (share, width) > best:
            best, delimiter = (share, width), each
    return delimiter


def _whole(text: str, delimiter: str, name: str, first: int = 1) -> list[Row]:
    """Read all rows, none of which may be inside a cell of another."""
    rows = _parse(text, delimiter, name, first)
    for row in rows:
        for cell in row.cells:
            if any(line.count(delimiter) > 1 for line in cell.splitlines()[1:]):
                raise RequestError(
                    f"{name}, row {row.line}: has a quote that is closed rows later or never, so that all these would "
                    f"be one cell ({value(cell, 40)}); take it out, or write it twice."
                )
    return rows


def _parse(text: str, delimiter: str, name: str, first: int = 1) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, line = [], first
    try:
        for cells in reader:
            rows.append(Row(line, cells))
            line = first + reader.line_num
    except csv.Error as error:
        raise RequestError(
            f"{name}: cannot be read as a table ({error}); look for a quote that is never closed."
        ) from None
    return rows
