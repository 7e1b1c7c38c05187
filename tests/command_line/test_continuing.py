"""Commands that keep single runs: stopped or damaged, they go on and end as if nothing had happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.runs.streaming import Stream
from tests.command_line.command import call

SMALL = ("--steps", "3", "--set", "firms.number=12", "--jobs", "1")
COMMANDS = {
    "compare": ("compare", "--attribute", "--regimes", "none,cluster", "--seeds", "2", "--figures", "none", *SMALL),
    "run": ("run", "--seeds", "8", "--figures", "none", *SMALL),
    "surface": ("surface", "--x", "budget=0.01:0.05:2", "--regimes", "none,cluster", "--seeds", "3",
                "--figures", "none", *SMALL),
    "ablate": ("ablate", "--regimes", "cluster", "--seeds", "2", "--figures", "none", *SMALL),
    "organisations": ("organisations", "--kinds", "university", "--regimes", "none,cluster", "--seeds", "3",
                      "--figures", "none", *SMALL),
    "replicate": ("replicate", "--seeds", "2", "--figures", "none", "--jobs", "1", "--set", "agents=24",
                  "--set", "neighbours=4", "--set", "experts=3"),
    "validate": ("validate", "europe", "--every", "60", "--firms", "80", "--jobs", "1"),
    "facts": ("facts", "--only", "1,2", "--seeds", "3", "--figures", "none", "--jobs", "1", "--set", "firms.number=40",
              "--set", "steps=20"),
    "laboratory": ("laboratory", "--measures", "latent,effect", "--seeds", "3", "--figures", "none", *SMALL),
    "calibrate": ("calibrate", "check", "--seeds", "400-402", *SMALL),
}  # fmt: skip
FINISHED = 5
"""Runs after which Ctrl-C comes."""


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "data").iterdir())}


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Have Ctrl-C come when some runs are finished."""
    whole = Stream.__iter__

    def cut(self: Stream[Any, Any]) -> Iterator[Any]:
        for number, answer in enumerate(whole(self), start=1):
            yield answer
            if number == FINISHED:
                raise KeyboardInterrupt

    monkeypatch.setattr(Stream, "__iter__", cut)
    return monkeypatch


@pytest.mark.parametrize(
    "command", [name if name == "run" else pytest.param(name, marks=pytest.mark.slow) for name in COMMANDS]
)
def test_what_was_stopped_goes_on_and_ends_with_the_same_tables(
    command: str, tmp_path: Path, stopped: pytest.MonkeyPatch
) -> None:
    arguments = COMMANDS[command]
    assert call(*arguments, "--out", "cut/results", folder=tmp_path).exit_code == 130
    stopped.undo()
    resumed = call(*arguments, "--out", "cut/results", folder=tmp_path)
    assert resumed.exit_code == 0, resumed.stderr
    assert f"{FINISHED} of " in resumed.stderr
    assert "were made before and are not repeated" in resumed.stderr
    assert call(*arguments, "--out", "whole/results", folder=tmp_path).exit_code == 0
    assert tables(tmp_path / "cut" / "results") == tables(tmp_path / "whole" / "results")


def test_what_a_disk_damaged_is_told_and_made_again(tmp_path: Path) -> None:
    arguments = (*COMMANDS["organisations"], "--out", "results")
    assert call(*arguments, folder=tmp_path).exit_code == 0
    before = tables(tmp_path / "results")
    (part,) = (tmp_path / "run_store").rglob("*.parquet")
    part.write_bytes(part.read_bytes()[:-40])
    again = call(*arguments, folder=tmp_path)
    assert again.exit_code == 0, again.stderr
    assert "cannot be used" in again.stderr
    assert tables(tmp_path / "results") == before
    third = call(*arguments, folder=tmp_path)
    assert "12 of 12 runs were made before" in third.stderr
    assert "Warning" not in third.stderr
