"""The main job, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from model.record import OUTCOMES
from model.scenario import REGIME_NAMES
from tests.command_line.command import call, start

STORY = """
extends = "machine_building_meets_iot"
story.title = "A small region"
steps = 6
firms.number = 30
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("user")
    (place / "small_region.toml").write_text(STORY, "utf-8")
    return place


@pytest.fixture(scope="module")
def printed(folder: Path) -> Result:
    return call("compare", "small_region.toml", "--seeds", "3", "--jobs", "1", folder=folder)


def test_it_prints_every_outcome_under_every_regime(printed: Result) -> None:
    assert printed.exit_code == 0, printed.stderr
    assert "A small region" in printed.stdout
    for regime in REGIME_NAMES:
        assert printed.stdout.count(f"  {regime} ") == len(OUTCOMES)
    assert "difference" in printed.stdout
    assert "95% interval" in printed.stdout
    assert "P(best)" in printed.stdout


def test_it_says_where_results_are_and_what_to_try_next(printed: Result, folder: Path) -> None:
    assert "Results: results/small_region" in printed.stdout
    results = folder / "results" / "small_region"
    assert {path.name for path in results.iterdir()} == {
        "data", "figures", "manifest.json", "ro-crate-metadata.json", "scenario.toml",
    }  # fmt: skip
    assert len(list((results / "figures").glob("*.svg"))) == 6
    suggestion = printed.stdout.split("Try next: ")[1].split()
    assert suggestion[-2] == "compare"


def test_the_same_command_gives_the_same_bytes_on_any_number_of_cores(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    arguments = ("compare", "small_region.toml", "--seeds", "10000-10002", "--jobs", "2", "--json")
    again = start(*arguments, "--figures", "none", "--out", "other", folder=folder)
    assert again.returncode == 0, again.stderr
    first, second = folder / "results" / "small_region", folder / "other"
    names = sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert len(names) == 19
    differing = [str(name) for name in names if (first / name).read_bytes() != (second / name).read_bytes()]
    assert differing == ["manifest.json", "ro-crate-metadata.json"]
    check_json(again.stdout, first)


def check_json(text: str, folder: Path) -> None:
    """Standard output holds JSON and nothing else, with the numbers of the table."""
    content = json.loads(text)
    assert content["complete"]
    assert content["failed"] == []
    assert content["seeds"] == [10_000, 10_001, 10_002]
    table = pd.read_parquet(folder / "data" / "comparison.parquet")
    assert [row["mean"] for row in content["comparison"]] == table["mean"].tolist()


def test_quiet_says_nothing(folder: Path) -> None:
    arguments = (
        "run",
        "small_region.toml",
        "--regime",
        "cluster",
        "--quiet",
        "--figures",
        "none",
        "--steps",
        "2",
    )
    silent = call(*arguments, folder=folder)
    assert (silent.exit_code, silent.stdout, silent.stderr) == (0, "", "")
    series = pd.read_parquet(folder / "results" / "small_region-run" / "data" / "series.parquet")
    assert series["regime"].unique().tolist() == ["cluster"]
    assert series["step"].tolist() == [0, 1, 2]
