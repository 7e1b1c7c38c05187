"""Finds the header of a table among titles, units, groups of columns and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from statistics import median

from analysis.errors import RequestError
from analysis.regions.importing.cells import Grid, Row, is_missing
from analysis.regions.importing.flags import is_flag
from analysis.regions.importing.numbers import looks_numeric
from analysis.regions.importing.periods import moment
from analysis.regions.importing.roles import NAMES, plain
from analysis.regions.importing.sheet import Sheet
from model.spec import phrases

_NOTES_AT_MOST = 0.34
"""Share of a row's cells that a note below a table may spread over."""

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mrz|m\u00e4r|mai|okt|dez|janv|f\u00e9vr|mars|avr|juin|juil"
    r"|ao\u00fbt|sept|d\u00e9c|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|maj|kwi|cze|lip|sie|wrz|pa\u017a|lis|gru)\.?"
)
DATE = re.compile(
    rf"^(19|20)\d\d-\d\d-\d\d( 00:00:00)?$|^\d{{1,2}}[/.]\d{{1,2}}[/.](19|20)\d\d$"
    rf"|^\d{{1,2}}(\. ?|[- ]){_MONTH}([- ]\d{{2}}(\d\d)?)?$|^{_MONTH}[- ]\d{{1,2}}$",
    re.IGNORECASE,
)
"""Dates as spreadsheets write them, in some languages, which they make of codes such as 10.12."""
EXPONENT = re.compile(r"^\d([.,]\d+)?E[+-]?\d\d$")
"""Numbers as spreadsheets write them, which they make of codes such as 1E05."""


def find_header(grid: Grid) -> Sheet:
    """Tell header, rows and notes apart.

    Parameters
    ----------
    grid
        All rows of a file.

    Returns
    -------
    Sheet
        Header and rows, with notes on what was left out.

    Raises
    ------
    RequestError
        If there is no header, or rows do not fit it.
    """
    notes = list(grid.notes)
    if not grid.rows:
        raise RequestError(f"{grid.label}: has no cells with anything in them.")
    start = _start(grid.rows)
    around = list(grid.around)
    below: list[str] = []
    header, rows = _names(grid, start, notes, around)
    while header and not header[-1]:
        header.pop()
    beyond = [row.cells[len(header)] for row in rows if len(row.cells) == len(header) + 1]
    if (
        beyond
        and all(map(is_flag, filter(None, beyond)))
        and len(max(rows, key=_width).cells) == len(header) + 1
    ):
        header.append("")
    width = len(header)
    body, lines = [], []
    for row in _without_notes(rows, grid.rows[start], width, notes, below):
        if len(row.cells) > width:
            raise RequestError(
                f"{grid.label}, row {row.line}: has more cells than the header has names ({len(row.cells)} against "
                f"{width}); {row.cells[-1]!r} belongs to no column. Name it, or put text with commas in quotes."
            )
        body.append(row.cells + [""] * (width - len(row.cells)))
        lines.append(row.line)
    if not body:
        raise RequestError(f"{grid.label}: has a header and no rows; the regions are missing.")
    _refuse_data(grid, header, body)
    _name_columns(grid, header, body, grid.rows[start].line)
    short = {row.line: row.width for row in rows if 1 < row.width < width}
    return Sheet(grid.label, header, body, lines, notes, grid.percent, short, around, below)


def _start(rows: list[Row]) -> int:
    """Take the first row that is about as full as those below it; titles are not."""
    usual = median(row.filled for row in rows)
    width = median(len(row.cells) for row in rows)
    return next(
        (
            at
            for at, row in enumerate(rows[:-1])
            # A header may leave out the name of the column of regions; titles begin in the first column.
            if row.filled >= 0.7 * usual or (not row.cells[0] and len(row.cells) >= width)
        ),
        0,
    )


def _names(grid: Grid, start: int, notes: list[str], around: list[str]) -> tuple[list[str], list[Row]]:
    """Put the names of columns together, of one row or two."""
    rows = grid.rows
    header, below = list(rows[start].cells), start + 1
    above = rows[start - 1] if start else None
    if above is not None and above.filled > 1 and rows[start].line - above.line == 1:
        header = _filled(header, above.cells)
        notes.append(
            f"Row {above.line} names groups of columns ({_some(above)}); row {rows[start].line} was taken."
        )
        titles = rows[: start - 1]
    else:
        titles = rows[:start]
    around += [_words(row) for row in rows[:start]]
    if titles:
        notes.append(f"Above the header were left out: {'; '.join(_some(row) for row in titles[:4])}.")
    if _is_second_header(rows, start):
        second = rows[below]
        chosen, other = _finer(rows[start], second)
        if chosen is rows[start]:
            _one_unit(grid.label, second)
        header = _filled(list(chosen.cells), other.cells)
        notes.append(
            f"The header has two rows; row {chosen.line} was taken, row {other.line} ({_some(other)}) was not."
        )
        below += 1
        around.append(_words(other))
    return header, rows[below:]


def _is_second_header(rows: list[Row], start: int) -> bool:
    """Whether the row under the header has words where all further rows have numbers."""
    rest = rows[start + 2 :]
    if not rest:
        return False
    second = rows[start + 1].cells
    worded = numbered = 0
    for column in range(1, len(second)):
        below = [row.cells[column] for row in rest if column < len(row.cells) and row.cells[column]]
        if below and sum(map(looks_numeric, below)) > len(below) / 2:
            numbered += 1
            worded += (
                bool(second[column]) and not looks_numeric(second[column]) and not is_missing(second[column])
            )
    return numbered > 1 and worded >= max(2, 0.7 * numbered)


def _finer(one: Row, other: Row) -> tuple[Row, Row]:
    """Choose the row that tells more columns apart; of two that do, the one with shorter words, which are codes."""
    kinds = [(len(set(filter(None, row.cells[1:]))), -sum(map(len, row.cells))) for row in (one, other)]
    return (one, other) if kinds[0] >= kinds[1] else (other, one)


def _one_unit(label: str, row: Row) -> None:
    units = Counter(filter(None, row.cells[1:]))
    if 1 < len(units) <= 3 < sum(units.values()):
        raise RequestError(
            f"{label}, row {row.line}: columns are of several kinds ({', '.join(map(repr, units))}); keep the "
            "columns of "
            "one of them."
        )


def _filled(header: list[str], other: list[str]) -> list[str]:
    width = max(len(header), len(other))
    one, two = (cells + [""] * (width - len(cells)) for cells in (header, other))
    return [name or group for name, group in zip(one, two, strict=True)]


def _without_notes(rows: list[Row], header: Row, width: int, notes: list[str], below: list[str]) -> list[Row]:
    """Leave out repeated headers, and lines of text under the table or between its rows."""
    kept: list[Row] = []
    left: list[Row] = []
    last = max((at for at, row in enumerate(rows) if row.filled > 1), default=len(rows))
    before = header.line
    under = False
    for at, row in enumerate(rows):
        thin = row.filled <= max(1, _NOTES_AT_MOST * width) and width > 2
        under = (under or row.line - before > 1) and thin
        before = row.line
        alone = at > last and row.filled == 1 < width - 1
        if row.cells != header.cells:
            (left if alone or (under and kept) else kept).append(row)
    below += map(_words, left)
    if left:
        told = "; ".join(f"row {row.line} {_some(row)}" for row in left[:6])
        notes.append(f"Rows without amounts were taken for notes: {told}{' ...' if len(left) > 6 else ''}.")
    return kept


def _width(row: Row) -> int:
    return len(row.cells)


def _refuse_data(grid: Grid, header: list[str], body: list[list[str]]) -> None:
    """Refuse a table without a header, whose first row would be lost."""
    numbers = [name for name in header[1:] if name and looks_numeric(name) and moment(name) is None]
    same = sum(_mask(row[0]) == _mask(header[0]) for row in body if row[0]) > len(body) / 2
    known = any(plain(header[0]) in names for names in NAMES.values())
    codes = [int(name) for name in numbers if name.isdigit()]
    unsorted = (
        len(numbers) == len(header) - 1 > 1
        and not known
        and (codes != sorted(codes) or len(codes) < len(numbers))
    )
    if header[0] and ((same and numbers and any(map(str.isdigit, header[0]))) or unsorted):
        raise RequestError(
            f"{grid.label}: the first row ({', '.join(header[:4])} ...) seems to hold data and no names of "
            "columns; put a "
            "row of names above it."
        )


def _mask(code: str) -> str:
    """Give the form of a code: AA9 for AT11."""
    return re.sub(r"[A-Za-z]", "A", re.sub(r"[0-9]+", "9", code))


def _name_columns(grid: Grid, header: list[str], body: list[list[str]], line: int) -> None:
    numeric = [
        name
        for column, name in enumerate(header)
        if column > 0 and name and _mostly(looks_numeric, [row[column] for row in body if row[column]])
    ]
    periods = all(DATE.match(name) for name in numeric)
    for column, name in enumerate(header):
        if DATE.match(name) and not periods:
            raise RequestError(
                f"{grid.label}, row {line}: the name of column {column + 1} is a date ({name}); spreadsheets "
                "make dates of "
                "codes such as 10.12. Write the code again, in a column formatted as text."
            )
        cells = [row[column] for row in body if row[column]]
        if name or not cells or column == 0:
            continue
        if all(map(is_flag, cells)):
            header[column] = f"{header[column - 1]}_flag"
            continue
        raise RequestError(
            f"{grid.label}: column {column + 1} has cells but no name; give it one in row {line}."
        )


def _mostly(what: Callable[[str], bool], cells: list[str]) -> bool:
    return sum(map(what, cells)) > len(cells) / 2


def _words(row: Row) -> str:
    return " ".join(filter(None, row.cells))


def _some(row: Row) -> str:
    return phrases.value(_words(row), 60)
