"""Codes that nest: AA over AA1 over AA11, C over C10, B-S_X_O642 over all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.regions.importing.codes import NUTS, covers, span
from analysis.regions.importing.sums import NEARLY, agrees, grain


@dataclass(frozen=True)
class Parent:
    """A code that covers others.

    Attributes
    ----------
    code, parts
        Which, and the widest of those that it covers.
    verdict
        ``total``, ``doubtful`` or ``none``.
    why
        In words.
    """

    code: str
    parts: tuple[str, ...]
    verdict: str
    why: str


def nested_domains(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give codes of NACE with the widest of those that each covers; nothing unless there are four of them."""
    known = [code for code in codes if span(code.upper()) is not None and code[:1].isalpha()]
    if len(known) < 4:
        return {}
    spans = {code: code.upper() for code in known}
    return _widest({one: [two for two in known if covers(spans[one], spans[two])] for one in known})


def overlapping_domains(codes: Iterable[str]) -> tuple[str, str] | None:
    """Find two codes of NACE that share divisions, and neither of which covers the other."""
    wide = [(code, span(code.upper()) or frozenset()) for code in codes if code[:1].isalpha()]
    several = [(code, each) for code, each in wide if len(each) > 1]
    return next(
        (
            (one, two)
            for one, a in several
            for two, b in several
            if one < two and a & b and not (a <= b or b <= a)
        ),
        None,
    )


def nested_by_prefix(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give codes with the widest of those that begin with each; numbers counted through (R1 ... R12) do not nest."""
    several = [
        code
        for code in codes
        if re.fullmatch(r"[A-Za-z]{0,3}[0-9A-Z.]*", code) and any(map(str.isalnum, code))
    ]
    counted = _counted(several)
    known = set(several)
    below: dict[str, list[str]] = {}
    for code in several:
        for cut in range(1, len(code)):
            if code[:cut] in known and code[:cut] not in counted:
                below.setdefault(code[:cut], []).append(code)
    return _widest(below)


def nested_by_range(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give ranges of numbers, such as 31-33 or HS 01-05, with the widest codes that each covers."""
    several = list(codes)
    below = {}
    for code in several:
        found = _RANGE.match(code)
        if found is None or len(found["low"]) != len(found["high"]) or found["low"] >= found["high"]:
            continue
        low, high, long = found["low"], found["high"], len(found["low"])
        below[code] = [
            each
            for each in several
            if each != code
            and all(low <= number[:long] <= high and len(number) >= long for number in _numbers(each))
        ]
    return _widest(below)


_RANGE = re.compile(r"^(?P<low>\d{2,})\s*[-\u2013]\s*(?P<high>\d{2,})$")


def _numbers(code: str) -> tuple[str, ...]:
    """Give the number of a code, or both ends of a range; something beyond all where it is neither."""
    found = _RANGE.match(code)
    if found is not None:
        return found["low"], found["high"]
    digits = code.replace(".", "")
    return (digits,) if digits.isdigit() else (":",)


def _counted(codes: list[str]) -> set[str]:
    """Find codes that are a stem and a running number without leading zeros."""
    stems: dict[str, dict[int, str]] = {}
    for code in codes:
        found = re.fullmatch(r"(.*?)(0|[1-9]\d*)", code)
        if found is not None:
            stems.setdefault(found[1], {})[int(found[2])] = code
    running = (
        set(each.values())
        for each in stems.values()
        if len(each) > 9 and max(each) - min(each) < 1.3 * len(each)
    )
    return set().union(*running)


def _widest(below: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found = {}
    for one, parts in below.items():
        inner = {each for part in parts for each in below.get(part, [])}
        widest = tuple(part for part in parts if part not in inner)
        if widest:
            found[one] = widest
    return found


def judged(amounts: pd.DataFrame, nests: Mapping[str, tuple[str, ...]], *, official: bool) -> list[Parent]:
    """Judge by their amounts whether codes that cover others are totals of them.

    Parameters
    ----------
    amounts
        A row for each code.
    nests
        Codes and what they cover.
    official
        Whether the codes are of a classification in which such codes do nest.

    Returns
    -------
    list of Parent
        One for each.
    """
    table = amounts.to_numpy(np.float64)
    places = {code: place for place, code in enumerate(amounts.index)}
    step = grain(table)
    found = []
    for code, parts in nests.items():
        total, inside = table[places[code]], table[[places[part] for part in parts]]
        verdict, why = _judge(total, inside, step, official=official)
        found.append(Parent(code, parts, verdict, why))
    return found


def _judge(total: np.ndarray, inside: np.ndarray, step: float, *, official: bool) -> tuple[str, str]:
    whole = inside.sum(axis=0)
    agree, nats = agrees(total, whole, len(inside), step)
    close = np.isfinite(total + whole)
    nearly = close.any() and bool((np.abs(total - whole) <= NEARLY * np.maximum(total, whole))[close].all())
    if agree or (official and nearly):
        return ("total" if official or nats > 5 else "doubtful"), "is their sum"
    parts = np.nansum(inside, axis=0)
    known = np.isfinite(total) & np.isfinite(inside).any(axis=0)
    room = step * (len(inside) + 1) / 2 + 1e-9 * parts
    larger = total[known] >= (parts - room)[known]
    if not known.any():
        # Nothing is published of both: the code alone says it.
        return ("total", "covers them") if official else ("none", "")
    if official and (larger.all() and len(inside) > 1):
        return "total", "covers them"
    if official and larger.mean() < 1:
        return "doubtful", "is smaller than they are together"
    if official:
        return "doubtful", "is more than that"
    mostly = known.sum() >= 3 and len(inside) > 1 and larger.mean() > 0.5
    return ("doubtful", "is at least their sum in most domains") if mostly else ("none", "")


def are_nuts(codes: Iterable[str]) -> bool:
    """Whether all codes have the form of NUTS, of more than one level."""
    several = list(codes)
    return all(NUTS.match(code.upper()) for code in several)
