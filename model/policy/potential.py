"""The true potential of domains, which nobody sees and pilots tell about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.world import World

_UNRELATED = 1e-3


def log_potential(world: World) -> NDArray[np.float64]:
    """Log of value times feasibility of every domain.

    Value is demand against its mean; feasibility is the region's relatedness density times simplicity.

    Parameters
    ----------
    world
        State of the run.

    Returns
    -------
    numpy.ndarray
        Shape (domains,).
    """
    space = world.space
    value = space.demand / space.demand.mean()
    feasibility = np.maximum(world.domain_density, _UNRELATED) * (1.0 - space.complexity)
    potential: NDArray[np.float64] = np.log(np.maximum(value * feasibility, 1e-12))
    return potential
