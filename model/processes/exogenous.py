"""The world outside: demand moves, scheduled events happen, support of the last step ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.kernels import support
from model.kernels.exogenous import advance
from model.life_cycles import demand_by_age
from model.processes.process import process
from model.space import KnowledgeSpace
from model.spec.events import DemandShock, FrontierShock
from model.world import World

Floats = NDArray[np.float64]
LEAST_COMPETITION = 0.05
"""Competition in the world, against its mean, where hardly anything is sold."""


@process(
    reads=("demand_drift", "domain_age", "demand_total", "competition_usual", "holders", "potential"),
    writes=("base_demand", "demand", "competition", "publicity", "belief", "belief_precision"),
    parameters=("knowledge_space", "life_cycles", "potentials"),
)
def advance_world(world: World) -> None:
    """Move demand and the competition that follows it; let what was published fade, and what is done leak out.

    Demand that a domain in its prime would meet is a log random walk, with one normal number for each domain
    and step whatever the region does; the life-cycle of the domain says how much of it there is now. The sum
    over domains stays.
    """
    space, spec, potentials = world.space, world.scenario.knowledge_space, world.scenario.potentials
    life_cycles = world.scenario.life_cycles
    in_life = (
        demand_by_age(space.domain_age, life_cycles) if life_cycles.turbulence > 0 else np.ones(space.domains)
    )
    advance(
        space.base_demand,
        space.demand_drift,
        spec.demand_volatility,
        in_life,
        world.demand_total,
        space.demand,
        world.competition_usual,
        LEAST_COMPETITION,
        spec.competition_lag,
        world.competition,
        potentials.publicity,
        world.publicity,
        potentials.diffusion if potentials.spread > 0 else 0.0,
        world.holders,
        space.potential,
        world.belief,
        world.belief_precision,
        world.key("exogenous.demand"),
    )


def learn_from(world: World, precision: Floats, signal: Floats) -> None:
    """Move what the region believes of hidden potentials by Bayes' rule, for normal beliefs and errors.

    Where all domains are known to be alike, there is nothing to learn.

    Parameters
    ----------
    world
        State of the run; beliefs are changed in place.
    precision, signal
        Precision and value of what is told of each domain, shape (domains,).
    """
    if world.scenario.potentials.spread == 0:
        return
    both = world.belief_precision + precision
    world.belief[:] = (world.belief * world.belief_precision + signal * precision) / both
    world.belief_precision[:] = both


@process(
    reads=("home",),
    writes=("frontier", "base_demand", "demand", "demand_total", "budget_factor"),
    parameters=("events",),
)
def scheduled_events(world: World) -> None:
    """Carry out the shocks and budget changes that the scenario schedules for this step."""
    for event in world.scenario.events:
        if event.step != world.step:
            continue
        if event.kind == "budget_change":
            world.budget_factor *= event.factor
        elif event.kind == "demand_shock":
            hit = domains_of(event, world.space)
            world.demand_total += float((event.factor - 1) * world.space.demand[hit].sum())
            world.space.demand[hit] *= event.factor
            world.space.base_demand[hit] *= event.factor
        elif event.kind == "frontier_shock":
            world.space.frontier[domains_of(event, world.space)] *= event.factor


def domains_of(event: DemandShock | FrontierShock, space: KnowledgeSpace) -> list[int]:
    """Indices of the domains that an event hits; all of them if it names none.

    Parameters
    ----------
    event
        Demand or frontier shock.
    space
        Knowledge space.

    Returns
    -------
    list[int]
        Indices in increasing order.
    """
    hit = {space.domain_names.index(name) for name in event.domains}
    for name in event.sectors:
        hit |= set(np.flatnonzero(space.home == space.sector_names.index(name)).tolist())
    return sorted(hit) if event.domains or event.sectors else list(range(space.domains))


SUPPORT_COLUMNS = (
    "subsidy",
    "efficiency",
    "transfer",
    "survival",
    "support",
    "link_strength",
    "clients",
    "link",
    "support_domain",
    "earmark",
)


@process(reads=(), writes=SUPPORT_COLUMNS)
def end_support(world: World) -> None:
    """Let the support of the last step end."""
    carriers = world.carriers
    support.end(
        carriers.subsidy,
        carriers.efficiency,
        carriers.transfer,
        carriers.survival,
        carriers.support,
        carriers.link_strength,
        carriers.clients,
        carriers.link,
        carriers.support_domain,
        carriers.earmark,
    )
