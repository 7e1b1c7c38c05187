"""Cells as they stand in files: text, or numbers of a workbook, without what nobody sees."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

MISSING_WORDS = frozenset(
    {"", ":", "..", "...", ".", "/", "•", "*", "**",
     "na", "n/a", "n.a.", "n.a", "nan", "null", "none", "x", "nd", "n.d.", "n/d",
     "k.a.", "not available", "confidential", "suppressed", "withheld", "not applicable", "missing",
     "c", "u", "z", "d", "(c)", "(d)", "(u)", "(x)", "[c]", "[d]", "[u]", "[x]", "[z]"}
)  # fmt: skip
"""Words for what is not published: blank, never zero."""


class Typed(str):
    """A number of a workbook: no convention of writing can change it."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """A row of a file, its number there, and how many cells it has there, blank ones at its end included."""

    line: int
    cells: list[str]
    width: int = 0

    @property
    def filled(self) -> int:
        """How many cells have anything in them."""
        return sum(map(bool, self.cells))


@dataclass
class Grid:
    """All rows of a file, as they stand.

    Attributes
    ----------
    label
        Name of the file in messages, with the sheet of a workbook.
    rows
        Its rows; blank ones are left out.
    notes
        What was noticed while reading.
    percent
        Whether a workbook shows its numbers as percentages.
    around
        Name of the sheet of a workbook, and words in the format of its numbers.
    """

    label: str
    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    percent: bool = False
    around: list[str] = field(default_factory=list)


def cleaned(rows: list[Row], notes: list[str]) -> list[Row]:
    """Take away blanks around cells and characters that nobody sees; leave out blank rows."""
    hidden = 0
    kept = []
    for row in rows:
        cells = []
        for cell in row.cells:
            clean = _clean(cell)
            hidden += any(
                unicodedata.category(each) in {"Cc", "Cf"} and each not in "\n\r\t" for each in cell
            )
            cells.append(clean)
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            kept.append(Row(row.line, cells, len(row.cells)))
    if hidden:
        notes.append(
            f"{hidden} cells had characters in them that nobody sees, such as U+200B; they were taken out."
        )
    return kept


def _clean(cell: str) -> str:
    if isinstance(cell, Typed):
        return cell
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    # What looks the same is the same: accents that are letters of their own, and blanks of any width.
    seen = (
        " " if letter in "\n\r\t" or unicodedata.category(letter) == "Zs" else letter
        for letter in unicodedata.normalize("NFC", cell)
    )
    return "".join(each for each in seen if unicodedata.category(each) not in {"Cc", "Cf"}).strip()


def is_missing(cell: str) -> bool:
    """Whether a cell is blank or says that nothing is published."""
    text = cell.casefold()
    return text in MISSING_WORDS or text.startswith(":")
