"""Brings what comes from other threads to the page, in a thread that belongs to the page and to no other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

Receiver = Callable[[Any], None]


class Mailbox:
    """Keeps for every receiver the latest that was sent, until the page takes it.

    A page that takes long to draw is not sent everything in between: it draws the latest, then looks again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Receiver, Any] = {}
        self._bell = threading.Event()
        self._closed = False

    def send(self, receiver: Receiver, content: Any) -> None:
        """Leave something for a receiver, in place of what it has not taken yet; never waits."""
        with self._lock:
            self._waiting.pop(receiver, None)
            self._waiting[receiver] = content
        self._bell.set()

    def deliver(self) -> None:
        """Hand over what comes until the box is closed; to be called in the page's own thread."""
        while not self._closed:
            self._bell.wait()
            self._bell.clear()
            with self._lock:
                taken, self._waiting = self._waiting, {}
            for receiver, content in taken.items():
                if not self._closed:
                    receiver(content)

    def close(self) -> None:
        """Hand over nothing more."""
        self._closed = True
        self._bell.set()
