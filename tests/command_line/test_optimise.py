"""The search of policies, end to end, in tiny size."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from analysis.studies.publisher import open_results
from tests.command_line.command import call, interrupt

STORY = """
extends = "machine_building_meets_iot"
story.title = "A small region"
steps = 24
firms.number = 12
start.run_up = 8
"""
SMALL = ("--policies", "12", "--seeds", "3", "--futures", "2", "--jobs", "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("user")
    (place / "small.toml").write_text(STORY, "utf-8")
    return place


def runs_in(store: Path) -> list[str]:
    """List the runs of a store, each as often as it was made."""
    return sorted(run for path in store.rglob("*.parquet") for run in pd.read_parquet(path)["run"])


@pytest.fixture(scope="module")
def printed(folder: Path) -> Result:
    return call("optimise", "small.toml", *SMALL, "--objectives", "value,jobs", folder=folder)


def test_the_best_is_found_told_drawn_and_written(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0, printed.stderr
    shown = " ".join(printed.stdout.split())
    assert "best of 12 policies" in shown
    assert "What to do" in shown
    results = folder / "results" / "small-optimise"
    found = pd.read_parquet(results / "data" / "found.parquet")
    assert set(found["seeds"]) == {3}
    far = pd.read_parquet(results / "data" / "distances.parquet")
    assert {"lottery", "sector", "cluster", "smart_specialisation"} <= set(far["name"])
    assert {path.stem for path in (results / "figures").glob("*.svg")} >= {"distances", "front", "futures"}
    assert (results / "policies" / "2.toml").is_file()


def test_compare_runs_the_best_and_finds_the_same_gain(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    results = folder / "results" / "small-optimise"
    arguments = (
        "--regimes",
        "none,as_written",
        "--seeds",
        "3",
        "--figures",
        "none",
        "--jobs",
        "1",
        "--out",
        "again/a",
    )
    answer = call("compare", str(results / "best.toml"), *arguments, folder=folder)
    assert answer.exit_code == 0, answer.stderr
    gains = pd.read_parquet(folder / "again" / "a" / "data" / "gains.parquet")
    gains = gains.query(
        "outcome == 'value_weighted_knowledge' and after == 'average' and regime == 'as_written'"
    )
    found = pd.read_parquet(results / "data" / "found.parquet").query("objective == 'value' and place == 0")
    assert gains["relative"].iloc[0] == pytest.approx(found["gain"].iloc[0])
    assert gains["relative_low"].iloc[0] == pytest.approx(found["low"].iloc[0])


def test_opened_again_it_says_the_same(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    results = folder / "results" / "small-optimise"
    opened = open_results(results)
    assert (results / "findings.txt").read_text("utf-8").splitlines() == opened.sentences()
    assert call("report", "results/small-optimise", folder=folder).exit_code == 0


def test_once_more_nothing_is_run_and_the_same_is_found(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    before = runs_in(folder / "results" / "policy_store")
    arguments = ("--objectives", "value,jobs", "--figures", "none", "--json", "--out", "results/once_more")
    answer = call("optimise", "small.toml", *SMALL, *arguments, folder=folder)
    assert answer.exit_code == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["complete"]
    assert told["policy"].startswith("Spend ")
    assert runs_in(folder / "results" / "policy_store") == before
    one, other = (
        folder / "results" / name / "data" / "found.parquet" for name in ("small-optimise", "once_more")
    )
    assert pd.read_parquet(one).equals(pd.read_parquet(other))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--seeds", "1-9"), "take seeds from 10000 on"),
        (("--at-least", "sector:nowhere=95"), "there is no sector 'nowhere'"),
        (("--uncertain", "recombination=2"), "a range is written"),
        (("--set", "policy.budget=0"), "no money to spend"),
    ],
)
def test_what_cannot_be_asked_is_told_before_anything_runs(
    folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(folder.rglob("*"))
    answer = call("optimise", "small.toml", *SMALL, *arguments, folder=folder)
    assert answer.exit_code == 2
    assert message in " ".join(answer.stderr.split())
    assert sorted(folder.rglob("*")) == before


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such terminals")
def test_stopped_it_says_so_and_goes_on(folder: Path) -> None:
    arguments = (
        "optimise",
        "small.toml",
        "--policies",
        "200",
        "--jobs",
        "1",
        "--figures",
        "none",
        "--out",
        "cut/a",
    )
    _, _, code = interrupt(*arguments, folder=folder, at=r"[1-9]\d\d/")
    assert code == 130
    assert runs_in(folder / "cut" / "policy_store")
