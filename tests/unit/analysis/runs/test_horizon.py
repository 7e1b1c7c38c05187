"""A horizon from the command line leaves out what lies beyond it, and says so; a file that does is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.studies.loading import load_with_horizon
from model.loading import ScenarioError, load_scenario
from model.scenario import Scenario

EVENTFUL = """
steps = 30

[[policy.policymakers]]
name = "early"
regime = "sector"
stop = 9

[[policy.policymakers]]
name = "late"
regime = "cluster"
start = 10

[[events]]
kind = "budget_change"
step = 5

[[events]]
kind = "regime_switch"
step = 20
regime = "none"
policymaker = "late"
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "eventful.toml"
    file.write_text(EVENTFUL, "utf-8")
    return str(file)


def load(path: str, steps: int | None, *settings: str) -> tuple[Scenario, list[str]]:
    said: list[str] = []
    return load_with_horizon(path, settings, steps, said.append), said


def test_what_lies_beyond_is_left_out_and_told(path: str) -> None:
    scenario, said = load(path, 12)
    assert (scenario.steps, [event.step for event in scenario.events]) == (12, [5])
    assert said == ["--steps 12 ends before what the scenario plans; left out: regime_switch at step 20."]


def test_policymakers_that_come_too_late_are_left_out(path: str) -> None:
    scenario, said = load(path, 4)
    assert [policymaker.name for policymaker in scenario.policy.policymakers] == ["early"]
    assert scenario.events == ()
    assert "'late' from step 10 on" in said[0]


@pytest.mark.parametrize("steps", [None, 20, 30, 60])
def test_nothing_is_said_where_nothing_is_left_out(path: str, steps: int | None) -> None:
    scenario, said = load(path, steps)
    assert said == []
    assert scenario == load_scenario(path, [] if steps is None else [f"steps={steps}"])


def test_settings_are_kept(path: str) -> None:
    assert load(path, 12, "firms.number=33")[0].firms.number == 33


def test_a_horizon_that_cannot_be_is_an_error(path: str) -> None:
    with pytest.raises(ScenarioError, match="steps"):
        load(path, 0)


def test_an_event_beyond_the_horizon_of_the_file_itself_is_an_error(path: str) -> None:
    Path(path).write_text(EVENTFUL.replace("steps = 30", "steps = 15"), "utf-8")
    with pytest.raises(ScenarioError, match="must be at most 15"):
        load(path, 40)


def test_nobody_is_left_to_act(tmp_path: Path) -> None:
    file = tmp_path / "late.toml"
    file.write_text('[[policy.policymakers]]\nname = "late"\nregime = "cluster"\nstart = 10\n', "utf-8")
    with pytest.raises(ScenarioError, match="start"):
        load(str(file), 5)
