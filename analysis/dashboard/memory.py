"""Gives back what sessions used: what refers to itself is collected, and free memory goes to the system."""

from __future__ import annotations

import ctypes
import gc
import threading
from contextlib import suppress

ARENAS = 2
"""Pools of memory of all threads together: with one for each thread, every session would leave holes in its own."""

PAUSE = 3.0
"""Seconds after somebody left until the server is tidied: by then the page is taken apart."""

_M_ARENA_MAX = -8


def few_arenas() -> None:
    """Let all threads share a few pools of memory, where the system's library is glibc."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)


def tidy() -> None:
    """Collect what nobody refers to any more, and give free memory back."""
    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


class Tidying:
    """Tidies once for all who leave at about the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned = False

    def soon(self) -> None:
        """Tidy after a pause, unless that is planned already."""
        with self._lock:
            if self._planned:
                return
            self._planned = True
        timer = threading.Timer(PAUSE, self._now)
        timer.daemon = True
        timer.start()

    def _now(self) -> None:
        with self._lock:
            self._planned = False
        tidy()
