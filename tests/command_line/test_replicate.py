"""A published model run again, end to end."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from tests.command_line.command import call, start

SMALL = ("--set", "agents=24", "--set", "neighbours=4", "--set", "experts=3")
TABLES = ("runs", "means", "differences", "reconstruction", "statements")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("user")


@pytest.fixture(scope="module")
def printed(folder: Path) -> Result:
    return call("replicate", "cowan-jonard", "--seeds", "2", "--jobs", "1", *SMALL, folder=folder)


def test_it_prints_levels_and_verdicts_and_says_where_results_are(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0, printed.stderr
    assert "2 seeds, 26 networks" in printed.stdout
    # The table breaks its last column.
    assert re.search(r"too few *\n.* seeds *\n", printed.stdout)
    assert "Results: results/cowan-jonard" in printed.stdout
    assert "Try next: " in printed.stdout
    results = folder / "results" / "cowan-jonard"
    assert {path.name for path in results.iterdir()} == {
        "data", "figures", "findings.txt", "manifest.json", "ro-crate-metadata.json",
    }  # fmt: skip
    assert sorted(path.name for path in (results / "figures").iterdir()) == [
        f"barter_{name}.{suffix}" for name in ("heterogeneity", "networks") for suffix in ("png", "svg")
    ]
    manifest = json.loads((results / "manifest.json").read_text("utf-8"))
    assert manifest["complete"]
    assert manifest["runs_finished"] == 26
    assert manifest["parameters"]["agents"] == 24


@pytest.mark.slow
def test_the_same_command_gives_the_same_bytes_on_any_number_of_cores(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    arguments = ("--seeds", "10000-10001", "--jobs", "2", "--json", "--figures", "none", "--out", "other")
    again = start("replicate", "cowan-jonard", *SMALL, *arguments, folder=folder)
    assert again.returncode == 0, again.stderr
    first, second = folder / "results" / "cowan-jonard" / "data", folder / "other" / "data"
    names = sorted(path.name for path in second.iterdir())
    assert names == sorted(f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet"))
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []
    content = json.loads(again.stdout)
    assert content["complete"]
    assert content["failed"] == []
    means = pd.read_parquet(second / "means.parquet")
    assert [row["mean"] for row in content["means"]] == means["mean"].tolist()
    assert {row["verdict"] for row in content["statements"]} == {"too few seeds"}


def test_one_seed_has_no_intervals_and_quiet_says_nothing(folder: Path) -> None:
    arguments = ("--seeds", "1", "--jobs", "1", "--quiet", "--figures", "none", "--out", "quiet", *SMALL)
    silent = call("replicate", "cowan-jonard", *arguments, folder=folder)
    assert (silent.exit_code, silent.stdout, silent.stderr) == (0, "", "")
    means = pd.read_parquet(folder / "quiet" / "data" / "means.parquet")
    assert means["low"].isna().all()


WRONG: list[tuple[Sequence[str], str]] = [
    (["cowan_jonard"], "cowan-jonard"),
    (["cowan-jonard", "--set", "agent=3"], "agents"),
    (["cowan-jonard", "--set", "agents=many"], "whole number"),
    (["cowan-jonard", "--set", "neighbours=5"], "even"),
    (["cowan-jonard", "--set", "experts=501"], "at most the 500 agents"),
    (["cowan-jonard", "--set", "rewiring=0.1"], "varied"),
    (["cowan-jonard", "--seeds", "0"], "from 1 to"),
    (["cowan-jonard", "--out", "occupied"], "something other than results"),
]


@pytest.mark.parametrize(("arguments", "hint"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_one_message_with_a_hint(arguments: Sequence[str], hint: str, tmp_path: Path) -> None:
    (tmp_path / "occupied").mkdir()
    (tmp_path / "occupied" / "thesis.docx").touch()
    answer = call("replicate", *arguments, folder=tmp_path)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Error: ")
    assert hint in answer.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["occupied", "thesis.docx"]
