"""The runs of a sweep that are missing in its store, made by whoever works; a sweep as a study."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.runs import results_folder
from analysis.runs.cluster import DaskWorkers
from analysis.runs.progress import Listener, Note, Progress, ignore
from analysis.runs.streaming import MOST_IN_A_BATCH, Stream, Workers, WorkersLostError
from analysis.runs.warming import compile_first
from analysis.runs.workers import LocalWorkers
from analysis.studies.study import NothingFinishedError, Study
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.findings import SweepFindings
from analysis.studies.sweep.kept import folder as layout
from analysis.studies.sweep.kept.measuring import Measure, Order, Row, lost
from analysis.studies.sweep.kept.results import open_results
from analysis.studies.sweep.kept.store import SweepStore


@dataclass(frozen=True, kw_only=True)
class Sweep(Study):
    """Regimes over many conditions, on the same seeds; every run is kept in its folder as soon as it is made.

    Attributes
    ----------
    design
        What to run.
    folder
        Where it is kept.
    scheduler
        Address of a Dask scheduler, to run there.
    update
        Whether a folder with another sweep may become that of this one.
    retry_failed
        Whether runs that failed are made again.
    """

    design: SweepDesign
    folder: Path
    scheduler: str | None = None
    update: bool = False
    retry_failed: bool = False

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return results_folder.plain_name(self.design.name)

    def identity(self) -> str:
        """Say what is run."""
        return layout.identity(self.design.description())

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> SweepFindings:
        """Make the runs that are missing in its own folder, whatever ``store`` is; see `Study.run`."""
        del store
        begun = time.perf_counter()
        # Connected before anything is written: an address may be wrong.
        workers: Workers = DaskWorkers(self.scheduler) if self.scheduler else LocalWorkers(jobs)
        with SweepStore(
            self.folder,
            self.design,
            update=self.update,
            retry_failed=self.retry_failed,
            warn=lambda text: progress(Note(text, warning=True)),
        ) as opened:
            there = opened.made
            if there:
                progress(
                    Note(f"{there:,} of {len(self.design):,} runs were made before and are not repeated.")
                )
            stopped = there < len(self.design) and self._make(opened, workers, progress)
        made = opened.made - there
        if not opened.made:
            raise NothingFinishedError((), stopped=stopped)
        seconds = time.perf_counter() - begun
        return SweepFindings.of(open_results(self.folder), made=made, seconds=seconds, stopped=stopped)

    def _make(self, opened: SweepStore, workers: Workers, progress: Listener) -> bool:
        """Make runs; return whether Ctrl-C ended it."""
        name, total, done = self.design.name[:40], len(self.design), opened.made
        try:
            if isinstance(workers, LocalWorkers):
                compile_first(progress)
            with make_missing(opened, workers) as rows:
                progress(Progress(name, done, total))
                for place, _ in enumerate(rows, start=done + 1):
                    progress(Progress(name, place, total))
        except KeyboardInterrupt:
            return True
        except WorkersLostError as error:
            kept = "what was finished is kept. Start it again, and the same command goes on."
            progress(Note(f"{error}; {kept}", warning=True))
        return False


def make_missing(store: SweepStore, workers: Workers) -> Stream[Order, Row]:
    """Make the runs that a store lacks, and put them into it.

    Parameters
    ----------
    store
        An open store.
    workers
        Who makes the runs.

    Returns
    -------
    Stream
        Rows as they are stored. Whatever ends it - the last run, Ctrl-C, an error - what was finished is in the
        store afterwards.
    """
    design, regimes = store.design, len(store.design.regimes)

    def start(order: Order) -> int:
        """What runs of a point and seed have in common whatever the regime, and one worker builds once."""
        return order.run.number // regimes

    many = len(design) >= 2 * workers.size * regimes
    return Stream(
        _orders(store),
        Measure(dict(design.scenarios), design.series),
        lost,
        workers,
        most=MOST_IN_A_BATCH,
        total=len(design) - store.made,
        keep=store.add,
        together=start if many else None,
    )


def _orders(store: SweepStore) -> Iterator[Order]:
    for number in store.missing():
        run = store.design.run(number)
        yield Order(run, store.design.settings(run.scenario, run.point))


def run_sweep(
    design: SweepDesign,
    folder: Path | str,
    *,
    jobs: int | None = None,
    update: bool = False,
    retry_failed: bool = False,
    progress: Callable[[Row], None] | None = None,
) -> Path:
    """Make all runs of a sweep and keep them in a folder; what is there already is not made again.

    Parameters
    ----------
    design
        What to run, see `analysis.studies.sweep.description.describe_sweep`.
    folder
        Where to keep it.
    jobs
        Processes to use; all cores by default, 1 for none but this one.
    update
        Whether a folder with another sweep may become one of this; runs that both have are kept.
    retry_failed
        Whether runs that failed are made again.
    progress
        Called with every row as it comes, in no certain order.

    Returns
    -------
    pathlib.Path
        The folder, for `analysis.studies.sweep.kept.results.open_results`.

    Raises
    ------
    StoreError
        If the folder holds something else, or another process writes to it.
    """
    with (
        SweepStore(Path(folder), design, update=update, retry_failed=retry_failed) as store,
        make_missing(store, LocalWorkers(jobs)) as rows,
    ):
        for row in rows:
            if progress is not None:
                progress(row)
    return Path(folder)
