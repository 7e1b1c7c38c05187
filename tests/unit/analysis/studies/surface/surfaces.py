"""Surfaces made up in a moment, with leaders that are known."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd

from model.record import OUTCOMES
from model.scenario import REGIME_NAMES

X, Y = (0.5, 1.0, 1.5), (1.0, 2.0, 4.0)
LEVEL = 1_000.0
Advantage = Callable[[str, float, float], float]


def nothing(_regime: str, _x: float, _y: float) -> float:
    """No regime does better than another."""
    return 0.0


def corners(regime: str, x: float, y: float) -> float:
    """A cluster leads at low x, smart specialisation at high x and y, nobody elsewhere."""
    if regime == "cluster" and x < 1:
        return 100.0
    return 200.0 if regime == "smart_specialisation" and x > 1 and y > 3 else 0.0


def outcomes(
    advantage: Advantage,
    *,
    seeds: int = 16,
    luck: int = 0,
    noise: float = 30.0,
    regimes: tuple[str, ...] = REGIME_NAMES,
    x: tuple[float, ...] = X,
    y: tuple[float, ...] = Y,
) -> pd.DataFrame:
    """Make runs up: luck common to all regimes of a seed, noise of their own, an advantage by condition."""
    generator = np.random.default_rng(luck)
    places = list(itertools.product(x, y, regimes))
    common = generator.normal(0, 200, seeds)
    means = np.array([advantage(regime, one, other) for one, other, regime in places])
    values = LEVEL + means[:, None] + common + generator.normal(0, noise, (len(places), seeds))
    table = pd.DataFrame(places, columns=["x", "y", "regime"]).loc[np.repeat(np.arange(len(places)), seeds)]
    table = table.assign(seed=np.tile(10_000 + np.arange(seeds), len(places)))
    return table.assign(**dict.fromkeys(OUTCOMES, values.ravel())).reset_index(drop=True)
