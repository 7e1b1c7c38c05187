"""Buy-in of firms into clusters."""

from __future__ import annotations

import numpy as np

from model.kernels.membership import buy_in
from model.meso import KIND_CODES
from model.processes.process import process
from model.world import World


@process(
    reads=(
        "kind",
        "id",
        "sector",
        "place",
        "degree",
        "partners",
        "tie_value",
        "knowledge",
        "density",
        "absorptive_capacity",
        "transfer",
    ),
    writes=("cluster", "membership_age", "membership_value", "members"),
    parameters=("membership", "absorption", "firms"),
)
def membership(world: World) -> None:
    """Let firms join clusters, stay and leave as it pays them."""
    carriers, spec, absorption = world.carriers, world.scenario.membership, world.scenario.absorption
    rows = np.flatnonzero(carriers.kind == KIND_CODES["cluster_organisation"])
    if len(rows) == 0:
        # The last cluster may just have closed: nobody is a member of what is no more.
        carriers.cluster[:] = -1
        return
    shape = (world.space.sectors, world.scenario.firms.places)
    organisations = np.full(shape, -1, np.int64)
    organisations[carriers.sector[rows], carriers.place[rows]] = carriers.id[rows]
    members = np.zeros(shape, np.int64)
    buy_in(
        carriers.kind,
        carriers.id,
        carriers.sector,
        carriers.place,
        carriers.degree,
        carriers.partners,
        carriers.tie_value,
        carriers.knowledge,
        carriers.density,
        carriers.absorptive_capacity,
        carriers.transfer,
        organisations,
        carriers.cluster,
        carriers.membership_age,
        carriers.membership_value,
        members,
        absorption.learning_rate,
        absorption.reach_maximum,
        absorption.unrelated_reach,
        absorption.attention_sharing,
        spec.fee,
        spec.patience,
        spec.memory,
        spec.encounters,
        world.key("membership.encounter"),
    )
    carriers.members[rows] = members[carriers.sector[rows], carriers.place[rows]]
