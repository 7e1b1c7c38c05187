"""Instruments that work on ties: brokerage proposes them, joint projects make partners work together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from model.policy.orders import NOTHING, Delivery, Order, Scope
from tests.reference.carriers import NOBODY, Floats, ReferenceCarrier, ReferenceFirm, Tie
from tests.reference.clients import listeners
from tests.reference.learning import attention, expected_learning, length, novelty
from tests.reference.random_numbers import Luck
from tests.reference.selection import choose_firms
from tests.reference.ties import connect, may_meet

if TYPE_CHECKING:
    from tests.reference.organisations import ReferenceOrganisation
    from tests.reference.region import ReferenceRegion

_FIRST = 2
_TRIES = 16


def broker(
    region: ReferenceRegion,
    order: Order,
    money: float,
    organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Propose ties: the best match of a few candidates is proposed, and both sides accept or refuse."""
    spec, ties = region.parameters.instruments.brokerage, region.parameters.ties
    units = int(money / spec.unit_cost)
    if units == 0 or not region.network_evolves:
        return NOTHING
    priority = np.zeros(region.space.domains) if order.target.domains is None else order.target.domains
    proposed = accepted = 0
    for firm in choose_firms(region, order.target, luck, listeners(organisation, units)):
        if proposed == units or firm.degree >= ties.slots:
            continue
        match = best_match(firm, order.target.scope, priority, luck)
        if match is None:
            continue
        proposed += 1
        firm.support += spec.unit_cost
        own, theirs = expected_learning(firm, match), expected_learning(match, firm)
        if own > ties.cost and theirs > ties.cost:
            connect(firm, match, int(constants.BROKERED), own, theirs)
            accepted += 1
    return Delivery(proposed * spec.unit_cost, proposed, accepted / proposed if proposed else 0.0)


def best_match(firm: ReferenceFirm, scope: Scope, priority: Floats, luck: Luck) -> ReferenceFirm | None:
    """The candidate from whom most can be learned; what is understood of priorities counts once more."""
    best, best_merit = None, 0.0
    spec = firm.model.parameters
    for number in range(spec.instruments.brokerage.candidates):
        candidate = find_candidate(firm, scope, _FIRST + number * _TRIES, luck)
        if candidate is None or not may_meet(firm, candidate):
            continue
        f = novelty(firm, candidate)
        merit = spec.absorption.learning_rate * (
            attention(firm, firm.degree + 1) * length(f) + float((priority * f * f).sum())
        )
        if merit > best_merit:
            best, best_merit = candidate, merit
    return best


def find_candidate(firm: ReferenceFirm, scope: Scope, draw: int, luck: Luck) -> ReferenceFirm | None:
    """Another firm within the scope, if one is found in a few tries."""
    carriers = firm.model.carriers
    for number in range(_TRIES):
        other = carriers[luck.index(firm.seat, draw + number, len(carriers))]
        if isinstance(other, ReferenceFirm) and other is not firm and fits(firm, other, scope):
            return other
    return None


def fits(firm: ReferenceFirm, other: ReferenceCarrier, scope: Scope) -> bool:
    """Whether a pair is across sectors, or inside a cluster or, without one, a sector and place; or any pair."""
    if scope == "across":
        return firm.sector != other.sector
    if scope == "inside" and firm.cluster != NOBODY:
        return firm.cluster == other.cluster
    return scope == "any" or (firm.sector, firm.place) == (other.sector, other.place)


def start_projects(
    region: ReferenceRegion,
    order: Order,
    money: float,
    _organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Start a joint project on the youngest tie of chosen firms that fits and has none."""
    spec = region.parameters.instruments.joint_project
    units, started = int(money / spec.unit_cost), 0
    if units == 0:
        return NOTHING
    for firm in choose_firms(region, order.target, luck, len(region.carriers)):
        tie = next((t for t in reversed(firm.ties) if may_start(firm, t, order.target.scope)), None)
        if tie is None or started == units:
            continue
        for side, member in ((tie, firm), (firm.back(tie), tie.partner)):
            side.project = spec.duration
            side.project_success = 0
            member.support += spec.unit_cost / 2
        started += 1
    return Delivery(started * spec.unit_cost, started, float(started > 0))


def may_start(firm: ReferenceFirm, tie: Tie, scope: Scope) -> bool:
    """Whether a tie has no project and is within the scope: the same cluster or, without one, sector."""
    if tie.project > 0:
        return False
    if scope == "across":
        return firm.sector != tie.partner.sector
    if scope == "inside" and firm.cluster != NOBODY:
        return firm.cluster == tie.partner.cluster
    return scope == "any" or firm.sector == tie.partner.sector
