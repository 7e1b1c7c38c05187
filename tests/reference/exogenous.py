"""The world outside: frontier and demand move, scheduled events happen, support of the last step ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.spec.events import DemandShock, FrontierShock

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion


def advance_world(region: ReferenceRegion) -> None:
    """Let the frontier grow and log demand walk at random: ``ln V(t) = ln V(t-1) + drift + sigma z``."""
    space = region.space
    volatility = region.parameters.knowledge_space.demand_volatility
    luck = region.luck("exogenous.demand")
    for d in region.domains:
        space.frontier[d] *= 1 + space.frontier_growth[d]
        space.demand[d] *= math.exp(space.demand_drift[d] + volatility * luck.normal(d, 0))


def scheduled_events(region: ReferenceRegion) -> None:
    """Carry out the shocks and budget changes that the scenario schedules for this step."""
    for event in region.parameters.events:
        if event.step != region.now:
            continue
        if event.kind == "budget_change":
            region.budget_factor *= event.factor
        elif event.kind == "demand_shock":
            region.space.demand[hit_by(event, region)] *= event.factor
        elif event.kind == "frontier_shock":
            region.space.frontier[hit_by(event, region)] *= event.factor


def hit_by(event: DemandShock | FrontierShock, region: ReferenceRegion) -> list[int]:
    """The domains that an event names, and those at home in the sectors that it names."""
    space = region.space
    sectors = [space.sector_names.index(name) for name in event.sectors]
    return [
        d for d, name in enumerate(space.domain_names) if name in event.domains or space.home[d] in sectors
    ]


def end_support(region: ReferenceRegion) -> None:
    """Let the support of the last step end."""
    for carrier in region.carriers:
        carrier.end_support()
