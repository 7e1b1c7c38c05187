"""The store of a sweep: nothing finished is lost, nothing is counted twice, whatever happened before."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import RequestError
from analysis.runs.parts import UNREADABLE, StoreError, read_whole
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.kept import folder as layout
from analysis.studies.sweep.kept import store as module
from analysis.studies.sweep.kept.results import open_results
from analysis.studies.sweep.kept.store import SweepStore
from analysis.studies.sweep.kept.table import schema_of
from analysis.studies.sweep.making import run_sweep
from tests.unit.analysis.studies.sweep.sweeps import files, made_up, small

BLOCK = 5


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", BLOCK)


@pytest.fixture(scope="module")
def design() -> SweepDesign:
    return small()


def fill(folder: Path, design: SweepDesign, numbers: Any = None, **options: Any) -> dict[str, bytes]:
    with SweepStore(folder, design, **options) as store:
        for number in store.missing() if numbers is None else numbers:
            store.add(made_up(design, number))
    return files(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, design: SweepDesign) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", BLOCK)
        return fill(tmp_path_factory.mktemp("whole") / "sweep", design)


def test_full_blocks_are_files_and_nothing_else_is_left(tmp_path: Path, design: SweepDesign) -> None:
    found = fill(tmp_path / "sweep", design)
    assert sorted(found) == [f"{block:06d}.parquet" for block in range(5)]
    assert list((tmp_path / "sweep" / "unfinished").iterdir()) == []
    assert open_results(tmp_path / "sweep").complete


@given(
    order=st.permutations(range(24)),
    stops=st.lists(st.integers(0, 24), max_size=4),
)
def test_however_often_it_stopped_and_in_whatever_order_runs_came_the_files_are_the_same(
    order: list[int],
    stops: list[int],
    design: SweepDesign,
    whole: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("stopped") / "sweep"
    for begin, end in zip([0, *sorted(stops)], [*sorted(stops), 24], strict=True):
        fill(folder, design, order[begin:end])
    assert files(folder) == whole
    shutil.rmtree(folder)


def test_what_is_not_finished_can_be_read_and_is_counted_once(tmp_path: Path, design: SweepDesign) -> None:
    fill(tmp_path / "sweep", design, [3, 1, 9, 17])
    results = open_results(tmp_path / "sweep")
    assert results.runs(["number"])["number"].tolist() == [1, 3, 9, 17]
    assert (results.made, results.missing, results.complete) == (4, 20, False)
    with SweepStore(tmp_path / "sweep", design) as store:
        assert store.made == 4
        assert list(store.missing())[:4] == [0, 2, 4, 5]


def test_a_part_left_beside_its_block_by_a_crash_counts_once(tmp_path: Path, design: SweepDesign) -> None:
    folder = tmp_path / "sweep"
    fill(folder, design, [0, 1, 2])
    (part,) = (folder / "unfinished").iterdir()
    saved = part.read_bytes()
    fill(folder, design, range(5))
    part.write_bytes(saved)
    assert open_results(folder).runs(["number"])["number"].tolist() == [0, 1, 2, 3, 4]
    fill(folder, design, [])
    assert not part.exists()


def test_two_parts_with_the_same_runs_count_once(tmp_path: Path, design: SweepDesign) -> None:
    folder = tmp_path / "sweep"
    fill(folder, design, [0, 1, 2])
    (part,) = (folder / "unfinished").iterdir()
    shutil.copy(part, part.with_name("again.parquet"))
    assert open_results(folder).made == 3


@pytest.mark.parametrize("cut", [0, 1, 10, 0.5, -1])
@pytest.mark.parametrize("part", ["runs", "unfinished"])
def test_a_truncated_file_is_set_aside_and_its_runs_are_made_again(
    tmp_path: Path, design: SweepDesign, whole: dict[str, bytes], cut: float, part: str
) -> None:
    folder = tmp_path / "sweep"
    fill(folder, design, range(13))
    path = min((folder / part).iterdir())
    content = path.read_bytes()
    path.write_bytes(content[: int(cut * len(content)) if isinstance(cut, float) else cut])
    with pytest.raises(RequestError, match=r"run\.py resume"):
        open_results(folder).runs()
    warnings: list[str] = []
    assert fill(folder, design, warn=warnings.append) == whole
    assert len(warnings) == 1
    assert str(path) in warnings[0]


def test_no_number_that_a_disk_garbled_is_taken_for_a_result(tmp_path: Path, design: SweepDesign) -> None:
    fill(tmp_path / "sweep", design, range(BLOCK))
    path = tmp_path / "sweep" / "runs" / "000000.parquet"
    content, table = path.read_bytes(), read_whole(path)
    noticed = 0
    for place in range(4, len(content), 97):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        try:
            # What is garbled may also be a statistic that nobody reads.
            assert read_whole(path, schema=schema_of(design)).equals(table)
        except UNREADABLE:
            noticed += 1
    assert noticed > 20


def test_a_file_under_a_wrong_name_is_set_aside(
    tmp_path: Path, design: SweepDesign, whole: dict[str, bytes]
) -> None:
    folder = tmp_path / "sweep"
    fill(folder, design)
    (folder / "runs" / "000001.parquet").replace(folder / "runs" / "000002.parquet")
    warnings: list[str] = []
    assert fill(folder, design, warn=warnings.append) == whole
    assert len(warnings) == 1


def test_what_a_crash_left_half_written_is_swept_out(tmp_path: Path, design: SweepDesign) -> None:
    folder = tmp_path / "sweep"
    fill(folder, design, [0])
    (folder / "runs" / ".000000.parquet.new").write_bytes(b"PAR1 and no more")
    fill(folder, design)
    assert not list(folder.rglob("*.new"))


@pytest.mark.parametrize("left", [[], ["runs"], ["runs", "unfinished", "scenarios", "points.csv", ".lock"]])
def test_a_folder_in_which_a_crash_came_before_the_manifest_is_taken(
    tmp_path: Path, design: SweepDesign, left: list[str]
) -> None:
    folder = tmp_path / "sweep"
    folder.mkdir()
    for name in left:
        (folder / name).touch() if "." in name else (folder / name).mkdir()
    assert len(fill(folder, design)) == 5


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, design: SweepDesign) -> None:
    (tmp_path / "letters.txt").write_text("Dear Frank", "utf-8")
    with pytest.raises(RequestError, match="something other than results"):
        fill(tmp_path, design)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_results_of_a_comparison_are_left_alone(tmp_path: Path, design: SweepDesign) -> None:
    manifest = {"format": "knowledge-fountains results", "story": "x"}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(RequestError, match="no sweep"):
        fill(tmp_path, design)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seeds": "3"}, "2 seeds, not these 3"),
        ({"regimes": ["none"]}, "regimes none, sector, not none"),
        ({"series": ["ties"]}, "series knowledge_per_region, ties, not ties"),
        ({"factors": {"budget": [0.01, 0.03]}}, "not budget (0.01, 0.03)"),
        ({"settings": ["firms.number=13", "steps=3"]}, "other scenarios (thin_rural_region)"),
    ],
)
def test_another_sweep_is_refused_with_what_differs(
    tmp_path: Path, design: SweepDesign, changes: dict[str, Any], words: str
) -> None:
    before = fill(tmp_path / "sweep", design)
    with pytest.raises(StoreError) as refused:
        fill(tmp_path / "sweep", small(**changes), [])
    assert words in str(refused.value)
    assert "--update" in str(refused.value)
    assert files(tmp_path / "sweep") == before


def test_a_larger_sweep_takes_over_what_both_have(tmp_path: Path, design: SweepDesign) -> None:
    larger = small(seeds="3", factors={"absorptive_capacity": "0.6:1.4:5", "budget": [0.01, 0.02]})
    run_sweep(larger, tmp_path / "fresh", jobs=1)
    run_sweep(design, tmp_path / "sweep", jobs=1)
    with SweepStore(tmp_path / "sweep", larger, update=True) as store:
        assert store.made == len(design)
    assert open_results(tmp_path / "sweep").made == len(design)
    run_sweep(larger, tmp_path / "sweep", jobs=1)
    assert files(tmp_path / "sweep") == files(tmp_path / "fresh")


def test_a_crash_between_one_sweep_and_the_next_loses_no_run(
    tmp_path: Path, design: SweepDesign, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, larger = tmp_path / "sweep", small(seeds="3")
    fill(folder, design)

    def crash(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(layout, "create", crash)
        with pytest.raises(KeyboardInterrupt):
            fill(folder, larger, update=True)
    with SweepStore(folder, larger) as store:
        assert store.made == len(design)


def test_runs_that_failed_are_kept_until_they_are_to_be_made_again(
    tmp_path: Path, design: SweepDesign
) -> None:
    folder = tmp_path / "sweep"
    with SweepStore(folder, design) as store:
        for number in store.missing():
            store.add(made_up(design, number, "it rained" if number in {3, 11} else None))
        assert store.failed == 2
    failed = open_results(folder).failed()
    assert failed["number"].tolist() == [3, 11]
    assert failed["error"].tolist() == ["it rained"] * 2
    assert failed["factor_budget"].notna().all()
    with SweepStore(folder, design) as store:
        assert (store.made, store.failed) == (24, 2)
    with SweepStore(folder, design, retry_failed=True) as store:
        assert list(store.missing()) == [3, 11]
        for number in [3, 11]:
            store.add(made_up(design, number))
    assert files(folder) == fill(tmp_path / "fresh", design)


def hold(folder: Path, design: SweepDesign, ready: Any, leave: Any) -> None:
    with SweepStore(folder, design):
        ready.set()
        leave.wait(60)


def test_two_processes_cannot_fill_one_store_and_a_killed_one_lets_go(
    tmp_path: Path, design: SweepDesign
) -> None:
    context = multiprocessing.get_context("fork" if os.name == "posix" else "spawn")
    ready, leave = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path / "sweep", design, ready, leave))
    other.start()
    try:
        assert ready.wait(60)
        with pytest.raises(StoreError, match=f"process {other.pid} on "):
            fill(tmp_path / "sweep", design, [])
    finally:
        other.kill()
        other.join()
    fill(tmp_path / "sweep", design, [0])
    assert open_results(tmp_path / "sweep").made == 1


def test_a_file_that_is_no_sweep_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="holds no sweep"):
        open_results(tmp_path)


def test_a_design_comes_back_from_its_folder(tmp_path: Path) -> None:
    design = small(
        factors={"absorption.exchange": ["gift", "barter"], "firms.number": "12:14:3", "budget": None}
    )
    fill(tmp_path / "sweep", design, [])
    again = layout.open_design(tmp_path / "sweep")
    assert again.description() == design.description()
    assert [again.run_id(again.run(number)) for number in range(len(again))] == list(design.numbers)


def test_the_log_says_who_worked_when(tmp_path: Path, design: SweepDesign) -> None:
    fill(tmp_path / "sweep", design, [0, 1])
    started, stopped = layout.read_log(tmp_path / "sweep")
    assert started["process"] == os.getpid()
    assert stopped["made"] == 2
    with (tmp_path / "sweep" / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"cut off by a cra')
    assert len(layout.read_log(tmp_path / "sweep")) == 2
