"""Runs are made that no store has yet; those of one command are found again by every other."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from analysis.runs.execution import Record
from analysis.runs.experiment import Task, run_ids
from analysis.runs.outcomes import make_missing
from analysis.runs.progress import Listener, Note, Progress, ignore
from analysis.runs.records import unpack
from analysis.runs.store import KEPT, RecordStore, RunStore
from analysis.runs.warming import compile_first
from model.result import RunResult


@dataclass(frozen=True)
class Made:
    """What came of runs.

    Attributes
    ----------
    outcomes
        One row a finished run and step: ``run`` (its name), ``regime`` (label of the task), ``seed``, ``step``, every
        outcome and ``spent``, the money spent until then.
    failed
        Runs that ended in an error.
    stopped
        Whether Ctrl-C ended it early; what was finished is in the store and is not run again.
    seconds
        Time that it took.
    whole
        Runs that were kept whole, in the order of the tasks.
    """

    outcomes: pd.DataFrame
    failed: tuple[Record[Any], ...]
    stopped: bool
    seconds: float
    whole: tuple[Record[RunResult], ...] = ()


def make_runs(
    tasks: Sequence[Task],
    name: str,
    *,
    jobs: int | None = None,
    progress: Listener = ignore,
    store: Path | None = None,
    steps: Sequence[int] | None = None,
    whole: int = 0,
) -> Made:
    """Make the runs that are not in the store yet, and return the outcomes of all.

    Parameters
    ----------
    tasks
        Runs that are wanted.
    name
        What is going on, for whoever listens.
    jobs
        Processes to use; all cores by default.
    progress
        Told how far it is. What it starts, such as a thread, is started after the workers.
    store
        Folder of results, in which runs are kept as well; by default they are kept until the end only.
    steps
        Steps at which outcomes are read; the horizon by default, which is then the same for all.
    whole
        How many runs from the first on are kept with their whole record.

    Returns
    -------
    Made
        Outcomes, failures, and whether it was stopped.
    """
    names, steps = run_ids(tasks), steps or (tasks[0].scenario.steps,)
    compile_first(progress)
    begun = time.perf_counter()
    failed: list[Record[Any]] = []
    stopped = False
    with _opened(store, progress) as (runs, records):
        making = make_missing(tasks, names, steps, runs, jobs, records=records, whole=whole)
        done = len(tasks) - (making.total or 0)
        if done:
            progress(Note(f"{done} of {len(tasks)} runs were made before and are not repeated."))
        try:
            if done < len(tasks):
                with making:
                    progress(Progress(name, done, len(tasks)))
                    for record in making:
                        done += 1
                        if record.error is not None:
                            failed.append(record)
                        progress(Progress(name, done, len(tasks)))
        except KeyboardInterrupt:
            stopped = True
        runs.flush()
        outcomes = runs.read(names, steps, KEPT)
        packed = records.read(names[:whole]) if whole else {}
    seconds = time.perf_counter() - begun
    kept = tuple(
        Record(place, task, unpack(packed[name], task.scenario, task.seed))
        for place, (name, task) in enumerate(zip(names, tasks, strict=True))
        if name in packed
    )
    return Made(outcomes, tuple(failed), stopped, seconds, kept)


@contextmanager
def _opened(store: Path | None, progress: Listener) -> Iterator[tuple[RunStore, RecordStore]]:
    with ExitStack() as open_until_the_end:
        folder = Path(open_until_the_end.enter_context(TemporaryDirectory())) if store is None else store

        def warn(text: str) -> None:
            progress(Note(text, warning=True))

        runs = open_until_the_end.enter_context(RunStore.within(folder, warn))
        yield runs, open_until_the_end.enter_context(RecordStore.within(folder, warn))
