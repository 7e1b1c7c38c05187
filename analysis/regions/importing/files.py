"""Files of any usual kind become a table with a header."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import RequestError
from analysis.regions.importing.header import find_header
from analysis.regions.importing.sheet import Sheet
from analysis.regions.importing.text_file import read_text
from analysis.regions.importing.workbook import read_workbook
from model.loading.reading import shown

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
EXCEL_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
MOST_BYTES = 200_000_000


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """Read the table of a file.

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
        return find_header(read_workbook(path, name, sheet))
    if suffix not in TEXT_SUFFIXES:
        listed = ", ".join(TEXT_SUFFIXES + EXCEL_SUFFIXES)
        raise RequestError(f"{name}: is of no kind that can be read; save it as one of {listed}.")
    if sheet is not None:
        raise RequestError(f"{name}: --sheet is for workbooks; a text file has no sheets, leave it out.")
    return text_sheet(name, path.read_bytes())


def text_sheet(name: str, content: bytes) -> Sheet:
    """Read the table of a text file that is in memory.

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
    return find_header(read_text(name, content))


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
