"""The market: what knowledge earns, and how firms grow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from tests.reference.carriers import ReferenceFirm

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion


def sell(region: ReferenceRegion) -> None:
    """Sell ``size (K / W)^theta`` in every domain against competitors in the world.

    An offer from the region is worth the domain's hidden potential against one of the world.
    """
    space = region.space
    theta = region.parameters.market.knowledge_elasticity
    worth = np.exp(space.potential)
    offers = {firm: firm.size * (firm.knowledge / space.frontier) ** theta for firm in region.firms}
    mass = region.world_mass * region.competition
    for offer in offers.values():
        mass += offer * worth
    region.price = np.divide(space.demand * worth, mass, out=np.zeros(space.domains), where=mass > 0)
    for carrier in region.carriers:
        carrier.revenue = 0.0
    for firm, offer in offers.items():
        firm.revenue = float((region.price * offer).sum())


def grow(region: ReferenceRegion) -> None:
    """Pay costs, keep or lose cash, grow with profit, plan R&D; wages follow margins and the labour market.

    The wage level rises by a share of what the mean margin is above its target, and of what employment is
    above ``labour_force wage ** labour_supply``.
    """
    for carrier in region.carriers:
        carrier.age += 1
    revenue = sum(firm.revenue for firm in region.firms)
    employees = sum(firm.size for firm in region.firms)
    usual = sum(math.log(firm.size) for firm in region.firms) / max(1, len(region.firms))
    productivity = revenue / employees if employees > 0 else 0.0
    profit = 0.0
    for firm in region.firms:
        bill = wage_bill(firm, productivity)
        own = firm.revenue - bill - firm.rd_cost - region.parameters.ties.upkeep * firm.degree
        earn(firm, own, bill)
        change_size(firm, usual)
        profit += own
    spec = region.parameters.market
    if revenue > 0:
        wanted = region.labour_force * region.wage**spec.labour_supply
        change = spec.wage_adjustment * (profit / revenue - spec.margin_target)
        change += spec.wage_pressure * (employees / wanted - 1)
        # Where hardly anything is sold, wages fall by half at most.
        region.wage *= min(1.5, max(0.5, 1 + change))


def wage_bill(firm: ReferenceFirm, productivity: float) -> float:
    """A firm that earns more per employee pays higher wages."""
    region = firm.model
    relative = firm.revenue / firm.size / productivity if productivity > 0 else 1.0
    sharing = float(region.parameters.market.rent_sharing)
    return float(region.wage * firm.size * relative**sharing)


def earn(firm: ReferenceFirm, profit: float, bill: float) -> None:
    """Keep profit as cash up to a limit, and plan R&D of the next step."""
    parameters = firm.model.parameters
    firm.margin = profit / firm.revenue if firm.revenue > 0 else -1.0
    firm.cash = min(firm.cash + profit, parameters.market.cash_limit * bill)
    firm.rd_spending = parameters.firms.rd_intensity * firm.revenue / firm.size


def change_size(firm: ReferenceFirm, usual: float) -> None:
    """Log size grows with ``g tanh(margin / target - 1)``, reverts to the mean, and has noise ``~ size ** -beta``."""
    region = firm.model
    spec = region.parameters.market
    drift = spec.growth_rate * math.tanh((firm.margin - spec.margin_target) / max(spec.margin_target, 1e-6))
    drift -= spec.size_reversion * (math.log(firm.size) - usual)
    luck = region.luck("market.growth").normal(firm.seat, 0)
    shock = spec.growth_volatility * firm.size ** -float(spec.volatility_scaling) * luck
    size = max(1.0, firm.size * math.exp(drift + shock))
    region.account[constants.EMPLOYMENT, 1] += (size - firm.size) * firm.total
    firm.size = size
