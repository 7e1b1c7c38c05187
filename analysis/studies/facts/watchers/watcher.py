"""What a watcher is: it reads the state between two processes and keeps what a fact needs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from model.world import World

Array = NDArray[Any]
Floats = NDArray[np.float64]
Table = dict[str, Array]
"""Columns of equal length, by name."""


class Watcher(ABC):
    """Looks at a region after some of its processes and never changes it.

    Attributes
    ----------
    name
        Name under which its table is found.
    after
        Processes after which it looks.
    """

    name: ClassVar[str]
    after: ClassVar[tuple[str, ...]]

    @abstractmethod
    def look(self, process: str, world: World) -> None:
        """Take notes.

        Parameters
        ----------
        process
            Process of the schedule that has just been carried out.
        world
            State; read only.
        """

    @abstractmethod
    def table(self) -> Table:
        """Give what was noted."""


def stack(parts: list[Table]) -> Table:
    """Put tables of equal columns below each other; no tables give no columns."""
    if not parts:
        return {}
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def cosines(left: Array, right: Array) -> Floats:
    """Cosine of each row of one table with the same row of the other; NaN where a row is empty."""
    left, right = left.astype(np.float64), right.astype(np.float64)
    lengths = np.sqrt((left**2).sum(axis=1) * (right**2).sum(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine: Floats = (left * right).sum(axis=1) / lengths
    return cosine
