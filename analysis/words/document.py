"""What a report is made of: sentences and tables whose numbers know where they come from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.words.numbers import decimals, probability

SIGNIFICANT_DIGITS = 4
MINUS, NOTHING = "\N{MINUS SIGN}", "\N{EN DASH}"
MOST_DIGITS = 4
EXTREMES = [{f"{end:.{digits}f}" for end in (0, 100)} for digits in range(MOST_DIGITS)]


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
    sure
        Whether it is a difference that chance does not explain; a screen may colour it.
    """

    value: float
    text: str
    source: str
    sure: bool = False


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

    @property
    def of_words(self) -> bool:
        """Whether it holds no numbers at all."""
        return not any(isinstance(cell, Number) for row in self.rows for cell in row)


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
    """A part of a report under a heading.

    Attributes
    ----------
    heading
        What it is about.
    paragraphs, tables, lists
        What it says.
    pictures
        Figures that were drawn.
    figures
        Names of figures of the findings, and what to see in them; a page takes those that were drawn.
    aside
        Whether it is for a page only: a terminal leaves it out.
    """

    heading: str
    paragraphs: tuple[Words, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    lists: tuple[Words, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    aside: bool = False


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
    mind
        What to keep in mind with the answer: what it does not say.
    further
        Commands that would tell more, in order.
    unused
        What of what was asked for was not used.
    glossary
        Terms, and what they mean.
    """

    title: str
    subtitle: str
    asked: tuple[Words, ...]
    answer: tuple[Words, ...]
    sections: tuple[Section, ...]
    command: str
    provenance: tuple[tuple[str, str], ...] = ()
    mind: tuple[Words, ...] = ()
    further: tuple[str, ...] = ()
    unused: tuple[Words, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()


def text_of(sentence: Words) -> str:
    """Write a sentence as plain text."""
    return "".join(part.text if isinstance(part, Number) else part for part in sentence)


def words(*parts: str | Number) -> Words:
    """Put a sentence together."""
    return parts


def percent(value: float, source: str, *, sign: bool = True, digits: int = 1) -> Number:
    """Write a number that is in percent already."""
    return Number(value, f"{written(value, digits, sign=sign)}%" if math.isfinite(value) else NOTHING, source)


def share(value: float, source: str) -> Number:
    """Write a share between 0 and 1 in percent: 0% and 100% only where nothing and all is meant."""
    if not math.isfinite(value):
        return Number(value, NOTHING, source)
    digits = next(
        (d for d in range(MOST_DIGITS) if (f"{100 * value:.{d}f}" in EXTREMES[d]) == (value in (0, 1))), 0
    )
    return Number(value, f"{100 * value:.{digits}f}%", source)


def plain(
    value: float,
    source: str,
    *,
    largest: float | None = None,
    sign: bool = False,
    digits: int = SIGNIFICANT_DIGITS,
) -> Number:
    """Write a number with as many decimals as the largest of its column needs for so many digits."""
    if not math.isfinite(value):
        return Number(value, NOTHING, source)
    places = decimals(abs(value) if largest is None else largest, digits)
    return Number(value, written(value, places, sign=sign), source)


def rounded(value: float, source: str, digits: int = 2) -> Number:
    """Write a number for a sentence, with so many significant digits, large ones in full."""
    if not math.isfinite(value):
        return Number(value, NOTHING, source)
    return Number(value, written(value, decimals(abs(value), digits)), source)


def fixed(value: float, source: str, digits: int, *, sign: bool = False) -> Number:
    """Write a number of a table with so many decimals; nothing where there is none."""
    return Number(value, written(value, digits, sign=sign) if math.isfinite(value) else "", source)


def chance(value: float, source: str) -> Number:
    """Write a probability that chance alone does it."""
    return Number(value, probability(value) if math.isfinite(value) else NOTHING, source)


def count(value: int, source: str) -> Number:
    """Write a whole number."""
    return Number(value, f"{value:,}", source)


def written(value: float, digits: int, *, sign: bool = False) -> str:
    """Write a number with so many decimals and a minus that cannot be taken for a hyphen; zero has no sign."""
    text = f"{value:{'+' if sign else ''},.{digits}f}"
    if not text.strip("+-0.,"):
        return text.lstrip("+-")
    return text.replace("-", MINUS)


def counted(value: int, source: str, one: str, many: str | None = None) -> Words:
    """Write how many there are of something: 1 region, 2 regions."""
    return (count(value, source), f" {one if value == 1 else many or f'{one}s'}")


def joined(names: Sequence[str], last: str = "and") -> str:
    """Join names as in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def in_series(parts: Sequence[Words]) -> Words:
    """Join parts of a sentence that have numbers: one, another and a third."""
    told: list[str | Number] = []
    for place, part in enumerate(parts):
        told += ["" if not place else " and " if place == len(parts) - 1 else ", ", *part]
    return tuple(told)
