"""Facts about policy are found where they are true and not where they are false."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.runs.execution import Record
from analysis.studies.facts.claims import (
    clusters_and_lock_in,
    no_absorptive_capacity_no_gain,
    policy_driven_clusters,
    sector_support_and_flows,
    smart_specialisation_conditions,
)
from analysis.studies.facts.claims.common import PRIMARY
from analysis.studies.facts.design import Investigation
from analysis.studies.facts.estimates import runs_by_seed
from analysis.studies.facts.fact import Fact
from analysis.studies.facts.laboratory import WatchedRun
from analysis.studies.facts.registry import FACTS
from tests.unit.analysis.studies.facts.made_up import STEPS, a_run, verdict_on

SEEDS = range(6)


@pytest.mark.parametrize(("leak", "wanted"), [(0.0, "by construction"), (5.0, "does not hold")])
def test_no_absorptive_capacity_no_gain(leak: float, wanted: str) -> None:
    runs = [
        {
            "no_absorptive_capacity": a_run(
                series={PRIMARY: 100 + leak}, account={"absorption_same_sector": leak + 0.01 * leak * seed}
            ),
            "no_absorptive_capacity_no_ties": a_run(series={PRIMARY: 100.0}),
            "no_ties": a_run(account={"recombination_networked_cross_sector": leak}),
        }
        for seed in SEEDS
    ]
    assert verdict_on(no_absorptive_capacity_no_gain.FACT, runs)[0] == wanted


def clustered(seed: int, sign: float) -> dict[str, Any]:
    luck = np.random.default_rng(seed)
    steps = np.arange(1, STEPS + 1)
    former = luck.integers(0, 5, 300)
    novelty = 0.6 - sign * 0.1 * np.log1p(former) + 0.05 * luck.normal(size=300)
    tries = {
        "networked": np.ones(300, bool),
        "former": former,
        "novelty": novelty,
        "firm": np.arange(300) % 20,
    }

    def members(level: float) -> dict[str, Any]:
        stayers = np.where(steps % 8 == 0, sign * 0.02 + 0.002 * luck.normal(), np.nan)
        similarity = np.full(STEPS, level + 0.01 * luck.normal())
        return {"step": steps, "members": np.full(STEPS, 90), "similarity": similarity, "stayers": stayers}

    def run(tables: dict[str, Any], output: float, similarity: float, gain: float) -> Any:
        series = {
            PRIMARY: output + luck.normal(), "similarity": similarity + 0.01 * luck.normal(),
            "networked_gain": gain, "networked_attempts": 10 + luck.uniform(),
        }  # fmt: skip
        return a_run(seed, tables=tables, series=series)

    return {
        "no_policy": run({}, 100, 0.5, 1),
        "cluster": run({"recombinations": tries}, 100 + 5 * sign, 0.5, 1),
        "cluster_inward": run({"members": members(0.8)}, 100, 0.5 + 0.1 * sign, 1),
        "cluster_outward": run({"members": members(0.8 - 0.1 * sign)}, 100, 0.5, 1 + 0.5 * sign),
    }


@pytest.mark.parametrize(("sign", "wanted"), [(1.0, "holds"), (-1.0, "does not hold")])
def test_clusters_and_lock_in(sign: float, wanted: str) -> None:
    assert verdict_on(clusters_and_lock_in.FACT, [clustered(seed, sign) for seed in SEEDS])[0] == wanted


def members(after: float, seed: int) -> Any:
    steps = np.arange(1, 61)
    count = np.where(steps <= 40, 100, after + seed)
    return a_run(tables={"members": {"step": steps, "members": count}})


@pytest.mark.parametrize(("policy", "wanted"), [(40, "holds"), (90, "does not hold"), (95, "does not hold")])
def test_policy_driven_clusters(policy: float, wanted: str) -> None:
    runs = [
        {"business_driven": members(90, -seed), "policy_driven": members(policy, seed - 2)} for seed in SEEDS
    ]
    assert verdict_on(policy_driven_clusters.FACT, runs)[0] == wanted


def test_clusters_without_members_tell_nothing() -> None:
    steps = np.arange(1, 61)
    empty = a_run(tables={"members": {"step": steps, "members": np.zeros(60)}})
    runs = [{"business_driven": empty, "policy_driven": members(40, seed)} for seed in SEEDS]
    assert verdict_on(policy_driven_clusters.FACT, runs)[0] == "not measured"


@pytest.mark.parametrize(
    ("flows", "wanted"), [((5, 20, 30), "holds"), ((5, 0, 30), "partly"), ((30, 5, 20), "does not hold")]
)
def test_sector_support_and_flows(flows: tuple[float, ...], wanted: str) -> None:
    names = ("sector", "cluster", "smart_specialisation")
    runs = []
    for seed in SEEDS:
        luck = np.random.default_rng(seed)
        added = dict(zip(names, flows, strict=True)) | {"no_policy": 0}
        runs.append(
            {
                name: a_run(account={"absorption_cross_sector": 100 + value + luck.normal()})
                for name, value in added.items()
            }
        )
    assert verdict_on(sector_support_and_flows.FACT, runs)[0] == wanted


def regions(seed: int, *, early: float, poor: float, thin: float) -> dict[str, Any]:
    luck = np.random.default_rng(seed)

    def run(level: float, first: float = 0.0) -> Any:
        values = np.full(STEPS + 1, 100 + level + 0.5 * luck.normal())
        values[:40] = 100 + first + 0.2 * luck.normal()
        return a_run(series={PRIMARY: values})

    return {
        "no_policy": run(0),
        "sector": run(5, 3),
        "cluster": run(5, 3),
        "smart_specialisation": run(10, early),
        "little_variety": run(0),
        "little_variety_smart_specialisation": run(poor),
        "rural_no_policy": run(0),
        "rural_sector": run(5),
        "rural_cluster": run(1),
        "rural_smart_specialisation": run(thin),
    }


@pytest.mark.parametrize(
    ("early", "poor", "thin", "wanted"),
    [(1, 2, 3, "holds"), (5, 2, 3, "partly"), (1, 2, 9, "partly"), (5, 12, 9, "does not hold")],
)
def test_smart_specialisation_conditions(early: float, poor: float, thin: float, wanted: str) -> None:
    runs = [regions(seed, early=early, poor=poor, thin=thin) for seed in SEEDS]
    assert verdict_on(smart_specialisation_conditions.FACT, runs)[0] == wanted


def test_the_registry_has_twenty_facts_in_order() -> None:
    assert list(FACTS) == list(range(1, 21))
    assert all(fact.number == number for number, fact in FACTS.items())
    assert len({fact.name for fact in FACTS.values()}) == 20


@pytest.mark.parametrize(
    "fact", [fact for fact in FACTS.values() if isinstance(fact, Fact)], ids=lambda f: f.name
)
def test_every_fact_is_whole(fact: Fact) -> None:
    assert (fact.estimate is None) != (fact.pool is None)
    assert (fact.pool is None) == (fact.collect is None)
    assert len({claim.name for claim in fact.claims}) == len(fact.claims)
    assert fact.claims[0].side != "shown"
    assert all(claim.upper > claim.bound for claim in fact.claims if claim.side == "within")


def test_seeds_that_are_not_finished_are_left_out() -> None:
    investigation = Investigation((policy_driven_clusters.FACT,), (1, 2, 3))
    result = WatchedRun(*[None] * 3)  # type: ignore[arg-type]
    records = tuple(Record(place, task, result) for place, task in enumerate(investigation.tasks()))
    treatments = len(investigation.treatments)
    assert list(runs_by_seed(records, investigation.seeds, treatments)) == [1, 2, 3]
    assert list(runs_by_seed(records[:-1], investigation.seeds, treatments)) == [1, 2]
    assert list(runs_by_seed(records[:1], investigation.seeds, treatments)) == [1]


def test_a_seed_whose_runs_are_not_all_there_tells_nothing() -> None:
    whole = {"business_driven": members(90, 0), "policy_driven": members(40, 0)}
    seeds = [whole, whole, {"policy_driven": members(40, 0)}]
    assert verdict_on(policy_driven_clusters.FACT, seeds)[0] == "holds"
