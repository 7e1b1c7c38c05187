"""What a gain costs, in a sentence and for a table: money for each percent of knowledge gained."""

from __future__ import annotations

import math

from analysis.report.compared import PRIMARY, QUARTERS, ComparedFolder
from analysis.report.document import Words, in_series, joined, rounded, words
from analysis.report.names import NOBODY, regime


def price(found: ComparedFolder) -> Words:
    """Say what one percent more knowledge costs, in yearly pay of average employees."""
    paying = [name for name in found.spent if name != found.baseline]
    if not paying:
        return words("None of the policies spent any money, so that there is no cost to compare.")
    if found.spent.get(found.baseline):
        return _spending(found, [*paying, found.baseline], f"{regime(found.baseline)} costs money, too")
    if found.seeds < 2:
        return _spending(found, paying, "one region is too little to say what a gain costs")
    priced = sorted(
        (name for name in paying if name in found.sure), key=lambda name: price_of(found, name)[0]
    )
    if not priced:
        chance = "what it gains" if len(paying) == 1 else "what each gains"
        return _spending(found, paying, f"{chance} may be chance, so that no price can be put on it")
    told = []
    for name in priced:
        cost, low, high = price_of(found, name)
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
        "In average yearly salaries, each 1% more knowledge costs about ",
        *in_series(told),
        f"{without}.",
    )


def price_of(found: ComparedFolder, name: str) -> tuple[float, float, float]:
    """Give yearly wages for each percent gained, with the ends that follow from the interval of the gain.

    Where the interval of the gain reaches zero or below, no price can be given: all are NaN.
    """
    gain, low, high = (found.entry(PRIMARY, name, f"relative{end}") for end in ("", "_low", "_high"))
    spent = found.spent.get(name, math.nan) / QUARTERS
    if not low > 0:
        return math.nan, math.nan, math.nan
    return spent / gain, spent / high, spent / low


def _spending(found: ComparedFolder, paying: list[str], why: str) -> Words:
    """Say what was spent where no price can be put on what it brought."""
    yearly = [found.spent[name] / QUARTERS for name in paying]
    most, least = max(yearly), min(yearly)
    same = least > 0.98 * most
    spent: Words = (
        ("about ", rounded(most, "spent/most"))
        if same
        else ("between ", rounded(least, "spent/least"), " and ", rounded(most, "spent/most"))
    )
    several = "each of the others" if _idle(found) else "each policy"
    who = regime(paying[0]) if len(paying) == 1 else several
    return words(
        f"In {found.duration}, {who} spends ", *spent, f" average yearly salaries; {why}{_idle(found, '; ')}."
    )


def _idle(found: ComparedFolder, before: str = "") -> str:
    """Say which policies found nothing to spend their money on."""
    names = [regime(name) for name in found.regimes if name not in found.spent and name != NOBODY]
    if not names:
        return ""
    return f"{before}{joined(names)} {'spends' if len(names) == 1 else 'spend'} nothing"
