"""Exit of firms that fail and of clusters that nobody needs; entry of new firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from tests.reference.carriers import ReferenceFirm
from tests.reference.random_numbers import Luck

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_SECTOR, _PLACE, _WAY, _DOMAIN, _LEVEL, _SKILL, _INHERIT = 0, 1, 2, 3, 4, 6, 16
_ENTRANTS = 0


def leave(region: ReferenceRegion) -> None:
    """Let firms with more debt than they can carry leave; their ties end and their knowledge is lost."""
    failed = [firm for firm in region.firms if firm.cash < -firm.survival * region.wage * firm.size]
    for firm in failed:
        region.book(constants.EXIT, -firm.total, firm)
    closed = [carrier for carrier in region.carriers if carrier.unique_id in region.closing]
    region.closing.clear()
    region.counts[constants.EXITS] += len(failed)
    region.remove(failed + closed)


def enter(region: ReferenceRegion) -> None:
    """Let spin-offs, then start-ups and outliers, then supported start-ups enter."""
    spec = region.parameters.entry
    luck = region.luck("entry.spin_off")
    parents = [firm for firm in region.firms if luck.uniform(firm.unique_id, 0) < spec.spin_off_rate]
    expected = spec.start_up_rate * region.parameters.firms.number
    start_ups = int(expected + region.luck("entry.start_ups").uniform(_ENTRANTS, 0))
    luck = region.luck("entry.entrant")
    entrants = [
        *[spin_off(parent, luck) for parent in parents],
        *[start_up(region, luck) for _ in range(start_ups)],
        *[supported_start_up(region, domain, luck) for domain in region.supported_entries],
    ]
    region.supported_entries.clear()
    region.carriers += entrants
    region.counts[constants.ENTRIES] += len(entrants)
    for firm in entrants:
        region.book(constants.ENTRY, firm.total, firm)


def newcomer(region: ReferenceRegion) -> ReferenceFirm:
    """What all entrants have in common."""
    parameters = region.parameters
    firm = ReferenceFirm(region, region.new_identity())
    firm.born = region.now
    firm.size = parameters.entry.start_up_size
    firm.cash = parameters.market.initial_cash * firm.size * region.wage
    firm.rd_spending = parameters.firms.rd_intensity * region.wage
    firm.rd_stock = parameters.firms.rd_intensity / parameters.absorption.rd_depreciation
    return firm


def spin_off(parent: ReferenceFirm, luck: Luck) -> ReferenceFirm:
    """A firm that inherits part of what its parent knows (Klepper 2007)."""
    region = parent.model
    share = 2 * region.parameters.entry.spin_off_share
    firm = newcomer(region)
    firm.parent = parent.unique_id
    firm.sector, firm.place = parent.sector, parent.place
    firm.skill = firm.skill_base = parent.skill_base
    firm.openness = parent.openness
    inherited = [min(1.0, share * luck.uniform(firm.unique_id, _INHERIT + d)) for d in region.domains]
    firm.know(slice(None), parent.knowledge * inherited)
    firm.focus = int(firm.knowledge.argmax())
    return firm


def founder(region: ReferenceRegion, luck: Luck) -> ReferenceFirm:
    """A firm without a parent, in any sector and place."""
    parameters = region.parameters
    firm = newcomer(region)
    who = firm.unique_id
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


def start_up(region: ReferenceRegion, luck: Luck) -> ReferenceFirm:
    """A firm in a domain at home in its sector; an outlier begins in any other domain."""
    firm = founder(region, luck)
    outlier = luck.uniform(firm.unique_id, _WAY) < region.parameters.entry.outlier_share
    at_home = region.space.home == firm.sector
    discovered = region.discovered >= 0
    for possible in (discovered & (at_home != outlier), discovered & (at_home == outlier)):
        domains = np.flatnonzero(possible)
        if len(domains):
            chosen = by_weight(luck.uniform(firm.unique_id, _DOMAIN), region.space.start_up_weight[domains])
            begin_in(firm, int(domains[chosen]), luck)
            return firm
    begin_in(firm, 0, luck)
    return firm


def supported_start_up(region: ReferenceRegion, domain: int, luck: Luck) -> ReferenceFirm:
    """A firm in a domain that support asked for; in a latent one it succeeds with the region's density."""
    firm = founder(region, luck)
    home = int(region.space.home[domain])
    if home >= 0:
        firm.sector = home
    latent = region.discovered[domain] < 0
    if latent and luck.uniform(firm.unique_id, _WAY) >= region.domain_density[domain]:
        nearest = most_related(region, domain)
        domain = 0 if nearest is None else nearest
    begin_in(firm, domain, luck)
    return firm


def begin_in(firm: ReferenceFirm, domain: int, luck: Luck) -> None:
    """Know something of a domain, and half as much of the one most related to it."""
    region = firm.model
    usual = region.parameters.entry.start_up_knowledge * region.space.frontier
    level = 0.5 + luck.uniform(firm.unique_id, _LEVEL)
    firm.know(domain, usual[domain] * level)
    second = most_related(region, domain)
    if second is not None:
        level = 0.5 + luck.uniform(firm.unique_id, _LEVEL + 1)
        firm.know(second, 0.5 * usual[second] * level)
    firm.focus = domain


def most_related(region: ReferenceRegion, domain: int) -> int | None:
    """The discovered domain most related to another one."""
    others = (region.discovered >= 0) & (np.arange(len(region.domains)) != domain)
    if not others.any():
        return None
    return int(np.where(others, region.space.relatedness[domain], -1.0).argmax())
