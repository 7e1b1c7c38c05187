"""A worker process: several runs at a time, the most urgent first, dropped as soon as nobody wants them."""

from __future__ import annotations

import signal
from collections.abc import Generator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from analysis.dashboard.scheduling.jobs import Job, perform
from model.region import warm_up


@dataclass(frozen=True)
class Begin:
    """NeededRun to begin a job; of a lower number of urgency comes first."""

    number: int
    urgency: int
    job: Job


@dataclass(frozen=True)
class Drop:
    """NeededRun to leave off a job."""

    number: int


@dataclass(frozen=True)
class Answer:
    """What a worker hands over.

    Attributes
    ----------
    number
        Number of the job, -1 when the worker is ready for its first.
    content
        A piece of the result, or None.
    finished
        Whether nothing more will come.
    error
        One line that says why the job failed, or None.
    """

    number: int
    content: Any = None
    finished: bool = False
    error: str | None = None


@dataclass
class _Work:
    """A job under way."""

    urgency: int
    pieces: Generator[Any]
    advanced: int = 0


READY = Answer(-1)


def serve(connection: Connection) -> None:
    """Do what is ordered until the other end of the connection is gone.

    Parameters
    ----------
    connection
        Takes `Begin` and `Drop`, gives `Answer`.
    """
    # Ctrl-C, which a terminal sends to everybody, is for the parent; when it goes, the connection ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up()
    works: dict[int, _Work] = {}
    try:
        connection.send(READY)
        while True:
            while not works or connection.poll():
                _obey(connection.recv(), works)
            _advance(works, connection)
    except (EOFError, OSError):
        return


def _obey(order: Begin | Drop, works: dict[int, _Work]) -> None:
    if isinstance(order, Begin):
        works[order.number] = _Work(order.urgency, perform(order.job))
    elif order.number in works:
        works.pop(order.number).pieces.close()


def _advance(works: dict[int, _Work], connection: Connection) -> None:
    """Do a piece of the most urgent job; among urgent ones all advance alike, others one after the other."""
    number = min(
        works,
        key=lambda each: (works[each].urgency, 0 if works[each].urgency else works[each].advanced, each),
    )
    work = works[number]
    work.advanced += 1
    try:
        content = next(work.pieces)
    except StopIteration:
        del works[number]
        connection.send(Answer(number, finished=True))
    except Exception as error:  # noqa: BLE001 - one run must not take the others with it
        del works[number]
        connection.send(Answer(number, finished=True, error=f"{type(error).__name__}: {error}"))
    else:
        if content is not None:
            connection.send(Answer(number, content))
