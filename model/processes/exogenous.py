"""The world outside: frontier and demand move, scheduled events happen, support of the last step ends."""

from __future__ import annotations

import numpy as np

from model.kernels.exogenous import advance
from model.processes.process import process
from model.space import KnowledgeSpace
from model.spec.events import DemandShock, FrontierShock
from model.world import World


@process(
    reads=("frontier_growth", "demand_drift"),
    writes=("frontier", "demand"),
    parameters=("knowledge_space",),
)
def advance_world(world: World) -> None:
    """Move the frontier by its growth, and log demand by drift and a random step.

    Demand is a log random walk, ``ln V_d(t) = ln V_d(t-1) + drift_d + volatility z``, with one normal
    number for each domain and step whatever the region does.
    """
    space = world.space
    advance(
        space.frontier,
        space.frontier_growth,
        space.demand,
        space.demand_drift,
        world.scenario.knowledge_space.demand_volatility,
        world.key("exogenous.demand"),
    )


@process(reads=("home",), writes=("frontier", "demand", "budget_factor"), parameters=("events",))
def scheduled_events(world: World) -> None:
    """Carry out the shocks and budget changes that the scenario schedules for this step."""
    for event in world.scenario.events:
        if event.step != world.step:
            continue
        if event.kind == "budget_change":
            world.budget_factor *= event.factor
        elif event.kind == "demand_shock":
            world.space.demand[domains_of(event, world.space)] *= event.factor
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


SUPPORT_COLUMNS = ("subsidy", "efficiency", "transfer", "survival", "support", "link_strength", "clients")


@process(reads=(), writes=(*SUPPORT_COLUMNS, "link", "support_domain"))
def end_support(world: World) -> None:
    """Let the support of the last step end."""
    carriers = world.carriers
    for name in SUPPORT_COLUMNS:
        getattr(carriers, name)[:] = 0
    carriers.link[:] = -1
    carriers.support_domain[:] = -1
