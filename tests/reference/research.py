"""A firm's own research, and the choice of what to do research on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from tests.reference.carriers import Floats, ReferenceFirm
from tests.reference.random_numbers import Luck

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_REVIEW, _EXPLORE, _WHERE, _PERCEIVE = 0, 1, 2, 3
_NOTICE = 2**20
_USUAL_EFFORT = 0.4
_MEMORY = 0.1


def choose_focus(region: ReferenceRegion) -> None:
    """Let some firms reconsider their focus: explore with the probability of their openness, else exploit."""
    luck = region.luck("research.focus")
    for firm in region.firms:
        if luck.uniform(firm.seat, _REVIEW) >= region.parameters.research.focus_review:
            continue
        if luck.uniform(firm.seat, _EXPLORE) < firm.openness:
            explore(firm, luck)
        else:
            exploit(firm, luck)


def holds(firm: ReferenceFirm, domain: int) -> bool:
    """Whether a firm knows enough of a domain to hold it."""
    region = firm.model
    needed = region.parameters.recombination.held_level * region.space.frontier[domain]
    return bool(firm.knowledge[domain] >= needed)


def expected_worth(firm: ReferenceFirm, domain: int) -> float:
    """What a firm expects a domain's hidden potential to be: it knows of what it holds, else what all believe."""
    if holds(firm, domain):
        return math.exp(firm.model.space.potential[domain])
    return believed_worth(firm.model, domain)


def believed_worth(region: ReferenceRegion, domain: int) -> float:
    """What all believe of a domain's hidden potential; the mean of a log-normal number is ``exp(mu + var / 2)``."""
    return math.exp(region.belief[domain] + 1 / (2 * region.belief_precision[domain]))


def price_without_potential(region: ReferenceRegion, domain: int) -> float:
    """What an offer of no more than usual potential earned at the last sale."""
    return float(region.price[domain]) / math.exp(region.space.potential[domain])


def attention(region: ReferenceRegion, domain: int) -> float:
    """Probability that a firm considers a domain: what is held nearby, opened in the world, or published."""
    if region.discovered[domain] >= 0:
        return 1.0
    heard = region.parameters.research.opened_attention if region.space.opened[domain] else 0.0
    return max(heard, float(region.publicity[domain]))


def ease(region: ReferenceRegion, domain: int) -> float:
    """Productivity of research in a domain: a door that costs, and critical mass.

    Related effort ``x``, against what makes no difference, helps by ``1 - m + m 2 x^2 / (1 + x^2)``.
    """
    spec, space = region.parameters.research, region.space
    result = 1.0
    if region.discovered[domain] < 0:
        result = spec.opened_ease if space.opened[domain] else spec.latent_ease
    mass = (region.effort[domain] / spec.critical_effort) ** 2
    return float(result * (1 - spec.critical_mass + spec.critical_mass * 2 * mass / (1 + mass)))


def explore(firm: ReferenceFirm, luck: Luck) -> None:
    """Draw another domain considered, in proportion to ``phi_focus,d omega_d`` and its potential (March 1991)."""
    region = firm.model
    weights: Floats = np.zeros(len(region.domains))
    for d in region.domains:
        if d != firm.focus:
            near = region.space.relatedness[firm.focus, d] * firm.density[d]
            weights[d] = near * attention(region, d) * expected_worth(firm, d)
    passed = np.cumsum(weights)
    beyond = np.flatnonzero(passed > luck.uniform(firm.seat, _WHERE) * passed[-1])
    if len(beyond):
        firm.focus = int(beyond[0])


def exploit(firm: ReferenceFirm, luck: Luck) -> None:
    """Take the domain whose research seems to add most revenue: all noticed, or without foresight those held."""
    region = firm.model
    research = region.parameters.research
    best = -1.0
    for d in region.domains:
        held = firm.knowledge[d] / region.space.frontier[d] >= region.parameters.recombination.held_level
        noticed = research.foresight > 0 and luck.uniform(firm.seat, _NOTICE + d) < attention(region, d)
        if not held and not noticed:
            continue
        error = math.exp(research.perception_noise * luck.normal(firm.seat, _PERCEIVE + 2 * d))
        worth = added_revenue(firm, d) * error
        if worth > best:
            best = worth
            firm.focus = d


def added_revenue(firm: ReferenceFirm, domain: int) -> float:
    """Revenue per employee that research in a domain would add: in the quarters looked ahead, or at the margin.

    ``p (s_H^theta - s^theta)`` with ``s_H = s + (1 - s) (1 - exp(-H progress))``.
    """
    region = firm.model
    space, parameters = region.space, region.parameters
    theta = parameters.market.knowledge_elasticity
    strength = firm.knowledge[domain] / space.frontier[domain]
    room = max(0.0, 1 - strength)
    progress = math.sqrt(firm.density[domain]) * (1 - space.complexity[domain]) * ease(region, domain)
    price = price_without_potential(region, domain) * expected_worth(firm, domain)
    horizon = parameters.research.foresight
    if horizon == 0:
        slope = theta * strength ** (theta - 1) / space.frontier[domain]
        return float(price * slope * progress * room)
    closed = 1 - math.exp(-horizon * _USUAL_EFFORT * parameters.research.productivity * progress)
    return float(price * ((strength + room * closed) ** theta - strength**theta))


def research(region: ReferenceRegion) -> None:
    """Turn R&D, own and subsidised, into knowledge and into the stock behind absorptive capacity.

    R&D is work, so that money buys less of it where wages are high; part of a subsidy replaces own R&D.
    """
    parameters, space = region.parameters, region.space
    easy = [ease(region, d) for d in region.domains]
    flow = np.zeros(len(region.domains))
    for firm in region.firms:
        for tie in firm.ties:
            if tie.project > 0:
                firm.subsidy += parameters.instruments.joint_project.effort / firm.size
        own = max(0.0, firm.rd_spending - parameters.instruments.rd_grant.crowding_out * firm.subsidy)
        effort = (own + firm.subsidy) / region.wage
        firm.rd_cost = own * firm.size
        firm.rd_stock = (1 - parameters.absorption.rd_depreciation) * firm.rd_stock + effort
        share_themed = 0.0
        if firm.earmark not in (-1, firm.focus) and firm.subsidy > 0:
            share_themed = firm.subsidy / (own + firm.subsidy)
        work_in(firm, firm.focus, effort, 1 - share_themed, firm.rd_spending / region.wage, easy, flow)
        if share_themed > 0:
            work_in(firm, firm.earmark, effort, share_themed, 0.0, easy, flow)
    for d in region.domains:
        related = float((space.relatedness[d] ** 2 * flow).sum())
        region.effort[d] += _MEMORY * (related - region.effort[d])


def work_in(
    firm: ReferenceFirm, d: int, effort: float, share: float, usual: float, easy: list[float], flow: Floats
) -> None:
    """Do research in a domain: ``rho E / (E + E0) ease sqrt(omega) (1 - c) max(0, 1 - K / W)``.

    A share of all effort brings this share of the gain; what the usual effort would have brought is not
    induced by policy.
    """
    region = firm.model
    spec, space = region.parameters.research, region.space
    room = max(0.0, 1 - firm.knowledge[d] / space.frontier[d])
    scale = spec.productivity * math.sqrt(firm.density[d]) * (1 - space.complexity[d]) * room * easy[d]
    gain = scale * share * effort / (effort + spec.effort_half_saturation) * (1 + firm.efficiency)
    without = scale * usual / (usual + spec.effort_half_saturation)
    flow[d] += share * effort * firm.size
    region.book(constants.RESEARCH, firm.gain(d, gain), firm)
    region.note(constants.POLICY_INDUCED_RESEARCH, gain - without, firm)
