"""The commands that say what a sweep means, end to end on a sweep that is made up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.studies.sweep.sampling import Sampling
from tests.command_line.command import call
from tests.unit.analysis.studies.sweep.made_up_sweeps import made_up_design, store_made_up
from tests.unit.analysis.studies.sweep.test_questions import noisy, outcome

# The workbench behind `discover` takes seconds to import; what it finds is tested with the study.
COMMANDS = ("sensitivity", pytest.param("discover", marks=pytest.mark.slow), "robustness", "replicates")
NAMES = {
    "sensitivity": "sensitivity",
    "discover": "discovery",
    "robustness": "robustness",
    "replicates": "replicates",
}
TABLES = {
    "sensitivity": {"indices"},
    "discover": {"boxes", "limits", "trajectories", "scores", "leaders"},
    "robustness": {"criteria", "choices", "futures"},
    "replicates": {"summary", "points", "running", "widths"},
}
FIGURES = {
    "sensitivity": {"indices"},
    "discover": {"boxes", "trajectories", "scores"},
    "robustness": {"regret", "satisficing"},
    "replicates": {"half_widths", "running_means"},
}


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored") / "wide"
    return store_made_up(folder, made_up_design(Sampling("latin_hypercube", 60)), noisy)


@pytest.fixture(autouse=True)
def sweep(stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(stored, Path("results") / "wide")


@pytest.mark.parametrize("command", COMMANDS)
def test_tables_figures_and_sentences(command: str, sweep: Path) -> None:
    answer = call(command, str(sweep))
    assert answer.exit_code == 0, answer.stderr
    folder = Path("results") / f"wide-{NAMES[command]}"
    assert f"Results: {folder}" in answer.stdout
    assert "Try next:" in answer.stdout
    assert "Warning:" in answer.stderr
    assert {path.name for path in (folder / "data").iterdir()} == {
        f"{name}.{suffix}" for name in TABLES[command] for suffix in ("csv", "parquet")
    }
    assert {path.name for path in (folder / "figures").iterdir()} == {
        f"{name}.{suffix}" for name in FIGURES[command] for suffix in ("png", "svg")
    }
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["kind"] == NAMES[command]
    assert manifest["sweep"]["name"] == "made_up"
    assert (folder / "findings.txt").read_text("utf-8")
    assert manifest["samples"][0]["points"] == 60
    assert all(len(line) <= 80 for line in answer.stdout.splitlines() if line.startswith(" "))


def test_json_and_nothing_else_on_standard_output(sweep: Path) -> None:
    answer = call(
        "robustness", str(sweep), "--json", "--figures", "none", "--threshold", "2", "--out", "answer"
    )
    content = json.loads(answer.stdout)
    assert content["threshold"] == 2
    assert {row["regime"] for row in content["criteria"]} == {"none", "sector", "cluster"}
    assert content["findings"]
    assert not (Path("answer") / "figures").exists()
    assert len(pd.read_csv(Path("answer") / "data" / "futures.csv")) == 60 * 3


def test_another_question_gets_another_folder(sweep: Path) -> None:
    for more in ([], ["--of", "level"], []):
        assert call("replicates", str(sweep), "--figures", "none", "--quiet", *more).exit_code == 0
    assert sorted(path.name for path in Path("results").iterdir()) == [
        "wide",
        "wide-replicates",
        "wide-replicates-2",
    ]


@pytest.mark.slow
def test_a_box_in_words() -> None:
    plain = store_made_up(Path("results") / "plain", made_up_design(Sampling("latin_hypercube", 90)), outcome)
    answer = call("discover", str(plain), "--regime", "cluster", "--over", "sector", "--figures", "none")
    assert answer.exit_code == 0, answer.stderr
    assert (
        "Cluster support leads over sector support in 30 of 90 combinations of conditions. Where openness is at least "
        "0.495" in " ".join(answer.stdout.split())
    )


WRONG = [
    (["sensitivity", "nowhere"], "holds no sweep"),
    (["sensitivity", "results/wide", "--method", "sobol"], "--design sobol"),
    (["sensitivity", "results/wide", "--outcome", "bredth"], "breadth"),
    (["discover", "results/wide", "--over", "everybody"], "none, sector, cluster"),
    (["discover", "results/wide", "--density", "2"], "at most 1"),
    (["robustness", "results/wide", "--optimism", "-1"], "from 0"),
    (["robustness", "results/wide", "--out", "results/wide"], "holds a sweep"),
    (["replicates", "results/wide", "--half-width", "0"], "above 0"),
    (["replicates", "results/wide", "--regime", "clustr"], "cluster"),
    (["replicates", "results/wide", "--of", "levels"], "lead or level"),
]


@pytest.mark.parametrize(("arguments", "hint"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_one_message_with_a_hint(arguments: list[str], hint: str) -> None:
    answer = call(*arguments)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Error: ")
    assert hint in answer.stderr
    assert [path.name for path in Path("results").iterdir()] == ["wide"]
