"""Domains that are born, ripen and die in the world, whatever the region does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.kernels.exogenous import replace_domain
from model.meso import KIND_CODES
from model.processes.process import process
from model.spec.organisation import KnowingOrganisationSpec
from model.streams import uniforms
from model.world import World

Floats = NDArray[np.float64]
_FIRST_LEVEL = 0.05
"""The most that firms know of a domain that takes the place of another, against the frontier."""
_GENERATIONS = 64


@process(
    reads=("places", "kind", "seat", "size", "frontier", "price"),
    writes=(
        "domain_age",
        "generation",
        "opened",
        "potential",
        "belief",
        "belief_precision",
        "publicity",
        "discovered",
        "knowledge",
        "focus",
        "account",
    ),
    parameters=("life_cycles", "potentials", "market", "organisations"),
)
def turn(world: World) -> None:
    """Let domains age: the world opens some, and some die and make room for others (Vernon 1966)."""
    space, spec = world.space, world.scenario.life_cycles
    if spec.turbulence == 0:
        return
    before, was_opened = space.generation, space.opened
    lives, now = world.lives()
    space.domain_age, space.generation, space.opened = (
        lives.age[now],
        lives.generation[now],
        lives.opened[now],
    )
    for domain in np.flatnonzero(space.generation != before):
        _replace(world, int(domain))
    for domain in np.flatnonzero(space.opened & ~was_opened):
        _teach_organisations(world, int(domain))


def _replace(world: World, domain: int) -> None:
    carriers, space = world.carriers, world.space
    replace_domain(
        domain,
        world.scenario.life_cycles.kept,
        _FIRST_LEVEL,
        world.scenario.market.knowledge_elasticity,
        carriers.kind,
        carriers.size,
        carriers.focus,
        carriers.knowledge,
        space.frontier,
        world.price,
        world.account,
    )
    spread = world.scenario.potentials.spread
    space.potential[domain] = draw_potentials(world)[domain]
    world.belief[domain] = -(spread**2) / 2
    world.belief_precision[domain] = prior_precision(spread)
    world.publicity[domain] = 0.0
    world.discovered[domain] = -1


def _teach_organisations(world: World, domain: int) -> None:
    """Science knows of what the world opens: each organisation as likely, and as well, as at the start."""
    carriers = world.carriers
    key = world.streams.key("life_cycles.science", domain)
    for name, code in KIND_CODES.items():
        spec = getattr(world.scenario.organisations, name)
        if not isinstance(spec, KnowingOrganisationSpec):
            continue
        rows = np.flatnonzero(carriers.kind == code)
        if len(rows) == 0:
            continue
        draw = 2 * (int(world.space.generation[domain]) + _GENERATIONS)
        knows = uniforms(key, carriers.seat[rows], draw) < spec.breadth
        level = np.clip(spec.knowledge * (0.5 + uniforms(key, carriers.seat[rows], draw + 1)), 0, 1)
        carriers.knowledge[rows, domain] = np.where(knows, level, 0.0)


def draw_potentials(world: World) -> Floats:
    """Draw the hidden potential of every domain of the present generation; its exponential has the mean 1.

    Parameters
    ----------
    world
        State of the run.

    Returns
    -------
    numpy.ndarray
        Log of what an offer in it is worth, against the mean, shape (domains,).
    """
    spread = world.scenario.potentials.spread
    index = np.arange(world.space.domains)
    key = world.streams.key("potentials.draw", 0)
    draw = 2 * (world.space.generation + _GENERATIONS)
    radius = np.sqrt(-2 * np.log(uniforms(key, index, draw)))
    normal = radius * np.cos(2 * np.pi * uniforms(key, index, draw + 1))
    return np.asarray(spread * normal - spread**2 / 2, np.float64)


def prior_precision(spread: float) -> float:
    """Precision of what is believed of a hidden potential before anybody has tried: that of the draw."""
    return float(1 / max(spread, 1e-6) ** 2)
