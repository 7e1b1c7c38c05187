"""Forgetting."""

from __future__ import annotations

from model.kernels.forgetting import forget as forget_kernel
from model.processes.process import process
from model.world import World


@process(
    reads=("kind", "size", "skill", "frontier_growth"),
    writes=("knowledge", "account"),
    parameters=("forgetting",),
)
def forget(world: World) -> None:
    """Let knowledge decay, faster where a firm holds more than it can keep up, and lag behind the frontier."""
    carriers, spec = world.carriers, world.scenario.forgetting
    forget_kernel(
        carriers.kind,
        carriers.size,
        carriers.skill,
        carriers.knowledge,
        1.0 / (1.0 + world.space.frontier_growth),
        spec.rate,
        spec.overload,
        spec.capacity,
        spec.capacity_growth,
        world.account,
    )
