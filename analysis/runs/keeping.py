"""Runs of any kind whose arrays are kept: made once, found again by what was run."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analysis.runs.execution import Execution, Finished, Record
from analysis.runs.experiment import Setting, Task
from analysis.runs.progress import Listener, Note, Progress, ignore
from analysis.runs.store import KeptRuns

Arrays = dict[str, NDArray[Any]]
_SCHEMA = pa.schema(
    [("run", pa.string()), ("array", pa.string()), ("dtype", pa.string()), ("shape", pa.list_(pa.int64())),
     ("data", pa.large_binary())]
)  # fmt: skip


class Keepable(Finished, Protocol):
    """A result of a run that can be taken apart into arrays and put together again."""

    def arrays(self) -> Arrays:
        """Return all that is kept, by name."""

    @classmethod
    def of(cls, arrays: Arrays, task: Task[Any]) -> Self:
        """Put the result of a task together again."""


Result = TypeVar("Result", bound=Keepable)


class ArrayStore(KeptRuns[tuple[str, Arrays]]):
    """Arrays that runs left, see `KeptRuns`."""

    beside_results = "array_store"

    def read(self, names: Collection[str]) -> dict[str, Arrays]:
        """Read those of some runs that are there, by the name of the run."""
        wanted = set(names)
        found = {name: arrays for name, arrays in self._waiting if name in wanted}
        for path in self._parts.paths() if wanted else []:
            table = self._parts.read(path, schema=_SCHEMA, filters=[("run", "in", wanted)])
            for row in [] if table is None else table.to_pylist():
                array = np.ndarray(row["shape"], np.dtype(row["dtype"]), row["data"]).copy()
                found.setdefault(row["run"], {})[row["array"]] = array
        return found

    def add(self, name: str, arrays: Arrays) -> None:
        """Take a run in; every few seconds what was taken in is written."""
        self._take((name, arrays))

    def _table(self, entries: Sequence[tuple[str, Arrays]]) -> pa.Table:
        rows = [
            {"run": run, "array": name, "dtype": each.dtype.str, "shape": each.shape, "data": each.tobytes()}
            for run, arrays in entries
            for name, each in arrays.items()
        ]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)


@dataclass(frozen=True)
class Kept(Generic[Result]):
    """What came of runs.

    Attributes
    ----------
    records
        What became of each that was tried, in the order in which they were asked for.
    stopped
        Whether Ctrl-C ended it early; what was finished is in the store and is not run again.
    seconds
        Time that it took.
    """

    records: tuple[Record[Result], ...]
    stopped: bool
    seconds: float

    @property
    def failed(self) -> tuple[Record[Result], ...]:
        """Runs that ended in an error."""
        return tuple(record for record in self.records if record.result is None)

    @property
    def finished(self) -> tuple[Record[Result], ...]:
        """Runs that have a result."""
        return tuple(record for record in self.records if record.result is not None)


def make_kept(
    tasks: Sequence[Task[Setting]],
    names: Sequence[str],
    run: Callable[[Setting, int], Result],
    kind: type[Result],
    title: str,
    *,
    jobs: int | None = None,
    progress: Listener = ignore,
    store: Path | None = None,
) -> Kept[Result]:
    """Make the runs that are not in the store yet, and return all.

    Parameters
    ----------
    tasks
        Runs that are wanted.
    names
        Their names in the store: equal for equal results.
    run
        What makes one run.
    kind
        Class of its result.
    title
        What is going on, for whoever listens.
    jobs
        Processes to use; all cores by default.
    progress
        Told how far it is. What it starts, such as a thread, is started after the workers.
    store
        Folder of results, in which runs are kept as well; by default they are not.

    Returns
    -------
    Kept
        What came of them.
    """
    begun, stopped = time.perf_counter(), False
    opened = ArrayStore.within(store, lambda text: progress(Note(text, warning=True))) if store else None
    with opened or nullcontext():
        known = {} if opened is None else opened.read(names)
        records = {
            place: Record(place, task, kind.of(known[name], task))
            for place, (task, name) in enumerate(zip(tasks, names, strict=True))
            if name in known
        }
        missing = [place for place in range(len(tasks)) if place not in records]
        if records:
            progress(Note(f"{len(records)} of {len(tasks)} runs were made before and are not repeated."))
        execution = Execution([tasks[place] for place in missing], jobs, run)
        try:
            with execution if missing else nullcontext():
                progress(Progress(title, len(records), len(tasks)))
                for record in execution if missing else ():
                    place = missing[record.index]
                    records[place] = replace(record, index=place)
                    if opened is not None and record.result is not None:
                        opened.add(names[place], record.result.arrays())
                    progress(Progress(title, len(records), len(tasks)))
        except KeyboardInterrupt:
            stopped = True
    seconds = time.perf_counter() - begun
    return Kept(tuple(records[place] for place in sorted(records)), stopped, seconds)


@contextmanager
def uninterrupted(*, wanted: bool = True) -> Iterator[None]:
    """Let no Ctrl-C break off what must be done as a whole."""
    if not wanted or threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
