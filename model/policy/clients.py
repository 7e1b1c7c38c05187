"""Links between firms and the meso-organisation that serves them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.kernels.clients import accept_contact
from model.world import World

Integers = NDArray[np.int64]

_HEARING = 8.0
"""Firms that listen for every client wanted, if standing is full; half of them at the standing of a newcomer."""


def listeners(world: World, organisation: int, wanted: int) -> int:
    """Firms that give a meso-organisation a hearing: the better its standing, the more.

    Parameters
    ----------
    world
        State of the run.
    organisation
        Row of the organisation, -1 for none.
    wanted
        Clients wanted.

    Returns
    -------
    int
        Firms that it can ask.
    """
    standing = 0.5 if organisation < 0 else world.carriers.standing.item(organisation)
    return int(_HEARING * standing * wanted)


def win_clients(
    world: World, asked: Integers, wanted: int, organisation: int, strength: float, reach: float = 0.0
) -> tuple[Integers, float]:
    """Ask firms whether they want to learn from a meso-organisation, and link those that do for this step.

    Parameters
    ----------
    world
        State of the run; changed in place.
    asked
        Rows of firms in the order in which they are asked.
    wanted
        Clients wanted.
    organisation
        Row of the organisation; -1 for none, of which nobody learns and to which nobody objects.
    strength
        Strength of the link, a firm's tie being 1.
    reach
        Reach that the service adds.

    Returns
    -------
    tuple of numpy.ndarray and float
        Rows of the clients, and the share of firms asked that accepted.
    """
    if organisation < 0:
        return asked[:wanted], float(len(asked) > 0)
    carriers, absorption = world.carriers, world.scenario.absorption
    accepted = np.empty(wanted, np.int64)
    count, heard = accept_contact(
        asked,
        wanted,
        organisation,
        strength,
        reach,
        carriers.degree,
        carriers.link,
        carriers.link_strength,
        carriers.knowledge,
        carriers.density,
        carriers.absorptive_capacity,
        carriers.transfer,
        carriers.learned,
        absorption.learning_rate,
        absorption.reach_maximum,
        absorption.unrelated_reach,
        absorption.attention_sharing,
        world.scenario.ties.cost,
        carriers.clients,
        accepted,
    )
    return accepted[:count], count / heard if heard else 0.0
