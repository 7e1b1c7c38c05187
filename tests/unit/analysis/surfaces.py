"""Surfaces made up in a moment, with leaders that are known."""

from __future__ import annotations

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
    common = generator.normal(0, 200, seeds)
    rows = []
    for one in x:
        for other in y:
            for regime in regimes:
                values = LEVEL + common + advantage(regime, one, other) + generator.normal(0, noise, seeds)
                table = pd.DataFrame(
                    {"x": one, "y": other, "regime": regime, "seed": 10_000 + np.arange(seeds)}
                )
                rows.append(table.assign(**dict.fromkeys(OUTCOMES, values)))
    return pd.concat(rows, ignore_index=True)
