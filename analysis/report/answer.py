"""The answer of a comparison in three plain sentences: who leads, how sure that is, what it costs."""

from __future__ import annotations

import math

from analysis.report.compared import PRIMARY, QUARTERS, ComparedFolder
from analysis.report.document import (
    Number,
    Words,
    counted,
    in_series,
    joined,
    percent,
    rounded,
    share,
    words,
    written,
)
from analysis.report.names import first_upper, regime
from model.record import OBSERVABLES, OUTCOMES

LIKELY = (
    "“Likely” gives a 95% confidence interval: how far an average over these simulated regions may be from one over "
    "many more. It says nothing about whether the model is right."
)
NOTHING_SHARED = (
    "No simulated region was finished under every policy, so policies cannot be compared; the runs that failed "
    "are listed below."
)
ONE_REGION = (
    "Only one region was simulated: whether chance decided cannot be told, and 16 or more would tell."
)


def answer(found: ComparedFolder) -> tuple[Words, ...]:
    """Answer in three sentences: who leads and by how much, how sure that is, what a gain costs.

    Parameters
    ----------
    found
        A comparison of two regimes or more, or one regime alone.

    Returns
    -------
    tuple
        Sentences whose numbers are entries of tables in the folder, or computed from them.
    """
    if not found.seeds:
        return (words(NOTHING_SHARED),)
    if not found.others:
        return alone(found)
    return who_leads(found), how_sure(found), price(found)


def mind(found: ComparedFolder) -> tuple[Words, ...]:
    """Say what the answer leaves out: other yardsticks, and what "likely" means."""
    if not found.seeds or not found.others:
        return ()
    likely = (words(LIKELY),) if found.seeds > 1 else ()
    return (other_outcomes(found), *likely)


def alone(found: ComparedFolder) -> tuple[Words, ...]:
    """Say what became of one regime, compared with nothing."""
    series = found.table("series")
    by_step = series.pivot_table(index="seed", columns="step", values=PRIMARY)
    start, end = float(by_step.iloc[:, 0].mean()), float(by_step.iloc[:, -1].mean())
    under = f"Under {regime(found.baseline)}, the knowledge of the region"
    over = counted(found.seeds, "comparison/seeds", "simulated region")
    if start > 0:
        change = 100 * (end / start - 1)
        source = f"series/change/{PRIMARY}/{found.baseline}{'' if change >= 0 else '/less'}"
        told = words(
            f"{under} {'grows' if change >= 0 else 'shrinks'} by ",
            percent(abs(change), source, sign=False),
            f" in {_years(found)}, ",
            *(("in the one region that was simulated",) if found.seeds == 1 else ("on average over ", *over)),
            ".",
        )
    else:
        told = words(f"{under} starts from nothing, so that no growth can be given in percent.")
    return told, words("One policy was run alone: this does not say whether another would do better.")


def who_leads(found: ComparedFolder) -> Words:
    """Say which regime leaves the region with the most knowledge, by how much, and whose gain is no chance."""
    first = found.first(PRIMARY)
    over = counted(found.seeds, "comparison/seeds", "simulated region")
    if len(first) > 1:
        return words(
            "On average over ",
            *over,
            f", {joined([regime(name) for name in first])} leave the region with equally much knowledge"
            f"{', and no other policy with more' if len(first) < len(found.regimes) else ''}.",
        )
    best = first[0]
    if best == found.baseline:
        return _nothing_gained(found, over)
    gain = found.entry(PRIMARY, best, "relative")
    if not math.isfinite(gain):
        return words(
            f"{first_upper(regime(best))} leaves the region with the most knowledge on average; as "
            f"{regime(found.baseline)} leaves it with none, the gain cannot be given in percent."
        )
    start = (
        "On average over ",
        *over,
        f", {regime(best)} leaves the region with the most knowledge after {_years(found)}: ",
        percent(gain, f"comparison/{PRIMARY}/{best}/relative", sign=False),
        f" more than {regime(found.baseline)}",
        *_likely(found, best),
    )
    return (*start, *_whose_gain_is_sure(found, best))


def _nothing_gained(found: ComparedFolder, over: Words) -> Words:
    closest = found.ranked(PRIMARY)[1]
    nobody = "no policy tried here does better than no policy at all"
    if found.baseline != "none":
        nobody = f"nothing else tried here does better than {regime(found.baseline)}"
    gain = found.entry(PRIMARY, closest, "relative")
    if not math.isfinite(gain):
        return words("On average over ", *over, f", {nobody}.")
    return words(
        "On average over ",
        *over,
        f", {nobody}: the closest, {regime(closest)}, leaves the region with ",
        percent(-gain, f"comparison/{PRIMARY}/{closest}/relative/less", sign=False),
        " less knowledge",
        *_likely(found, closest),
        ".",
    )


def _likely(found: ComparedFolder, name: str) -> Words:
    low, high = (found.entry(PRIMARY, name, f"relative_{end}") for end in ("low", "high"))
    if not math.isfinite(low) or not math.isfinite(high):
        return ()
    source = f"comparison/{PRIMARY}/{name}/relative"
    return (" (likely ", percent(low, f"{source}_low"), " to ", percent(high, f"{source}_high"), ")")


def _whose_gain_is_sure(found: ComparedFolder, best: str) -> Words:
    if found.seeds < 2:
        return (".",)
    rest = [regime(name) for name in found.sure if name != best]
    if not found.sure:
        return (", a difference that chance alone could explain.",)
    if best not in found.sure:
        return (
            f"; that could be chance, while the gain of {joined(rest)} is more than chance would explain.",
        )
    if rest:
        return (
            f"; {joined(rest)} {'gains' if len(rest) == 1 else 'gain'} more than chance would explain, too.",
        )
    if len(found.others) == 1:
        return (", more than chance would explain.",)
    return ("; no other policy gains more than chance would explain.",)


def how_sure(found: ComparedFolder) -> Words:
    """Say how far the best is ahead of the next best, whether that is chance, and how often it comes first."""
    if found.seeds < 2:
        return words(ONE_REGION)
    first = found.first(PRIMARY)
    best, second = (*first, *(name for name in found.ranked(PRIMARY) if name not in first))[:2]
    probability = share(
        found.entry(PRIMARY, best, "probability_best"), f"comparison/{PRIMARY}/{best}/probability_best"
    )
    often = (" In a single simulated region it comes first with a probability of ", probability, ".")
    if len(first) > 1:
        return words(
            f"Which of them is best cannot be told; in a single simulated region {regime(best)} comes first with a "
            "probability of ",
            probability,
            ".",
        )
    mean, low, high = found.lead(PRIMARY, best, second)
    if not math.isfinite(mean):
        return words(f"The runner-up is {regime(second)}.", *often)
    source = f"outcomes/{PRIMARY}/{best}-{second}"
    sure = "more than chance would explain" if low > 0 else "which chance alone could explain"
    points = [
        Number(value, written(value, 1, sign=place > 0), f"{source}{end}")
        for place, (value, end) in enumerate(((mean, ""), (low, "/low"), (high, "/high")))
    ]
    return words(
        f"{'Its lead' if best != found.baseline else f'The lead of {regime(best)}'} over the runner-up, "
        f"{regime(second)}, is ",
        points[0],
        " percentage points (likely ",
        points[1],
        " to ",
        points[2],
        f"), {sure}.",
        *often,
    )


def price(found: ComparedFolder) -> Words:
    """Say what one percent more knowledge costs, in yearly pay of average employees."""
    paying = [name for name in found.spent if name != found.baseline]
    if not paying:
        return words("No policy spent any money, so that there is no cost to compare.")
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
    who = regime(paying[0]) if len(paying) == 1 else "each policy"
    return words(f"In {_years(found)}, {who} spends ", *spent, f" average yearly salaries; {why}.")


def other_outcomes(found: ComparedFolder) -> Words:
    """Say whether another yardstick gives another order."""
    best = found.first(PRIMARY)
    others: dict[str, list[str]] = {}
    for outcome in OUTCOMES[1:]:
        first = found.first(outcome)
        if not set(first) & set(best):
            others.setdefault(first[0], []).append(outcome)
    if not others:
        return words(f"By all other yardsticks, too, {regime(best[0])} comes first on average.")
    told = "; ".join(
        f"{regime(name)} by {joined([OBSERVABLES[outcome].label.lower() for outcome in outcomes])}"
        for name, outcomes in others.items()
    )
    return words(f"Another yardstick gives another order: first on average is {told}.")


def _years(found: ComparedFolder) -> str:
    years = found.years
    if years < 1:
        quarters = round(years * QUARTERS)
        return f"{quarters} {'quarter' if quarters == 1 else 'quarters'}"
    return f"{years:g} {'year' if years == 1 else 'years'}"
