"""Numbers as people read them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

SIGNIFICANT_DIGITS = 4


def decimals(largest: float, digits: int = SIGNIFICANT_DIGITS) -> int:
    """Give the decimals that show the largest of some numbers with so many significant digits."""
    if not math.isfinite(largest) or largest == 0:
        return 0
    return min(12, max(0, digits - 1 - math.floor(math.log10(largest))))


def number(value: float, digits: int, *, sign: str = "", unit: str = "") -> str:
    """Write a number with so many decimals; nothing where there is none."""
    if not math.isfinite(value):
        return ""
    return f"{value:{sign},.{digits}f}{unit}"


def ends(low: float, high: float, digits: int, sign: str = "+") -> str:
    """Write the ends of an interval; nothing where there is none."""
    if not math.isfinite(low):
        return ""
    return f"{number(low, digits, sign=sign)} to {number(high, digits, sign=sign)}"


def probability(value: float) -> str:
    """Write a probability with three digits, and nothing where there is none."""
    return "<.001" if value < 0.001 else number(value, 3)


def plain_rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """Give the rows of a table as plain data for JSON, with None where there is nothing."""
    return table.astype(object).where(table.notna(), None).to_dict("records")
