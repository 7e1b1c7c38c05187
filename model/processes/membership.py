"""Buy-in of firms into clusters."""

from __future__ import annotations

from model.kernels.membership import buy_in
from model.meso import KIND_CODES
from model.processes.process import process
from model.world import World


@process(
    reads=(
        "kind",
        "seat",
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
    buy_in(
        KIND_CODES["cluster_organisation"],
        world.scenario.firms.places,
        carriers.kind,
        carriers.seat,
        carriers.sector,
        carriers.place,
        carriers.degree,
        carriers.partners,
        carriers.tie_value,
        carriers.knowledge,
        carriers.density,
        carriers.absorptive_capacity,
        carriers.transfer,
        carriers.cluster,
        carriers.membership_age,
        carriers.membership_value,
        carriers.members,
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
