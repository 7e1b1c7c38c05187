"""Levers: every policy is a scenario, equal ones look alike, and the laboratory draws from the same."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.studies.laboratory.policies import searched
from analysis.studies.optimisation.described import described
from analysis.studies.optimisation.levers import (
    ALWAYS,
    FREE,
    GROUPS,
    LIST,
    THEMES,
    Levers,
    chooses,
    draw_regime,
    tidied,
)
from analysis.studies.optimisation.policy import as_toml, name_of, put_into
from analysis.studies.optimisation.proposals import SAMPLERS, Tried, propose
from analysis.studies.optimisation.readings import read_policy
from model.loading import load_scenario
from tests.unit.analysis.studies.optimisation.made_up import SCENARIO

STORY = "machine_building_meets_iot"
LEVERS = Levers.of(SCENARIO, (*ALWAYS, "spending"))


def test_the_laboratory_draws_from_the_same() -> None:
    generator = np.random.default_rng(0)
    assert [spec for _, spec in searched(5)] == [draw_regime(generator) for _ in range(5)]


def test_every_policy_is_a_scenario_and_says_what_it_does() -> None:
    generator = np.random.default_rng(1)
    for _ in range(60):
        policy = LEVERS.draw(generator)
        assert sum(int(policy[name]) for name in GROUPS["delivery"]) == 100
        assert tidied(policy) == policy
        scenario = put_into(SCENARIO, policy)
        assert scenario.regimes["best"].delivery
        told = described(policy)
        assert told.startswith("Spend ")
        assert ("without priorities" in told) != chooses(policy)


@pytest.mark.parametrize(("scope", "differ"), [("across", False), ("inside", True)])
def test_who_chooses_nobody_is_its_own_lottery(scope: str, differ: bool) -> None:  # noqa: FBT001 - a case
    place = load_scenario(SCENARIO, {"steps": 8, "firms.number": 40, "start.run_up": 0})
    policy = tidied({**FREE, "scope": scope, "prioritise": "sectors", "priorities": 1})
    assert chooses(policy) == differ
    own = put_into(place, policy)
    twin = load_scenario(own, {"regimes.best.by_lot": True})
    leads = [
        read_policy(own, seed).outcomes["output"] - read_policy(twin, seed).outcomes["output"]
        for seed in (3, 4)
    ]
    assert any(leads) == differ


def test_what_is_believed_or_asked_for_by_firms_makes_lists_idle() -> None:
    listed = {**FREE, "scope": "inside", "choose_by": LIST, "theme_1": 3}
    assert tidied(listed)["theme_1"] == 3
    assert tidied({**listed, "policy_driven": 0.0})["theme_1"] == 0
    assert tidied({**listed, "search": "discovering"})["choose_by"] == "size"


def test_what_makes_no_difference_is_no_difference() -> None:
    one = tidied({**FREE, "scale_after": 40, "theme_1": 3, "partner_share": 0.5})
    assert name_of(one) == name_of(tidied(FREE))
    assert name_of(tidied({**FREE, "first_budget": 0.5})) != name_of(tidied(FREE))


def test_money_that_comes_late_is_as_much_in_all() -> None:
    steps = SCENARIO.steps
    scenario = put_into(SCENARIO, tidied({**FREE, "first_budget": 0.25, "scale_after": 16}))
    factor, money = 1.0, 0.0
    changes = {event.step: event.factor for event in scenario.events if event.kind == "budget_change"}
    for step in range(1, steps + 1):
        factor *= changes.get(step, 1.0)
        money += factor
    assert money == pytest.approx(steps)


def test_partners_share_the_whole_budget() -> None:
    beside = put_into(SCENARIO, tidied({**FREE, "partner": "cluster", "partner_share": 0.25}))
    assert [(each.regime, each.share) for each in beside.policy.policymakers] == [
        ("best", 0.75),
        ("cluster", 0.25),
    ]
    after = put_into(
        SCENARIO, tidied({**FREE, "partner": "lottery", "partner_when": "after", "partner_from": 20})
    )
    first, second = after.policy.policymakers
    assert (first.stop, second.start, second.regime) == (20, 21, "lottery")


def test_themes_are_the_domains_that_are_listed() -> None:
    inside = {**FREE, "scope": "inside"}
    policy = tidied({**inside, "choose_by": LIST, "theme_1": 7, "theme_2": 9, "priorities": 1})
    assert policy["theme_2"] == 0
    assert put_into(SCENARIO, policy).regimes["best"].listed_domains == (7,)
    assert tidied({**inside, "choose_by": LIST})["choose_by"] != LIST


def test_the_toml_is_the_policy() -> None:
    generator = np.random.default_rng(2)
    story = load_scenario(STORY, {"steps": 40})
    for _ in range(5):
        policy = LEVERS.draw(generator)
        text = as_toml(policy, story, STORY, {"steps": 40}, "What it does.\nMore of it.")
        assert text.startswith("# What it does.\n# More of it.\n")
        assert _loaded(text) == put_into(story, policy)
        assert _loaded(as_toml(policy, story, None, {}, "All.")) == put_into(story, policy)


def _loaded(text: str) -> object:
    from pathlib import Path  # noqa: PLC0415 - only here
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - only here

    with TemporaryDirectory() as place:
        path = Path(place) / "best.toml"
        path.write_text(text, "utf-8")
        return load_scenario(path)


def test_a_lever_that_is_not_there_is_named() -> None:
    with pytest.raises(RequestError, match="there is no such lever") as caught:
        Levers.of(SCENARIO, ["delivry"])
    assert "delivery" in str(caught.value)


def test_what_is_not_searched_stays() -> None:
    levers = Levers.of(SCENARIO, ["priorities"])
    generator = np.random.default_rng(3)
    for _ in range(5):
        policy = levers.draw(generator)
        assert {name: value for name, value in policy.items() if name not in {"priorities", *THEMES}} == {
            name: value for name, value in FREE.items() if name not in {"priorities", *THEMES}
        }


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_sampler_proposes_new_policies_the_same_each_time(sampler: str) -> None:
    tried = [
        Tried(policy, (float(place),)) for place, policy in enumerate(propose(LEVERS, [], 12, sampler, 1))
    ]
    proposed = propose(LEVERS, tried, 6, sampler, 2)
    assert proposed == propose(LEVERS, tried, 6, sampler, 2)
    names = {name_of(policy) for policy in proposed}
    assert len(names) == 6
    assert names.isdisjoint(name_of(each.policy) for each in tried)


@pytest.mark.parametrize("sampler", [pytest.param("tpe", marks=pytest.mark.slow), "nsga2"])
def test_a_sampler_learns(sampler: str) -> None:
    def worth(policy: object) -> float:
        return policy["share_rd_grant"] / 100 + (policy["scope"] == "inside")  # type: ignore[index]

    tried: list[Tried] = []
    for batch in range(6):
        for policy in propose(LEVERS, tried, 24, sampler, batch):
            tried.append(Tried(policy, (worth(policy),)))  # noqa: PERF401 - a batch is seen by the next
    first, last = tried[:24], tried[-24:]
    assert np.mean([each.values[0] for each in last]) > np.mean([each.values[0] for each in first]) + 0.3
