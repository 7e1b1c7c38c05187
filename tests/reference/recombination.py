"""Recombination of two pieces of knowledge into a third, inside a firm and with partners."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from tests.reference.carriers import Floats, ReferenceFirm, Tie
from tests.reference.random_numbers import Luck

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_ATTEMPT, _OPEN, _PARTNER, _OWN, _OTHER, _SUCCESS, _CHILD, _ENTRY = 0, 1, 2, 3, 4, 5, 6, 7
_PROJECTS = 16
_DRAWS = 8


@dataclass(frozen=True)
class Success:
    """What came of a recombination: its parents and child, and what share of the way to a level is gone."""

    first: int
    second: int
    child: int
    step: float
    level: float

    def gain(self, firm: ReferenceFirm) -> float:
        """What a firm learns from it."""
        return self.step * max(0.0, self.level - float(firm.knowledge[self.child]))


def recombine(region: ReferenceRegion) -> None:
    """Let firms recombine, one after the other: once on their own account, then in joint projects."""
    luck = region.luck("recombination.attempt")
    for firm in region.firms:
        own_attempt(firm, luck)
        if region.parameters.channels.networked_recombination:
            project_attempts(firm, luck)


def own_attempt(firm: ReferenceFirm, luck: Luck) -> None:
    """Combine with a domain of the firm's own or, with the probability of its openness, of a partner."""
    parameters, who = firm.model.parameters, firm.seat
    if luck.uniform(who, _ATTEMPT) >= parameters.recombination.attempts:
        return
    tie = None
    can_meet = parameters.channels.networked_recombination and firm.ties
    if can_meet and luck.uniform(who, _OPEN) < firm.openness:
        tie = firm.ties[luck.index(who, _PARTNER, firm.degree)]
    attempt(firm, tie, 0, luck)


def project_attempts(firm: ReferenceFirm, luck: Luck) -> None:
    """Make the attempt that each joint project gets in a step: the older partner makes it."""
    for slot, tie in enumerate(firm.ties):
        if tie.project > 0 and firm.seat < tie.partner.seat:
            attempt(firm, tie, _PROJECTS + _DRAWS * slot, luck)


def attempt(firm: ReferenceFirm, tie: Tie | None, draws: int, luck: Luck) -> None:
    """Count an attempt, if there is anything to combine, and book its success."""
    parents = draw_parents(firm, tie, draws, luck)
    if parents is None:
        return
    region = firm.model
    region.counts[constants.INTERNAL_ATTEMPTS if tie is None else constants.NETWORKED_ATTEMPTS] += 1
    success = try_to_combine(firm, tie, parents, draws, luck)
    if success is None:
        return
    region.experiments[success.child] += 1
    if tie is None:
        succeed_alone(firm, success)
    else:
        succeed_together(firm, tie, success)


def draw_index(weights: Floats, threshold: float) -> int | None:
    """Draw an index in proportion to weights; ``None`` where all are zero."""
    passed = np.cumsum(weights)
    if passed[-1] <= 0:
        return None
    beyond = np.flatnonzero(passed > threshold * passed[-1])
    return int(beyond[0] if len(beyond) else np.flatnonzero(weights)[-1])


def draw_parents(firm: ReferenceFirm, tie: Tie | None, draws: int, luck: Luck) -> tuple[int, int] | None:
    """Draw a domain ``d ~ K_d`` and a second: the own ``e ~ K_e phi (1 - phi)``, or what a partner knows more of."""
    who = firm.seat
    first = draw_index(firm.knowledge, luck.uniform(who, draws + _OWN))
    if first is None:
        return None
    phi = firm.model.space.relatedness[first]
    if tie is None:
        offer = firm.knowledge.copy()
        offer[first] = 0.0
    else:
        offer = np.maximum(0.0, tie.partner.knowledge - firm.knowledge)
    second = draw_index(offer * phi * (1 - phi), luck.uniform(who, draws + _OTHER))
    return None if second is None else (first, second)


def try_to_combine(
    firm: ReferenceFirm, tie: Tie | None, parents: tuple[int, int], draws: int, luck: Luck
) -> Success | None:
    """Succeed with ``A 4 phi (1 - phi)``, times a partner's novelty; the child is drawn by feasibility.

    A child can reach ``zeta sqrt(K_d K_e)``; one that nobody holds needs a level that grows with its
    complexity. Alone, a firm seldom gets into a domain new to it, and not beyond the frontier.
    """
    region, who = firm.model, firm.seat
    spec, space = region.parameters.recombination, region.space
    d, e = parents
    phi = float(space.relatedness[d, e])
    chance = firm.absorptive_capacity * 4 * phi * (1 - phi)
    other = float((firm if tie is None else tie.partner).knowledge[e])
    if tie is not None:
        chance *= spec.networked_chance * (1 - min(1.0, float(firm.knowledge[e]) / other))
    if luck.uniform(who, draws + _SUCCESS) >= chance:
        return None
    feasible = space.relatedness[d] * space.relatedness[e] * (1 - space.complexity)
    feasible[[d, e]] = 0.0
    c = draw_index(feasible, luck.uniform(who, draws + _CHILD))
    if c is None:
        return None
    level = spec.potential * math.sqrt(float(firm.knowledge[d]) * other)
    if tie is None:
        level = min(level, spec.internal_ceiling * space.frontier[c])
        held = firm.knowledge[c] >= spec.held_level * space.frontier[c]
        if not held and luck.uniform(who, draws + _ENTRY) >= spec.internal_entry:
            return None
    threshold = spec.opened_threshold if space.opened[c] else spec.latent_threshold
    needed = threshold * (1 + space.complexity[c]) * space.frontier[c]
    if region.discovered[c] < 0 and level < needed:
        return None
    # Fleming (2001): the far combination that succeeds is worth more.
    return Success(d, e, c, min(1.0, spec.gain * 2 * (1 - phi)), level)


def succeed_alone(firm: ReferenceFirm, success: Success) -> None:
    """Book an internal recombination; it crosses sectors if its parents are at home in different ones."""
    region = firm.model
    gain = firm.gain(success.child, success.gain(firm))
    same = region.space.home[success.first] == region.space.home[success.second]
    source = (
        constants.RECOMBINATION_INTERNAL_SAME_SECTOR
        if same
        else constants.RECOMBINATION_INTERNAL_CROSS_SECTOR
    )
    region.counts[constants.INTERNAL_SUCCESSES] += 1
    region.counts[constants.INTERNAL_GAIN] += gain
    region.book(source, gain, firm)


def succeed_together(firm: ReferenceFirm, tie: Tie, success: Success) -> None:
    """Book a networked recombination: both partners gain."""
    region, partner = firm.model, tie.partner
    same = firm.sector == partner.sector
    source = (
        constants.RECOMBINATION_NETWORKED_SAME_SECTOR
        if same
        else constants.RECOMBINATION_NETWORKED_CROSS_SECTOR
    )
    region.counts[constants.NETWORKED_SUCCESSES] += 1
    region.counts[constants.REPEATED_SUCCESSES] += tie.success > 0
    gains = [(member, member.gain(success.child, success.gain(member))) for member in (firm, partner)]
    for side, (member, gain) in zip((tie, firm.back(tie)), gains, strict=True):
        region.counts[constants.NETWORKED_GAIN] += gain
        region.book(source, gain, member)
        if tie.origin == constants.BROKERED:
            region.note(constants.BROKERED_RECOMBINATION, gain, member)
        side.learn(gain)
        side.success += 1
        side.project_success += 1
