"""Surfaces, end to end: who leads where, and a surface that was stopped goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from model.record import OBSERVABLES, OUTCOMES
from tests.command_line.command import call, interrupt, start

SMALL = ("--steps", "4", "--set", "firms.number=20", "--regimes", "none,cluster")
MAP = ("--x", "absorptive_capacity=0.5:1.5:2", "--y", "budget=0.01:0.05:2")
SEEDS = 60


def files(folder: Path) -> dict[str, bytes]:
    """What is in a results folder, but for the manifest, which tells when and how long."""
    paths = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"manifest.json", "ro-crate-metadata.json"}
    ]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.slow
def test_a_map_of_two_conditions(tmp_path: Path) -> None:
    done = call("surface", *MAP, *SMALL, "--seeds", "3", "--jobs", "1", folder=tmp_path)
    assert done.exit_code == 0, done.stderr
    assert "Cluster support leads" in done.stdout
    assert "2 x 2 cells" in done.stdout
    assert all(OBSERVABLES[outcome].label in done.stdout for outcome in OUTCOMES)
    assert "Try next:" in done.stdout
    folder = tmp_path / "results" / "machine_building_meets_iot-surface-absorptive_capacity-budget"
    assert str(folder.relative_to(tmp_path)) in done.stdout
    cells = pd.read_parquet(folder / "data" / "cells.parquet")
    assert len(cells) == 4 * len(OUTCOMES)
    assert len(pd.read_csv(folder / "data" / "outcomes.csv")) == 4 * 2 * 3
    assert len(pd.read_csv(folder / "data" / "differences.csv")) == 4 * len(OUTCOMES)
    names = {path.name for path in (folder / "figures").iterdir()}
    drawn = ("leaders", "leaders_in_parts", "leaders_by_outcome", "differences")
    assert names == {f"{name}.{suffix}" for name in drawn for suffix in ("png", "svg")}
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["complete"]
    assert manifest["axes"][0]["moves"] == ["firms.skill_mean", "firms.rd_intensity"]


def test_curves_along_one_condition_as_json(tmp_path: Path) -> None:
    arguments = ("surface", "--x", "horizon=2:4:3", *SMALL[2:], "--seeds", "2", "--jobs", "1", "--json")
    done = call(*arguments, "--figures", "none", "--out", "curves", folder=tmp_path)
    assert done.exit_code == 0, done.stderr
    content = json.loads(done.stdout)
    assert content["axes"] == {"horizon": [2.0, 3.0, 4.0]}
    assert content["runs_finished"] == 2 * 2
    assert len(content["cells"]) == 3
    assert {path.name for path in (tmp_path / "curves").iterdir()} == {
        "data",
        "findings.txt",
        "manifest.json",
        "ro-crate-metadata.json",
        "scenario.toml",
    }


@pytest.mark.slow
def test_stopped_and_continued_gives_the_same_bytes(tmp_path: Path) -> None:
    arguments = ("surface", *MAP, *SMALL, "--seeds", str(SEEDS), "--jobs", "2", "--json", "--figures", "none")
    whole = start(*arguments, "--out", "whole/surface", folder=tmp_path)
    assert whole.returncode == 0, whole.stderr
    at = rf"[1-9]\d*/{8 * SEEDS}"
    shown, output, code = interrupt(*arguments, "--out", "cut/surface", folder=tmp_path, at=at)
    assert code == 130, shown
    assert "these are the findings of what was finished" in shown
    assert "Traceback" not in shown
    content = json.loads(output)
    assert content["interrupted"]
    assert not content["complete"]
    assert 0 < content["runs_finished"] < 8 * SEEDS
    assert files(tmp_path / "cut" / "surface") != files(tmp_path / "whole" / "surface")
    resumed = start(*arguments, "--out", "cut/surface", folder=tmp_path)
    assert resumed.returncode == 0, resumed.stderr
    assert f"{content['runs_finished']} of {8 * SEEDS} runs were made before" in resumed.stderr
    assert files(tmp_path / "cut" / "surface") == files(tmp_path / "whole" / "surface")


WRONG = [
    (["--x", "absorbtive_capacity"], "absorptive_capacity"),
    (["--x", "skill_mean"], "firms.skill_mean"),
    (["--x", "firms.skill_mean=0:2:3"], "from 0 to 1"),
    (["--x", "budget", "--y", "budget"], "both budget"),
    (["--x", "budget", "--y", "policy.budget"], "both set policy.budget"),
    (["--x", "budget=0.01:0.02:1"], "from 2 to"),
    (["--x", "budget", "--regimes", "cluster"], "two regimes"),
    (["--x", "budget", "--regimes", "none,clustr"], "cluster"),
    (["--x", "budget", "--seeds", "1"], "two seeds"),
    (["--x", "budget", "--outcome", "bredth"], "breadth"),
    (["policy_driven_cluster", "--x", "horizon=10:30:3"], "horizon"),
    (["food_meets_nutrition", "--x", "variety"], "cannot have variety = 2"),
    (["--x", "budget", "--out", "occupied"], "something other than results"),
]


@pytest.mark.parametrize(("arguments", "hint"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_one_message_with_a_hint(
    arguments: Sequence[str], hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "occupied").mkdir()
    (tmp_path / "occupied" / "thesis.docx").touch()
    answer = call("surface", *arguments)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Error: ")
    assert hint in answer.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["occupied", "thesis.docx"]


def test_a_shorter_horizon_leaves_out_what_would_come_later(tmp_path: Path) -> None:
    arguments = ("--x", "budget=0.01:0.02:2", *SMALL[2:], "--seeds", "2", "--jobs", "1", "--figures", "none")
    done = call("surface", "policy_driven_cluster", *arguments, "--steps", "5", folder=tmp_path)
    assert done.exit_code == 0, done.stderr
    assert "left out: budget_change at step 41" in " ".join(done.stderr.split())
    (manifest,) = tmp_path.glob("results/*/manifest.json")
    assert json.loads(manifest.read_text("utf-8"))["scenario"]["steps"] == 5
