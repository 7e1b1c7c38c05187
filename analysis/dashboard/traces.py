"""Runs as far as they have come, and those that are finished, to be found again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.dashboard.jobs import Chunk
from model.record import ACCOUNT_SOURCES, OBSERVABLES

Values = npt.NDArray[np.float64]

KEPT = 2_000
"""Finished runs that are kept for everybody; one of 80 steps takes 50 kB."""

_COLUMN = {name: place for place, name in enumerate(OBSERVABLES)}


class Trace:
    """A run as far as it has come.

    Parameters
    ----------
    steps
        Horizon.

    Attributes
    ----------
    series, account
        As in `model.record.Record`; rows that have not come yet are not a number, or zero.
    rows
        Rows that have come.
    finished, error
        Whether more will come, and what went wrong.
    """

    def __init__(self, steps: int) -> None:
        self.series: Values = np.full((steps + 1, len(OBSERVABLES)), np.nan)
        self.account: Values = np.zeros((steps + 1, len(ACCOUNT_SOURCES), 2))
        self.rows = 0
        self.finished = False
        self.error: str | None = None

    def take(self, chunk: Chunk) -> None:
        """Take a piece in."""
        last = chunk.first + len(chunk.series)
        self.series[chunk.first : last] = chunk.series
        self.account[chunk.first : last] = chunk.account
        self.rows = last

    def of(self, observable: str) -> Values:
        """Give an observable over time, shape (steps + 1,)."""
        values: Values = self.series[:, _COLUMN[observable]]
        return values


class Shelf:
    """Things found again by their name; the one that was not wanted for longest goes first.

    Parameters
    ----------
    room
        How many are kept.
    """

    def __init__(self, room: int = KEPT) -> None:
        self._room = room
        self._kept: OrderedDict[bytes, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, name: bytes) -> Any:
        """Give what is kept under a name, or None."""
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
            return found

    def keep(self, name: bytes, content: Any) -> None:
        """Keep something."""
        with self._lock:
            self._kept[name] = content
            self._kept.move_to_end(name)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
