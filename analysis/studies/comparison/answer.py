"""The answer of a comparison in three plain sentences: who leads, how sure that is, what it costs."""

from __future__ import annotations

import math

from analysis.studies.comparison.compared import PRIMARY, Compared
from analysis.studies.comparison.price import price
from analysis.words.document import (
    Number,
    Words,
    count,
    counted,
    joined,
    percent,
    share,
    words,
    written,
)
from analysis.words.limits import ENOUGH
from analysis.words.names import first_upper, regime, subject
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


def answer(found: Compared) -> tuple[Words, ...]:
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


def asked(found: Compared) -> Words:
    """Say what was asked."""
    regions = counted(found.seeds, "comparison/seeds", "simulated region")
    if not found.others:
        return words(
            f"How does the knowledge of this region grow under {regime(found.baseline)}? The policy was tried for "
            f"{found.duration} on ",
            *regions,
            ".",
        )
    equal = "the same budget and the same instruments" if found.equal_budgets else "the same instruments"
    written = "" if found.equal_budgets else ", and the budget that it says"
    return words(
        f"Does the knowledge of this region grow more under {joined([regime(n) for n in found.others], 'or')} than "
        f"under {regime(found.baseline)}? Every policy had {equal} at the same "
        f"prices{written}, and was tried for {found.duration} on the same ",
        *regions,
        ", with the same luck.",
    )


def mind(found: Compared) -> tuple[Words, ...]:
    """Say what the answer leaves out: other yardsticks, and what "likely" means."""
    if not found.seeds or not found.others:
        return ()
    likely = (words(LIKELY),) if found.seeds > 1 else ()
    return (other_outcomes(found), *likely)


def alone(found: Compared) -> tuple[Words, ...]:
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
            f" in {found.duration}, ",
            *(("in the one region that was simulated",) if found.seeds == 1 else ("on average over ", *over)),
            ".",
        )
    else:
        told = words(f"{under} starts from nothing, so that no growth can be given in percent.")
    return told, words("One policy was run alone: this does not say whether another would do better.")


def who_leads(found: Compared) -> Words:
    """Say which regime leaves the region with the most knowledge, by how much, and whose gain is no chance."""
    first = found.first(PRIMARY)
    over = counted(found.seeds, "comparison/seeds", "simulated region")
    if len(first) > 1:
        return words(
            *_over(found, over),
            f", {joined([subject(name) for name in first])} give the region equally much knowledge"
            f"{', and no other policy gives it more' if len(first) < len(found.regimes) else ''}.",
        )
    best = first[0]
    if best == found.baseline:
        return _nothing_gained(found, over)
    gain = found.entry(PRIMARY, best, "relative")
    if not math.isfinite(gain):
        return words(
            f"{first_upper(regime(best))} gives the region the most knowledge on average; as "
            f"{regime(found.baseline)} gives it none, the gain cannot be given in percent."
        )
    start = (
        *_over(found, over),
        f", {regime(best)} gives the region the most knowledge: ",
        percent(gain, f"comparison/{PRIMARY}/{best}/relative", sign=False),
        f" more than {regime(found.baseline)}",
        *_likely(found, best),
    )
    return (*start, *_whose_gain_is_sure(found, best))


def _over(found: Compared, over: Words) -> Words:
    """Begin the answer: what it is an average of."""
    return (f"On average over {found.duration} and ", *over)


def _nothing_gained(found: Compared, over: Words) -> Words:
    closest = found.ranked(PRIMARY)[1]
    nobody = "no policy tried here does better than no policy at all"
    if found.baseline != "none":
        nobody = f"nothing else tried here does better than {regime(found.baseline)}"
    gain = found.entry(PRIMARY, closest, "relative")
    if not math.isfinite(gain):
        return words(*_over(found, over), f", {nobody}.")
    return words(
        *_over(found, over),
        f", {nobody}: the closest, {regime(closest)}, gives the region ",
        percent(-gain, f"comparison/{PRIMARY}/{closest}/relative/less", sign=False),
        " less knowledge",
        *_likely(found, closest),
        ".",
    )


def _likely(found: Compared, name: str) -> Words:
    low, high = (found.entry(PRIMARY, name, f"relative_{end}") for end in ("low", "high"))
    if not math.isfinite(low) or not math.isfinite(high):
        return ()
    source = f"comparison/{PRIMARY}/{name}/relative"
    return (" (likely ", percent(low, f"{source}_low"), " to ", percent(high, f"{source}_high"), ")")


def _whose_gain_is_sure(found: Compared, best: str) -> Words:
    if found.seeds < 2:
        return (".",)
    rest = [regime(name) for name in found.sure if name != best]
    if not found.sure:
        clear = found.entry(PRIMARY, best, "difference_low") > 0
        tried = f" where {len(found.others)} policies are tried" if clear else ""
        return (f", a difference that chance alone could explain{tried}.",)
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


def how_sure(found: Compared) -> Words:
    """Say how far the best is ahead of the next best, whether that is chance, and how often it comes first."""
    if found.seeds < 2:
        return words(ONE_REGION)
    first = found.first(PRIMARY)
    best, second = (*first, *(name for name in found.ranked(PRIMARY) if name not in first))[:2]
    often = (*_how_often(found, best), ".")
    if len(first) > 1:
        return words("Which of them is best cannot be told; ", *often)
    often = (" It ", *often[1:])
    mean, low, high = found.lead(PRIMARY, best, second)
    if not math.isfinite(mean):
        return words(f"The runner-up is {subject(second)}.", *often)
    source = f"averages/{PRIMARY}/{best}-{second}"
    sure = "more than chance would explain" if low > 0 else "which chance alone could explain"
    points = [
        Number(value, written(value, 1, sign=place > 0), f"{source}{end}")
        for place, (value, end) in enumerate(((mean, ""), (low, "/low"), (high, "/high")))
    ]
    return words(
        f"{'Its lead' if best != found.baseline else f'The lead of {subject(best)}'} over the runner-up, "
        f"{regime(second)}, is ",
        points[0],
        " percentage points (likely ",
        points[1],
        " to ",
        points[2],
        f"), {sure}.",
        *often,
    )


def _how_often(found: Compared, best: str) -> Words:
    """Say in how many of the simulated regions a regime comes first, and what probability that makes."""
    chance = found.entry(PRIMARY, best, "probability_best")
    first = round(chance * found.seeds, 6)
    probability = share(chance, f"comparison/{PRIMARY}/{best}/probability_best")
    whom = f"{subject(best)} "
    if first != int(first):
        return (
            whom,
            "comes first with a probability of ",
            probability,
            ", shared first places counted in part",
        )
    told = (
        whom,
        "comes first in ",
        count(int(first), f"averages/{PRIMARY}/first/{best}"),
        " of the ",
        count(found.seeds, "comparison/seeds"),
        " regions",
    )
    if found.seeds < ENOUGH:
        return (*told, ", too few to speak of a probability")
    low, high = (
        share(
            found.entry(PRIMARY, best, f"probability_best_{end}"),
            f"comparison/{PRIMARY}/{best}/probability_best_{end}",
        )
        for end in ("low", "high")
    )
    return (
        *told,
        ", a probability of about ",
        probability,
        " (likely ",
        low,
        " to ",
        high,
        ") in any one of them",
    )


def other_outcomes(found: Compared) -> Words:
    """Say whether another yardstick gives another order."""
    best = found.first(PRIMARY)
    others: dict[str, list[str]] = {}
    for outcome in OUTCOMES[1:]:
        first = found.first(outcome)
        if not set(first) & set(best):
            others.setdefault(first[0], []).append(outcome)
    if not others:
        return words(f"By all other yardsticks, too, {subject(best[0])} comes first on average.")
    told = "; ".join(
        f"on {joined([OBSERVABLES[outcome].label.lower() for outcome in outcomes])}, {regime(name)} comes first"
        for name, outcomes in others.items()
    )
    return words(f"Another yardstick gives another order: {told}.")
