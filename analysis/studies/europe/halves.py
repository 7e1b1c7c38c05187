"""Two halves of the countries: parameters are estimated on one, and the other is scored once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

SPLIT = 2014
"""Seed of the split. It was fixed before anything was estimated, and is not to be changed afterwards."""

ESTIMATION, HELD_OUT = "estimation", "held-out"
HALVES = (ESTIMATION, HELD_OUT)


def country_of(code: str) -> str:
    """Country of a region: the first two letters of its code."""
    return code[:2]


def halves(codes: Sequence[str], seed: int = SPLIT) -> dict[str, tuple[str, ...]]:
    """Part regions by country, so that none of a country is in both halves.

    Countries are paired by their number of regions, from the largest down, and chance says which of a pair goes
    where: both halves have large countries and small ones. The one that is left over goes by chance.

    Parameters
    ----------
    codes
        Regions.
    seed
        Seed of chance.

    Returns
    -------
    dict
        Regions of each half, in the order in which they were given.
    """
    numbers = Counter(map(country_of, codes))
    luck = np.random.default_rng(seed)
    shuffled = luck.permutation(sorted(numbers))
    ranked = sorted(shuffled.tolist(), key=lambda country: -numbers[country])
    first: set[str] = set()
    for at in range(0, len(ranked), 2):
        pair = ranked[at : at + 2]
        chosen = int(luck.integers(2))
        if chosen < len(pair):
            first.add(pair[chosen])
    return {
        ESTIMATION: tuple(code for code in codes if country_of(code) in first),
        HELD_OUT: tuple(code for code in codes if country_of(code) not in first),
    }
