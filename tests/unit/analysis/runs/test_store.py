"""The store of runs: what was put in comes out, whatever happened in between."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

import numpy as np
import pandas as pd
import pytest

from analysis.runs.experiment import Task
from analysis.runs.making import make_runs
from analysis.runs.parts import StoreError
from analysis.runs.provenance import run_id, scenario_digest
from analysis.runs.store import KEPT, KEYS, RecordStore, RunStore
from model.loading import load_scenario
from model.record import OUTCOMES
from model.scenario import Scenario

STEPS = (4, 8)


def values(start: float) -> np.ndarray:
    return start + np.arange(len(STEPS) * len(KEPT), dtype=float).reshape(len(STEPS), len(KEPT))


def test_what_was_put_in_comes_out_of_another_store_of_the_same_folder(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "runs")
    store.add("b", "none", 7, STEPS, values(0.5))
    store.flush()
    store.add("a", "cluster", 7, STEPS, values(100))
    store.flush()
    again = RunStore(tmp_path / "runs")
    table = again.read(["a", "b", "c"], STEPS, KEPT)
    assert table[["run", "step"]].to_numpy().tolist() == [["a", 4], ["a", 8], ["b", 4], ["b", 8]]
    assert np.array_equal(table[list(KEPT)].to_numpy(), np.vstack([values(100), values(0.5)]))
    assert list(again.read(["a"], STEPS).columns) == [*KEYS, *OUTCOMES]
    assert table["regime"].tolist() == ["cluster"] * 2 + ["none"] * 2


def test_only_what_is_not_there_at_all_steps_is_missing(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    store.add("a", "none", 7, STEPS, values(0))
    store.add("b", "none", 8, STEPS[:1], values(0)[:1])
    store.flush()
    assert store.missing(["a", "b", "c"], STEPS) == [1, 2]
    assert store.missing(["a", "b", "c"], STEPS[:1]) == [2]
    assert RunStore(tmp_path / "new").missing(["a", "b"], STEPS) == [0, 1]


def test_runs_of_a_store_that_kept_less_are_made_again(tmp_path: Path) -> None:
    with RunStore(tmp_path) as store:
        store.add("a", "none", 7, STEPS, values(1))
    (part,) = tmp_path.glob("*.parquet")
    pd.read_parquet(part).drop(columns="spent").to_parquet(part)
    assert RunStore(tmp_path).missing(["a"], STEPS) == [0]


def test_a_run_that_was_written_twice_counts_once(tmp_path: Path) -> None:
    for _ in range(2):
        store = RunStore(tmp_path)
        store.add("a", "none", 7, STEPS, values(1))
        store.flush()
    assert len(list(tmp_path.glob("*.parquet"))) == 2
    assert len(RunStore(tmp_path).read(["a"], STEPS)) == len(STEPS)


def test_a_part_that_was_not_finished_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet  # noqa: PLC0415

    def break_off(_table: object, file: BinaryIO, **_named: object) -> None:
        file.write(b"PAR1 half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr(parquet, "write_table", break_off)
    store = RunStore(tmp_path)
    store.add("a", "none", 7, STEPS, values(1))
    with pytest.raises(KeyboardInterrupt):
        store.flush()
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
    # Nothing was lost: it is written at the next occasion.
    store.flush()
    assert RunStore(tmp_path).missing(["a"], STEPS) == []


def test_a_part_that_somebody_spoilt_is_set_aside_and_its_runs_are_made_again(tmp_path: Path) -> None:
    with RunStore(tmp_path) as store:
        store.add("a", "none", 7, STEPS, values(1))
    (part,) = tmp_path.glob("*.parquet")
    content = part.read_bytes()
    part.write_bytes(content[:100] + bytes(40) + content[140:])
    told: list[str] = []
    assert RunStore(tmp_path, told.append).missing(["a"], STEPS) == [0]
    assert len(told) == 1
    assert f"{part} cannot be used" in told[0]
    assert [path.name[9:] for path in (tmp_path / "damaged").iterdir()] == [part.name]


def test_what_was_taken_in_is_on_disk_whatever_ends_the_work(tmp_path: Path) -> None:
    def stopped() -> None:
        with RunStore(tmp_path) as store:
            store.add("a", "none", 7, STEPS, values(1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert RunStore(tmp_path).missing(["a"], STEPS) == []


def test_a_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "file" / "runs")
    (tmp_path / "file").write_text("no folder", "utf-8")
    store.add("a", "none", 7, STEPS, values(1))
    with pytest.raises(StoreError, match=r"cannot be written .* the same command goes on from there"):
        store.flush()


def test_a_run_is_named_by_all_that_it_depends_on() -> None:
    scenario = Scenario()
    told = load_scenario(scenario, {"story.title": "Another title"})
    moved = load_scenario(scenario, {"ties.cost": 0.013})
    digest = scenario_digest(scenario)
    assert scenario_digest(told) == digest
    assert scenario_digest(moved) != digest
    names = {
        run_id(digest, "none", 1, "m"), run_id(digest, "none", 2, "m"), run_id(digest, "sector", 1, "m"),
        run_id(digest, "none", 1, "n"), run_id(scenario_digest(moved), "none", 1, "m"),
    }  # fmt: skip
    assert len(names) == 5
    assert run_id(digest, "none", 1, "m") in names


def test_what_is_there_is_not_written_again_where_only_the_whole_record_lacks(tmp_path: Path) -> None:
    scenario = Scenario.model_validate({"steps": 2, "firms": {"number": 12}, "start": {"run_up": 1}})
    tasks = [Task(scenario, "none", seed) for seed in (1, 2)]
    make_runs(tasks, "runs", jobs=1, store=tmp_path, whole=2)
    rmtree(tmp_path / RecordStore.beside_results)
    made = make_runs(tasks, "runs", jobs=1, store=tmp_path, whole=2)
    assert len(made.whole) == 2
    parts = [pd.read_parquet(path) for path in (tmp_path / RunStore.beside_results).rglob("*.parquet")]
    assert pd.concat(parts)["run"].value_counts().tolist() == [1, 1]
