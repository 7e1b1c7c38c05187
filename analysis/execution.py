"""Runs are made, in this process or in several: one loop over futures for both."""

from __future__ import annotations

import math
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Protocol, Self, overload

from typing_extensions import TypeVar

from analysis.experiment import Setting, Task
from analysis.workers import Pool, available_cores
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

PENDING_PER_JOB = 3
"""Runs handed out ahead of need: enough to keep every worker busy, few enough to stop quickly."""

WORKER_DIED = "the process that ran it was ended from outside, perhaps for lack of memory"


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
    that thread afterwards: a process with one thread can be forked safely, and the workers then share
    the compiled kernels instead of loading them. Leaving it early ends the workers at once;
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
        self._run: Callable[[Any, int], Result] = run
        self._jobs = max(1, min(jobs or available_cores(), len(self._tasks)))
        self._queue = deque(range(len(self._tasks)))
        self._pending: dict[Future[Record[Result]], int] = {}
        self._finished: dict[int, Record[Result]] = {}
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        self._pool = Pool(self._jobs)
        if self._jobs > 1:
            self._submit()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.close(at_once=kind is not None or bool(self._pending))

    def __iter__(self) -> Iterator[Record[Result]]:
        while self._queue or self._pending:
            self._submit()
            if not self._pending:
                # The workers died while they were idle: there is nobody to blame, only to replace.
                self._replace_pool()
                continue
            done, _ = wait(self._pending, return_when=FIRST_COMPLETED)
            broken: list[int] = []
            for future in sorted(done, key=self._pending.__getitem__):
                index = self._pending.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    broken.append(index)
                else:
                    yield self._keep(self._record_of(future, index))
            if broken:
                yield from self._recover(broken)

    def records(self) -> tuple[Record[Result], ...]:
        """Give what is finished so far, in the order of the tasks."""
        return tuple(self._finished[index] for index in sorted(self._finished))

    def _keep(self, record: Record[Result]) -> Record[Result]:
        self._finished[record.index] = record
        return record

    def _record_of(self, future: Future[Record[Result]], index: int) -> Record[Result]:
        error = future.exception()
        if error is None:
            return future.result()
        # The run itself reports its errors; what is left is a result that could not be sent back.
        return Record(index, self._tasks[index], error=f"{type(error).__name__}: {error}")

    def _submit(self) -> None:
        if self._pool is None:
            raise RuntimeError("an execution is used in a with statement")
        window = 1 if self._jobs == 1 else PENDING_PER_JOB * self._jobs
        while self._queue and len(self._pending) < window:
            index = self._queue[0]
            try:
                future = self._pool.submit(_attempt, self._run, index, self._tasks[index])
            except BrokenProcessPool:
                return
            self._pending[future] = self._queue.popleft()

    def _recover(self, broken: list[int]) -> Iterator[Record[Result]]:
        """Repeat one by one what was under way when a worker died, so that only the culprit fails."""
        suspects = sorted([*broken, *self._pending.values()])
        self._pending.clear()
        self._replace_pool()
        for index in suspects:
            with closing(Pool(1, isolated=True)) as alone:
                future = alone.submit(_attempt, self._run, index, self._tasks[index])
                wait([future])
            died = isinstance(future.exception(), BrokenProcessPool)
            yield self._keep(
                Record(index, self._tasks[index], error=WORKER_DIED)
                if died
                else self._record_of(future, index)
            )

    def _replace_pool(self) -> None:
        if self._pool is not None:
            self._pool.close(at_once=True)
        self._pool = Pool(self._jobs)


def _attempt(run: Callable[[Any, int], Result], index: int, task: Task[Any]) -> Record[Result]:
    """Make one run; whatever goes wrong in it becomes part of the record."""
    try:
        result = run(task.scenario, task.seed)
        missing = [name for name, value in result.outcomes.items() if not math.isfinite(value)]
    except Exception as error:  # noqa: BLE001 - one run must not take the others with it
        return Record(index, task, error=f"{type(error).__name__}: {error}", trace=traceback.format_exc())
    if missing:
        return Record(index, task, error=f"not a finite number at the end: {', '.join(missing)}")
    return Record(index, task, result)
