"""Recombination, internal and networked."""

from __future__ import annotations

from model.kernels.groups import Recombining
from model.kernels.recombination import recombine as recombine_kernel
from model.processes.process import process
from model.world import World


@process(
    reads=(
        "kind",
        "seat",
        "sector",
        "size",
        "openness",
        "absorptive_capacity",
        "degree",
        "partners",
        "tie_origin",
        "tie_project",
        "relatedness",
        "complexity",
        "frontier",
        "home",
        "discovered",
        "opened",
    ),
    writes=(
        "knowledge",
        "tie_gain",
        "tie_success",
        "tie_project_success",
        "experiments",
        "account",
        "memos",
        "counts",
    ),
    parameters=("recombination", "channels"),
)
def recombine(world: World) -> None:
    """Let firms combine two pieces of knowledge into a third, alone and with partners."""
    carriers, space, spec = world.carriers, world.space, world.scenario.recombination
    recombine_kernel(
        carriers.kind,
        carriers.seat,
        carriers.sector,
        carriers.size,
        carriers.openness,
        carriers.absorptive_capacity,
        carriers.degree,
        carriers.partners,
        carriers.tie_origin,
        carriers.tie_project,
        carriers.tie_success,
        carriers.tie_project_success,
        carriers.tie_gain,
        carriers.knowledge,
        space.relatedness,
        space.complexity,
        space.frontier,
        space.home,
        space.opened,
        world.discovered,
        world.experiments,
        Recombining(
            spec.attempts,
            spec.gain,
            spec.potential,
            spec.networked_chance,
            spec.internal_ceiling,
            spec.internal_entry,
            spec.held_level,
            spec.opened_threshold,
            spec.latent_threshold,
        ),
        world.scenario.channels.networked_recombination,
        world.key("recombination.attempt"),
        world.account,
        world.memos,
        world.counts,
    )
