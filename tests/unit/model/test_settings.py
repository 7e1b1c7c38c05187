"""Single settings on top of a scenario, from the command line and from Python."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.loading import ScenarioError, load_scenario
from model.policy.regimes.switches import BUNDLE
from model.spec.policy import PolicymakerSpec
from tests.unit.model.refusals import STORY, message, write


@pytest.mark.parametrize(
    ("setting", "read"),
    [
        ("firms.number=300", lambda scenario: scenario.firms.number == 300),
        (" firms.number = 1_000 ", lambda scenario: scenario.firms.number == 1000),
        ("firms.mean_size=7", lambda scenario: scenario.firms.mean_size == 7.0),
        ("ties.network=ring", lambda scenario: scenario.ties.network == "ring"),
        ('ties.network="ring"', lambda scenario: scenario.ties.network == "ring"),
        ("channels.freeze_ties=true", lambda scenario: scenario.channels.freeze_ties),
        ("story.title=A = B", lambda scenario: scenario.story.title == "A = B"),
        ("story.text=", lambda scenario: not scenario.story.text),
        ("firms={number = 9}", lambda scenario: scenario.firms.number == 9 and scenario.firms.places == 4),
        ("regimes.sector.priorities=3", lambda scenario: scenario.regimes["sector"].priorities == 3),
        ('story.questions=["Who?"]', lambda scenario: scenario.story.questions == ("Who?",)),
        ("story.questions.0=Who?", lambda scenario: scenario.story.questions[0] == "Who?"),
        ("policy.policymakers.0.name=council", lambda s: s.policy.policymakers[0].name == "council"),
        ("knowledge_space.seed=-1", lambda scenario: scenario.knowledge_space.seed == -1),
        ("regimes.mine.kind=cluster", lambda scenario: scenario.regimes["mine"].kind == "cluster"),
    ],
)
def test_one_setting_reaches_its_parameter(setting: str, read: object) -> None:
    assert read(load_scenario(STORY, [setting]))  # type: ignore[operator]


def test_settings_change_defaults_that_no_file_gives(tmp_path: Path) -> None:
    path = write(tmp_path, "steps = 9\n")
    changes = ["policy.policymakers.0.share=0.25", "policy.policymakers.1.name=ministry"]
    changes += ["policy.policymakers.1.regime=sector", "policy.policymakers.1.share=0.75"]
    policymakers = load_scenario(path, changes).policy.policymakers
    assert [(each.name, each.regime, each.share) for each in policymakers] == [
        ("agency", "smart_specialisation", 0.25),
        ("ministry", "sector", 0.75),
    ]


def test_one_share_of_a_delivery_leaves_the_others() -> None:
    changes = ["regimes.mine.kind=cluster", "regimes.mine.delivery.brokerage=0.3"]
    assert "brokerage 0.3 + joint_project 0.1" in message(STORY, *changes)
    scenario = load_scenario(STORY, [*changes, "regimes.mine.delivery.rd_grant=0.2"])
    assert scenario.regimes["mine"].delivery == {**BUNDLE, "brokerage": 0.3, "rd_grant": 0.2}


def test_events_can_be_added_key_by_key() -> None:
    changes = ["events.0.kind=budget_change", "events.0.step=9", "events.0.factor=0.0"]
    (event,) = load_scenario(STORY, changes).events
    assert (event.step, event.factor) == (9, 0.0)


def test_a_later_setting_wins() -> None:
    assert load_scenario(STORY, ["steps=9", "steps=8"]).steps == 8
    assert message(STORY, "firms.number=0", "firms={number = 1}").startswith("--set: firms.number = 1: ")


def test_settings_from_python_may_be_of_numpy_or_of_the_model() -> None:
    changes = {
        "firms.number": np.int64(30),
        "firms.skill_mean": np.float32(0.5),
        "story.questions": ("Who?",),
        "policy.policymakers": [PolicymakerSpec(name="council")],
    }
    scenario = load_scenario(STORY, changes)
    assert (scenario.firms.number, scenario.firms.skill_mean) == (30, 0.5)
    assert scenario.story.questions == ("Who?",)
    assert scenario.policy.policymakers == (PolicymakerSpec(name="council"),)
    with pytest.raises(ScenarioError, match=r"setting: firms.number = 2\.5: must be a whole number"):
        load_scenario(STORY, {"firms.number": 2.5})


def test_a_scenario_can_be_changed() -> None:
    scenario = load_scenario(STORY)
    changed = load_scenario(scenario, {"firms.number": 30})
    assert changed.firms.number == 30
    assert load_scenario(scenario) == scenario
    assert message(scenario, "firms.number=0").startswith("--set: firms.number = 0: ")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("firms.number", '--set "firms.number": must be key=value, such as firms.number=300'),
        ("=3", '--set "": must have a dotted key, such as firms.number'),
        ("firms..number=3", '--set "firms..number": must have a dotted key, such as firms.number'),
        ("extends=../../etc/passwd", "--set extends: can only stand in a scenario file"),
        (".".join("x" * 20) + "=1", "has more than 16 parts"),
        ("firms.numbr=3", "--set: firms.numbr = 3: there is no such key; did you mean firms.number?"),
        ("frms.number=3", "--set: frms = {number = 3}: there is no such key; did you mean firms?"),
        ("skill_mean=0.3", "did you mean firms.skill_mean?"),
        ("firms.number=3\nsteps=4", '--set: firms.number = "3\\nsteps=4": must be a whole number'),
        ("steps=2026-01-01", '--set: steps = "2026-01-01": must be a whole number'),
        ("steps=" + "[" * 50_000, "must be a whole number"),
        ("story.title.x=3", 'is "Machine building meets the internet of things", not a table'),
        ("policy.policymakers.7.share=1", "is a list; its entries are 0 to 1, the last one new"),
        ("policy.policymakers.agency.share=1", "policy.policymakers is a list; its entries are 0 to 1"),
        ("policy.policymakers.-1.share=1", "policy.policymakers is a list; its entries are 0 to 1"),
        ("policy.policymakers.0.regime=sectors", 'did you mean "sector"?'),
        ("regimes.5.kind=sector", "regimes.5: must have a name that starts with a letter"),
        ("regimes.sector.delivery=[1]", "must be a table of at most 64 names and numbers from 0 to 1"),
    ],
)  # fmt: skip
def test_a_bad_setting_is_told(setting: str, said: str) -> None:
    answer = message(STORY, setting)
    assert said in answer
    assert answer.isprintable()
