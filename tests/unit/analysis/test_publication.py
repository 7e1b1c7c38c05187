"""The results folder as a whole."""

from __future__ import annotations

import importlib.metadata
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.figures import gallery
from analysis.publication import publish
from model.loading import load_scenario
from tests.unit.analysis.synthetic import results

TABLES = ("account", "comparison", "domains", "ledger", "organisations", "memo_items", "outcomes", "series")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        # All figures are drawn where their looks are tested; here only where they go matters.
        patch.setattr(gallery, "draw", lambda *_: iter([("sketch", Figure((2, 2)))]))
        return publish(results(), tmp_path_factory.mktemp("results") / "made_up", seconds=1.5)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_holds_tables_figures_scenario_and_manifest(folder: Path) -> None:
    data = {f"data/{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")}
    figures = {"figures/sketch.png", "figures/sketch.svg"}
    assert set(content(folder)) == data | figures | {
        "manifest.json",
        "ro-crate-metadata.json",
        "scenario.toml",
    }


def test_two_identical_experiments_differ_in_the_manifest_only(folder: Path, tmp_path: Path) -> None:
    first = content(folder)
    again = content(publish(results(), tmp_path / "again", theme=None, seconds=2.5))
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
    folder = publish(with_failure, tmp_path / "failed", theme=None)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["runs_failed"] == [
        {"regime": "sector", "seed": 10_001, "error": "ValueError: no such luck", "trace": "line 1"}
    ]
    outcomes = pd.read_parquet(folder / "data" / "outcomes.parquet")
    assert len(outcomes) == 15
