"""The market: revenue, cost, growth."""

from __future__ import annotations

import numpy as np

from model.kernels import market as kernels
from model.processes.process import process
from model.world import World


@process(
    reads=("kind", "size", "knowledge", "frontier", "demand", "potential", "world_mass", "competition"),
    writes=("price", "revenue"),
    parameters=("market",),
)
def sell(world: World) -> None:
    """Sell in every domain against competitors in the world."""
    carriers, space = world.carriers, world.space
    kernels.sell(
        carriers.kind,
        carriers.size,
        carriers.knowledge,
        space.frontier,
        space.demand,
        np.exp(space.potential),
        world.world_mass * world.competition,
        world.scenario.market.knowledge_elasticity,
        world.price,
        carriers.revenue,
    )


@process(
    reads=("kind", "seat", "degree", "revenue", "rd_cost", "knowledge", "labour_force"),
    writes=("size", "cash", "margin", "rd_spending", "age", "wage", "account"),
    parameters=("market", "firms", "ties"),
)
def grow(world: World) -> None:
    """Pay costs, grow or shrink with profit, plan R&D; wages follow margins."""
    carriers, spec = world.carriers, world.scenario.market
    world.wage = kernels.grow(
        carriers.kind,
        carriers.seat,
        carriers.degree,
        carriers.revenue,
        carriers.rd_cost,
        carriers.knowledge,
        carriers.size,
        carriers.cash,
        carriers.margin,
        carriers.rd_spending,
        carriers.age,
        world.wage,
        world.scenario.ties.upkeep,
        world.scenario.firms.rd_intensity,
        spec.margin_target,
        spec.wage_adjustment,
        world.labour_force,
        spec.wage_pressure,
        spec.labour_supply,
        spec.rent_sharing,
        spec.growth_rate,
        spec.size_reversion,
        spec.growth_volatility,
        spec.volatility_scaling,
        spec.cash_limit,
        world.key("market.growth"),
        world.account,
    )
