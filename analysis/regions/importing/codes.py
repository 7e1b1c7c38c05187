"""Codes of regions and domains: which are NACE, which only look alike, which cover others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

DIVISIONS = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43), "G": (45, 47), "H": (49, 53),
    "I": (55, 56), "J": (58, 63), "K": (64, 66), "L": (68, 68), "M": (69, 75), "N": (77, 82), "O": (84, 84),
    "P": (85, 85), "Q": (86, 88), "R": (90, 93), "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip
"""First and last division of each section of NACE Rev. 2 (Regulation (EC) 1893/2006)."""

LETTER = {
    f"{number:02d}": letter
    for letter, (first, last) in DIVISIONS.items()
    for number in range(first, last + 1)
}
NUTS = re.compile(r"^[A-Z]{2}[0-9A-Z]{0,3}$")
_PART = re.compile(r"^(?P<letter>[A-U])?(?P<digits>\d{2}(?:\.?\d{1,2})?)?$")
_SECTIONS = tuple(DIVISIONS)


@cache
def span(code: str) -> frozenset[str] | None:
    """Give the divisions that a code of NACE covers.

    Parameters
    ----------
    code
        Section, division, group, class, or what Eurostat and the OECD make of them: ``C``, ``C10``, ``C10.1``,
        ``C10-C12``, ``B-S_X_O642``, ``BTE``, ``C31_C32``.

    Returns
    -------
    frozenset or None
        Divisions of two digits, and finer codes as they are; None if it is no such code.
    """
    text = code.strip().upper()
    if text in {"TOTAL", "_T", "TOT"}:
        return frozenset(LETTER)
    kept, _, without = text.partition("_X_")
    covered: set[str] = set()
    for part in kept.split("_"):
        found = _range(part)
        if found is None:
            return None
        covered |= found
    for part in filter(None, without.split("_")):
        # What is left out may be named in ways of its own (O642); that does not make the rest another range.
        covered -= _range(part) or set()
    return frozenset(covered)


def _range(text: str) -> set[str] | None:
    low, sign, high = text.partition("-")
    if not sign and (found := re.fullmatch(r"([A-U]\d{0,2})T([A-U]?\d{0,2})", text)) and found[2]:
        low, sign, high = found[1], "T", found[2]
    if not sign:
        return _single(low)
    first, last = _single(low), _single(high if high[:1].isalpha() else f"{low[:1]}{high}")
    if not first or not last or min(first) > max(last):
        return None
    return {division for division in LETTER if min(first)[:2] <= division <= max(last)[:2]}


def _single(text: str) -> set[str] | None:
    found = _PART.match(text)
    if found is None or not text:
        return None
    letter, digits = found["letter"], (found["digits"] or "").replace(".", "")
    if not digits:
        first, last = DIVISIONS[letter]
        return {f"{number:02d}" for number in range(first, last + 1)}
    if digits[:2] not in LETTER or (letter and LETTER[digits[:2]] != letter):
        return None
    return {digits}


def covers(one: str, other: str) -> bool:
    """Whether a code of NACE covers another one, and more than that."""
    wide, narrow = span(one), span(other)
    if wide is None or narrow is None or wide == narrow or not narrow:
        return False
    return all(
        code in wide or any(code.startswith(each) and code != each for each in wide) for code in narrow
    )


def is_nace(codes: Iterable[str]) -> bool:
    """Whether all codes are of NACE with the letters of their sections, at least four of them, or ranges of such."""
    several = [code for code in map(str, codes) if code.upper() not in {"TOTAL", "_T"}]
    return len(several) >= 4 and all(
        code[:1].isalpha() and span(code.upper()) is not None for code in several
    )


def are_division_numbers(codes: Sequence[str]) -> bool:
    """Whether all codes are numbers that divisions of NACE have, and chapters of HS and others, too."""
    return len(codes) > 0 and all(
        code.isdigit() and len(code) <= 2 and code.zfill(2) in LETTER for code in codes
    )


def looks_like_regions(codes: Iterable[str]) -> bool:
    """Whether all codes are of the form of NUTS."""
    several = list(codes)
    return bool(several) and all(NUTS.match(code.upper()) for code in several)


def looks_like_domains(codes: Iterable[str]) -> bool:
    """Whether nearly all codes are of NACE."""
    several = [code for code in codes if code]
    known = sum(code[:1].isalpha() and span(code.upper()) is not None for code in several)
    return bool(several) and known >= 0.8 * len(several)
