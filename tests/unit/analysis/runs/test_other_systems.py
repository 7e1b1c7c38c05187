"""What Windows and macOS do otherwise, as far as it can be shown without them: starts, signals, names, line ends."""

from __future__ import annotations

import multiprocessing
import signal
from pathlib import Path

import numpy as np
import pytest

from analysis.regions.catalogue import find_region
from analysis.regions.importing.destination import write_import
from analysis.regions.importing.importer import Request, import_regions
from analysis.runs import results_folder, workers
from analysis.runs.execution import execute
from analysis.runs.experiment import arrange
from model.loading import load_scenario
from model.scenario import Scenario

SMALL = {"steps": 2, "firms.number": 12, "start.run_up": 2}
TABLE = "region,C10,C25,C28,J62,F41\r\nnorth,120,4310,2212,15,871\r\nsouth,3105,210,77,954,1203\r\n"


@pytest.mark.slow
def test_workers_that_start_from_nothing_and_know_no_signals_give_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = load_scenario(Scenario(), SMALL)
    tasks = arrange(
        {"none": scenario.with_regime("none"), "cluster": scenario.with_regime("cluster")}, range(2)
    )
    here = execute(tasks, 1)
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context("spawn"))
    monkeypatch.setattr(workers, "STOP", None)
    for name in ("SIGALRM", "setitimer"):
        monkeypatch.delattr(signal, name, raising=False)
    there = execute(tasks, 2)
    assert [record.error for record in there] == [None] * 4
    for one, other in zip(here, there, strict=True):
        assert one.result is not None
        assert other.result is not None
        np.testing.assert_array_equal(one.result.record.series, other.result.record.series)


def test_every_other_system_starts_workers_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for system in ("win32", "darwin"):
        monkeypatch.setattr(workers.sys, "platform", system)
        assert workers._context().get_start_method() == "spawn"


@pytest.mark.parametrize("name", ["a/b", "a\\b", "C:\\x", "../up", "CON:", 'what?"<>|*', " .", "ä" * 300])
def test_names_of_folders_are_names_everywhere(name: str) -> None:
    plain = results_folder.plain_name(name)
    assert not set(plain) & set('/\\:*?"<>| ')
    assert 0 < len(plain) <= 80
    assert not plain.startswith(".")
    assert not plain.endswith(".")


def test_a_colon_in_a_path_does_not_part_it(tmp_path: Path) -> None:
    """As that of a drive: the last colon is that before the code."""
    (tmp_path / "ours.csv").write_bytes(TABLE.encode())
    folder = tmp_path / "c:drive" / "ours"
    folder.parent.mkdir()
    write_import(import_regions(Request(tmp_path / "ours.csv")), folder)
    assert find_region(f"{folder}:north").code == "north"


def test_line_ends_of_windows_are_read_and_none_are_written(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b'extends = "thin_rural_region"\r\nsteps = 7\r\n')
    assert load_scenario(tmp_path / "mine.toml").steps == 7
    (tmp_path / "ours.csv").write_bytes(TABLE.encode())
    write_import(import_regions(Request(tmp_path / "ours.csv")), tmp_path / "ours")
    texts = [path for path in (tmp_path / "ours").iterdir() if path.is_file()]
    assert len(texts) > 5
    assert not [path.name for path in texts if b"\r" in path.read_bytes()]
