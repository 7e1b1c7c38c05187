"""Numbers as statistical offices and spreadsheets write them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from analysis.errors import RequestError
from analysis.regions.importing.sheet import Sheet

MISSING = frozenset(
    {"", ":", "..", "...", ".", "na", "n/a", "nan", "null", "none", "c", ": c", ":c", ": z", ":z", "x"}
)
"""Ways to write that something is not published: blank, never zero."""

_FLAGGED = re.compile(r"^(?P<value>[-+]?[\d.,\s\u00a0\u202f]*\d)\s*(?P<flag>[a-z]{1,3})$")
_PLAIN = re.compile(r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$")
_BY_SPACE = re.compile(r"^\d{1,3}([ \u00a0\u202f']\d{3})+([.,]\d+)?$")
_BY_COMMA = re.compile(r"^\d{1,3}(,\d{3})+(\.\d+)?$")
_BY_DOT = re.compile(r"^\d{1,3}(\.\d{3})+,\d+$")
_COMMA = re.compile(r"^[-+]?\d+,\d+$")


@dataclass
class Numbers:
    """Reads the cells of a sheet as numbers, and counts what it met.

    Attributes
    ----------
    sheet
        The sheet.
    missing, flagged
        How many cells said that nothing is published, and how many carried a flag.
    """

    sheet: Sheet
    missing: int = 0
    flagged: dict[str, int] = field(default_factory=dict)

    def read(self, row: int, column: int) -> float:
        """Read one cell.

        Parameters
        ----------
        row, column
            Its place.

        Returns
        -------
        float
            The number, at least 0; NaN where nothing is published.

        Raises
        ------
        RequestError
            If it is no such number; names file, row, column, value and remedy.
        """
        text = self.sheet.rows[row][column].strip()
        if text.casefold() in MISSING:
            self.missing += 1
            return math.nan
        found = _FLAGGED.match(text.casefold())
        if found:
            text = found["value"].strip()
            self.flagged[found["flag"]] = self.flagged.get(found["flag"], 0) + 1
        value = self._value(text, self.sheet.place(row, column))
        if value < 0:
            raise RequestError(
                f"{self.sheet.place(row, column)}: {text} is negative; amounts are at least 0. If it marks what is "
                "not published, leave the cell blank."
            )
        return value

    def _value(self, text: str, place: str) -> float:
        plain = self._plain(text)
        if plain is None:
            raise RequestError(f"{place}: {text!r} {_remedy(text)}")
        value = float(plain)
        if not math.isfinite(value):
            raise RequestError(f"{place}: {text!r} is too large to be an amount; correct it.")
        return value

    def _plain(self, text: str) -> str | None:
        """Write a number with a point for decimals and nothing between digits; None if that is not clear."""
        if _PLAIN.match(text):
            return text
        if _BY_SPACE.match(text):
            return re.sub(r"[ \u00a0\u202f']", "", text).replace(",", ".")
        if _BY_DOT.match(text):
            return text.replace(".", "").replace(",", ".")
        if self.sheet.decimal_comma and _COMMA.match(text):
            return text.replace(",", ".")
        if _BY_COMMA.match(text) and (text.count(",") > 1 or "." in text):
            return text.replace(",", "")
        return None


def _remedy(text: str) -> str:
    if text in {"-", "–", "—"}:
        return "may mean zero or not published; write 0, or leave the cell blank."
    if text.endswith("%"):
        return "is a share; give amounts, such as persons employed."
    if _COMMA.match(text):
        return (
            f"may be {text.replace(',', '.')} or {text.replace(',', '')}; write decimals with a point and leave out "
            "separators of thousands, or part cells with semicolons if commas stand for decimals."
        )
    if re.match(r"^[<>~≤≥]", text):
        return "is a bound; write a number, or leave the cell blank if it is not published."
    if re.match(r"^#", text):
        return "is an error of the spreadsheet; mend its formula."
    return "is no number; write one, or leave the cell blank if it is not published."
