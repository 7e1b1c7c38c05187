"""The rooms of a server, by their codes."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Any

from analysis.dashboard.classroom.room import Room, Wake
from analysis.dashboard.scheduling.run_cache import RunCache
from analysis.dashboard.scheduling.scheduler import Scheduler
from analysis.dashboard.state.view import View

LETTERS = "BCDFGHJKMNPQRSTVWXZ"
"""Letters of codes: none that looks like another one or like a digit, and no vowels, which make words."""

LENGTH = 5
MOST_ROOMS = 8

GRACE = 30.0
"""Seconds for which a room waits for its page: one that is loaded anew, or lost its connection for a moment."""

GATHERING = 0.15
"""Seconds over which what comes from other threads is gathered."""


def read_code(text: str) -> str:
    """Give a code as it is kept: people type it small, with spaces, or with a hyphen; empty for what is none."""
    code = "".join(each for each in text[:40].upper() if each not in " -\t")
    return code if len(code) == LENGTH and all(each in LETTERS for each in code) else ""


class Rooms:
    """The rooms of a server.

    Parameters
    ----------
    scheduler, cache
        Where runs are made, and where finished ones are.
    key
        What the trainer's page has to know; drawn if none is given.
    """

    def __init__(self, scheduler: Scheduler, cache: RunCache, key: str = "") -> None:
        self.key = key or secrets.token_urlsafe(9)
        self._scheduler, self._cache = scheduler, cache
        self._rooms: dict[str, Room] = {}
        self._endings: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self._rooms)

    def is_trainer(self, key: str) -> bool:
        """Whether somebody knows what only the terminal said."""
        return secrets.compare_digest(key.encode(), self.key.encode())

    def open(self, view: View, loop: Any) -> Room | None:
        """Open a room; None if there are too many.

        Parameters
        ----------
        view
            What is shown in front.
        loop
            Event loop in which the room lives.
        """
        if len(self._rooms) >= MOST_ROOMS:
            return None
        code = next(each for each in iter(_draw, None) if each not in self._rooms)
        self._rooms[code] = Room(code, view, self._scheduler, self._cache, waking(loop))
        return self._rooms[code]

    def find(self, code: str) -> Room | None:
        """Give the room of a code, however it was typed."""
        return self._rooms.get(read_code(code))

    def come_back(self, code: str, secret: str) -> Room | None:
        """Give the room of a page that was loaded anew."""
        room = self.find(code)
        if room is None or not secrets.compare_digest(room.secret.encode(), secret.encode()):
            return None
        return room

    def stay(self, room: Room) -> None:
        """Note that a page of a room is there."""
        ending = self._endings.pop(room.code, None)
        if ending is not None:
            ending.cancel()

    def wait(self, room: Room, loop: Any) -> None:
        """Note that the last page of a room has gone: the room ends if none comes back soon."""
        self._endings[room.code] = loop.call_later(GRACE, self.end, room)

    def end(self, room: Room) -> None:
        """End a room."""
        self.stay(room)
        if self._rooms.pop(room.code, None) is not None:
            room.close()


def _draw() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def waking(loop: Any) -> Wake:
    """Bring calls from other threads into an event loop, once for all that come within a moment."""
    lock = threading.Lock()
    planned: set[Callable[[], None]] = set()

    def call(what: Callable[[], None]) -> None:
        with lock:
            planned.discard(what)
        what()

    def wake(what: Callable[[], None]) -> None:
        with lock:
            if what in planned or loop.is_closed():
                return
            planned.add(what)
        loop.call_soon_threadsafe(loop.call_later, GATHERING, call, what)

    return wake
