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
        assert call("regions", "show", "FI20", "--figures", "none").exit_code == 0
    assert [path.name for path in (folder / "results").iterdir()] == ["FI20-profile"]


def test_compare_runs_a_region_and_keeps_all_its_numbers(folder: Path) -> None:
    result = call(
        "compare", "--region", "FI20", "--regimes", "none,cluster", "--seeds", "2", "--steps", "2", "--jobs", "1",
        "--figures", "none", "--json",
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
        "--figures",
        "none",
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
    shown = call("regions", "show", "ours_regions:north", "--figures", "none")
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
        "--figures",
        "none",
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


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_validation_goes_on_with_what_was_run() -> None:
    asked = ("validate", "europe", "--every", "100", "--firms", "80", "--jobs", "1", "--json")
    first, second = call(*asked), call(*asked)
    assert "12 of 12 runs were made before and are not repeated." in second.stderr
    assert json.loads(first.stdout) == json.loads(second.stdout)
    other = call(*asked, "--half", "held-out", "--estimated")
    assert other.exit_code == 0, other.output
    told = json.loads(other.stdout)["comparison"]
    # The data are those of the half.
    assert told[0]["entry_rate"] != json.loads(first.stdout)["comparison"][0]["entry_rate"]
    wrong = call("validate", "europe", "--half", "better")
    assert wrong.exit_code == 2
    assert "--half better: must be one of estimation, held-out." in wrong.stderr


@pytest.mark.slow
def test_an_estimation_goes_on_where_it_was_and_leaves_a_scenario(folder: Path) -> None:
    asked = ("estimate", "europe", "--every", "50", "--firms", "80", "--jobs", "1", "--json")
    assert call(*asked, "--trials", "1").exit_code == 0
    result = call(*asked, "--trials", "2")
    assert result.exit_code == 0, result.output
    assert "1 trials were made before and are not repeated." in result.stderr
    told = json.loads(result.stdout)
    assert told["trials"] == 2
    kept = folder / told["results"]
    assert len(pd.read_csv(kept / "data" / "trials.csv")) == 2
    scenario = load_scenario(kept / "estimated.toml")
    assert scenario.research.focus_review == pytest.approx(told["values"]["research.focus_review"], rel=1e-3)


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_a_strategy_stands_beside_the_regimes() -> None:
    result = call(
        "compare", "--strategy", "luxembourg", "--regimes", "none", "--seeds", "2", "--steps", "3", "--jobs", "1",
        "--figures", "none", "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["regimes"] == ["none", "strategy_luxembourg"]
    assert "illustration, not evidence" in result.stderr
    assert "not published for LU00, and left out" in result.stderr
    elsewhere = call("compare", "--strategy", "luxembourg", "--region", "ITH5")
    assert elsewhere.exit_code == 2
    assert "take --region LU00" in elsewhere.stderr


def test_the_profile_of_a_region_with_a_strategy_shows_its_priorities(folder: Path) -> None:
    result = call("regions", "show", "EE00", "--figures", "none")
    assert result.exit_code == 0, result.output
    assert "Priorities of Estonia, 2014-2020" in result.stdout
    assert "compare --region EE00 --strategy estonia" in result.stdout
    assert (folder / "results" / "EE00-profile" / "data" / "priorities.csv").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "asked",
    [
        ("ablate", "--regimes", "cluster", "--seeds", "1", "--steps", "1", "--figures", "none"),
        (
            "organisations",
            "--regimes",
            "none",
            "--kinds",
            "university",
            "--seeds",
            "2",
            "--steps",
            "1",
            "--figures",
            "none",
        ),
        ("calibrate", "check", "--seeds", "400-415", "--steps", "1"),
    ],
)
def test_what_is_asked_of_regimes_is_asked_of_measured_regions_too(asked: tuple[str, ...]) -> None:
    result = call(*asked, "--region", "IS00", "--jobs", "1", "--json")
    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("folder")
def test_what_ships_is_not_calibrated_on_a_region() -> None:
    result = call("calibrate", "check", "--region", "IS00", "--write")
    assert result.exit_code == 2
    assert "leave --write out" in result.stderr


def test_region_is_another_word_for_regions() -> None:
    assert (
        call("region", "search", "emilia", "--json").stdout
        == call("regions", "search", "emilia", "--json").stdout
    )
    shown = call("--help").stdout
    assert "│ regions " in shown
    assert "│ region " not in shown
