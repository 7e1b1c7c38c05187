"""Headroom: what a policymaker could win who chose well, and one who was told everything."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from analysis.statistics.aims import Aim
from analysis.statistics.selection import halving
from analysis.studies.laboratory import policies
from analysis.studies.laboratory.frames import NONE, estimated, lead, side_by_side, spent_per_seed
from analysis.studies.laboratory.policies import Spec
from analysis.studies.laboratory.protocol import (
    Line,
    Measure,
    Measuring,
    Setting,
    Size,
    Taken,
    Wanted,
    selection,
)
from analysis.studies.laboratory.readings import AVERAGED, BESIDE, PRIMARY
from model.scenario import twin_of

LOTTERY = "lottery"
SEARCHED, INFORMED = "searched", "informed"
AIMS = {SEARCHED: Aim(least=4, above=1), INFORMED: Aim(least=8, above=0)}
LABELS = {
    SEARCHED: "Best of {count} searched policies over the lottery",
    INFORMED: "Perfect information over the lottery",
}


def rounds(size: Size) -> tuple[tuple[int, int], ...]:
    """Policies and seeds of each round of the search."""
    return halving(size.policies, size.search_seeds)


def runs(setting: Setting) -> int:
    """Count the runs."""
    size = setting.size
    searched = sum(count * seeds for count, seeds in rounds(size))
    oracles = len(list(policies.informed())) * size.oracle_seeds
    return searched + oracles + (2 + 2 * len(AIMS)) * len(setting.fresh(size.fresh))


def take(setting: Setting) -> Measuring:
    """Search on selection seeds, and say on fresh ones what the winners are worth."""
    pools = {SEARCHED: dict(policies.searched(setting.size.policies)), INFORMED: dict(policies.informed())}
    history = []
    left = dict(pools[SEARCHED])
    for number, (count, seeds) in enumerate(rounds(setting.size), start=1):
        left = dict(list(left.items())[:count])
        ranked = _ranked((yield _selection(setting, left, seeds)))
        history.append(ranked.assign(round=number, seeds=seeds))
        left = {name: left[name] for name in ranked["policy"]}
    ranked = _ranked((yield _selection(setting, pools[INFORMED], setting.size.oracle_seeds)))
    best = {
        SEARCHED: next(iter(left), next(iter(pools[SEARCHED]))),
        INFORMED: ranked["policy"].iloc[0] if len(ranked) else next(iter(pools[INFORMED])),
    }
    scenario = setting.scenario
    tried = {("", name): scenario.with_regime(name) for name in (NONE, LOTTERY)}
    for kind, name in best.items():
        found = policies.under(scenario, name, pools[kind][name])
        # The lottery buys other instruments: the twin tells what is due to these.
        tried |= {("", name): found, ("", twin_of(name)): found.with_regime(twin_of(name))}
    fresh = yield Wanted(tried, setting.fresh(setting.size.fresh))
    history.append(ranked.assign(round=0, seeds=setting.size.oracle_seeds))
    winners = _winners(fresh, best, pools)
    return Taken(
        tuple(_lines(winners, len(pools[SEARCHED]))),
        {"search": pd.concat(history, ignore_index=True), "winners": winners},
    )


def _selection(setting: Setting, specs: Mapping[str, Spec], seeds: int) -> Wanted:
    tried = {("", name): policies.under(setting.scenario, name, spec) for name, spec in specs.items()}
    return Wanted(tried, selection(seeds))


def _ranked(readings: pd.DataFrame) -> pd.DataFrame:
    """Order policies by their mean; all met the same seeds, so that this is the order of their leads."""
    means = readings.groupby("regime", sort=False)[PRIMARY].mean().sort_values(ascending=False, kind="stable")
    return means.rename_axis("policy").rename("mean").reset_index()


def _winners(
    fresh: pd.DataFrame, best: Mapping[str, str], pools: Mapping[str, Mapping[str, Spec]]
) -> pd.DataFrame:
    rows = []
    for kind, name in best.items():
        spent = spent_per_seed(fresh, (name, LOTTERY))
        share = float(spent[name] / spent[LOTTERY])
        for outcome in AVERAGED:
            table = side_by_side(fresh, outcome, (NONE, LOTTERY, name, twin_of(name)))
            mean, low, high = estimated(lead(table, name, LOTTERY))
            per_unit = estimated(lead(table, name, NONE) / share - lead(table, LOTTERY, NONE))
            mind = estimated(lead(table, name, twin_of(name)))
            rows.append({
                "kind": kind, "policy": name, "outcome": outcome, "seeds": len(table),
                "lead": mean, "low": low, "high": high, "spent_share": share,
                **dict(zip(("lead_at_same_spending", "same_low", "same_high"), per_unit, strict=True)),
                **dict(zip(("mind", "mind_low", "mind_high"), mind, strict=True)),
                "spec": json.dumps(pools[kind][name]),
            })  # fmt: skip
    return pd.DataFrame(rows)


def _lines(winners: pd.DataFrame, count: int) -> list[Line]:
    lines = []
    for row in winners.to_dict("records"):
        kind, numbers = str(row["kind"]), (row["lead"], row["low"], row["high"])
        label = LABELS[kind].format(count=count)
        if row["outcome"] == PRIMARY:
            lines.append(Line(kind, label, *numbers, aim=AIMS[kind]))
            same = (row["lead_at_same_spending"], row["same_low"], row["same_high"])
            lines.append(Line(f"{kind}_per_unit", "the same, gains scaled to equal spending", *same))
            mind = (row["mind"], row["mind_low"], row["mind_high"])
            lines.append(Line(f"{kind}_mind", "of it over its own lottery twin, which buys the same", *mind))
        elif row["outcome"] == BESIDE:
            lines.append(Line(f"{kind}_output", "the same on output", *numbers))
    return lines


HEADROOM = Measure("headroom", "Is there anything to decide?", take, runs)
