"""The world outside: a random walk of demand around its drift."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.random_numbers import normal

_STEP = np.int64(0)


@kernel
def advance(frontier, frontier_growth, demand, demand_drift, volatility, key):
    """Move the frontier by its growth and log demand by its drift and a normal step.

    Parameters
    ----------
    frontier, demand
        W and V; written, shape (domains,).
    frontier_growth, demand_drift
        Growth of W and drift of log V per quarter, shape (domains,).
    volatility
        Standard deviation of the step of log V.
    key
        Key of the stream.
    """
    for d in range(frontier.shape[0]):
        frontier[d] *= 1.0 + frontier_growth[d]
        demand[d] *= math.exp(demand_drift[d] + volatility * normal(key, d, _STEP))
