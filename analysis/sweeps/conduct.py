"""Makes the runs of a sweep that are missing in its store, whoever works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from analysis.streaming import Stream, Workers
from analysis.sweeps.design import SweepDesign
from analysis.sweeps.measuring import Measure, Order, Row, lost
from analysis.sweeps.store import SweepStore
from analysis.workers import LocalWorkers

MOST_IN_A_BATCH = 64


class Sweeping:
    """A sweep under way; a context manager to iterate over, which yields rows as they are stored.

    Whatever ends it - the last run, Ctrl-C, an error - what was finished is in the store afterwards.

    Parameters
    ----------
    store
        An open store.
    workers
        Who makes the runs.
    """

    def __init__(self, store: SweepStore, workers: Workers) -> None:
        design = store.design
        self.missing = len(design) - store.made
        self._store = store
        self._stream: Stream[Order, Row] = Stream(
            self._orders(),
            Measure(dict(design.scenarios), design.series),
            lost,
            workers,
            most=MOST_IN_A_BATCH,
            total=self.missing,
        )

    def __enter__(self) -> Self:
        self._stream.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.__exit__(kind, error, trace)
        for row in self._stream.left_over():
            self._store.add(row)

    def __iter__(self) -> Iterator[Row]:
        for row in self._stream:
            self._store.add(row)
            yield row

    def _orders(self) -> Iterator[Order]:
        design = self._store.design
        for number in self._store.missing():
            run = design.run(number)
            yield Order(run, design.settings(run.scenario, run.point))


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
        Sweeping(store, LocalWorkers(jobs)) as sweeping,
    ):
        for row in sweeping:
            if progress is not None:
                progress(row)
    return Path(folder)
