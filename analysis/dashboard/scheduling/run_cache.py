"""Runs as far as they have come, and those that are finished, to be found again."""

from __future__ import annotations

import threading
from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from analysis.dashboard.scheduling.jobs import Aftermath, Chunk
from model.record import ACCOUNT_SOURCES, OBSERVABLES

Values = npt.NDArray[np.float64]

ROOM = 100_000_000
"""Bytes of finished runs that are kept for everybody; one of 80 steps takes 50 kB."""

OWN_ROOM = 15_000_000
"""Bytes of finished runs of what somebody uploaded that are kept while they are there."""

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
    after
        What was chosen and what became of firms, if that was asked for and the run is over.
    finished, error
        Whether more will come, and what went wrong.
    """

    def __init__(self, steps: int) -> None:
        self.series: Values = np.full((steps + 1, len(OBSERVABLES)), np.nan)
        self.account: Values = np.zeros((steps + 1, len(ACCOUNT_SOURCES), 2))
        self.rows = 0
        self.after: Aftermath | None = None
        self.finished = False
        self.error: str | None = None

    def take(self, chunk: Chunk | Aftermath) -> None:
        """Take a piece in."""
        if isinstance(chunk, Aftermath):
            self.after = chunk
            return
        last = chunk.first + len(chunk.series)
        self.series[chunk.first : last] = chunk.series
        self.account[chunk.first : last] = chunk.account
        self.rows = last

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        tables = self.after or ()
        return int(
            self.series.nbytes + self.account.nbytes + sum(table.memory_usage().sum() for table in tables)
        )

    def of(self, observable: str) -> Values:
        """Give an observable over time, shape (steps + 1,)."""
        values: Values = self.series[:, _COLUMN[observable]]
        return values


class RunCache:
    """Finished runs, found again by their name; the one that was not wanted for longest goes first.

    Parameters
    ----------
    room
        Bytes that are kept.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._kept: OrderedDict[bytes, Trace] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, name: bytes) -> Trace | None:
        """Give what is kept under a name, or None."""
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
            return found

    def keep(self, name: bytes, run: Trace) -> None:
        """Keep a finished run."""
        with self._lock:
            before = self._kept.pop(name, None)
            self._taken += run.size - (before.size if before is not None else 0)
            self._kept[name] = run
            while self._taken > self._room and len(self._kept) > 1:
                self._taken -= self._kept.popitem(last=False)[1].size

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()
            self._taken = 0
