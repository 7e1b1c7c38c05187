"""What became of every firm: followed only where somebody wants to know who wins."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.kernels.constants import FIRM
from model.world import World

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MEASURES = ("knowledge", "jobs", "output")
"""Of a firm: employment-weighted knowledge, weighted by demand against its mean; employees; revenue a quarter."""
WHO = ("firm", "sector", "place", "entered")
"""Persistent id, sector and place, and the step of entry, 0 for firms that were there at the start."""


class Fortunes(NamedTuple):
    """Every firm that there was in a run.

    Attributes
    ----------
    who
        See `WHO`, shape (firms, 4).
    amounts
        Of each of `MEASURES` the value at the start, at the end and on average over the steps after the start, 0 while
        a firm does not exist, shape (firms, 3, 3).
    support
        Money that was spent on it, in wages, shape (firms,).
    """

    who: Integers
    amounts: Floats
    support: Floats


class Followed:
    """Follows all firms of a region step by step.

    Parameters
    ----------
    world
        State of the run; looked at, never changed.
    """

    def __init__(self, world: World) -> None:
        self._places = np.full(world.carriers.next_id, -1, np.int64)
        self._who = np.zeros((0, len(WHO)), np.int64)
        self._start = np.zeros((0, len(MEASURES)))
        self._end = self._start.copy()
        self._total = self._start.copy()
        self._support = np.zeros(0)
        self._steps = 0

    def take(self, world: World) -> None:
        """Look at all firms at the end of a step; the first look is the start."""
        carriers, space = world.carriers, world.space
        rows = np.flatnonzero(carriers.kind == FIRM)
        places = self._places_of(world, rows)
        size = carriers.size[rows]
        worth = carriers.knowledge[rows] @ (space.demand / space.demand.mean())
        values = np.column_stack([size * worth, size, carriers.revenue[rows]])
        self._end[:] = 0.0
        self._end[places] = values
        if world.step == 0:
            self._start[places] = values
            return
        self._total[places] += values
        self._support[places] += carriers.support[rows]
        self._steps += 1

    def _places_of(self, world: World, rows: Integers) -> Integers:
        """Look up where firms are kept, and make room for those that are new."""
        carriers = world.carriers
        identities = carriers.id[rows]
        if carriers.next_id > len(self._places):
            room = np.full(carriers.next_id - len(self._places), -1, np.int64)
            self._places = np.concatenate([self._places, room])
        new = rows[self._places[identities] < 0]
        if len(new):
            known = len(self._who)
            self._places[carriers.id[new]] = known + np.arange(len(new))
            entered = np.full(len(new), world.step)
            who = np.column_stack([carriers.id[new], carriers.sector[new], carriers.place[new], entered])
            self._who = np.concatenate([self._who, who])
            more = np.zeros((len(new), len(MEASURES)))
            self._start, self._end, self._total = (
                np.concatenate([values, more]) for values in (self._start, self._end, self._total)
            )
            self._support = np.concatenate([self._support, np.zeros(len(new))])
        found: Integers = self._places[identities]
        return found

    def fortunes(self) -> Fortunes:
        """Say what has become of all firms so far."""
        average = self._total / max(1, self._steps)
        values = np.stack([self._start, self._end, average], axis=2)
        return Fortunes(self._who.copy(), values, self._support.copy())
