"""What all sessions share: the workers, the finished runs, and how many may come in."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

from analysis.dashboard.memory import Tidying
from analysis.dashboard.scheduling.run_cache import RunCache
from analysis.dashboard.scheduling.scheduler import Scheduler
from analysis.dashboard.state.europe import KEPT

MOST_SESSIONS = 40


class Server:
    """What all sessions of a server share.

    Parameters
    ----------
    scheduler
        Where runs are made.
    most_sessions
        Sessions that may be open at a time.
    asks_first
        Whether who comes in is asked for a guess before the answer is shown.
    europe
        Where it is kept who leads where in Europe.
    """

    def __init__(
        self, scheduler: Scheduler, most_sessions: int = MOST_SESSIONS, *, asks_first: bool = False,
        europe: Path = KEPT,
    ) -> None:  # fmt: skip
        self.scheduler = scheduler
        self.cache = RunCache()
        self.most_sessions = most_sessions
        self.asks_first = asks_first
        self.europe = europe
        self._numbers = itertools.count(1)
        self._inside: set[int] = set()
        self._lock = threading.Lock()
        self._tidying = Tidying()

    @property
    def sessions(self) -> int:
        """Sessions that are open."""
        return len(self._inside)

    def admit(self) -> int | None:
        """Let somebody in; None if it is full."""
        with self._lock:
            if len(self._inside) >= self.most_sessions:
                return None
            number = next(self._numbers)
            self._inside.add(number)
            return number

    def leave(self, number: int | None) -> None:
        """Note that somebody has gone."""
        with self._lock:
            self._inside.discard(number or 0)
        self._tidying.soon()


_SERVER: list[Server] = []


def open_server(server: Server) -> None:
    """Make a server the one of this process."""
    _SERVER[:] = [server]


def server() -> Server:
    """Give the server of this process, opened on first use."""
    if not _SERVER:
        _SERVER.append(Server(Scheduler()))
    return _SERVER[0]
