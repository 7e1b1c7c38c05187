"""Exit of firms that fail and of clusters that nobody needs; entry of new firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from tests.reference.carriers import ReferenceFirm, Vacancy
from tests.reference.random_numbers import Luck
from tests.reference.research import believed_worth, price_without_potential

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_SECTOR, _PLACE, _WAY, _DOMAIN, _LEVEL, _SKILL, _INHERIT = 0, 1, 2, 3, 4, 6, 16
_KIND, _PARENT = 0, 1


def leave(region: ReferenceRegion) -> None:
    """Let firms leave that have more debt than they can carry, or for reasons of their own; their ties end.

    The hazard falls with size and with support for survival. Seats of the start that an entrant will take
    over stay, vacant; all others go.
    """
    gone = [firm for firm in region.firms if fails(firm)]
    for firm in gone:
        region.book(constants.EXIT, -firm.total, firm)
    region.counts[constants.EXITS] += len(gone)
    vacated = {firm.unique_id: firm.seat for firm in gone if is_taken_over(firm)}
    closed = [carrier for carrier in region.carriers if carrier.unique_id in region.closing]
    region.closing.clear()
    region.carriers = [
        Vacancy(region, carrier.seat) if carrier.unique_id in vacated else carrier
        for carrier in region.carriers
    ]
    region.remove(gone + closed)


def fails(firm: ReferenceFirm) -> bool:
    """Whether a firm leaves: too much debt, or a hazard of ``hazard size ** -beta / (1 + survival)``."""
    region = firm.model
    spec = region.parameters.market
    hazard = spec.exit_hazard * firm.size ** -float(spec.exit_scaling) / (1 + firm.survival)
    indebted = firm.cash < -firm.survival * region.wage * firm.size
    return bool(indebted or region.luck("market.exit").uniform(firm.seat, 0) < hazard)


def is_taken_over(firm: ReferenceFirm) -> bool:
    """Whether an entrant will take over the seat of a firm: as many as that are seats of the start."""
    region = firm.model
    chance = region.parameters.entry.replacement
    lucky = region.luck("entry.replacement").uniform(firm.seat, 0) < chance
    return firm.seat < region.parameters.firms.number and (chance == 1 or lucky)


def enter(region: ReferenceRegion) -> None:
    """Let spin-offs and start-ups take over vacant seats, then supported start-ups enter."""
    parents = {place: find_parent(region, place) for place in vacant(region)}
    luck = region.luck("entry.entrant")
    entrants = []
    for place, parent in parents.items():
        seat = region.carriers[place].seat
        firm = start_up(region, seat, luck) if parent is None else spin_off(parent, seat, luck)
        region.carriers[place] = firm
        entrants.append(firm)
    for domain in region.supported_entries:
        firm = supported_start_up(region, domain, luck)
        region.carriers.append(firm)
        entrants.append(firm)
    region.supported_entries.clear()
    region.counts[constants.ENTRIES] += len(entrants)
    for firm in entrants:
        region.book(constants.ENTRY, firm.total, firm)


def vacant(region: ReferenceRegion) -> list[int]:
    """Places of vacant seats among all carriers."""
    return [place for place, carrier in enumerate(region.carriers) if isinstance(carrier, Vacancy)]


def find_parent(region: ReferenceRegion, place: int) -> ReferenceFirm | None:
    """From whom an entrant spins off: the first firm from some carrier on, if it is no start-up."""
    luck, seat = region.luck("entry.parent"), region.carriers[place].seat
    if luck.uniform(seat, _KIND) >= region.parameters.entry.spin_offs:
        return None
    first = luck.index(seat, _PARENT, len(region.carriers))
    asked = region.carriers[first:] + region.carriers[:first]
    return next((carrier for carrier in asked if isinstance(carrier, ReferenceFirm)), None)


def newcomer(region: ReferenceRegion, seat: int | None) -> ReferenceFirm:
    """What all entrants have in common; who takes over no seat brings one, called like itself."""
    parameters = region.parameters
    firm = ReferenceFirm(region, region.new_identity())
    firm.seat = firm.unique_id if seat is None else seat
    firm.born = region.now
    firm.size = parameters.entry.start_up_size
    firm.cash = parameters.market.initial_cash * firm.size * region.wage
    firm.rd_spending = parameters.firms.rd_intensity * region.wage
    firm.rd_stock = parameters.firms.rd_intensity / parameters.absorption.rd_depreciation
    return firm


def spin_off(parent: ReferenceFirm, seat: int, luck: Luck) -> ReferenceFirm:
    """A firm that inherits part of what its parent knows (Klepper 2007)."""
    region = parent.model
    share = 2 * region.parameters.entry.spin_off_share
    firm = newcomer(region, seat)
    firm.parent = parent.unique_id
    firm.sector, firm.place = parent.sector, parent.place
    firm.skill = firm.skill_base = parent.skill_base
    firm.openness = parent.openness
    inherited = [min(1.0, share * luck.uniform(firm.seat, _INHERIT + d)) for d in region.domains]
    firm.know(slice(None), parent.knowledge * inherited)
    firm.focus = int(firm.knowledge.argmax())
    return firm


def founder(region: ReferenceRegion, seat: int | None, luck: Luck) -> ReferenceFirm:
    """A firm without a parent, in any sector and place."""
    parameters = region.parameters
    firm = newcomer(region, seat)
    who = firm.seat
    spread = parameters.firms.skill_spread * (2 * luck.uniform(who, _SKILL) - 1)
    firm.skill = firm.skill_base = min(1.0, max(0.0, parameters.firms.skill_mean + spread))
    firm.openness = parameters.entry.start_up_openness
    firm.sector = by_weight(luck.uniform(who, _SECTOR), region.space.sector_weight)
    firm.place = luck.index(who, _PLACE, parameters.firms.places)
    return firm


def by_weight(luck: float, weights: np.ndarray) -> int:
    """The index in whose part of all weights, laid end to end, a lucky number falls."""
    ends = np.cumsum(weights)
    return min(len(weights) - 1, int(np.searchsorted(ends, luck * ends[-1], side="right")))


def start_up(region: ReferenceRegion, seat: int, luck: Luck) -> ReferenceFirm:
    """A firm in a domain at home in its sector, likelier where more is earned; an outlier in any other."""
    firm = founder(region, seat, luck)
    outlier = luck.uniform(firm.seat, _WAY) < region.parameters.entry.outlier_share
    at_home = region.space.home == firm.sector
    discovered = region.discovered >= 0
    opportunity = region.space.start_up_weight * np.array(
        [price_without_potential(region, d) * believed_worth(region, d) for d in region.domains]
    )
    for possible in (discovered & (at_home != outlier), discovered & (at_home == outlier)):
        domains = np.flatnonzero(possible)
        if len(domains):
            chosen = by_weight(luck.uniform(firm.seat, _DOMAIN), opportunity[domains])
            begin_in(firm, int(domains[chosen]), luck)
            return firm
    begin_in(firm, 0, luck)
    return firm


def supported_start_up(region: ReferenceRegion, domain: int, luck: Luck) -> ReferenceFirm:
    """A firm in a domain that support asked for; in a latent one it succeeds with the region's density."""
    firm = founder(region, None, luck)
    home = int(region.space.home[domain])
    if home >= 0:
        firm.sector = home
    latent = region.discovered[domain] < 0
    if latent and luck.uniform(firm.seat, _WAY) >= region.domain_density[domain]:
        nearest = most_related(region, domain)
        domain = 0 if nearest is None else nearest
    begin_in(firm, domain, luck)
    return firm


def begin_in(firm: ReferenceFirm, domain: int, luck: Luck) -> None:
    """Know something of a domain, and half as much of the one most related to it."""
    region = firm.model
    usual = region.parameters.entry.start_up_knowledge * region.space.frontier
    level = 0.5 + luck.uniform(firm.seat, _LEVEL)
    firm.know(domain, usual[domain] * level)
    second = most_related(region, domain)
    if second is not None:
        level = 0.5 + luck.uniform(firm.seat, _LEVEL + 1)
        firm.know(second, 0.5 * usual[second] * level)
    firm.focus = domain


def most_related(region: ReferenceRegion, domain: int) -> int | None:
    """The discovered domain most related to another one."""
    others = (region.discovered >= 0) & (np.arange(len(region.domains)) != domain)
    if not others.any():
        return None
    return int(np.where(others, region.space.relatedness[domain], -1.0).argmax())
