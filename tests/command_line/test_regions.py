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


def test_import_makes_a_folder_that_can_be_shown_and_run(folder: Path) -> None:
    table = "region,C10,C11,C25,C28,J62\nNORTH,1200,,300,80,15\nSOUTH,40,10,0,25,60\nWEST,1,,,,\n"
    (folder / "ours.csv").write_text(table, encoding="utf-8")
    result = call("regions", "import", "ours.csv", "--title", "Our regions", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["folder"] == "ours_regions"
    assert told["regions"] == ["NORTH", "SOUTH"]
    assert "WEST" in told["dropped"][0]
    assert "WEST" in (folder / "ours_regions" / "check_report.md").read_text("utf-8")
    shown = call("regions", "show", "ours_regions:north", "--no-figures")
    assert shown.exit_code == 0, shown.output
    assert "283 European regions" in shown.stdout
    made = call(
        "run",
        "--region",
        "ours_regions:SOUTH",
        "--regime",
        "none",
        "--steps",
        "2",
        "--jobs",
        "1",
        "--no-figures",
    )
    assert made.exit_code == 0, made.output
    assert (folder / "results" / "SOUTH-run" / "scenario.toml").exists()


def test_a_wrong_table_is_told_and_nothing_is_written(folder: Path) -> None:
    (folder / "ours.csv").write_text("region,C10,C11,C25,C28\nNORTH,1,2,many,4\n", encoding="utf-8")
    result = call("regions", "import", "ours.csv")
    assert result.exit_code == 2
    assert "ours.csv, row 2, column 'C25': 'many' is no number" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["ours.csv"]


def test_validation_on_europe_shows_the_data_beside_the_model(folder: Path) -> None:
    result = call("validate", "europe", "--every", "100", "--firms", "80", "--jobs", "1", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["complete"]
    assert [row["variant"] for row in told["comparison"]][:2] == ["data", "model"]
    table = pd.read_csv(folder / told["results"] / "data" / "comparison.csv")
    assert table["entry_rate"].iloc[0] == pytest.approx(0.094, abs=0.001)
