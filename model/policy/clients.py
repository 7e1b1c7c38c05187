"""Links between firms and the meso-organisation that serves them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.world import World


def link_clients(world: World, firms: NDArray[np.int64], organisation: int, strength: float) -> None:
    """Let firms learn from a meso-organisation for this step.

    Parameters
    ----------
    world
        State of the run; changed in place.
    firms
        Rows of the clients.
    organisation
        Row of the organisation, -1 for none.
    strength
        Strength of the link, a firm's tie being 1.
    """
    if organisation < 0:
        return
    carriers = world.carriers
    carriers.link[firms] = organisation
    carriers.link_strength[firms] = strength
    carriers.clients[organisation] += len(firms)
