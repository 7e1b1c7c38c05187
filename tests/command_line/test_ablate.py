"""An ablation, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from model.record import OUTCOMES
from tests.command_line.command import call

STORY = """
extends = "machine_building_meets_iot"
story.title = "A small region"
steps = 3
firms.number = 20
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("user")
    (place / "small.toml").write_text(STORY, "utf-8")
    return place


@pytest.fixture(scope="module")
def printed(folder: Path) -> Result:
    return call("ablate", "small.toml", "--seeds", "2", "--jobs", "1", folder=folder)


def test_it_prints_effects_walks_and_a_finding(printed: Result) -> None:
    assert printed.exit_code == 0, printed.stderr
    assert "61 treatments, 2 seeds, 3 quarters, 122 runs" in printed.stdout
    for words in (
        "networked instead of isolated",
        "targeted and networked",
        "Smart specialisation",
        "p, adjusted",
    ):
        assert words in printed.stdout
    assert "over no policy): " in printed.stdout
    rows = [line for line in printed.stdout.splitlines() if "%  " in line]
    assert len(rows) > 60
    assert max(map(len, rows)) <= 80


def test_it_keeps_tables_figures_and_words(printed: Result, folder: Path) -> None:
    results = folder / "results" / "small-ablation"
    assert f"Results: {results.relative_to(folder)}" in printed.stdout
    assert {path.stem for path in (results / "figures").glob("*.svg")} == {"switch_effects", "regime_walks"}
    effects = pd.read_parquet(results / "data" / "effects.parquet")
    assert len(effects) == 15 * len(OUTCOMES)
    assert len(pd.read_csv(results / "data" / "outcomes.csv")) == 122
    assert (results / "findings.txt").read_text("utf-8").count("\n") == 5
    spending = pd.read_parquet(results / "data" / "spending.parquet").set_index("regime")
    assert spending.loc["none", "spent"] == 0
    assert spending["share_of_most"].max() == 1


def test_a_treatment_can_be_run_again_from_what_is_kept(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    kept = folder / "results" / "small-ablation"
    name = "cluster-scope-across"
    arguments = (str(kept / "scenario.toml"), "--regime", name, "--seeds", "10001-10001", "--figures", "none")
    again = call("run", *arguments, "--out", "again", folder=folder)
    assert again.exit_code == 0, again.stderr
    outcomes = pd.read_parquet(kept / "data" / "outcomes.parquet")
    before = outcomes[(outcomes["regime"] == name) & (outcomes["seed"] == 10_001)]
    after = pd.read_parquet(folder / "again" / "data" / "outcomes.parquet")
    assert before[list(OUTCOMES)].to_numpy().tolist() == after[list(OUTCOMES)].to_numpy().tolist()


def test_json_is_all_that_is_printed(folder: Path) -> None:
    arguments = ("--seeds", "1", "--regimes", "cluster", "--steps", "2", "--jobs", "1", "--json")
    answer = call("ablate", "small.toml", *arguments, "--figures", "none", "--out", "json", folder=folder)
    assert answer.exit_code == 0, answer.stderr
    content = json.loads(answer.stdout)
    assert content["complete"]
    assert len(content["effects"]) == 15 * len(OUTCOMES)
    assert {row["origin"] for row in content["walks"]} == {"cluster"}


def test_a_regime_without_switches_is_told(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    answer = call("ablate", "small.toml", "--regimes", "none", folder=folder)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert "no regime with switches" in answer.stderr
    assert sorted(folder.rglob("*")) == before
