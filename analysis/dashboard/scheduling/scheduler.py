"""Takes the runs that sessions ask for, hands them to worker processes, and results back."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from analysis.dashboard.scheduling.jobs import Job
from analysis.dashboard.scheduling.queue import Deliver, Queue, Request
from analysis.dashboard.scheduling.worker import Answer, Begin, Drop, serve
from analysis.runs.workers import available_cores

_LOG = logging.getLogger(__name__)

AT_ONCE = {True: 2, False: 2}
"""Jobs that a worker has at a time: urgent ones advance together, of the others one waits at hand."""

WORKER_DIED = "the process that ran it was ended from outside, perhaps for lack of memory"


@dataclass
class _Worker:
    """A worker process and what it has been given."""

    process: Any
    connection: Connection
    ready: bool = False
    latest: int | None = None
    given: dict[int, tuple[Request, int]] = field(default_factory=dict)

    def has_room(self, *, urgent: bool) -> bool:
        mine = sum(request.urgent == urgent for request, _ in self.given.values())
        return mine < AT_ONCE[urgent]


class Scheduler:
    """Runs for many sessions on a few worker processes; safe to use from any thread.

    Parameters
    ----------
    workers
        Number of worker processes; a core each by default.

    Notes
    -----
    Workers are started from nothing, and stay: they compile or load the simulation once.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.RLock()
        self._room = Queue()
        # What a worker took along when it died: once more, and then no more, as it may be what kills.
        self._again: list[tuple[Request, int]] = []
        self._tried: list[tuple[Request, int]] = []
        self._number = 0
        self._closed = False
        self._ready = threading.Event()
        self._bell, self._ear = self._context.Pipe()
        self._workers = [self._start() for _ in range(workers or available_cores())]
        self._thread = threading.Thread(target=self._attend, name="scheduler", daemon=True)
        self._thread.start()

    def submit(self, owner: Hashable, lane: str, jobs: Sequence[Job], deliver: Deliver) -> None:
        """Ask for runs; what the owner asked for in this lane before is dropped.

        Parameters
        ----------
        owner
            Who asks.
        lane
            What for, see `analysis.dashboard.scheduling.queue.LANES`.
        jobs
            The runs.
        deliver
            Told what comes, from a thread of the scheduler: it has to be quick.
        """
        with self._lock:
            self.drop(owner, lane)
            self._room.put(Request(owner, lane, tuple(jobs), deliver))
            self._hand_out()

    def drop(self, owner: Hashable, lane: str | None = None) -> None:
        """Want something no more.

        Parameters
        ----------
        owner
            Who asked.
        lane
            What for; everything by default.
        """
        with self._lock:
            self._room.forget(owner, lane)
            for kept in (self._again, self._tried):
                kept[:] = [
                    each for each in kept if each[0].owner != owner or lane not in {None, each[0].lane}
                ]
            for worker in self._workers:
                for number, (request, _) in list(worker.given.items()):
                    if request.owner == owner and lane in {None, request.lane}:
                        del worker.given[number]
                        _send(worker, Drop(number))

    def until_ready(self, seconds: float = 120.0) -> bool:
        """Wait until every worker has loaded the simulation."""
        return self._ready.wait(seconds)

    @property
    def load(self) -> int:
        """Jobs that wait or are under way."""
        with self._lock:
            return len(self._room) + sum(len(worker.given) for worker in self._workers)

    def close(self) -> None:
        """End the workers."""
        with self._lock:
            self._closed = True
            for worker in self._workers:
                worker.connection.close()
                worker.process.terminate()
            self._bell.send(None)
        self._thread.join(5)
        for worker in self._workers:
            worker.process.join(5)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _attend(self) -> None:
        """Take answers as they come, and hand out what can be done next."""
        while not self._closed:
            with self._lock:
                workers = {worker.connection: worker for worker in self._workers}
            for connection in wait([self._ear, *workers]):
                if connection is self._ear:
                    self._ear.recv()
                elif not self._closed:
                    self._listen(workers[connection])  # type: ignore[index]
            with self._lock:
                self._hand_out()

    def _listen(self, worker: _Worker) -> None:
        try:
            answer: Answer = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        with self._lock:
            if not worker.ready:
                worker.ready = True
                if all(each.ready for each in self._workers):
                    self._ready.set()
                return
            given = worker.given.get(answer.number)
            if answer.finished:
                done = worker.given.pop(answer.number, None)
                self._tried = [each for each in self._tried if each is not done]
        if given is not None:
            _deliver(given, answer.content, answer.error, finished=answer.finished)

    def _replace(self, worker: _Worker) -> None:
        """Put another worker in the place of one that died, and run once more what it had."""
        with self._lock:
            if self._closed:
                return
            self._workers[self._workers.index(worker)] = self._start()
            given = list(worker.given.values())
            worker.given.clear()
            lost = [each for each in given if any(each is tried for tried in self._tried)]
            self._tried = [each for each in self._tried if not any(each is other for other in lost)]
            fresh = [each for each in given if not any(each is other for other in lost)]
            self._again += fresh
            self._tried += fresh
            self._bell.send(None)
        for each in lost:
            _deliver(each, None, WORKER_DIED, finished=True)

    def _hand_out(self) -> None:
        if self._closed:
            return
        for urgent in (True, False):
            while True:
                free = [worker for worker in self._workers if worker.ready and worker.has_room(urgent=urgent)]
                if not free:
                    break
                worker = min(free, key=lambda each: len(each.given))
                # Urgent ones share the work; of others, runs that have one start stay together.
                following = self._next(urgent=urgent, near=None if urgent else worker.latest)
                if following is None:
                    break
                request, place = following
                worker.latest = request.jobs[place].seed
                self._number += 1
                worker.given[self._number] = following
                _send(worker, Begin(self._number, 0 if urgent else 1, request.jobs[place]))

    def _next(self, *, urgent: bool, near: int | None = None) -> tuple[Request, int] | None:
        """Take what is to be run next; what a dead worker had goes first."""
        place = next((at for at, (request, _) in enumerate(self._again) if request.urgent == urgent), None)
        return self._room.take(urgent=urgent, near=near) if place is None else self._again.pop(place)


def _deliver(given: tuple[Request, int], content: Any, error: str | None, *, finished: bool) -> None:
    request, place = given
    try:
        request.deliver(place, content, finished, error)
    except Exception:  # noqa: BLE001 - whatever it is, it is logged
        # Whoever cannot take an answer must not keep all others from theirs.
        _LOG.exception("a session could not take an answer")


def _send(worker: _Worker, order: Begin | Drop) -> None:
    # A worker that died is noticed where its answers are taken.
    with suppress(OSError):
        worker.connection.send(order)
