"""The one loop over futures: work is handed out in batches, whoever does it, and answers come as they are ready."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from analysis.runs.workers import Stopped

Item = TypeVar("Item")
Answer = TypeVar("Answer")

PENDING_PER_WORKER = 3
"""Batches handed out ahead of need: enough to keep every worker busy, few enough to stop quickly."""

MOST_IN_A_BATCH = 64
"""Short runs that are handed over together at most."""

WORTHWHILE = 0.4
"""Seconds of work that a batch aims at: handing it over then costs next to nothing."""

MOST_TOGETHER = 16
"""Items that may be added to a batch because they belong with its last one."""

LOOK_EVERY = 10.0
"""Seconds without an answer after which it is asked whether anybody is still there."""

WORKER_DIED = "the process that ran it was ended from outside, perhaps for lack of memory"


class WorkersLostError(RuntimeError):
    """Whoever did the work is gone for good, with what was under way; what was answered is answered."""


class Workers(Protocol):
    """Who does the work: this process, others on this machine, or a cluster."""

    @property
    def size(self) -> int:
        """How many batches are worked on at a time."""

    @property
    def die_together(self) -> bool:
        """Whether all that was handed out is lost when one worker dies."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a call."""

    def alone(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a call that may have killed a worker, so that it can harm no other."""

    def has_died(self, error: BaseException) -> bool:
        """Tell whether an error means that a worker died."""

    def check(self) -> None:
        """Raise `WorkersLostError` if nobody works any more."""

    def renew(self) -> None:
        """Replace workers that died."""

    def close(self, *, at_once: bool) -> None:
        """End the work, when it is done or at once."""


@dataclass(frozen=True)
class _Finished:
    """What a worker sends back."""

    answers: list[Any]
    seconds: float


class Stream(Generic[Item, Answer]):
    """Answers to many items; a context manager to iterate over, which yields answers as they come.

    Entering it hands out the first batches, so whoever shows progress from a thread of its own starts that
    thread afterwards: a process with one thread can be forked safely, and workers then share the compiled
    kernels instead of loading them. Items are taken when they are needed and forgotten when they are
    answered: memory stays flat however many there are.

    Parameters
    ----------
    items
        What is to be answered.
    call
        Gives the answer to one of them; it must not raise.
    lost
        Gives the answer to an item for which there will be none, and why.
    workers
        Who does the work.
    most
        Most items in a batch; how many there are in it depends on how long they take.
    total
        How many items there are, if it is known: the last batches are then smaller.
    keep
        Called with every answer before anybody sees it; whatever ends the stream, also with those that workers
        had finished by then and nobody has seen.
    together
        Items on end for which this gives the same go to one worker, such as runs that have the same start.
    """

    def __init__(
        self,
        items: Iterable[Item],
        call: Callable[[Item], Answer],
        lost: Callable[[Item, str], Answer],
        workers: Workers,
        *,
        most: int = 1,
        total: int | None = None,
        keep: Callable[[Answer], None] = lambda _: None,
        together: Callable[[Item], object] | None = None,
    ) -> None:
        self._items = iter(items)
        self._call = call
        self._lost = lost
        self._workers = workers
        self._most = most
        self.total = self._left = total
        self._keep = keep
        self._together = together
        self._again: deque[Item] = deque()
        self._pending: dict[Future[_Finished], list[Item]] = {}
        self._seconds_each = math.inf
        self._open = False
        self._exhausted = False

    def __enter__(self) -> Self:
        self._open = True
        if self._workers.size > 1:
            self._fill()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = False
        self._workers.close(at_once=kind is not None or bool(self._pending))
        for answer in self._left_over():
            self._keep(answer)

    def __iter__(self) -> Iterator[Answer]:
        for answer in self._answers():
            self._keep(answer)
            yield answer

    def _answers(self) -> Iterator[Answer]:
        while True:
            self._fill()
            if not self._pending:
                if self._exhausted:
                    return
                # The workers died while they were idle: there is nobody to blame, only to replace.
                self._workers.renew()
                continue
            done, _ = wait(self._pending, LOOK_EVERY, FIRST_COMPLETED)
            if not done:
                self._workers.check()
            suspects: list[Item] = []
            for future in [each for each in self._pending if each in done]:
                batch = self._pending.pop(future)
                died = self._died(future)
                if died is None:
                    yield from self._take(batch, future)
                elif died:
                    suspects += batch
            if suspects:
                yield from self._recover(suspects)

    def _left_over(self) -> Iterator[Answer]:
        """Give, after the stream was closed at once, what its workers had finished by then."""
        for future in list(self._pending):
            if future.done() and not future.cancelled() and future.exception() is None:
                del self._pending[future]
                yield from future.result().answers

    def _died(self, future: Future[_Finished]) -> bool | None:
        """Tell whether the worker died; None when the future has an answer or another error."""
        try:
            error = future.exception()
        except CancelledError:
            # Nobody here cancels anything: the cluster did, or it is gone.
            raise WorkersLostError("the cluster dropped what was under way") from None
        if isinstance(error, WorkersLostError):
            raise error
        return True if error is not None and self._workers.has_died(error) else None

    def _take(self, batch: Sequence[Item], future: Future[_Finished]) -> Iterator[Answer]:
        error = future.exception()
        if error is None:
            finished = future.result()
            self._seconds_each = finished.seconds / max(1, len(finished.answers))
            yield from finished.answers
        elif len(batch) == 1:
            # The call itself never raises; what is left is an answer that could not be sent back.
            yield self._lost(batch[0], f"{type(error).__name__}: {error}")
        else:
            for item in batch:
                yield from self._take([item], self._finished(self._workers.submit, [item]))

    def _fill(self) -> None:
        if not self._open:
            raise RuntimeError("work is handed out in a with statement")
        window = 1 if self._workers.size == 1 else PENDING_PER_WORKER * self._workers.size
        while len(self._pending) < window:
            batch = self._next_batch()
            if not batch:
                return
            try:
                future = self._workers.submit(carry_out, self._call, batch)
            except Exception as error:
                if not self._workers.has_died(error):
                    raise
                self._again.extendleft(reversed(batch))
                return
            self._pending[future] = batch

    def _next_batch(self) -> list[Item]:
        batch: list[Item] = []
        wanted = self._wanted()
        while len(batch) < wanted and self._again:
            batch.append(self._again.popleft())
        while len(batch) < wanted and not self._exhausted:
            try:
                batch.append(next(self._items))
            except StopIteration:
                self._exhausted = True
        self._complete(batch)
        if self._left is not None:
            self._left -= len(batch)
        return batch

    def _complete(self, batch: list[Item]) -> None:
        """Add to a batch what belongs with its last item."""
        if self._together is None or self._workers.size == 1:
            return
        most = len(batch) + MOST_TOGETHER
        while 0 < len(batch) < most:
            if not self._again:
                try:
                    self._again.append(next(self._items))
                except StopIteration:
                    self._exhausted = True
                    return
            if self._together(self._again[0]) != self._together(batch[-1]):
                return
            batch.append(self._again.popleft())

    def _wanted(self) -> int:
        if self._workers.size == 1:
            # Nothing is handed over: a batch would only delay the answers.
            return 1
        by_time = int(WORTHWHILE / max(self._seconds_each, 1e-6))
        shared = self._most if self._left is None else math.ceil(self._left / (2 * self._workers.size))
        return max(1, min(self._most, by_time, shared))

    def _recover(self, broken: list[Item]) -> Iterator[Answer]:
        """Repeat one by one what was under way when a worker died, so that only the culprit is lost."""
        suspects = broken
        if self._workers.die_together:
            suspects = [*broken, *(item for batch in self._pending.values() for item in batch)]
            self._pending.clear()
            self._workers.renew()
        for item in suspects:
            future = self._finished(self._workers.alone, [item])
            if self._died(future):
                yield self._lost(item, WORKER_DIED)
            else:
                yield from self._take([item], future)

    def _finished(self, submit: Callable[..., Future[Any]], batch: list[Item]) -> Future[_Finished]:
        future = submit(carry_out, self._call, batch)
        wait([future])
        return future


def carry_out(call: Callable[[Any], Any], batch: Sequence[Any]) -> _Finished:
    """Answer a batch in a worker; when it is told to stop, what is answered by then."""
    begun = time.perf_counter()
    answers: list[Any] = []
    try:
        for item in batch:
            answers.append(call(item))  # noqa: PERF401 - what is answered must not be lost
    except Stopped:
        if not answers:
            raise
    return _Finished(answers, time.perf_counter() - begun)
