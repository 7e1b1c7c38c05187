"""What a report is made of: sentences and tables whose numbers know where they come from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.console.tables import decimals

SIGNIFICANT_DIGITS = 4


@dataclass(frozen=True)
class Number:
    """A number in a report.

    Attributes
    ----------
    value
        The number itself, unrounded.
    text
        How it is written.
    source
        Which entry of which table it is: ``"comparison/knowledge_per_region/sector/relative"``.
    """

    value: float
    text: str
    source: str


Words = tuple[str | Number, ...]
"""A sentence: text and numbers in turn."""

Cell = str | Number


@dataclass(frozen=True)
class Table:
    """A table with a heading for each column; the first column names the rows.

    Attributes
    ----------
    caption
        What it shows.
    headings
        Heading of each column.
    rows
        Cells of each row.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A figure of a results folder.

    Attributes
    ----------
    path
        SVG file.
    caption
        What to see in it.
    """

    path: Path
    caption: str


@dataclass(frozen=True)
class Section:
    """A part of a report under a heading."""

    heading: str
    paragraphs: tuple[Words, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    lists: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes
    ----------
    title, subtitle
        Headings.
    asked
        What was asked, a sentence or two.
    answer
        The answer in three sentences.
    sections
        What supports it.
    command
        What makes the results again.
    provenance
        Names and values of what they were made with.
    """

    title: str
    subtitle: str
    asked: tuple[Words, ...]
    answer: tuple[Words, ...]
    sections: tuple[Section, ...]
    command: str
    provenance: tuple[tuple[str, str], ...] = field(default=())


def words(*parts: str | Number) -> Words:
    """Put a sentence together."""
    return parts


def percent(value: float, source: str, *, sign: bool = True, digits: int = 1) -> Number:
    """Write a number that is in percent already."""
    return Number(value, f"{value:{'+' if sign else ''}.{digits}f}%" if math.isfinite(value) else "-", source)


def share(value: float, source: str) -> Number:
    """Write a share between 0 and 1 in percent."""
    return Number(value, f"{100 * value:.0f}%" if math.isfinite(value) else "-", source)


def plain(value: float, source: str, *, largest: float | None = None, sign: bool = False) -> Number:
    """Write a number with as many decimals as the largest of its column needs."""
    if not math.isfinite(value):
        return Number(value, "-", source)
    digits = decimals(abs(value) if largest is None else largest, SIGNIFICANT_DIGITS)
    return Number(value, f"{value:{'+' if sign else ''},.{digits}f}", source)


def count(value: int, source: str) -> Number:
    """Write a whole number."""
    return Number(value, f"{value:,}", source)


def joined(names: Sequence[str]) -> str:
    """Join names as in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
