"""Policies that can be compared: switches, what a scenario writes, and what is the same region."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import RequestError
from analysis.runs.experiment import Experiment
from analysis.runs.policies import (
    differences,
    is_regime,
    same_but_policy,
    scenario_under,
    switch_of,
)
from analysis.studies.comparison import policies
from analysis.words.names import regime
from model.loading import load_scenario
from model.scenario import Scenario

SMALL = {"steps": 12, "firms.number": 20}
MIX = {
    "policy.policymakers": [
        {"name": "ministry", "regime": "sector", "share": 0.5, "stop": 8},
        {"name": "agency", "regime": "cluster", "share": 0.5},
    ],
    "events": [
        {"kind": "regime_switch", "step": 9, "regime": "smart_specialisation", "policymaker": "agency"}
    ],
}


def scenario(**settings: object) -> Scenario:
    return load_scenario("thin_rural_region", {**SMALL, **settings})


def test_a_switch_is_one_regime_until_it_happens_and_another_from_then_on() -> None:
    made = scenario_under(scenario(), "sector:smart_specialisation@2")
    (policymaker,) = made.policy.policymakers
    (event,) = made.events
    assert (policymaker.regime, policymaker.share) == ("sector", 1.0)
    assert (event.step, event.regime) == (9, "smart_specialisation")
    assert regime("sector:smart_specialisation@2") == "smart specialisation after 2 years of sector support"
    assert switch_of("sector") is None


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("sector:smart_specialisation@3", "must lie within the run"),
        ("sector:s3@1", "There is no regime 's3'"),
        ("sectr:cluster@1", "Did you mean 'sector'"),
    ],
)
def test_a_switch_that_cannot_be_is_refused(name: str, part: str) -> None:
    with pytest.raises(RequestError, match=part):
        scenario_under(scenario(), name)


def test_a_single_regime_for_the_whole_time_is_told_from_all_else_that_can_be_written() -> None:
    plain = scenario().with_regime("sector")
    assert is_regime(plain, "sector")
    assert not is_regime(plain, "cluster")
    assert not is_regime(scenario(**MIX), "sector")
    assert not is_regime(scenario_under(plain, "sector:cluster@1"), "sector")


def test_what_differs_but_for_policy_is_named() -> None:
    one, other = scenario(), scenario(**MIX, **{"policy.budget": 0.01, "story.title": "Another"})
    assert list(differences(one, other)) == []
    assert list(differences(one, scenario(**{"firms.number": 30}))) == ["firms.number (20 and 30)"]
    assert same_but_policy(one.model_dump(mode="json"), other.model_dump(mode="json"))
    assert not same_but_policy(one.model_dump(mode="json"), scenario(steps=13).model_dump(mode="json"))


def test_policies_of_different_regions_are_refused_and_the_difference_is_named() -> None:
    with pytest.raises(RequestError, match=r"not the same region.*firms\.number \(20 and 30\)"):
        policies.named(("stay.toml", "b/switch.toml"), (scenario(), scenario(**{"firms.number": 30})))
    with pytest.raises(RequestError, match="two policies are called 'stay'"):
        policies.named(("a/stay.toml", "b/stay.toml"), (scenario(), scenario()))
    with pytest.raises(RequestError, match="has the name of a regime"):
        policies.named(("sector.toml", "stay.toml"), (scenario(), scenario()))


def test_what_a_scenario_writes_and_is_not_used_is_said_and_what_is_written_was_run() -> None:
    mixed = scenario(**MIX)
    asked = Experiment("mix", mixed, ("none", "sector"), (1,))
    (told,) = policies.unused(asked)
    for part in (
        "ministry: sector support, 50% of the budget, until the end of year 2",
        "from year 3 on agency",
    ):
        assert part in told
    assert policies.as_run(asked) == mixed.with_regime("sector")
    with_own = Experiment("mix", mixed, ("none", "as_written"), (1,))
    assert policies.unused(with_own) == ()
    assert policies.as_run(with_own) == mixed
    # A single regime that is replaced by those that somebody names is nothing lost.
    assert policies.unused(Experiment("plain", scenario(), ("none", "cluster"), (1,))) == ()


def test_every_policy_is_written_as_it_was_run(tmp_path: Path) -> None:
    asked = Experiment(
        "mix", scenario(), ("none", "sector:cluster@1", "mix"), (1,), policies=(("mix", scenario(**MIX)),)
    )
    written = policies.texts(asked)
    for name, made in asked.scenarios().items():
        path = tmp_path / "policy.toml"
        path.write_text(written[f"policies/{policies.file_name(name)}.toml"], "utf-8")
        assert load_scenario(path) == made
    assert asked.identity() != Experiment("mix", scenario(), ("none", "sector:cluster@1"), (1,)).identity()
