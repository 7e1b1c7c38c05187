"""Domains that are born, ripen and die in the world, whatever the region does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.kernels import constants
from model.spec.life_cycles import LifeCyclesSpec
from model.spec.organisation import KnowingOrganisationSpec

if TYPE_CHECKING:
    from tests.reference.carriers import ReferenceFirm
    from tests.reference.region import ReferenceRegion

_NEWBORN, _UNBORN = 0.03, 0.3
_FIRST_LEVEL = 0.05
_GENERATIONS = 64


def wanted_at(age: float, spec: LifeCyclesSpec) -> float:
    """Demand at an age against its prime: a rise and a fall, both logistic; little before birth."""
    before = _UNBORN * _NEWBORN
    if age < 0:
        return before
    rise = 1 / (1 + math.exp(-4 * (age / spec.rise - 1)))
    fall = 1 / (1 + math.exp(3.5 * (age - spec.fall) / (spec.length - spec.fall)))
    return (_NEWBORN + rise) * fall + before


def age_of(place: float, spec: LifeCyclesSpec, time: float) -> tuple[float, int]:
    """Age of what has a place in the turn of domains at a time, and how many have had the place before it."""
    turn = spec.length / (1 - spec.unborn_share)
    passed = place * turn + spec.turbulence * time
    before = math.floor(passed / turn)
    return passed - (before + spec.unborn_share) * turn, before


def turn(region: ReferenceRegion) -> None:
    """Let every domain age: some die and make room for others, and the world opens some."""
    spec, space = region.parameters.life_cycles, region.space
    if spec.turbulence == 0:
        return
    was_opened, was = space.opened.copy(), space.generation.copy()
    for d in region.domains:
        age, before = age_of(float(space.places[d]), spec, region.now - region.lead)
        space.domain_age[d], space.generation[d], space.opened[d] = age, before, age >= 0
    for d in region.domains:
        if space.generation[d] != was[d]:
            replace(region, d)
    for d in region.domains:
        if space.opened[d] and not was_opened[d]:
            teach_organisations(region, d)


def replace(region: ReferenceRegion, domain: int) -> None:
    """Let a domain die: its successor is unborn, unknown and unheard of, and hardly anything known is of use."""
    space, spread = region.space, region.parameters.potentials.spread
    for carrier in region.carriers:
        if not carrier.is_firm:
            carrier.know(domain, 0.0)
    for firm in region.firms:
        before = firm.knowledge[domain]
        kept = region.parameters.life_cycles.kept * before
        firm.know(domain, min(kept, _FIRST_LEVEL * space.frontier[domain]))
        region.book(constants.OBSOLESCENCE, firm.knowledge[domain] - before, firm)
        if firm.focus == domain:
            firm.focus = best_seller(firm)
    space.potential[domain] = hidden_potential(region, domain)
    region.belief[domain] = -(spread**2) / 2
    region.belief_precision[domain] = max(spread, 1e-6) ** -2
    region.publicity[domain] = 0.0
    region.discovered[domain] = -1


def best_seller(firm: ReferenceFirm) -> int:
    """The domain in which a firm earns most per employee."""
    region = firm.model
    strength = firm.knowledge / region.space.frontier
    return int((region.price * strength**region.parameters.market.knowledge_elasticity).argmax())


def hidden_potential(region: ReferenceRegion, domain: int) -> float:
    """Log of what research in a domain yields: drawn anew for whatever takes its place, with the mean 1."""
    spread = region.parameters.potentials.spread
    draw = 2 * (int(region.space.generation[domain]) + _GENERATIONS)
    luck = region.luck("potentials.draw", 0)
    return spread * luck.normal(domain, draw) - spread**2 / 2


def teach_organisations(region: ReferenceRegion, domain: int) -> None:
    """Let organisations know of what the world opens, each as likely and as well as at the start."""
    luck = region.luck("life_cycles.science", domain)
    draw = 2 * (int(region.space.generation[domain]) + _GENERATIONS)
    for organisation in region.organisations:
        spec = organisation.spec
        if isinstance(spec, KnowingOrganisationSpec):
            level = min(1.0, spec.knowledge * (0.5 + luck.uniform(organisation.seat, draw + 1)))
            knows = luck.uniform(organisation.seat, draw) < spec.breadth
            organisation.know(domain, level if knows else 0.0)
