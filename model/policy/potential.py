"""The true potential of domains, which nobody sees and pilots tell about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.kernels import survey as kernels
from model.world import World


def log_potential(world: World) -> NDArray[np.float64]:
    """Log of value times feasibility of every domain.

    Value is demand against its mean; feasibility is the region's relatedness density times simplicity times
    hidden potential.

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
    potential = np.empty(space.domains)
    kernels.log_potential(space.demand, world.domain_density, space.complexity, space.potential, potential)
    return potential
