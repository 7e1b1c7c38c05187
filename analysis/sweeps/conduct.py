"""Makes the runs of a sweep that are missing in its store, whoever works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.streaming import MOST_IN_A_BATCH, Stream, Workers
from analysis.sweeps.design import SweepDesign
from analysis.sweeps.measuring import Measure, Order, Row, lost
from analysis.sweeps.store import SweepStore
from analysis.workers import LocalWorkers


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
    design = store.design
    return Stream(
        _orders(store),
        Measure(dict(design.scenarios), design.series),
        lost,
        workers,
        most=MOST_IN_A_BATCH,
        total=len(design) - store.made,
        keep=store.add,
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
        What to run, see `analysis.sweeps.description.describe_sweep`.
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
        The folder, for `analysis.sweeps.results.open_results`.

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
