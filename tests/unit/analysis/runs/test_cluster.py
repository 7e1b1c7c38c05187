"""A real Dask cluster of several processes: the same bits, and nothing lost when part or all of it dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import pytest

from analysis.errors import RequestError
from analysis.runs.cluster import DaskWorkers, installed
from analysis.runs.streaming import WORKER_DIED, Stream, WorkersLostError
from analysis.studies.sweep.kept.results import open_results
from analysis.studies.sweep.kept.store import SweepStore
from analysis.studies.sweep.making import make_missing
from tests.unit.analysis.runs.test_streaming import BAD, dies_at_bad, double, lost
from tests.unit.analysis.studies.sweep.sweeps import files, small, stored

pytestmark = [
    # Dask opens sockets and event loops that it leaves to the garbage collector when a cluster is killed.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with dask.config.set(
        {"distributed.scheduler.allowed-failures": 0, "distributed.comm.timeouts.connect": "3s"}
    ):
        yield


def start_cluster(*, processes: bool = True) -> Any:
    from distributed import LocalCluster  # noqa: PLC0415 - takes a second

    where = {"host": "127.0.0.1"} if processes else {"protocol": "tcp"}
    return LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=50,
        processes=processes,
        **where,
    )


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Workers that can be killed."""
    with start_cluster() as started:
        yield started


@pytest.fixture(scope="module")
def cluster_of_threads() -> Iterator[Any]:
    """Workers that need not import everything again."""
    with start_cluster(processes=False) as started:
        yield started


def check_same_files(address: str, folder: Path) -> None:
    design = small()
    with (
        SweepStore(folder / "there", design) as store,
        make_missing(store, DaskWorkers(address)) as rows,
    ):
        assert len(list(rows)) == len(design)
    assert files(folder / "there") == stored(design, folder / "here")


def test_a_cluster_gives_the_same_files_as_one_process(cluster_of_threads: Any, tmp_path: Path) -> None:
    check_same_files(cluster_of_threads.scheduler_address, tmp_path)


@pytest.mark.slow
def test_processes_of_a_cluster_give_the_same_files_too(cluster: Any, tmp_path: Path) -> None:
    check_same_files(cluster.scheduler_address, tmp_path)


@pytest.mark.slow
def test_a_run_that_kills_its_worker_is_lost_and_no_other(cluster: Any) -> None:
    cluster.scheduler.allowed_failures = 0
    with Stream(range(20), dies_at_bad, lost, DaskWorkers(cluster.scheduler_address), most=5) as stream:
        found = sorted(stream)
    assert found == [(item, WORKER_DIED) if item == BAD else double(item) for item in range(20)]


def test_workers_with_another_version_of_the_model_are_refused(
    cluster_of_threads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {**installed(), "the model": "another"}
    monkeypatch.setattr(DaskWorkers, "_found", lambda _: {"tcp://here": installed(), "tcp://there": there})
    with pytest.raises(RequestError, match="another version of the model is installed on tcp://there; start"):
        DaskWorkers(cluster_of_threads.scheduler_address)


@pytest.mark.slow
def test_a_worker_of_another_version_that_joins_later_ends_the_work_and_gives_nothing(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = DaskWorkers(cluster.scheduler_address)
    monkeypatch.setattr("analysis.runs.cluster.installed", lambda: {**installed(), "numba": "another"})
    with (
        pytest.raises(
            WorkersLostError, match="a worker joined the cluster that has another version of numba"
        ),
        Stream(range(20), double, lost, workers, most=5) as stream,
    ):
        assert list(stream) == []


def test_an_address_where_nobody_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.runs.cluster.CONNECT_WITHIN", 0.5)
    with pytest.raises(RequestError, match="nobody answers there"):
        DaskWorkers("tcp://127.0.0.1:1")


def test_a_cluster_that_goes_away_after_the_first_word_is_told(
    cluster_of_threads: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: DaskWorkers) -> None:
        from distributed.comm import CommClosedError  # noqa: PLC0415 - takes a second

        raise CommClosedError("Stream is closed")

    monkeypatch.setattr(DaskWorkers, "_found", gone)
    with pytest.raises(RequestError, match="nobody answers there"):
        DaskWorkers(cluster_of_threads.scheduler_address)


@pytest.mark.slow
def test_a_cluster_that_vanishes_loses_nothing_that_was_finished(tmp_path: Path) -> None:
    design = small(seeds="400")
    seen = 0
    doomed = start_cluster()

    def watch(store: SweepStore) -> None:
        nonlocal seen
        with make_missing(store, DaskWorkers(doomed.scheduler_address)) as rows:
            for _ in rows:
                seen += 1
                if seen == 40:
                    doomed.close(timeout=5)

    with SweepStore(tmp_path / "sweep", design) as store, pytest.raises(WorkersLostError):
        watch(store)
    assert open_results(tmp_path / "sweep").made >= 40


@pytest.mark.slow
def test_a_worker_killed_from_outside_costs_nothing(cluster: Any) -> None:
    cluster.scheduler.allowed_failures = 3
    (victim, *_) = [nanny.process.pid for nanny in cluster.workers.values()]
    with Stream(range(200), double, lost, DaskWorkers(cluster.scheduler_address), most=5) as stream:
        found = []
        for answer in stream:
            found.append(answer)
            if len(found) == 20:
                os.kill(victim, signal.SIGKILL)
    assert sorted(found) == [double(item) for item in range(200)]
