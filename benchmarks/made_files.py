"""Tables that were made become files, in the ways of writing that people use."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl

from benchmarks.made_layouts import LAYOUTS, Cells
from benchmarks.made_tables import Draft


def write(made: Draft, folder: Path) -> Path:
    """Write a table.

    Parameters
    ----------
    made
        The table.
    folder
        Where to.

    Returns
    -------
    pathlib.Path
        The file.
    """
    grid = LAYOUTS[made.layout](made)
    grid = _around(made, grid)
    if made.file & {"workbook", "workbook_of_text"} and made.layout != "bulk":
        return _workbook(made, grid, folder / "table.xlsx")
    return _text(made, grid, folder / ("table.tsv" if made.layout == "bulk" else "table.csv"))


def _around(made: Draft, grid: Cells) -> Cells:
    luck = made.luck
    if "hidden_letters" in made.file and made.layout != "bulk":
        grid = [
            [f"{cell}\u200b" if isinstance(cell, str) and luck.random() < 0.3 else cell for cell in row]
            for row in grid
        ]
    if "hard_spaces" in made.file:
        grid = [
            [f"\u00a0{cell} " if isinstance(cell, str) and luck.random() < 0.3 else cell for cell in row]
            for row in grid
        ]
    if "header_again" in made.file and len(grid) > 3:
        grid.insert(len(grid) // 2, list(grid[0]))
    if made.layout == "wide" and "two_header_rows" in made.file and not made.periods:
        grid = [[grid[0][0], "Industry", *[""] * (len(grid[0]) - 2)], ["", *grid[0][1:]], *grid[1:]]
    elif made.layout == "wide" and "unit_row" in made.file:
        grid.insert(1, ["", *["persons"] * (len(grid[0]) - 1)])
    if (
        "no_header" in made.file
        and "two_header_rows" not in made.file
        and not made.titles
        and len(grid) > 4
        and made.layout in {"wide", "sdmx"}
    ):
        made.must_refuse, grid = True, grid[1:]
    return [
        *([line] if line else [] for line in made.titles),
        *grid,
        *([line] if line else [] for line in made.notes),
    ]


def _text(made: Draft, grid: Cells, path: Path) -> Path:
    delimiter = next(
        (sign for name, sign in (("semicolon", ";"), ("tab", "\t"), ("pipe", "|")) if name in made.file), ","
    )
    delimiter = "\t" if made.layout == "bulk" else ";" if "sep_line" in made.file else delimiter
    stream = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if "all_quoted" in made.file else csv.QUOTE_MINIMAL
    lines = "\r" if "old_mac" in made.file else "\r\n" if "windows_lines" in made.file else "\n"
    writer = csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=lines)
    trailing = [""] if "trailing" in made.file and made.layout != "bulk" else []
    if (
        "short_row" in made.file
        and made.layout == "wide"
        and not trailing
        and not made.titles
        and len(grid) > 3
    ):
        row = next((row for row in grid[2:] if len(row) > 4), None)
        if row is not None:
            del row[2]
            made.must_refuse = True
    writer.writerows([*row, *trailing] for row in grid)
    text = stream.getvalue()
    if "open_quote" in made.file and "all_quoted" not in made.file and len(grid) > 4 and '"' not in text:
        at = text.index(lines, text.index(lines) + 1) + len(lines)
        text, made.must_refuse = f'{text[:at]}"{text[at:]}', True
    if "blank_first" in made.file:
        text = lines * 2 + text
    if "sep_line" in made.file and made.layout != "bulk":
        text = f"sep={delimiter}{lines}{text}"
    encoding = "utf-16" if "utf16" in made.file else "utf-8-sig" if "bom" in made.file else "utf-8"
    if "latin" in made.file and text.encode("cp1252", errors="ignore").decode("cp1252") == text:
        encoding = "cp1252"
    path.write_bytes(text.encode(encoding))
    return path


def _workbook(made: Draft, grid: Cells, path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    if "second_sheet" in made.file:
        sheet.append(["notes"])
        sheet = book.create_sheet("data")
        made.options["sheet"] = "data"
    for row in grid:
        sheet.append([None if cell == "" else cell for cell in row])
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float)]
    if cells and "percent_format" in made.file:
        made.must_refuse = True
        for cell in cells:
            cell.number_format = "0.0%"
    if cells and "no_values" in made.file:
        made.must_refuse = True
        cells[0].value = f"={cells[0].value}+0"
    if made.layout == "wide" and "date_for_code" in made.file and not made.titles and len(grid[0]) > 4:
        made.must_refuse = True
        sheet.cell(1, len(grid[0])).value = dt.datetime(2026, 12, 10)  # noqa: DTZ001
    book.save(path)
    return path
