"""What firms can learn: relatedness density and absorptive capacity."""

from __future__ import annotations

from model.kernels.learning import absorptive_capacity, relatedness_density
from model.processes.process import process
from model.world import World


@process(
    reads=("knowledge", "frontier", "relatedness", "kind", "skill_base", "rd_stock"),
    writes=(
        "density",
        "skill",
        "absorptive_capacity",
        "absorptive_capacity_start",
        "absorptive_capacity_untrained",
    ),
    parameters=("absorption", "firms", "channels"),
)
def learn_to_learn(world: World) -> None:
    """Let skill decay towards its base; give relatedness density and absorptive capacity."""
    carriers, space, scenario = world.carriers, world.space, world.scenario
    relatedness_density(
        carriers.knowledge, space.frontier, space.relatedness, space.relatedness_total, carriers.density
    )
    absorptive_capacity(
        carriers.kind,
        carriers.skill,
        carriers.skill_base,
        scenario.firms.skill_decay,
        carriers.rd_stock,
        scenario.absorption.rd_half_saturation,
        scenario.channels.freeze_absorptive_capacity,
        carriers.absorptive_capacity_start,
        carriers.absorptive_capacity,
        carriers.absorptive_capacity_untrained,
    )
