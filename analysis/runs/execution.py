"""Runs are made and their results kept, in this process or in several."""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import TracebackType
from typing import Any, Generic, Protocol, Self, overload

from typing_extensions import TypeVar

from analysis.runs.experiment import Setting, Task
from analysis.runs.streaming import WORKER_DIED, Stream
from analysis.runs.workers import LocalWorkers, available_cores
from model.region import run as run_region
from model.result import RunResult
from model.scenario import Scenario


class Finished(Protocol):
    """What execution looks at in the result of a run."""

    @property
    def outcomes(self) -> dict[str, float]:
        """Numbers at its end, all of which must be finite."""


Result = TypeVar("Result", bound=Finished, default=RunResult)
Runner = Callable[[Scenario, int], RunResult]
Start = tuple[int, object]

__all__ = ["WORKER_DIED", "Attempt", "Execution", "Record", "by_start", "execute", "lost"]


@dataclass(frozen=True, slots=True)
class Record(Generic[Result]):
    """What became of a task: a result, or the reason why there is none.

    Attributes
    ----------
    index
        Place of the task in the list that was asked for.
    task
        What was to be run.
    result
        The run, or None when it failed.
    error
        One line that says why it failed, or None.
    trace
        The Python traceback of the failure, or None.
    """

    index: int
    task: Task[Any]
    result: Result | None = None
    error: str | None = None
    trace: str | None = None


def execute(
    tasks: Sequence[Task],
    jobs: int | None = None,
    progress: Callable[[Record], None] | None = None,
    run: Runner = run_region,
) -> tuple[Record, ...]:
    """Make all runs and give their records in the order of the tasks.

    Parameters
    ----------
    tasks
        Runs to be made.
    jobs
        Processes to use; all cores by default, 1 for none but this one.
    progress
        Called with every record as it comes, in no certain order.
    run
        What makes one run.

    Returns
    -------
    tuple of Record
        One for each task, failed ones included.
    """
    with Execution(tasks, jobs, run) as execution:
        for record in execution:
            if progress is not None:
                progress(record)
        return execution.records()


class Execution(Generic[Result]):
    """Runs under way; a context manager to iterate over, which yields records as they come.

    Entering it starts the worker processes, so whoever shows progress from a thread of its own starts
    that thread afterwards (see `analysis.runs.streaming.Stream`). Leaving it early ends the workers at once;
    ``records()`` still has everything that was finished.

    Parameters
    ----------
    tasks
        Runs to be made.
    jobs
        Processes to use; all cores by default, 1 for none but this one.
    run
        What makes one run.
    """

    @overload
    def __init__(self: Execution[RunResult], tasks: Sequence[Task], jobs: int | None = None) -> None: ...

    @overload
    def __init__(
        self, tasks: Sequence[Task[Setting]], jobs: int | None, run: Callable[[Setting, int], Result]
    ) -> None: ...

    def __init__(self, tasks: Sequence[Task[Any]], jobs: int | None = None, run: Any = run_region) -> None:
        self._tasks = tuple(tasks)
        workers = LocalWorkers(max(1, min(jobs or available_cores(), len(self._tasks))))
        self._stream: Stream[tuple[int, Task[Any]], Record[Result]] = Stream(
            enumerate(self._tasks),
            Attempt(run),
            lost,
            workers,
            total=len(self._tasks),
            together=by_start(self._tasks, workers.size),
        )
        self._finished: dict[int, Record[Result]] = {}

    def __enter__(self) -> Self:
        self._stream.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.__exit__(kind, error, trace)

    def __iter__(self) -> Iterator[Record[Result]]:
        for record in self._stream:
            # A worker sends its own copy of the scenario back; kept for every run, these would fill the memory.
            kept = replace(record, task=self._tasks[record.index])
            self._finished[record.index] = kept
            yield kept

    def records(self) -> tuple[Record[Result], ...]:
        """Give what is finished so far, in the order of the tasks."""
        return tuple(self._finished[index] for index in sorted(self._finished))


@dataclass(frozen=True)
class Attempt:
    """Makes one run; whatever goes wrong in it becomes part of the record."""

    run: Callable[[Any, int], Any]

    def __call__(self, item: tuple[int, Task[Any]]) -> Record[Any]:
        """Make one run."""
        index, task = item
        try:
            result = self.run(task.scenario, task.seed)
            missing = [name for name, value in result.outcomes.items() if not math.isfinite(value)]
        except Exception as error:  # noqa: BLE001 - one run must not take the others with it
            return Record(index, task, error=f"{type(error).__name__}: {error}", trace=traceback.format_exc())
        if missing:
            return Record(index, task, error=f"not a finite number at the end: {', '.join(missing)}")
        return Record(index, task, result)


def by_start(tasks: Sequence[Task[Any]], workers: int) -> Callable[[tuple[int, Task[Any]]], Start] | None:
    """Say what runs have in common that one worker should make: the start of a region, from which all regimes go on.

    Parameters
    ----------
    tasks
        Runs to be made.
    workers
        How many processes make them.

    Returns
    -------
    Callable or None
        None where there are too few starts to keep all workers busy.
    """
    starts = sum(1 for _ in groupby(enumerate(tasks), _start_of))
    return _start_of if starts >= 2 * workers else None


def _start_of(item: tuple[int, Task[Any]]) -> Start:
    task = item[1]
    return task.seed, getattr(task.scenario, "knowledge_space", None)


def lost(item: tuple[int, Task[Any]], reason: str) -> Record[Any]:
    """Give the record of a run that could not be made."""
    index, task = item
    return Record(index, task, error=reason)
