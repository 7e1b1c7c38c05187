"""What a gain costs, in a sentence and for a table: money for each percent of knowledge gained."""

from __future__ import annotations

import math

from analysis.studies.comparison.compared import PRIMARY, QUARTERS, Compared
from analysis.studies.comparison.money import unit_of
from analysis.words.document import Words, in_series, joined, rounded, words
from analysis.words.names import NOBODY, regime

SAME = 0.02
"""Share by which spending differs at most where it is called the same."""


def price(found: Compared) -> Words:
    """Say what one percent more knowledge costs: in euros where wages are known, else in average yearly salaries."""
    paying = [name for name in found.spent if name != found.baseline]
    if not paying:
        return words("None of the policies spent any money, so that there is no cost to compare.")
    if found.spent.get(found.baseline):
        return _more(found, next(name for name in found.ranking if name in paying))
    if found.seeds < 2:
        return _spending(found, paying, "one region is too little to say what a gain costs")
    priced = sorted(
        (name for name in paying if name in found.sure), key=lambda name: price_of(found, name)[0]
    )
    if not priced:
        chance = "what it gains" if len(paying) == 1 else "what each gains"
        return _spending(found, paying, f"{chance} may be chance, so that no price can be put on it")
    told, (unit, size) = [], unit_of(found)
    for name in priced:
        cost, low, high = (size * each for each in price_of(found, name))
        source = f"price/{name}"
        told.append(
            (
                rounded(cost, source),
                " (likely ",
                rounded(low, f"{source}/low"),
                " to ",
                rounded(high, f"{source}/high"),
                f") under {regime(name)}",
            )
        )
    rest = [regime(name) for name in paying if name not in priced]
    without = ""
    if rest:
        may = "its gain" if len(rest) == 1 else "their gains"
        without = f"; for {joined(rest)} no price can be given, as {may} may be chance"
    without += _idle(found, "; ")
    return words(
        f"In {unit}, each 1% more knowledge costs about ",
        *in_series(told),
        f"{without}.",
    )


def price_of(found: Compared, name: str) -> tuple[float, float, float]:
    """Return yearly wages for each percent gained, with the ends that follow from the interval of the gain.

    Where the gain may be chance, no price can be given: all are NaN.
    """
    gain, low, high = (found.entry(PRIMARY, name, f"relative{end}") for end in ("", "_low", "_high"))
    spent = found.spent.get(name, math.nan) / QUARTERS
    if name not in found.sure:
        return math.nan, math.nan, math.nan
    return spent / gain, spent / high, spent / low


def _more(found: Compared, name: str) -> Words:
    """Say what the best of the others spends, and how much more that is than what the baseline does."""
    unit, size = unit_of(found)
    own, other = (size * found.spent[each] / QUARTERS for each in (name, found.baseline))
    start = (
        f"In {found.duration}, {regime(name)} spends about ",
        rounded(own, f"spent/{name}", 3),
        f" {unit}, ",
    )
    if abs(own - other) < SAME * other:
        return words(*start, f"as much as {regime(found.baseline)}.")
    more = rounded(abs(own - other), f"spent/{name}/more", 3)
    return words(*start, more, f" {'more' if own > other else 'less'} than {regime(found.baseline)}.")


def _spending(found: Compared, paying: list[str], why: str) -> Words:
    """Say what was spent where no price can be put on what it brought."""
    unit, size = unit_of(found)
    yearly = [size * found.spent[name] / QUARTERS for name in paying]
    most, least = max(yearly), min(yearly)
    same = least > (1 - SAME) * most
    spent: Words = (
        ("about ", rounded(most, "spent/most"))
        if same
        else ("between ", rounded(least, "spent/least"), " and ", rounded(most, "spent/most"))
    )
    several = "each of the others" if _idle(found) else "each policy"
    who = regime(paying[0]) if len(paying) == 1 else several
    return words(f"In {found.duration}, {who} spends ", *spent, f" {unit}; {why}{_idle(found, '; ')}.")


def _idle(found: Compared, before: str = "") -> str:
    """Say which policies found nothing to spend their money on."""
    names = [regime(name) for name in found.regimes if name not in found.spent and name != NOBODY]
    if not names:
        return ""
    return f"{before}{joined(names)} {'spends' if len(names) == 1 else 'spend'} nothing"
