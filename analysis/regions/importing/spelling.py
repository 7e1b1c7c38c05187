"""Codes that software or habit writes otherwise: 10.0 for 10, C 10 for C10."""

from __future__ import annotations

import re

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.codes import LETTER
from analysis.regions.importing.labels import is_total

_FLOAT = re.compile(r"^\d+\.0$")
_PARTED = re.compile(r"^([A-U])[ ._-](\d\d(?:\.\d{1,2})?)$")


def respelled(amounts: pd.DataFrame, notes: list[str]) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """Write codes as they are meant, where all of a kind are written in one of these ways.

    Parameters
    ----------
    amounts
        Regions x domains.
    notes
        Told what was done.

    Returns
    -------
    tuple
        The table, and the new codes by the old ones, of regions and of domains.
    """
    changed = []
    for what, codes in (("region", amounts.index), ("domain", amounts.columns)):
        several = [code for code in map(str, codes) if not is_total(code)]
        new: dict[str, str] = {}
        if len(several) > 1 and all(map(_FLOAT.match, several)):
            new = {code: code.removesuffix(".0") for code in several}
        elif what == "domain" and all(_is_parted(code) for code in several):
            new = {code: _PARTED.sub(r"\1\2", code) for code in several}
        if new:
            first = next(iter(new))
            notes.append(f"Codes of {what}s were written as they are meant ({first!r} became {new[first]}).")
        changed.append(new)
    regions, domains = changed
    return amounts.rename(index=regions, columns=domains), regions, domains


def _is_parted(code: str) -> bool:
    found = _PARTED.match(code)
    return found is not None and LETTER.get(found[2][:2]) == found[1]


def check_same_codes(label: str, amounts: pd.DataFrame) -> None:
    """Refuse domains that are one division or group of NACE under two labels, or with and without a point.

    Raises
    ------
    RequestError
        If there are two; names them.
    """
    seen: dict[str, str] = {}
    for domain in map(str, amounts.columns):
        found = re.match(r"^([A-U]\d\d)(?:\.?(\d{1,2}))?(?![\w.&/-])", domain)
        if found is None or LETTER.get(found[1][1:]) != found[1][0]:
            continue
        other = seen.setdefault(found[1] + (found[2] or ""), domain)
        if other != domain:
            raise RequestError(
                f"{label}: domains {other!r} and {domain!r} have one code; add them up if they are parts of it, or "
                "leave one out."
            )
