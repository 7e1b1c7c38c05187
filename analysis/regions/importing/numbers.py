"""Numbers as statistical offices and spreadsheets write them: one convention for a whole table."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from analysis.errors import RequestError
from analysis.regions.importing.cells import Typed, is_missing
from analysis.regions.importing.flags import flag_of
from analysis.regions.importing.sheet import Sheet

Decimal = Literal["point", "comma"]
DECIMALS: tuple[Decimal, Decimal] = ("point", "comma")
LARGEST = 1e15
"""No region employs, exports or patents more, in whatever currency."""

DECISIVE = 20
"""Numbers of one kind that are no accident."""

_SPACES = " \u00a0\u2009\u202f\u2007"
_APOSTROPHES = "'\u2019\u02bc`"


def _grammar(decimal: str, thousands: str) -> re.Pattern[str]:
    parted = "|".join(
        rf"[1-9][0-9]{{0,2}}(?:[{mark}][0-9]{{3}})+" for mark in (thousands, _SPACES, _APOSTROPHES)
    )
    # Nobody parts thousands before an exponent.
    return re.compile(
        rf"^[+-]?(?:(?:{parted})(?:{decimal}[0-9]*)?|(?:[0-9]+(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]+)?)$"
    )


_GRAMMARS: dict[Decimal, re.Pattern[str]] = {"point": _grammar(r"\.", ","), "comma": _grammar(",", r"\.")}
_BETWEEN = str.maketrans("", "", _SPACES + _APOSTROPHES)
_LOOSE = re.compile(rf"^[+-]?[0-9][0-9.,{_SPACES}{_APOSTROPHES}]*(?:[eE][+-]?[0-9]+)?%?$|^[.,][0-9]+$")


def bare(cell: str) -> str:
    """Give the number in a cell without the flag behind it; a minus sign of typography becomes one of numbers."""
    if isinstance(cell, Typed):
        return cell
    return flag_of(cell)[0].replace("\u2212", "-")


def looks_numeric(cell: str) -> bool:
    """Whether a cell looks like a number, or says that there is none."""
    return isinstance(cell, Typed) or is_missing(cell) or bool(_LOOSE.match(bare(cell)))


def value_of(text: str, decimal: Decimal) -> float | None:
    """Read a number in a convention; None if it is none there."""
    if isinstance(text, Typed):
        return float(text)
    if not _GRAMMARS[decimal].match(text):
        return None
    plain = text.translate(_BETWEEN)
    point = plain.replace(",", "") if decimal == "point" else plain.replace(".", "").replace(",", ".")
    return float(point)


@dataclass(frozen=True)
class Evidence:
    """What the numbers of a table say of how they are written: an example of each kind, and how many.

    Attributes
    ----------
    point, comma
        Numbers that can only be read with a decimal point, or comma.
    either
        Numbers that read differently with each.
    small, large
        Plain whole numbers from 100 to 999, and of four digits and more.
    """

    point: list[str]
    comma: list[str]
    either: list[str]
    small: int
    large: int


def evidence_of(cells: Iterable[str]) -> Evidence:
    """Sort the numbers of a table by what they say of how it is written."""
    found = Evidence([], [], [], 0, 0)
    small = large = 0
    for cell in cells:
        if isinstance(cell, Typed) or is_missing(cell):
            continue
        text = bare(cell)
        point, comma = value_of(text, "point"), value_of(text, "comma")
        if point is None and comma is None:
            continue
        if point is None or comma is None:
            (found.comma if point is None else found.point).append(text)
        elif point != comma:
            found.either.append(text)
        elif text.isdigit() and not text.startswith("0"):
            small += len(text) == 3
            large += len(text) > 3
    return Evidence(found.point, found.comma, found.either, small, large)


def convention_of(
    label: str, cells: Iterable[str], asked: str | None, where: str = ""
) -> tuple[Decimal, str]:
    """Decide how all numbers of a table are written.

    Parameters
    ----------
    label
        Name of the file, for messages.
    cells
        All its numbers.
    asked
        What the user said: ``point`` or ``comma``.
    where
        Place of the first number that reads both ways, for messages.

    Returns
    -------
    tuple
        The decimal sign, and what decided, as a note; empty if nothing had to be decided.

    Raises
    ------
    RequestError
        If the table does not say, or contradicts itself; shows both readings and asks for a choice.
    """
    if asked is not None:
        if asked not in DECIMALS:
            raise RequestError(f"--decimal {asked}: must be point or comma.")
        return (
            "point" if asked == "point" else "comma"
        ), f"Decimals are written with a {asked}, as you said."
    found = evidence_of(cells)
    if found.point and found.comma:
        raise RequestError(
            f"{label}: {found.point[0]!r} has a decimal point, {found.comma[0]!r} a decimal comma; a table is "
            "written in one way. Write all numbers alike."
        )
    if found.point or found.comma:
        sign: Decimal = "point" if found.point else "comma"
        example = (found.point or found.comma)[0]
        return sign, _told(sign, example, found)
    if not found.either:
        return "point", ""
    with_comma = next((text for text in found.either if "," in text), None)
    with_point = next((text for text in found.either if "." in text), None)
    if with_comma and with_point:
        raise RequestError(
            f"{label}: {with_point!r} and {with_comma!r} may each have a decimal sign or part thousands, and not both "
            f"alike ({_written(with_point, 'point')} and {_written(with_comma, 'point')}, or "
            f"{_written(with_point, 'comma')} and {_written(with_comma, 'comma')}); write all numbers in one way, or "
            "give --decimal point or --decimal comma."
        )
    if len(found.either) >= DECISIVE and found.small and not found.large:
        # Grouped in threes throughout, and what is not grouped has three digits: these are separators of thousands.
        sign = "comma" if "." in found.either[0] else "point"
        first = found.either[0]
        return sign, f"Separators stand before three digits throughout: {first} is {_written(first, sign)}."
    first = found.either[0]
    raise RequestError(
        f"{where or label}: {first!r} may be {_written(first, 'point')} or {_written(first, 'comma')}, and the "
        "table does "
        "not say which; give --decimal point or --decimal comma."
    )


def _told(sign: Decimal, example: str, found: Evidence) -> str:
    if not found.either:
        return (
            ""
            if sign == "point" and "," not in example
            else f"Decimals are written with a {sign} ({example})."
        )
    either = found.either[0]
    return (
        f"Decimals are written with a {sign}, so {either} is {_written(either, sign)} ({example!r} decided)."
    )


def _written(text: str, decimal: Decimal) -> str:
    value = value_of(text, decimal)
    return "no number" if value is None else f"{value:.12g}"


def read_number(cell: str, decimal: Decimal, place: str) -> float:
    """Read one cell that is not blank.

    Parameters
    ----------
    cell
        What is in it.
    decimal
        How the table is written.
    place
        File, row and column, for messages.

    Returns
    -------
    float
        The number, at least 0.

    Raises
    ------
    RequestError
        If it is no such number; names file, row, column, value and remedy.
    """
    text = bare(cell)
    value = value_of(text, decimal)
    if value is None:
        raise RequestError(f"{place}: {cell!r} {_remedy(cell)}")
    if value < 0:
        raise RequestError(
            f"{place}: {text} is negative; amounts are at least 0. If it marks what is not published, leave the cell "
            "blank."
        )
    if not math.isfinite(value) or value > LARGEST:
        raise RequestError(
            f"{place}: {text!r} is too large to be an amount (at most {LARGEST:g}); correct it."
        )
    return value


_REMEDIES = (
    (r"[-–—]+", "may mean zero or not published; write 0, or leave the cell blank."),
    (r".*%", "is a share; give amounts, such as persons employed."),
    (r"[<>~≤≥].*", "is a bound; write a number, or leave the cell blank if it is not published."),
    (r"#.*", "is an error of the spreadsheet; mend its formula."),
    (r"\d+\s*[-–]\s*\d+", "is a band; write one number, such as its middle."),
    (r"\d+-[a-z]{3}|[a-z]{3}-\d+|\d\d\d\d-\d\d-\d\d.*",
     "is a date; spreadsheets make dates of numbers such as 10.12, write the number again."),
    (r"[\d.,\s]*\d\s*(k|m|t|mn|mio\.?|bn|mrd\.?|tsd\.?|thousand|million|billion)",
     "has a unit; write the amount in full, such as 5600 for 5.6k."),
    (r"[\d.,\s]*\d\s*([\u00b9\u00b2\u00b3\u2070-\u2079*\u2020\u2021]+|\d?\d\)|[(\[]\d\d?[)\]])",
     "has a mark of a footnote behind it; write the number alone."),
    (r"\([\d.,\s]+\)", "is in brackets, as accountants write what is negative; write a number of at least 0."),
    (r"[$\u00a3\u00a5\u20ac].*|.*[$\u00a3\u00a5\u20ac]", "has a sign of a currency; write the number alone."),
    (r"=.*", "is a formula and no number; let a spreadsheet calculate it, and save its value."),
    (r"[\d.,\s]*\d\s*[^\W\d_]+\.?",
     "has letters that are no official flag (b, c, d, e, f, i, n, p, r, s, u, z); write the number alone."),
    (r"[\d.,'’\s]+", "is not written as the other numbers of the table; write all alike."),
)  # fmt: skip


def _remedy(cell: str) -> str:
    for pattern, told in _REMEDIES:
        if re.fullmatch(pattern, cell.casefold()):
            return told
    return "is no number; write one, or leave the cell blank if it is not published."


def numbers_of(sheet: Sheet, asked: str | None = None) -> Numbers:
    """Read a side table, such as a matrix or a table of domains, in one convention."""
    cells = [cell for row in sheet.rows for cell in row if looks_numeric(cell)]
    decimal, _ = convention_of(sheet.label, cells, asked)
    return Numbers(sheet, decimal)


@dataclass(frozen=True)
class Numbers:
    """Reads cells of a sheet by their place."""

    sheet: Sheet
    decimal: Decimal

    def read(self, row: int, column: int) -> float:
        """Read one cell; NaN where nothing is published."""
        cell = self.sheet.rows[row][column]
        return (
            math.nan if is_missing(cell) else read_number(cell, self.decimal, self.sheet.place(row, column))
        )
