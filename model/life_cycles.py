"""Where in their lives the world's domains are, and what is wanted of a domain of that age."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.spec.life_cycles import LifeCyclesSpec

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_LEAST = 0.03
"""Demand for a domain that has just been born, against its prime."""
_BEFORE_BIRTH = 0.3
"""What of that is wanted of a domain that the world has not opened, or has left."""


def order_of_birth(latent: NDArray[np.bool_], named: Integers, weight: Floats, luck: Floats) -> Floats:
    """Share out places in the turn of domains, in [0, 1): the lowest were never born, the highest die next.

    Places are evenly spaced, so that the number of domains in each stage of life is the same at any time.

    Parameters
    ----------
    latent
        True for domains that are to be unborn at the start, shape (domains,).
    named
        Indices of latent domains in the order in which they are to be born, before all others.
    weight
        Of the domains that are not latent, those of least weight come first, shape (domains,).
    luck
        Decides among equals, shape (domains,).

    Returns
    -------
    numpy.ndarray
        Place of each domain, shape (domains,).
    """
    count = len(latent)
    soon = np.zeros(count)
    soon[named] = len(named) - np.arange(len(named))
    places = np.empty(count)
    order = np.lexsort((luck, np.where(latent, soon, weight), ~latent))
    places[order] = (np.arange(count) + 0.5) / count
    return places


def ages(places: Floats, spec: LifeCyclesSpec, time: float | Floats) -> tuple[Floats, Integers]:
    """Give the age of every domain; at the end of its life another takes its place, unborn at first.

    Parameters
    ----------
    places
        From :func:`order_of_birth`.
    spec
        Parameters of life-cycles.
    time
        Quarters since the start of the run, below 0 before it; one or, in a column, many.

    Returns
    -------
    tuple of numpy.ndarray
        Ages in quarters of life, below 0 while the world has not opened a domain; and how many domains have
        had the place before. Shapes (domains,), for many quarters (quarters, domains).
    """
    turn = spec.length / (1 - spec.unborn_share)
    passed = places * turn + spec.turbulence * time
    generation = np.floor(passed / turn)
    return passed - generation * turn - spec.unborn_share * turn, generation.astype(np.int64)


def demand_by_age(age: Floats, spec: LifeCyclesSpec) -> Floats:
    """Demand for a domain against its prime: it rises, matures and falls (Vernon 1966).

    Parameters
    ----------
    age
        Ages, shape (domains,).
    spec
        Parameters of life-cycles.

    Returns
    -------
    numpy.ndarray
        Shape of ``age``.
    """
    risen = 1 / (1 + np.exp(-(age - spec.rise) * 4 / spec.rise))
    fallen = 1 / (1 + np.exp((age - spec.fall) * 3.5 / (spec.length - spec.fall)))
    wanted = (_LEAST + risen) * fallen + _BEFORE_BIRTH * _LEAST
    return np.asarray(np.where(age < 0, _BEFORE_BIRTH * _LEAST, wanted), np.float64)


class Quarters(NamedTuple):
    """Where in their lives domains are in some quarters on end; arrays that nobody writes.

    Attributes
    ----------
    first
        The first of the quarters, counted from the start of the run.
    age, generation
        As :func:`ages` gives them, shape (quarters, domains).
    opened
        Whether the world has opened a domain, shape (quarters, domains).
    """

    first: int
    age: Floats
    generation: Integers
    opened: NDArray[np.bool_]

    def holds(self, time: int) -> bool:
        """Whether a quarter, counted from the start of the run, is among them."""
        return 0 <= time - self.first < len(self.age)


_BLOCK = 128
"""Quarters that are looked up at once."""


def quarters(places: Floats, spec: LifeCyclesSpec, time: int) -> Quarters:
    """Look up a quarter and those around it; runs of one seed share what was looked up.

    Parameters
    ----------
    places
        From :func:`order_of_birth`.
    spec
        Parameters of life-cycles.
    time
        Quarters since the start of the run, below 0 before it.

    Returns
    -------
    Quarters
        With ``time`` among them.
    """
    return _quarters(places.tobytes(), spec, time // _BLOCK)


@lru_cache(maxsize=16)
def _quarters(places: bytes, spec: LifeCyclesSpec, block: int) -> Quarters:
    first = block * _BLOCK
    times = np.arange(first, first + _BLOCK, dtype=np.float64)[:, None]
    age, generation = ages(np.frombuffer(places), spec, times)
    found = Quarters(first, age, generation, age >= 0)
    for array in found[1:]:
        array.flags.writeable = False
    return found
