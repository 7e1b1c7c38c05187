"""The results folder as a whole."""

from __future__ import annotations

import importlib.metadata
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.statistics.gains import money_and_mind
from analysis.studies.comparison.figures import drawn
from analysis.studies.publisher import open_results, save
from analysis.words.document import Number
from model.loading import load_scenario
from model.record import OUTCOMES
from model.scenario import REGIME_NAMES
from tests.unit.analysis.runs.synthetic import findings, results

TABLES = (
    "averages",
    "changes",
    "clear_from",
    "gains",
    "account",
    "comparison",
    "domains",
    "ledger",
    "organisations",
    "memo_items",
    "outcomes",
    "series",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        # All figures are drawn where their looks are tested; here only where they go matters.
        patch.setattr(drawn, "drawn", lambda *_: {"sketch": lambda: Figure((2, 2))})
        return save(findings(), tmp_path_factory.mktemp("results") / "made_up")


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_holds_tables_figures_scenario_and_manifest(folder: Path) -> None:
    data = {f"data/{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")}
    figures = {"figures/sketch.png", "figures/sketch.svg"}
    policies = {f"policies/{name}.toml" for name in REGIME_NAMES}
    assert set(content(folder)) == data | figures | policies | {
        "findings.txt",
        "manifest.json",
        "ro-crate-metadata.json",
        "scenario.toml",
    }


def test_two_identical_experiments_differ_in_the_manifest_only(folder: Path, tmp_path: Path) -> None:
    first = content(folder)
    again = content(save(findings(seconds=2.5), tmp_path / "again", theme=None))
    assert {name for name in again if first[name] != again[name]} == {
        "manifest.json",
        "ro-crate-metadata.json",
    }
    assert set(again) == {name for name in first if not name.startswith("figures/")}


def test_csv_and_parquet_say_the_same(folder: Path) -> None:
    for name in TABLES:
        parquet = pd.read_parquet(folder / "data" / f"{name}.parquet")
        csv = pd.read_csv(folder / "data" / f"{name}.csv")
        pd.testing.assert_frame_equal(csv, parquet, check_dtype=False)


def test_the_scenario_can_be_run_again(folder: Path) -> None:
    assert load_scenario(folder / "scenario.toml") == results().experiment.scenario


def test_the_manifest_says_how_to_make_it_again(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["seeds"] == [10_000, 10_001, 10_002, 10_003]
    assert manifest["regimes"] == ["none", "sector", "cluster", "smart_specialisation"]
    assert manifest["scenario"]["steps"] == 12
    assert manifest["dependencies"]["numpy"] == importlib.metadata.version("numpy")
    assert manifest["complete"]
    assert manifest["runs_finished"] == 16
    assert manifest["seconds"] == 1.5


def test_a_failed_run_is_in_the_manifest_with_its_error(tmp_path: Path) -> None:
    found = results()
    broken = replace(found.records[5], result=None, error="ValueError: no such luck", trace="line 1")
    with_failure = replace(found, records=(*found.records[:5], broken, *found.records[6:]))
    folder = save(findings(with_failure), tmp_path / "failed", theme=None)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["runs_failed"] == [
        {"regime": "sector", "seed": 10_001, "error": "ValueError: no such luck", "trace": "line 1"}
    ]
    outcomes = pd.read_parquet(folder / "data" / "outcomes.parquet")
    assert len(outcomes) == 15


def test_what_is_opened_again_says_the_same(folder: Path) -> None:
    made, opened = findings(), open_results(folder)
    assert opened.kind == "comparison"
    assert opened.sentences() == made.sentences()
    assert opened.size() == made.size()
    # As text, since what is not a number is equal to nothing.
    assert str(opened.sections()).replace(" The end says how to.", "") == str(made.sections())
    assert set(opened.figures("light")) == set(made.figures("light"))


def test_money_and_mind_are_told_apart_where_a_lottery_twin_takes_part() -> None:
    found = results()
    plain = findings(found)
    assert "money_and_mind" not in plain.tables
    # Sector support stands in for the lottery twin of clusters until regimes have one.
    names = {"sector": "cluster_by_lot"}
    renamed = {
        name: table.replace({"regime": names}) if "regime" in table else table
        for name, table in plain.tables.items()
    }
    split = money_and_mind(renamed["series"], OUTCOMES, "none")
    regimes = [names.get(name, name) for name in plain.manifest["regimes"]]
    twinned = replace(
        plain, tables={**renamed, "money_and_mind": split}, manifest={**plain.manifest, "regimes": regimes}
    )
    (shown,) = (section for section in twinned.sections() if section.heading == "Money and mind")
    (row,) = shown.tables[0].rows
    money, mind, both = (cell for cell in (row[1], row[4], row[7]) if isinstance(cell, Number))
    assert row[0] == "cluster support"
    assert money.value + mind.value == pytest.approx(both.value)
    assert "cluster support by lot" in [each[0] for each in twinned.sections()[0].tables[0].rows]
