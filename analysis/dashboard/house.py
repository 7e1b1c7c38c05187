"""What all sessions share: the workers, the finished runs, and how many may come in."""

from __future__ import annotations

import itertools
import threading

from analysis.dashboard.desk import Desk
from analysis.dashboard.memory import Tidying
from analysis.dashboard.traces import Shelf

MOST_SESSIONS = 40


class House:
    """What all sessions of a server share.

    Parameters
    ----------
    desk
        Where runs are made.
    most_sessions
        Sessions that may be open at a time.
    """

    def __init__(self, desk: Desk, most_sessions: int = MOST_SESSIONS) -> None:
        self.desk = desk
        self.shelf = Shelf()
        self.most_sessions = most_sessions
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


_HOUSE: list[House] = []


def open_house(house: House) -> None:
    """Make a house the one of this process."""
    _HOUSE[:] = [house]


def house() -> House:
    """Give the house of this process, opened on first use."""
    if not _HOUSE:
        _HOUSE.append(House(Desk()))
    return _HOUSE[0]
