"""The command facts, from the question to the folder."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from analysis.runs.execution import Execution
from analysis.studies.facts.registry import FACTS
from docs.writers import facts
from tests.command_line import command

SMALL = ("--seeds", "0-2", "--jobs", "1", "--set", "firms.number=40", "--set", "steps=20")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments: str) -> Result:
    return command.call("facts", *arguments)


def test_verdicts_tables_and_figures(folder: Path) -> None:
    answer = call("--only", "2,5", *SMALL, "--json")
    assert answer.exit_code == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert {row["fact"] for row in told["facts"]} == {FACTS[2].name, FACTS[5].name}
    assert {row["verdict"] for row in told["facts"]} == {"by construction", "see replicate cowan-jonard"}
    assert (told["seeds"], told["complete"], told["failed"]) == ([0, 1, 2], True, [])
    results = folder / "results" / "facts"
    table = pd.read_csv(results / "data" / "facts.csv")
    assert table["claim_holds"].dropna().all()
    assert len(pd.read_parquet(results / "data" / "estimates.parquet")) == 3 * 3
    assert {path.name for path in (results / "figures").iterdir()} == {"facts.png", "facts.svg"}
    assert json.loads((results / "manifest.json").read_text("utf-8"))["runs_finished"] == 9
    assert "firms.number" not in (results / "scenarios" / "no_ties.toml").read_text("utf-8")


def test_the_same_question_gives_the_same_tables(folder: Path) -> None:
    for number in ("first", "second"):
        assert call("--only", "2", *SMALL, "--quiet", "--figures", "none", "--out", number).exit_code == 0
    for name in ("facts.csv", "estimates.csv"):
        assert (folder / "first" / "data" / name).read_bytes() == (
            folder / "second" / "data" / name
        ).read_bytes()


def test_people_read_a_table() -> None:
    answer = call("--only", "2", *SMALL, "--figures", "none")
    assert "no absorptive capacity" in answer.stdout
    assert "by construction" in answer.stdout
    assert "Try next" in answer.stdout


def test_a_reference_alone_runs_nothing(folder: Path) -> None:
    answer = call("--only", "5")
    assert answer.exit_code == 0
    assert "replicate cowan-jonard" in answer.stdout
    assert list(folder.iterdir()) == []


def test_what_is_finished_is_kept_when_it_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Execution.__iter__

    def stopped(self: Execution):  # type: ignore[no-untyped-def]  # noqa: ANN202
        for number, record in enumerate(whole(self)):
            yield record
            if number == 6:
                raise KeyboardInterrupt

    monkeypatch.setattr(Execution, "__iter__", stopped)
    answer = call("--only", "2", *SMALL, "--json", "--figures", "none")
    assert answer.exit_code == 130
    told = json.loads(answer.stdout)
    assert (told["interrupted"], told["complete"]) == (True, False)
    assert {row["seeds"] for row in told["facts"]} == {2}
    assert (folder / "results" / "facts" / "data" / "facts.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--only", "21"), "from 1 to 20"),
        (("--only", "one"), "'one'"),
        (("--only", ""), "from 1 to 20"),
        (("--seeds", "0"), "from 1 to"),
        (("--set", "firms.numbr=3"), "firms.number"),
        (("--set", "firms.number=many"), "whole number"),
    ],
    ids=" ".join,
)
def test_one_message_with_a_hint(arguments: tuple[str, ...], hint: str, folder: Path) -> None:
    answer = call(*arguments)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Error: ")
    assert hint in answer.stderr
    assert list(folder.iterdir()) == []


def test_help_comes_with_examples() -> None:
    assert "run.py facts --only 1,4" in call("--help").stdout


def test_the_page_is_written_from_complete_reported_results_only(folder: Path) -> None:
    call("--only", "2", *SMALL, "--figures", "none")
    with pytest.raises(facts.RequestError, match="complete results of all facts"):
        facts.read_result(folder / "results" / "facts")
    with pytest.raises(facts.RequestError, match="no results"):
        facts.read_result(folder)
