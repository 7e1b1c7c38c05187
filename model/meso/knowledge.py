"""What meso-organisations learn from each other: those that carry knowledge to firms take it up at universities."""

from __future__ import annotations

import numpy as np

from model.meso import KIND_CODES
from model.world import World


def take_up(world: World, organisation: int, uptake: float) -> None:
    """Let an organisation take up a share of what the best university knows better, domain by domain.

    ``K_od <- K_od + uptake max(0, max_u K_ud - K_od)``; nothing where there is no university.

    Parameters
    ----------
    world
        State of the run; changed in place.
    organisation
        Row of the organisation.
    uptake
        Share of the gap that is closed.
    """
    carriers = world.carriers
    universities = np.flatnonzero(carriers.kind == KIND_CODES["university"])
    if len(universities) == 0:
        return
    own = carriers.knowledge[organisation]
    best = carriers.knowledge[universities].max(axis=0)
    own += np.float32(uptake) * np.maximum(np.float32(0), best - own)
