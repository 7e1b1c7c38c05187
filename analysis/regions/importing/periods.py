"""Periods as people write them, in the order of time."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST = 0.5
"""A period counts as published when this share of the best-covered period's regions and cells is there."""

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in (
    rf"^(?:fy|cy)?\s*{_YEAR}(?:\.0|\s*\(?[bdefiprs]{{1,3}}\)?)?$",
    rf"^{_YEAR}[\s_-]*(?P<part>q[1-4]|s[12]|h[12]|t[1-4])$",
    rf"^(?P<part>q[1-4]|s[12]|h[12]|t[1-4])[\s/_-]*{_YEAR}$",
    rf"^{_YEAR}[-/]?m?(?P<month>0[1-9]|1[0-2])$",
    rf"^(?P<month>0?[1-9]|1[0-2])[/.]{_YEAR}$",
    rf"^(?P<name>[a-z]{{3}})[a-z]*[\s-]+{_YEAR}$",
    rf"^{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?: 00:00:00)?$",
    rf"^(?P<day>\d\d)[./](?P<month>\d\d)[./]{_YEAR}$",
    rf"^{_YEAR}\s*[-/\u2013]\s*(?P<end>(?:19|20)?\d\d)$",
    r"^(?P<short>\d\d)/(?P<end>\d\d)$",
))  # fmt: skip

Moment = tuple[str, int, int, int]
"""Kind of a period, and its year, part and day."""


def moment(text: str) -> Moment | None:
    """Place a period in time.

    Parameters
    ----------
    text
        Such as ``"2021"``, ``"Q4 2021"``, ``"2021-12"``, ``"99/00"``.

    Returns
    -------
    tuple or None
        Kind (year, quarter, month, day, span), year, part and day, which can be ordered within a kind; None if it
        is no period.
    """
    for form in _FORMS:
        found = form.match(text.strip())
        if found is not None:
            return _placed(found.groupdict())
    return None


def _placed(parts: dict[str, str | None]) -> Moment | None:
    if parts.get("short"):
        first, end = int(parts["short"] or 0), int(parts["end"] or 0)
        return ("span", _century(first), 0, 0) if end == (first + 1) % 100 else None
    year = int(parts["year"] or 0)
    if parts.get("end"):
        end = int(parts["end"] or 0)
        end = end if end > 100 else year // 100 * 100 + end
        return ("span", year, (end if end >= year else end + 100), 0)
    if parts.get("part"):
        part = str(parts["part"]).casefold()
        return ("quarter" if part[0] in "qt" else "half", year, int(part[1]), 0)
    name = parts.get("name")
    if name is not None and name.casefold() not in _MONTHS:
        return None
    month = _MONTHS[name.casefold()] if name is not None else int(parts.get("month") or 0)
    if parts.get("day"):
        return ("day", year, month, int(parts["day"] or 0))
    return ("month", year, month, 0) if month else ("year", year, 0, 0)


def _century(two_digits: int) -> int:
    """Write a year of two digits in full: from 50 on it is of the last century, as Excel and POSIX nearly agree."""
    return two_digits + (1900 if two_digits >= 50 else 2000)


def are_periods(texts: Iterable[str]) -> bool:
    """Whether all of some texts are periods, and there is one."""
    several = [text for text in set(texts) if text]
    return bool(several) and all(moment(text) is not None for text in several)


def in_order(texts: Iterable[str]) -> list[str] | None:
    """Put periods in the order of time; None if they are of several kinds, or no periods."""
    several = sorted(set(texts))
    moments = {text: moment(text) for text in several}
    kinds = {each[0] if each is not None else None for each in moments.values()}
    if len(kinds) > 1 or None in kinds:
        return several if len(several) == 1 else None
    return sorted(several, key=lambda text: moments[text] or ("", 0, 0, 0))
