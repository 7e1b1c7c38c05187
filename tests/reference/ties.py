"""Ties between firms: kept, dropped and sought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.kernels import constants
from tests.reference.carriers import ReferenceCarrier, ReferenceFirm, Tie, single
from tests.reference.learning import expected_learning
from tests.reference.random_numbers import Luck

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_SEEK, _WAY, _FIRST = 0, 1, 2
_TRIES = 16
_NOBODY = 2**40


def keep_or_drop_ties(region: ReferenceRegion) -> None:
    """Smooth what each tie taught; judge every tie once and end those that are not worth it."""
    memory = region.parameters.ties.memory
    for firm in region.firms:
        for tie in firm.ties:
            tie.value = single((1 - memory) * tie.value + memory * tie.gain)
            tie.gain = 0.0
            tie.age += 1
    for firm in region.firms:
        place = 0
        while place < firm.degree:
            tie = firm.ties[place]
            # The older firm judges for both; a last tie that has come to this place is judged next.
            if firm.seat < tie.partner.seat and judge(firm, tie) and region.network_evolves:
                other = firm.back(tie)
                sever(tie.partner, other)
                sever(firm, tie)
                region.counts[constants.TIES_DROPPED] += 1
            else:
                place += 1


def judge(firm: ReferenceFirm, tie: Tie) -> bool:
    """Whether a tie is not worth keeping: a project that ends without success, or too little learning."""
    spec = firm.model.parameters.ties
    other = firm.back(tie)
    if tie.project > 0:
        tie.project -= 1
        other.project -= 1
        return tie.project == 0 and tie.project_success == 0
    return tie.age > spec.patience and min(tie.value, other.value) < spec.cost


def sever(firm: ReferenceFirm, tie: Tie) -> None:
    """End one side of a tie; the last tie of the firm takes its place."""
    place = firm.ties.index(tie)
    last = firm.ties.pop()
    if last is not tie:
        firm.ties[place] = last


def connect(firm: ReferenceFirm, partner: ReferenceFirm, origin: int, own: float, theirs: float) -> None:
    """Tie two firms that both expect to learn from it."""
    firm.ties.append(Tie(partner, origin=origin, value=single(own)))
    partner.ties.append(Tie(firm, origin=origin, value=single(theirs)))
    firm.model.counts[constants.TIES_FORMED] += 1


def seek_partners(region: ReferenceRegion) -> None:
    """Let firms seek partners, beginning with a random carrier; the best candidate is asked.

    A tie comes about if the learning that each side expects from it exceeds its cost.
    """
    if not region.network_evolves:
        return
    spec = region.parameters.ties
    luck = region.luck("ties.seek")
    start = int(luck.uniform(_NOBODY, 0) * len(region.carriers))
    for firm in region.carriers[start:] + region.carriers[:start]:
        if not isinstance(firm, ReferenceFirm) or firm.degree >= spec.slots:
            continue
        if luck.uniform(firm.seat, _SEEK) < spec.search_probability:
            seek(firm, luck)


def seek(firm: ReferenceFirm, luck: Luck) -> None:
    """Look at a few candidates and ask the one that most can be learned from."""
    spec = firm.model.parameters.ties
    way = luck.uniform(firm.seat, _WAY)
    best, best_value = None, spec.cost
    for number in range(spec.search_breadth):
        candidate = draw_candidate(firm, way, _FIRST + number * _TRIES, luck)
        if candidate is None or not may_meet(firm, candidate):
            continue
        value = expected_learning(firm, candidate)
        if value > best_value:
            best, best_value = candidate, value
    if best is not None:
        theirs = expected_learning(best, firm)
        if theirs > spec.cost:
            connect(firm, best, int(constants.OWN_SEARCH), best_value, theirs)


def may_meet(firm: ReferenceFirm, other: ReferenceCarrier) -> bool:
    """Whether somebody is another firm that has a slot left and is no partner yet."""
    free = other.degree < firm.model.parameters.ties.slots
    return other.is_firm and other is not firm and free and firm.tie_to(other) is None


def draw_candidate(firm: ReferenceFirm, way: float, draw: int, luck: Luck) -> ReferenceCarrier | None:
    """Draw a partner's partner, somebody of the own sector or place, or anybody."""
    spec, carriers, who = firm.model.parameters.ties, firm.model.carriers, firm.seat
    if way < spec.friends_of_friends:
        if not firm.ties:
            return None
        friend = firm.ties[luck.index(who, draw, firm.degree)].partner
        return friend.ties[luck.index(who, draw + 1, friend.degree)].partner
    anybody = way >= spec.friends_of_friends + spec.same_sector_or_place
    for number in range(_TRIES):
        candidate = carriers[luck.index(who, draw + number, len(carriers))]
        if anybody or candidate.sector == firm.sector or candidate.place == firm.place:
            return candidate
    return None
