"""How seeds are written down: a count, a range, or a list of both."""

from __future__ import annotations

import re

from analysis.errors import RequestError

FIRST_SEED = 10_000
"""Results are reported on seeds from here on; those below 1,000 are for calibration."""

MOST_SEEDS = 100_000
LARGEST_SEED = 2**63 - 1
TYPICAL = "typical"
"""Asks for the one seed that is typical of a story."""

_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_PART = re.compile(r"(\d{1,20})(?:-(\d{1,20}))?", re.ASCII)


def parse_seeds(text: str, typical: int | None = None) -> tuple[int, ...]:
    """Read seeds as a user writes them.

    Parameters
    ----------
    text
        ``"16"`` is a count, from seed 10000 on; ``"10000-10015"`` a range with both ends;
        ``"3-3"`` the single seed 3; ``"10000-10003,10010"`` a list, in the order given; ``"typical"`` the one that
        is typical of a story, where that is known.
    typical
        That seed.

    Returns
    -------
    tuple of int
        The seeds, each once.

    Raises
    ------
    RequestError
        If the text says no seeds, too many, or one of them twice.
    """
    text = text.strip()
    if text == TYPICAL and typical is not None:
        return (typical,)
    if _COUNT.fullmatch(text):
        return _checked(range(FIRST_SEED, FIRST_SEED + int(text)), text)
    seeds: list[int] = []
    for part in text.split(","):
        seeds.extend(_checked(_range(part.strip(), text), text))
        _checked(seeds, text)
    if len(set(seeds)) < len(seeds):
        raise RequestError(field="seeds", value=text, rule="a seed is named twice, and would count twice")
    return tuple(seeds)


def _range(part: str, text: str) -> range:
    match = _PART.fullmatch(part)
    if match is None:
        raise RequestError(
            field="seeds",
            value=text,
            rule=f"{part!r} is neither a count nor a range",
            remedy="Write a count (16), a range (10000-10015) or a list of ranges (10000-10003,10010-10010).",
        )
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise RequestError(
            field="seeds",
            value=text,
            rule=f"the range {part} runs backwards",
            remedy=f"write {last}-{first}.",
        )
    if last > LARGEST_SEED:
        raise RequestError(field="seeds", value=text, rule=f"seeds go up to {LARGEST_SEED}")
    return range(first, last + 1)


def _checked(seeds: range | list[int], text: str) -> tuple[int, ...]:
    if not 1 <= len(seeds) <= MOST_SEEDS:
        raise RequestError(
            field="seeds", value=text, rule=f"from 1 to {MOST_SEEDS:,} seeds can be run at once"
        )
    return tuple(seeds)
