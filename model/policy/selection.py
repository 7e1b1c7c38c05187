"""Which firms an order is meant for, in the order in which they are served."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.kernels.support import select_firms
from model.policy.orders import Target
from model.world import World

Integers = NDArray[np.int64]
_EVERYTHING = np.zeros(0)
SCOPES = {"any": 0, "inside": 1, "across": 2}


def choose_firms(world: World, target: Target, key: np.uint64, limit: int) -> Integers:
    """Choose firms in proportion to their weights, without replacement.

    Parameters
    ----------
    world
        State of the run.
    target
        Whom is meant.
    key
        Key of the random stream.
    limit
        Most firms that can be served.

    Returns
    -------
    numpy.ndarray
        Rows of firms that have a weight, first chosen first.
    """
    carriers = world.carriers
    limit = min(limit, carriers.rows)
    rows = np.empty(limit, np.int64)
    count = select_firms(
        carriers.kind,
        carriers.seat,
        carriers.sector,
        carriers.cluster,
        carriers.density,
        _EVERYTHING if target.sectors is None else target.sectors,
        _EVERYTHING if target.domains is None else target.domains,
        target.cluster,
        key,
        rows,
        np.empty(limit),
    )
    return rows[:count]
