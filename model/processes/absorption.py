"""Absorption of knowledge from partners and from meso-organisations."""

from __future__ import annotations

import numpy as np

from model.kernels import outside
from model.kernels.absorption import absorb as absorb_kernel
from model.processes.process import process
from model.world import World


@process(
    reads=(
        "kind",
        "sector",
        "size",
        "absorptive_capacity",
        "absorptive_capacity_untrained",
        "transfer",
        "degree",
        "partners",
        "tie_origin",
        "link",
        "link_strength",
        "density",
    ),
    writes=("knowledge", "tie_gain", "learned", "account", "memos"),
    parameters=("absorption",),
)
def absorb(world: World) -> None:
    """Let every firm learn from all its sources at once, from knowledge as it stood before."""
    carriers, absorption = world.carriers, world.scenario.absorption
    absorb_kernel(
        carriers.kind,
        carriers.sector,
        carriers.size,
        carriers.absorptive_capacity,
        carriers.absorptive_capacity_untrained,
        carriers.transfer,
        carriers.degree,
        carriers.partners,
        carriers.tie_origin,
        carriers.tie_gain,
        carriers.link,
        carriers.link_strength,
        carriers.knowledge,
        carriers.density,
        carriers.learned,
        absorption.learning_rate,
        absorption.reach_maximum,
        absorption.unrelated_reach,
        absorption.attention_sharing,
        absorption.exchange == "barter",
        world.account,
        world.memos,
    )


@process(
    reads=(
        "kind",
        "seat",
        "size",
        "absorptive_capacity",
        "density",
        "frontier",
        "price",
        "potential",
        "belief",
        "belief_precision",
        "opened",
        "discovered",
    ),
    writes=("knowledge", "account"),
    parameters=("absorption", "potentials"),
)
def absorb_from_outside(world: World) -> None:
    """Let firms pick up from outside what is common in the world and near to what they know."""
    carriers, space, spec = world.carriers, world.space, world.scenario.absorption
    if spec.outside_rate == 0:
        return
    expected = np.exp(world.belief + 0.5 / world.belief_precision - space.potential)
    outside.absorb_from_outside(
        carriers.kind,
        carriers.seat,
        carriers.size,
        carriers.absorptive_capacity,
        carriers.density,
        carriers.knowledge,
        space.frontier,
        world.price,
        expected,
        space.opened,
        world.discovered,
        spec.outside_rate,
        spec.outside_level,
        world.key("absorption.outside"),
        world.account,
    )
