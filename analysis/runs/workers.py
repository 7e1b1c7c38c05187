"""The processes that make runs: how they start, and how they stop at once without losing what is on its way."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.context import BaseContext
from types import FrameType
from typing import Any, TypeVar

Result = TypeVar("Result")

# Not the signal that ends a process: the executor sends that one itself, to workers that it cannot use any more.
STOP: signal.Signals | None = getattr(signal, "SIGUSR1", None)
"""What tells a worker to stop; where there is no such signal, it finishes the run that it is making."""


class Stopped(BaseException):
    """Raised in a worker that was told to stop, inside the run that it is making."""


def available_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalWorkers:
    """Processes on this machine; none but this one when there is one job.

    Parameters
    ----------
    jobs
        Number of processes; all cores by default.
    """

    die_together = True
    """An executor of processes gives up all that it was given when one of them dies."""

    def __init__(self, jobs: int | None = None) -> None:
        self.size = jobs or available_cores()
        self._pool: _Pool | None = None
        self._apart: _Pool | None = None

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Hand over a call; its future is cancelled or stopped when the work is closed at once."""
        if self._pool is None:
            self._pool = _Pool(self.size)
        return self._pool.submit(function, *arguments)

    def alone(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Hand over a call to a process that does nothing else meanwhile."""
        if self._apart is None or self._apart.broken:
            self._apart = _Pool(1, isolated=True)
        return self._apart.submit(function, *arguments)

    def has_died(self, error: BaseException) -> bool:
        """Tell whether an error means that a worker died."""
        return isinstance(error, BrokenProcessPool)

    def check(self) -> None:
        """Do nothing: a process that dies is noticed at once."""

    def renew(self) -> None:
        """Replace workers that died."""
        if self._pool is not None:
            self._pool.close(at_once=True)
        self._pool = None

    def close(self, *, at_once: bool) -> None:
        """End the workers, when they have done what was submitted or at once."""
        for pool in (self._pool, self._apart):
            if pool is not None:
                pool.close(at_once=at_once)
        self._pool = self._apart = None


class _Pool:
    def __init__(self, jobs: int, *, isolated: bool = False) -> None:
        self._others = set(multiprocessing.active_children())
        self._executor: Executor = (
            ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_obey)
            if jobs > 1 or isolated
            else _InThisProcess()
        )
        self._last: Future[Any] | None = None

    @property
    def broken(self) -> bool:
        """Whether its process died in the call before."""
        last = self._last
        return last is not None and last.done() and isinstance(last.exception(), BrokenProcessPool)

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        future: Future[Result] = self._executor.submit(_stoppable, function, *arguments)
        self._last = future
        return future

    def close(self, *, at_once: bool) -> None:
        if at_once and STOP is not None:
            for process in set(multiprocessing.active_children()) - self._others:
                # It may end, or have ended, by itself at any moment.
                if process.pid is not None:
                    with suppress(ProcessLookupError):
                        os.kill(process.pid, STOP)
        self._executor.shutdown(wait=True, cancel_futures=at_once)


class _InThisProcess(Executor):
    """An executor that has no workers: what is submitted is done before ``submit`` returns."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(*arguments, **named))
        return future


def _context() -> BaseContext:
    """Choose how workers start: never by the default, which Mesa sets for everybody.

    A process with one thread can be forked safely, and its workers have everything already. With more
    threads, a server that imports once and has one thread is forked instead. Elsewhere than on Linux
    workers start from nothing.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    if threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["analysis.runs.execution", "analysis.studies.sweep.kept.measuring"])
    return context


class _Orders:
    """What a worker has been told, and whether it is inside a run."""

    stop = False
    running = False


GRACE = 0.5
"""Seconds in which a worker that makes no run may still hand over what it has, before it leaves."""


def _obey() -> None:
    """Prepare a worker: Ctrl-C, which a terminal sends to everybody, is for the parent; the parent says stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _leave)
    if STOP is not None:
        signal.signal(STOP, _stop)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent,), daemon=True).start()


def _outlive(parent: Any) -> None:
    """Leave as soon as the parent is gone, however it ended: it cannot say stop any more."""
    parent.join()
    os._exit(0)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # A worker that waits for work would wait for ever: nobody is left to send any.
    os._exit(0)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    # Only a run is cut short. Cutting off a result halfway into the pipe would block its reader for ever.
    _Orders.stop = True
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, GRACE)
    if _Orders.running:
        raise Stopped


def _stoppable(function: Callable[..., Any], *arguments: Any) -> Any:
    if _Orders.stop:
        raise Stopped
    _Orders.running = True
    try:
        return function(*arguments)
    finally:
        _Orders.running = False
