"""Forgetting."""

from __future__ import annotations

from model.kernels.forgetting import forget as forget_kernel
from model.processes.process import process
from model.world import World


@process(reads=("kind", "size", "skill"), writes=("knowledge", "account"), parameters=("forgetting",))
def forget(world: World) -> None:
    """Let knowledge decay, faster where a firm holds more than it can keep up."""
    carriers, spec = world.carriers, world.scenario.forgetting
    forget_kernel(
        carriers.kind,
        carriers.size,
        carriers.skill,
        carriers.knowledge,
        spec.rate,
        spec.overload,
        spec.capacity,
        spec.capacity_growth,
        world.account,
    )
