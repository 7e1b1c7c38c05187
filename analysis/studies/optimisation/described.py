"""A policy in words: what a minister would be told to do."""

from __future__ import annotations

from analysis.studies.optimisation.levers import GROUPS, LIST, THEMES, Policy, chooses
from analysis.words.document import joined
from analysis.words.names import first_upper, readable, regime

INSTRUMENTS = {
    "rd_grant": "R&D grants",
    "generic_infrastructure": "infrastructure for everybody",
    "business_support": "advice to firms",
    "brokerage": "brokerage between firms",
    "joint_project": "joint projects",
    "discovery_pilot": "pilots in new domains",
    "start_up_support": "start-ups",
}
LEVERS = {
    "prioritise": "whether sectors, clusters or domains are supported",
    "targeting": "how closely support is targeted",
    "scope": "support inside sectors or across",
    "search": "fixed or discovered priorities",
    "policy_driven": "choice from above or below",
    "priorities": "number of priorities",
    "review_every": "time between reviews",
    "themes": "by what priorities are chosen",
    "choose_by": "by what priorities are chosen",
    "phasing": "when money comes in",
    "partners": "who shares the budget",
    "spend": "how much is spent",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
CHOSEN = {
    "size": "those that are largest",
    "growth": "those that grow fastest",
    "trend": "those for which demand rises",
}
MOVE = "those in which firms apply or move of themselves"
NAMED = {0.0: "by the firms", 0.5: "from above and by the firms", 1.0: "from above"}
AIMED = {
    "generic": "all firms within reach alike",
    "targeted": "above all the firms closest to them, free in what they do with the money",
    "earmarked": "above all the firms closest to them, with grants that must be spent there",
}
OFTEN = {2: "every half year", 4: "every year", 8: "every two years", 16: "every four years"}
FIRST = {0.5: "half", 0.25: "a quarter"}
QUARTERS = 4


def described(policy: Policy, domains: tuple[str, ...] = (), sectors: tuple[str, ...] = ()) -> str:
    """Say what a policy does, in a few sentences.

    Parameters
    ----------
    policy
        Values of levers.
    domains, sectors
        Their names, for themes that are listed.

    Returns
    -------
    str
        Sentences.
    """
    shares = {name: int(policy[name]) for name in GROUPS["delivery"] if policy[name]}
    ordered = sorted(shares, key=lambda name: -shares[name])
    told = [f"Spend {joined([f'{shares[name]}% on {_instrument(name)}' for name in ordered])}."]
    if chooses(policy):
        where = "inside their sectors" if policy["scope"] == "inside" else "in all sectors"
        look = OFTEN[int(policy["review_every"])]
        told.append(f"Support {_priorities(policy, domains, sectors)}.")
        told.append(f"Serve {AIMED[str(policy['targeting'])]}, {where}, and review that {look}.")
    else:
        told.append("Serve all firms in all sectors alike, without priorities.")
    return " ".join([*told, *_time(policy)])


def lever(name: str) -> str:
    """Name a lever as in a sentence."""
    return f"money for {_instrument(name)}" if name.startswith("share_") else LEVERS.get(name, readable(name))


def _instrument(lever: str) -> str:
    name = lever.removeprefix("share_")
    return INSTRUMENTS.get(name, readable(name))


def _priorities(policy: Policy, domains: tuple[str, ...], sectors: tuple[str, ...]) -> str:
    count, driven, unit = int(policy["priorities"]), float(policy["policy_driven"]), str(policy["prioritise"])
    what = f"{NUMBERS[count]} {unit.removesuffix('s') if count == 1 else unit} at a time"
    if policy["search"] == "discovering":
        return f"{what}, found by trying out candidates that are named {NAMED[driven]}"
    if driven == 0.0:
        return f"{what}, {MOVE}"
    if policy["choose_by"] == LIST:
        listed = joined(_listed(policy, domains, sectors))
        if unit != "clusters" and driven == 1.0:
            return listed
        chosen = f"first of all in {listed}" if unit == "clusters" else listed
    else:
        chosen = CHOSEN[str(policy["choose_by"])]
    return f"{what}, {chosen}" if driven == 1.0 else f"{what}: for one half {chosen}, for the other {MOVE}"


def _listed(policy: Policy, domains: tuple[str, ...], sectors: tuple[str, ...]) -> list[str]:
    numbers = [int(policy[name]) for name in THEMES if policy[name]]
    if policy["prioritise"] == "domains":
        return [domains[number - 1] if number <= len(domains) else f"domain {number}" for number in numbers]
    places = [(number - 1) % len(sectors) for number in numbers] if sectors else numbers
    return [sectors[place] if sectors else f"sector {place}" for place in dict.fromkeys(places)]


def _time(policy: Policy) -> list[str]:
    told = []
    if float(policy["spend"]) != 1.0:
        told.append(f"Spend {100 * float(policy['spend']):.0f}% of the budget.")
    if float(policy["first_budget"]) != 1.0:
        years = int(policy["scale_after"]) // QUARTERS
        part = FIRST[float(policy["first_budget"])]
        told.append(f"Start with {part} of the money a year, and make up for it from year {years + 1} on.")
    if policy["partner"] != "nobody":
        who = first_upper(regime(str(policy["partner"])))
        if policy["partner_when"] == "beside":
            told.append(f"{who} gets {100 * float(policy['partner_share']):.0f}% of the money beside it.")
        else:
            told.append(f"{who} takes over after {int(policy['partner_from']) // QUARTERS} years.")
    return told
