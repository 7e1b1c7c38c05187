"""What is asked for wrongly: one message, exit code 2, nothing written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from docs.writers import calibration as written
from model.loading import library
from tests.command_line.command import call, start


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


WRONG: list[tuple[Sequence[str], str]] = [
    (["compare", "nosuch_story"], "nosuch_story"),
    (["compare", "nosuch.toml"], "nosuch.toml"),
    (["compare", "thin_rural_regoin"], "thin_rural_region"),
    (["compare", "--set", "firms.numbr=3"], "firms.number"),
    (["compare", "--set", "firms.number=many"], "whole number"),
    (["compare", "--set", "firms.number"], "key=value"),
    (["compare", "--steps", "0"], "steps"),
    (["compare", "--seeds", "0"], "from 1 to"),
    (["compare", "--seeds", "5-1"], "1-5"),
    (["compare", "--regimes", "none,clustr"], "cluster"),
    (["compare", "--regimes", ""], "no regime"),
    (["run", "--regime", "sectr"], "sector"),
    (["compare", "--region", "ITH55"], "did you mean ITH5"),
    (["run", "--region", "Emilia"], "ITH5 Emilia-Romagna"),
    (["surface", "--region", "no_such_folder/"], "no folder of regions"),
    (["surface", "--region", "ITH5", "--x", "variety"], "measured"),
    (["sweep", "--region", "ITH5x", "--factor", "openness"], "did you mean ITH5"),
    (["sweep", "absorptive_capacity_and_recombination", "--region", "ITH5"], "--region"),
    (["regions", "show", "XX1"], "regions search"),
    (["regions", "show", "EL"], "its regions are EL30"),
    (["regions", "show", "GR"], "EL65 Πελοπόννησος"),
    (["compare", "--region", "UK"], "UKN0"),
    (["compare", "jobs.xlsx"], "regions import jobs.xlsx"),
    (["surface", "my table.csv"], "regions import 'my table.csv'"),
    (["compare", "ro21"], "--region RO21"),
    (["run", "--regime", "s3"], "smart_specialisation"),
    (["regions", "show", "ITH5", "--out", "occupied"], "something other than results"),
    (["organisations", "--kinds", "universty"], "university"),
    (["organisations", "--kinds", "training,training"], "twice"),
    (["organisations", "--regimes", "clustr"], "cluster"),
    (["organisations", "--out", "occupied"], "something other than results"),
    (["calibrate", "check", "--seeds", "16"], "below 1,000"),
    (["calibrate", "check", "--seeds", "5-5"], "at least 2 seeds"),
    (["calibrate", "check", "thin_rural_region", "--seeds", "5-9", "--write"], "leave --write out"),
    (["calibrate", "adjust", "--rounds", "50"], "together at most"),
    (["calibrate", "adjust", "--seeds", "1"], "at least 2 seeds"),
    (["calibrate", "adjust", "--steps", "8", "--write"], "leave --write out"),
    (["compare", "--out", "occupied"], "something other than results"),
    (["scenarios", "show", "nosuch"], "nosuch"),
    (["scenarios", "validate", "nosuch.toml"], "nosuch.toml"),
]


@pytest.fixture(autouse=True)
def _nothing_that_ships_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("COSTS_FILE", "TABLE", "PAGE"):
        monkeypatch.setattr(written, name, tmp_path / f"{name}.written")


@pytest.mark.parametrize(("arguments", "hint"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_one_message_with_a_hint(arguments: Sequence[str], hint: str, folder: Path) -> None:
    (folder / "occupied").mkdir()
    (folder / "occupied" / "thesis.docx").touch()
    answer = call(*arguments)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Error: ")
    assert hint in answer.stderr
    assert "Traceback" not in answer.stderr
    assert sorted(path.name for path in folder.rglob("*")) == ["occupied", "thesis.docx"]


def test_markup_in_what_a_user_wrote_is_shown_as_it_is() -> None:
    assert "[red]x[/oops]" in call("compare", "[red]x[/oops]").stderr


def test_the_exit_code_reaches_the_shell(folder: Path) -> None:
    answer = start("compare", "nosuch", folder=folder)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["compare"], ["run"], ["scenarios"], ["scenarios", "validate"]])
def test_help_comes_with_examples_or_commands(arguments: Sequence[str]) -> None:
    answer = call(*arguments, "--help")
    assert answer.exit_code == 0
    assert "run.py" in answer.stdout or "Commands" in answer.stdout


def test_the_library_is_listed() -> None:
    assert all(name in call("scenarios", "list").stdout for name in library())
    listed = json.loads(call("scenarios", "list", "--json").stdout)
    assert [story["name"] for story in listed] == list(library())
    assert all(story["title"] and story["text"] and story["questions"] for story in listed)


def test_a_scenario_is_shown_with_all_its_parameters() -> None:
    shown = json.loads(call("scenarios", "show", "thin_rural_region", "--set", "steps=7", "--json").stdout)
    assert shown["steps"] == 7
    assert shown["firms"]["number"] > 0


def test_a_shown_scenario_reads_as_text() -> None:
    answer = call("scenarios", "show", "thin_rural_region")
    assert answer.exit_code == 0
    assert "[firms]" in answer.stdout


def test_the_library_is_valid() -> None:
    answer = call("scenarios", "validate", "--json")
    assert answer.exit_code == 0
    assert all(verdict["valid"] for verdict in json.loads(answer.stdout))


def test_validating_tells_right_from_wrong(folder: Path) -> None:
    (folder / "right.toml").write_text('extends = "thin_rural_region"\nsteps = 8\n', "utf-8")
    (folder / "wrong.toml").write_text('extends = "thin_rural_region"\nstps = 8\n', "utf-8")
    answer = call("scenarios", "validate", "right.toml", "wrong.toml")
    assert answer.exit_code == 2
    assert "right.toml" in answer.stdout
    assert "wrong.toml" in answer.stderr
    assert "steps" in answer.stderr
