"""Reads workbooks: numbers stay numbers, and what Excel did to them is noticed."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from analysis.errors import RequestError
from analysis.regions.importing.cells import Grid, Row, Typed, cleaned

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENT = {"9": "0%", "10": "0.00%"}
"""Numbers of the built-in formats 0% and 0.00% (ECMA-376, 18.8.30)."""

MANY = 1000

DATE = re.compile(r"^(19|20)\d\d-\d\d-\d\d( 00:00:00)?$")


def read_workbook(path: Path, name: str, sheet: str | None) -> Grid:
    """Read the rows of a sheet.

    Parameters
    ----------
    path
        Excel or OpenDocument file.
    name
        Name of the file in messages.
    sheet
        Sheet to read; the first by default.

    Returns
    -------
    Grid
        Its rows.

    Raises
    ------
    RequestError
        If it is no workbook, has no such sheet, or holds formulas that were never calculated.
    """
    # Imported late: few read workbooks.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_path(str(path))
        chosen = book.sheet_names[0] if sheet is None else sheet
        if chosen not in book.sheet_names:
            raise RequestError(f"{name}: has no sheet {chosen!r}; it has {', '.join(book.sheet_names)}.")
        cells = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise RequestError(f"{name}: cannot be read as a workbook ({error}); save it as .xlsx.") from None
    label = f"{name} [{chosen}]"
    notes: list[str] = []
    if sheet is None and len(book.sheet_names) > 1:
        notes.append(
            f"Of {len(book.sheet_names)} sheets, the first was read ({chosen}); --sheet chooses another."
        )
    rows = [Row(number, [_text(cell) for cell in row]) for number, row in enumerate(cells, start=1)]
    percent, around = False, [chosen]
    if zipfile.is_zipfile(path) and path.suffix.lower() in {".xlsx", ".xlsm"}:
        seen = _inspect(path.read_bytes(), chosen)
        percent = seen.percent
        around += seen.words
        for cells_of, what, remedy in (
            (seen.uncalculated, "formulas without a value", "let it calculate"),
            (seen.errors, "errors of the spreadsheet instead of numbers", "mend them, or empty these cells"),
        ):
            if cells_of:
                raise RequestError(
                    f"{label}: {len(cells_of)} cells hold {what} ({', '.join(cells_of[:3])}); open the file in a "
                    f"spreadsheet, {remedy}, and save it again."
                )
        if seen.hidden:
            notes.append(
                f"Warning: {seen.hidden} rows or columns are hidden in the workbook; they were read as all others."
            )
    return Grid(label, cleaned(rows, notes), notes, percent, around)


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return Typed(
            int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        )
    if isinstance(cell, dt.datetime | dt.date):
        return str(cell)
    return str(cell)


@dataclass
class _Seen:
    """What readers of values do not tell: where formulas have no value, and errors; what is shown how, and hidden."""

    uncalculated: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    percent: bool = False
    hidden: int = 0
    words: list[str] = field(default_factory=list)


def _inspect(content: bytes, sheet: str) -> _Seen:
    """Look at what readers of values give nothing for, or 0.05 for 5%."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        try:
            return _looked_at(_elements(book, _place(book, sheet)), _formats(book))
        except (KeyError, ET.ParseError, ValueError):
            # What cannot be inspected was still read.
            return _Seen()


def _looked_at(elements: Iterator[ET.Element], formats: Mapping[str, str]) -> _Seen:
    seen, shown = _Seen(), Counter[str]()
    for each in elements:
        if each.tag != f"{_MAIN}c":
            spans = int(each.get("max", "1")) - int(each.get("min", "1")) + 1
            # Whatever lies beyond a table may be hidden, too.
            seen.hidden += spans if each.get("hidden") in {"1", "true"} and spans < MANY else 0
            continue
        value = each.find(f"{_MAIN}v")
        empty = value is None or not value.text
        if each.find(f"{_MAIN}f") is not None and empty:
            seen.uncalculated.append(each.get("r", "?"))
        elif each.get("t") == "e":
            seen.errors.append(each.get("r", "?"))
        elif not empty and each.get("t", "n") == "n":
            shown[formats.get(each.get("s", "0"), "")] += 1
    usual, count = shown.most_common(1)[0] if shown else ("", 0)
    if count > shown.total() / 2:
        seen.percent = "%" in usual
        seen.words = re.findall(r'"\s*([^"]*\w[^"]*)"', usual)
    return seen


def _elements(book: zipfile.ZipFile, place: str) -> Iterator[ET.Element]:
    tags = {f"{_MAIN}{tag}" for tag in ("c", "col", "row")}
    with book.open(place) as stream:
        # Expat limits how far entities may grow.
        for _, element in ET.iterparse(stream):  # noqa: S314
            if element.tag in tags:
                yield element
                element.clear()


def _place(book: zipfile.ZipFile, sheet: str) -> str:
    identity = next(
        each.get(_LINK) for each in list(_kept(book, "xl/workbook.xml", "sheet")) if each.get("name") == sheet
    )
    tree = ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(each.get("Target", "") for each in tree if each.get("Id") == identity)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _kept(book: zipfile.ZipFile, place: str, tag: str) -> Iterator[ET.Element]:
    return ET.fromstring(book.read(place)).iter(f"{_MAIN}{tag}")  # noqa: S314


def _formats(book: zipfile.ZipFile) -> dict[str, str]:
    """Give the format of numbers by the style of a cell."""
    if "xl/styles.xml" not in book.namelist():
        return {}
    own = {
        each.get("numFmtId", "0"): each.get("formatCode", "")
        for each in _kept(book, "xl/styles.xml", "numFmt")
    }
    styles = next(_kept(book, "xl/styles.xml", "cellXfs"))
    return {str(at): {**_PERCENT, **own}.get(each.get("numFmtId", "0"), "") for at, each in enumerate(styles)}
