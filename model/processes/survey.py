"""Surveys: how far support asked for unrealistic leaps, what the region knows, what it has discovered."""

from __future__ import annotations

from model.kernels import constants
from model.kernels import survey as kernels
from model.processes.process import process
from model.world import World


@process(
    reads=("kind", "size", "knowledge", "density", "frontier"),
    writes=("discovered", "domain_density", "domain_knowledge", "holders", "counts"),
    parameters=("recombination",),
)
def survey(world: World) -> None:
    """Summarise firms by domain; a latent domain is discovered once a firm holds it."""
    carriers = world.carriers
    kernels.survey(
        carriers.kind,
        carriers.size,
        carriers.knowledge,
        carriers.density,
        world.space.frontier,
        world.scenario.recombination.held_level,
        world.step,
        world.discovered,
        world.domain_density,
        world.domain_knowledge,
        world.holders,
        world.counts,
    )


@process(
    reads=(
        "kind",
        "support",
        "support_domain",
        "focus",
        "knowledge",
        "density",
        "absorptive_capacity",
        "transfer",
        "frontier",
    ),
    writes=("counts",),
    parameters=("absorption", "recombination"),
)
def judge_support(world: World) -> None:
    """Count the money spent on firms, and the part of it beyond what they can reach."""
    carriers, scenario = world.carriers, world.scenario
    beyond, supported = kernels.support_beyond_reach(
        carriers.kind,
        carriers.support,
        carriers.support_domain,
        carriers.focus,
        carriers.knowledge,
        carriers.density,
        carriers.absorptive_capacity,
        carriers.transfer,
        scenario.absorption.reach_maximum,
        scenario.absorption.unrelated_reach,
        world.space.frontier,
        scenario.recombination.held_level,
    )
    world.counts[constants.BEYOND_REACH] = beyond
    world.counts[constants.SUPPORTED] = supported
