"""A surface as a list of runs, made through a store."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.runs.outcomes import make_missing
from analysis.runs.store import RunStore
from analysis.studies.surface.design import Surface, design_surface
from model.loading import load_scenario
from model.record import OUTCOMES
from model.region import run
from model.scenario import Scenario

SMALL = load_scenario(Scenario(), {"steps": 6, "firms.number": 20})
AXES = (("--x", "horizon=2:6:3"), ("--y", "budget=0.01:0.05:2"))


def surface(*axes: tuple[str, str], seeds: tuple[int, ...] = (1, 2), scenario: Scenario = SMALL) -> Surface:
    return design_surface("small", scenario, ("none", "cluster"), seeds, axes)


def made(asked: Surface, folder: Path, jobs: int = 1) -> tuple[pd.DataFrame, int]:
    with (
        RunStore(folder) as store,
        make_missing(asked.tasks, asked.runs, asked.steps, store, jobs) as records,
    ):
        missing = len(list(records))
    return asked.arrange(RunStore(folder).read(asked.runs, asked.steps)), missing


def test_every_cell_meets_every_regime_and_seed(tmp_path: Path) -> None:
    asked = surface(("--x", "openness=0.2:0.8:2"), ("--y", "budget=0.01:0.05:3"))
    table, _ = made(asked, tmp_path)
    assert len(table) == 2 * 3 * 2 * 2 == len(asked.tasks)
    assert len(asked.places) == 6
    assert not table.duplicated(["openness", "budget", "regime", "seed"]).any()
    row = table[(table["openness"] == 0.8) & (table["budget"] == 0.05) & (table["regime"] == "cluster")].iloc[
        1
    ]
    scenario = load_scenario(SMALL, {"firms.openness_mean": 0.8, "policy.budget": 0.05})
    expected = run(scenario.with_regime("cluster"), 2).outcomes
    assert row[list(OUTCOMES)].to_dict() == expected


def test_horizons_are_read_off_one_long_run_and_are_those_of_short_ones(tmp_path: Path) -> None:
    asked = surface(*AXES)
    assert len(asked.tasks) == 2 * 2 * 2
    assert {task.scenario.steps for task in asked.tasks} == {6}
    table, _ = made(asked, tmp_path)
    assert len(table) == 3 * len(asked.tasks)
    for horizon in (2, 4, 6):
        short = load_scenario(SMALL, {"steps": horizon, "policy.budget": 0.05}).with_regime("cluster")
        rows = table[(table["horizon"] == horizon) & (table["budget"] == 0.05)]
        row = rows[(rows["regime"] == "cluster") & (rows["seed"] == 1)].iloc[0]
        assert row[list(OUTCOMES)].to_dict() == run(short, 1).outcomes


def test_what_was_made_is_not_made_again_and_more_seeds_add_to_it(tmp_path: Path) -> None:
    first, missing = made(surface(*AXES), tmp_path)
    assert missing == 8
    again, missing = made(surface(*AXES), tmp_path)
    assert missing == 0
    pd.testing.assert_frame_equal(first, again)
    more, missing = made(surface(*AXES, seeds=(1, 2, 3)), tmp_path)
    assert missing == 4
    pd.testing.assert_frame_equal(more[more["seed"] < 3].reset_index(drop=True), first)


def test_the_table_does_not_depend_on_the_order_in_which_runs_were_made(tmp_path: Path) -> None:
    forwards, _ = made(surface(*AXES), tmp_path / "one", jobs=2)
    made(surface(*AXES, seeds=(2, 1)), tmp_path / "other")
    backwards, missing = made(surface(*AXES), tmp_path / "other")
    assert missing == 0
    pd.testing.assert_frame_equal(forwards, backwards)


def test_a_run_that_fails_is_told_and_tried_again_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(scenario: Scenario, seed: int, *, follow_firms: bool) -> object:
        if seed == 2:
            raise ValueError("no such luck")
        return run(scenario, seed, follow_firms=follow_firms)

    monkeypatch.setattr("analysis.runs.outcomes.run_region", fail)
    asked = surface(*AXES)
    with RunStore(tmp_path) as store, make_missing(asked.tasks, asked.runs, asked.steps, store, 1) as records:
        failed = [record.task.seed for record in records if record.error is not None]
    assert failed == [2] * 4
    monkeypatch.undo()
    _, missing = made(asked, tmp_path)
    assert missing == 4


@pytest.mark.parametrize(
    ("axes", "hint"),
    [
        ((("--x", "budget"), ("--y", "budget=0.01:0.02:2")), "are both budget"),
        ((("--x", "steps"), ("--y", "horizon")), "are both horizon"),
        ((("--x", "absorptive_capacity"), ("--y", "firms.skill_mean")), "both set firms.skill_mean"),
        ((("--x", "knowledge_space.domains=4:40:3"),), "cannot have knowledge_space.domains = 4"),
    ],
)
def test_what_cannot_be_is_told_before_anything_runs(axes: tuple[tuple[str, str], ...], hint: str) -> None:
    with pytest.raises(RequestError) as caught:
        surface(*axes)
    assert hint in str(caught.value)


def test_nothing_leads_among_one() -> None:
    with pytest.raises(RequestError, match="two regimes"):
        design_surface("small", SMALL, ("none",), (1, 2), AXES)
    with pytest.raises(RequestError, match="two seeds"):
        design_surface("small", SMALL, ("none", "cluster"), (1,), AXES)
    with pytest.raises(RequestError, match="Did you mean breadth"):
        design_surface("small", SMALL, ("none", "cluster"), (1, 2), AXES, "bredth")
