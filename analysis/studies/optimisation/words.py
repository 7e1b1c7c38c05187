"""What optimisation found, in words: every number knows the entry of the table that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.aims import MET, MISSED
from analysis.studies.optimisation.described import described, lever
from analysis.studies.optimisation.levers import FREE, Policy, chooses
from analysis.studies.optimisation.objectives import LOTTERY, NONE, OBJECTIVES, Objective
from analysis.words.document import (
    Number,
    Words,
    count,
    counted,
    fixed,
    in_series,
    joined,
    percent,
    share,
    text_of,
    words,
)
from analysis.words.names import first_upper, readable, regime
from model.scenario import BY_LOT, twin_of

Tables = Mapping[str, pd.DataFrame]
Manifest = Mapping[str, Any]

MOST_LEVERS = 3
STRATEGY = "strategy_"
ILLUSTRATION = "The divisions of real strategies were assigned by hand: an illustration, not evidence."


def asked_for(manifest: Manifest) -> tuple[Objective, ...]:
    """Return the objectives that can be looked at on fresh seeds."""
    return tuple(OBJECTIVES[name] for name in manifest["objectives"] if not OBJECTIVES[name].over_futures)


def first_of(manifest: Manifest) -> Objective:
    """Return the objective that policies are ranked by."""
    return next(iter(asked_for(manifest)), OBJECTIVES["value"])


def name_in_words(name: str, places: Mapping[str, int]) -> str:
    """Name a policy of the search by its place, and regimes and strategies as everywhere."""
    if name in places:
        return "the best policy" if places[name] == 0 else f"policy {places[name] + 1}"
    own = name.removesuffix(BY_LOT)
    if own in places and own != name:
        return f"{name_in_words(own, places)} by lot"
    if name.startswith(STRATEGY):
        return f"the strategy of {readable(name.removeprefix(STRATEGY)).title()}"
    return regime(name)


def places_of(tables: Tables) -> dict[str, int]:
    """Return the place of each finalist."""
    found = tables.get("found")
    return (
        {}
        if found is None or found.empty
        else dict(zip(found["policy"], found["place"].astype(int), strict=True))
    )


def policy_in(tables: Tables, name: str) -> Policy:
    """Read a policy back from the table of all."""
    row: Any = tables["policies"].set_index("policy").loc[name]
    return {key: type(usual)(row[key]) for key, usual in FREE.items()}


def policy_in_words(tables: Tables, manifest: Manifest, name: str) -> str:
    """Describe one of the policies that were tried."""
    space = manifest["scenario"]["knowledge_space"]
    sectors = space.get("sector_names") or [f"sector {place + 1}" for place in range(space["sectors"])]
    return described(policy_in(tables, name), tuple(space.get("domain_names", ())), tuple(sectors))


def row_of(table: pd.DataFrame, objective: Objective, place: int = 0) -> Any:
    """Return the row of a finalist."""
    return table[(table["objective"] == objective.name) & (table["place"] == place)].iloc[0]


def asked(manifest: Manifest) -> Words:
    """Say what was asked."""
    wanted = joined([OBJECTIVES[name].label for name in manifest["objectives"]])
    budget = percent(100 * manifest["scenario"]["policy"]["budget"], "manifest/budget", sign=False)
    return words("Which policy does best for ", wanted, " here, with ", budget,
                 " of the wage bill, and how far from it are the regimes that are in use?")  # fmt: skip


def answer(tables: Tables, manifest: Manifest) -> Iterator[Words]:
    """Say what was found in a few sentences."""
    tried = count(len(tables["tried"]), "tried")
    if not places_of(tables):
        first, name = tables["tried"].iloc[0], manifest["objectives"][0]
        seen = percent(float(first[name]), f"tried/0/{name}")
        yield words(tried, " policies were tried until it was stopped; the best so far seems to gain ", seen,
                    " on the seeds that chose it, which flatters. The same command goes on from there.")  # fmt: skip
        return
    objective = first_of(manifest)
    best, source = row_of(tables["found"], objective), f"found/{objective.name}/0"
    gain = (percent(best["gain"], f"{source}/gain"), *interval_of(best, "low", "high", source))
    on = words(
        " on ", count(int(best["seeds"]), f"{source}/seeds"), " regions that had no part in choosing it."
    )
    if best["low"] > 0:
        yield words("The best of ", tried, f" policies raises {objective.label} by ", *gain, *on)
    else:
        told = "lowers" if best["high"] < 0 else "is not known to raise"
        yield words("Even the best of ", tried, f" policies {told} {objective.label}: ", *gain, *on)
    yield from _against(tables, objective)
    yield _as_good(tables["found"], objective)
    yield from _levers(tables)
    yield from _price(tables)


def _against(tables: Tables, objective: Objective) -> Iterator[Words]:
    """Say how far the lottery and the nearest regime or strategy are, and what choosing adds."""
    far, places = tables["distances"], places_of(tables)
    far = far[far["objective"] == objective.name].set_index("name")

    def behind(name: str) -> tuple[Any, Words]:
        row, source = far.loc[name], f"distances/{objective.name}/{name}"
        ends = interval_of(row, "behind_low", "behind_high", source)
        return row, words(points(row["behind"], f"{source}/behind"), *ends)

    best = next(iter(places))
    if twin_of(best) in far.index:
        row, lead = behind(twin_of(best))
        if row["told_apart"] and row["behind"] > 0:
            yield words(
                "Choosing adds ", *lead, ": so much less does its twin gain, which buys the same by lot."
            )
        else:
            yield words("That it chooses well cannot be told: its twin, which buys the same by lot, is ", *lead,
                        " behind.")  # fmt: skip
    elif not chooses(policy_in(tables, best)):
        yield words("It chooses nobody: what it gains comes from what the money buys.")
    if LOTTERY in far.index:
        row, lead = behind(LOTTERY)
        told = "is" if row["told_apart"] else "cannot be told from it:"
        yield words(f"A lottery with the usual instruments {told} ", *lead, " behind.")
    rest = far[~far.index.str.endswith(BY_LOT) & ~far.index.isin([LOTTERY, NONE])]
    if len(rest):
        nearest = str(rest["behind"].idxmin())
        row, lead = behind(nearest)
        who = first_upper(name_in_words(nearest, {}))
        if not row["told_apart"]:
            yield words(who, " comes nearest, and cannot be told from it: ", *lead, " behind.")
        elif row["behind"] > 0:
            yield words(who, " comes nearest, ", *lead, " behind.")
        else:
            ahead = points(-row["behind"], f"distances/{objective.name}/{nearest}/ahead")
            yield words(who, " does better than the best that was found, by ", ahead, ".")


def as_good(found: pd.DataFrame, objective: Objective) -> pd.DataFrame:
    """Return the finalists that cannot be told from the winner, the winner included."""
    rows = found[found["objective"] == objective.name]
    return rows[(rows["place"] == 0) | ~(rows["behind_low"] > 0)]


def _as_good(found: pd.DataFrame, objective: Objective) -> Words:
    near = as_good(found, objective)
    of = count(int((found["objective"] == objective.name).sum()) - 1, "found")
    if len(near) == 1:
        return words("None of ", of, " other finalists does as well, beyond luck.")
    width = float((near["behind_high"] - near["behind_low"]).max() / 2)
    return words(
        "Of ", of, " other finalists, each a different policy, ", count(len(near) - 1, "found/as_good"),
        " cannot be told from it; what differs by less than about ", points(width, "found/half_width"),
        " cannot be seen on so many regions.",
    )  # fmt: skip


def _levers(tables: Tables) -> Iterator[Words]:
    if "importance" not in tables:
        return
    table = tables["importance"]
    told = table[table["told_apart"]].head(MOST_LEVERS)
    luck = share(float(tables["emulator"]["luck"].iloc[0]), "emulator/0/luck")
    if told.empty:
        yield words(
            "No lever can be told from luck, which makes ", luck, " of the differences between policies."
        )
        return
    parts = [
        words(lever(name), " (", percent(value, f"importance/{name}/importance", sign=False, digits=0), ")")
        for name, value in zip(told["lever"], told["importance"], strict=True)
    ]
    yield words("What does the work: ", *in_series(parts), " of the differences between policies that were tried; ",
                luck, " of them are luck of few seeds.")  # fmt: skip


def _price(tables: Tables) -> Iterator[Words]:
    if "price" not in tables:
        return
    row = tables["price"].iloc[0]
    if row["winner"] == row["robust"]:
        yield words("It also has the least regret over futures, so that being robust costs nothing.")
        return
    costs = "costs" if row["price_low"] > 0 else "is not known to cost anything"
    spares = "it spares" if row["bought_low"] > 0 else "it is not known to spare"
    yield words(
        "The most robust, ", name_in_words(str(row["robust"]), places_of(tables)), f", {costs} if all is as expected: ",
        points(row["price"], "price/0/price"), *interval_of(row, "price_low", "price_high", "price/0"),
        f"; {spares} regret over futures: ", points(row["bought"], "price/0/bought"),
        *interval_of(row, "bought_low", "bought_high", "price/0"), ".",
    )  # fmt: skip


def mind(tables: Tables, manifest: Manifest) -> Iterator[Words]:
    """Say how much the search was flattered."""
    if not places_of(tables):
        return
    row = row_of(tables["found"], first_of(manifest))
    if np.isfinite(row["seen"]):
        on = count(int(row["seen_seeds"]), "found/0/seen_seeds")
        yield words("The search itself saw ", percent(float(row["seen"]), "found/0/seen"), " on ", on,
                    " seeds; what counts are the fresh ones.")  # fmt: skip
    yield words(
        "The best that was found need not be the best there is: another search may find a better one."
    )
    if tables["distances"]["name"].str.startswith(STRATEGY).any():
        yield (ILLUSTRATION,)


def warnings(tables: Tables, manifest: Manifest) -> Iterator[Words]:
    """Say what is not finished, not kept or not to be trusted."""
    if not manifest["complete"]:
        yield words("Stopped before it was through; the same command goes on from there.")
    places = places_of(tables)
    if places and len(tables["constraints"]):
        own = tables["constraints"]
        for row in own[(own["name"] == next(iter(places))) & (own["verdict"] != MET)].to_dict("records"):
            told, source = (
                "misses" if row["verdict"] == MISSED else "may miss",
                f"constraints/{row['constraint']}",
            )
            level = percent(row["level"], f"{source}/level", sign=False)
            yield words(f"The best policy {told} the constraint {row['constraint']}: ", level,
                        *interval_of(row, "low", "high", source), ".")  # fmt: skip
    lost = len(manifest["futures"]) - (
        tables["over_futures"]["future"].nunique() if "over_futures" in tables else 0
    )
    if lost and manifest["complete"]:
        yield words(*counted(lost, "over_futures", "future"), " of ", count(len(manifest["futures"]), "futures"),
                    " left out, as runs in them failed.")  # fmt: skip
    if "emulator" in tables and not tables["emulator"]["good"].iloc[0]:
        why = str(tables["emulator"]["refusal"].iloc[0])
        yield words(f"The emulator {why}: read importance as an order, not as numbers.")


def minister(tables: Tables, manifest: Manifest) -> Words:
    """Say what to do, as one paragraph."""
    objective, name = first_of(manifest), next(iter(places_of(tables)))
    row, source = row_of(tables["found"], objective), f"found/{objective.name}/0"
    gain, low, high = (percent(float(row[key]), f"{source}/{key}") for key in ("gain", "low", "high"))
    told = f"{policy_in_words(tables, manifest, name)} "
    when = f", on average over {manifest['scenario']['steps'] // 4} years (", low, " to ", high, ")."
    if low.value <= 0 <= high.value:
        what = f"Whether that changes {objective.label} cannot be told: "
        return words(told, what, gain, " against no policy", *when)
    return words(told, f"Expect {objective.label} to change by ", gain, " against no policy", *when)


def head_of_toml(tables: Tables, manifest: Manifest, name: str, file: str) -> str:
    """Say at the top of a scenario what the policy is, and how to hold it against others."""
    objective = first_of(manifest)
    row = row_of(tables["found"], objective, places_of(tables)[name])
    gain = text_of((percent(float(row["gain"]), ""), *interval_of(row, "low", "high", "")))
    return (
        f"{policy_in_words(tables, manifest, name)}\n"
        f"{first_upper(objective.label)}: {gain} over no policy, mean over {int(row['seeds'])} fresh seeds.\n"
        f"Try: run.py compare {file} --regimes none,lottery,as_written --seeds {int(row['seeds'])}\n"
        "Where money comes in late here, it does so for all that are compared."
    )


def signpost(tables: Tables) -> Iterator[Words]:
    """Say at which sign to hand over to which policy, and whether that pays."""
    if "signpost" not in tables:
        return
    row = tables["signpost"].iloc[0]
    what = readable(str(row["sign"]).rpartition("_after_")[0])
    side = "below" if row["below"] else "above"
    yield words(
        f"A sign to look at: switch to {name_in_words(str(row['second']), places_of(tables))} after ",
        count(int(row["after"]), "signpost/0/after"), f" years where {what} is {side} ",
        percent(float(row["threshold"]), "signpost/0/threshold", sign=False, digits=0),
        " of its start. On futures that the rule was not learnt from that gains ",
        points(row["gain"], "signpost/0/gain"), *interval_of(row, "low", "high", "signpost/0"),
        " over never switching." if row["low"] > 0 else " over never switching: no reason to switch.",
    )  # fmt: skip


def points(value: Any, source: str) -> Number:
    """Write a difference in points."""
    plain = fixed(float(value), source, 1)
    return Number(plain.value, f"{plain.text} points", source)


def interval_of(row: Any, low: str, high: str, source: str) -> Words:
    """Write an interval in brackets; nothing where there is none."""
    ends = [fixed(float(row[end]), f"{source}/{end}", 1) for end in (low, high)]
    return (" (", ends[0], " to ", ends[1], ")") if all(np.isfinite(end.value) for end in ends) else ()
