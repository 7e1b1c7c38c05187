"""The processes that make runs: how they start, and how they stop at once without losing what is on its way."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
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


class Pool:
    """Processes that carry out what is submitted; none but this one when there is one job.

    Parameters
    ----------
    jobs
        Number of processes.
    isolated
        Start a process even for a single job, because that may die.
    """

    def __init__(self, jobs: int, *, isolated: bool = False) -> None:
        self._others = set(multiprocessing.active_children())
        self._executor: Executor = (
            ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_obey)
            if jobs > 1 or isolated
            else _InThisProcess()
        )

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Hand over a call; its future is cancelled or stopped when the pool is closed at once."""
        return self._executor.submit(_stoppable, function, *arguments)

    def close(self, *, at_once: bool = True) -> None:
        """End the workers, when they have done what was submitted or at once."""
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
    context.set_forkserver_preload(["analysis.execution"])
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
