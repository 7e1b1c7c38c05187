"""The main job, end to end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from analysis.words.names import regime
from model.loading import load_scenario
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
    outcomes = printed.stdout.split("Outcomes")[1].split("Gains over time")[0]
    for name in REGIME_NAMES:
        assert outcomes.count(f"\n {regime(name)} ") == len(OUTCOMES)
    assert "95% interval" in outcomes
    assert re.search(r"comes\s+first", outcomes)
    assert "On average over 1.5 years and 3 simulated regions" in printed.stdout


def test_it_says_where_results_are_and_what_to_try_next(printed: Result, folder: Path) -> None:
    assert "Results: results/small_region" in printed.stdout
    results = folder / "results" / "small_region"
    assert {path.name for path in results.iterdir()} == {
        "data", "figures", "findings.txt", "manifest.json", "policies", "ro-crate-metadata.json", "scenario.toml",
    }  # fmt: skip
    assert len(list((results / "figures").glob("*.svg"))) == 10
    suggestion = printed.stdout.split("Try next: ")[1].split()
    assert suggestion[-3:] == ["report", "results/small_region", "--brief"]


@pytest.mark.slow
def test_the_same_command_gives_the_same_bytes_on_any_number_of_cores(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    arguments = ("compare", "small_region.toml", "--seeds", "10000-10002", "--jobs", "2", "--json")
    again = start(*arguments, "--figures", "none", "--out", "other", folder=folder)
    assert again.returncode == 0, again.stderr
    first, second = folder / "results" / "small_region", folder / "other"
    names = sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert len(names) == 44
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


STAY = """
extends = "small_region.toml"
[[policy.policymakers]]
name = "ministry"
regime = "sector"
"""
MIX = """
extends = "small_region.toml"
[[policy.policymakers]]
name = "ministry"
regime = "sector"
share = 0.5
stop = 4
[[policy.policymakers]]
name = "agency"
regime = "cluster"
share = 0.5
[[events]]
kind = "regime_switch"
step = 5
policymaker = "agency"
regime = "smart_specialisation"
"""


def test_policies_are_compared_as_they_are_written(folder: Path) -> None:
    for name, text in (("stay", STAY), ("mix", MIX)):
        (folder / f"{name}.toml").write_text(text, "utf-8")
    common = ("--seeds", "2", "--jobs", "1", "--figures", "none", "--json", "--out", "written")
    done = call("compare", "stay.toml", "mix.toml", *common, "--against", "stay", folder=folder)
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["regimes"] == ["none", "stay", "mix"]
    assert told["baseline"] == "stay"
    assert {row["baseline"] for row in told["comparison"]} == {"stay"}
    assert "until the end of year 1" in told["policies_as_written"]["mix"]
    assert told["ranking"] == sorted(
        told["ranking"],
        key=lambda name: -next(row["mean"] for row in told["comparison"] if row["regime"] == name),
    )
    for name in ("stay", "mix"):
        kept = load_scenario(folder / "written" / "policies" / f"{name}.toml")
        assert kept == load_scenario(folder / f"{name}.toml")


def test_what_is_written_and_not_used_is_said_at_the_top(folder: Path) -> None:
    (folder / "mix.toml").write_text(MIX, "utf-8")
    common = ("--seeds", "2", "--jobs", "1", "--figures", "none", "--out", "unused")
    done = call("compare", "mix.toml", "--regimes", "none,sector", *common, folder=folder)
    assert done.exit_code == 0, done.stderr
    assert "Not used: the policy that the scenario itself writes" in " ".join(done.stderr.split())
    assert call("report", "unused", folder=folder).exit_code == 0
    page = (folder / "unused" / "report.html").read_text("utf-8")
    assert page.index("Not used: the policy") < page.index('class="answer"')
    assert load_scenario(folder / "unused" / "scenario.toml").policy.policymakers[0].regime == "sector"


def test_two_regions_are_refused_in_one_comparison(folder: Path) -> None:
    (folder / "larger.toml").write_text('extends = "small_region.toml"\nfirms.number = 40\n', "utf-8")
    done = call("compare", "small_region.toml", "larger.toml", folder=folder)
    assert done.exit_code == 2
    assert "not the same region: they differ in firms.number (30 and 40)" in " ".join(done.stderr.split())
