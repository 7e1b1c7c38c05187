"""The world outside: demand and competition move, scheduled events happen, support of the last step ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.spec.events import DemandShock, FrontierShock
from tests.reference.life_cycles import wanted_at

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_LEAST_COMPETITION = 0.05


def advance_world(region: ReferenceRegion) -> None:
    """Let demand walk, competition follow it, publicity fade, and what firms do leak out.

    ``ln B(t) = ln B(t-1) + drift + sigma z``; demand is ``B`` times what is wanted of a domain of that age,
    scaled to its sum over domains. Competition closes a share of its distance from demand.
    """
    space, spec = region.space, region.parameters.knowledge_space
    luck = region.luck("exogenous.demand")
    for d in region.domains:
        space.base_demand[d] *= math.exp(space.demand_drift[d] + spec.demand_volatility * luck.normal(d, 0))
    share_out_demand(region)
    usual = space.demand.mean() * region.competition_usual
    for d in region.domains:
        wanted = max(_LEAST_COMPETITION, space.demand[d] / usual[d])
        region.competition[d] += spec.competition_lag * (wanted - region.competition[d])
    potentials = region.parameters.potentials
    region.publicity *= 1 - potentials.publicity
    for d in region.domains:
        believe(region, d, potentials.diffusion * region.holders[d], space.potential[d])


def share_out_demand(region: ReferenceRegion) -> None:
    """Give every domain its part of all demand."""
    space = region.space
    lives = region.parameters.life_cycles
    for d in region.domains:
        prime = wanted_at(float(space.domain_age[d]), lives) if lives.turbulence > 0 else 1.0
        space.demand[d] = space.base_demand[d] * prime
    space.demand *= region.demand_total / space.demand.sum()


def believe(region: ReferenceRegion, domain: int, precision: float, signal: float) -> None:
    """Weigh what is believed of a domain's hidden potential and what is told of it by their precisions.

    Where all domains are known to be alike, there is nothing to learn.
    """
    if region.parameters.potentials.spread == 0:
        return
    before = region.belief_precision[domain]
    both = before + precision
    region.belief[domain] = (before * region.belief[domain] + precision * signal) / both
    region.belief_precision[domain] = both


def scheduled_events(region: ReferenceRegion) -> None:
    """Carry out the shocks and budget changes that the scenario schedules for this step."""
    space = region.space
    for event in region.parameters.events:
        if event.step != region.now:
            continue
        if event.kind == "budget_change":
            region.budget_factor *= event.factor
        elif event.kind == "demand_shock":
            for d in hit_by(event, region):
                region.demand_total += (event.factor - 1) * space.demand[d]
                space.demand[d] *= event.factor
                space.base_demand[d] *= event.factor
        elif event.kind == "frontier_shock":
            space.frontier[hit_by(event, region)] *= event.factor


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
