"""Regions on the command line: listed, found, shown, run."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

import run
from model.loading import load_scenario


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(run.app, arguments)


def test_list_gives_the_regions_of_a_country_and_nothing_else() -> None:
    result = call("regions", "list", "--country", "ireland", "--json")
    assert result.exit_code == 0
    assert [row["code"] for row in json.loads(result.stdout)] == ["IE01", "IE02"]
    assert len(json.loads(call("regions", "list", "--json").stdout)) == 283


def test_search_finds_and_says_when_it_does_not() -> None:
    found = call("regions", "search", "HAUTE", "normandie")
    assert found.exit_code == 0
    assert "FR23" in found.stdout
    assert "regions show FR23" in found.stdout
    missing = call("regions", "search", "atlantis")
    assert missing.exit_code == 1
    assert "No region" in missing.stdout


def test_show_leaves_tables_figures_and_a_scenario_that_runs(folder: Path) -> None:
    result = call("regions", "show", "es53", "--json")
    assert result.exit_code == 0, result.output
    shown = json.loads(result.stdout)
    results = folder / shown["results"]
    domains = pd.read_csv(results / "data" / "domains.csv")
    assert len(domains) == len(shown["domains"])
    strongest = domains.loc[domains["location_quotient"].idxmax()]
    # The Balearic Islands live from their guests.
    assert strongest["code"] == "I55"
    assert load_scenario(results / "scenario.toml").story.title == "ES53 Illes Balears (Balearic Islands)"
    for name in ("relatedness_and_complexity", "strengths"):
        for suffix in ("png", "svg"):
            assert (results / "figures" / f"{name}.{suffix}").stat().st_size > 10_000
    manifest = json.loads((results / "manifest.json").read_text("utf-8"))
    assert manifest["source"].startswith("Source: Eurostat")


def test_the_same_profile_replaces_itself_and_no_other(folder: Path) -> None:
    for _ in range(2):
        assert call("regions", "show", "FI20", "--no-figures").exit_code == 0
    assert [path.name for path in (folder / "results").iterdir()] == ["FI20-profile"]


def test_compare_runs_a_region_and_keeps_all_its_numbers(folder: Path) -> None:
    result = call(
        "compare", "--region", "FI20", "--regimes", "none,cluster", "--seeds", "2", "--steps", "2", "--jobs", "1",
        "--no-figures", "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    shown = json.loads(result.stdout)
    assert shown["story"] == "FI20"
    kept = folder / shown["results"] / "scenario.toml"
    measured = load_scenario(kept).knowledge_space.measured
    assert sum(measured.employment) > 5000
    again = call(
        "compare",
        str(kept),
        "--regimes",
        "none,cluster",
        "--seeds",
        "2",
        "--jobs",
        "1",
        "--no-figures",
        "--json",
    )
    assert json.loads(again.stdout)["comparison"] == shown["comparison"]


def test_sweeps_take_several_regions(folder: Path) -> None:
    result = call(
        "sweep", "--region", "FI20", "--region", "AT11", "--factor", "relatedness=0.5,1.5", "--regimes", "none",
        "--seeds", "1", "--steps", "2", "--jobs", "1", "--out", "swept", "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert call("export", "swept", "--to", "runs.csv").exit_code == 0
    runs = pd.read_csv(folder / "runs.csv")
    assert runs["scenario"].nunique() == 2
    # More related is not the same: the axis reaches relatedness that was measured.
    for _, rows in runs.groupby("scenario"):
        assert rows["knowledge_per_region"].nunique() == 2
