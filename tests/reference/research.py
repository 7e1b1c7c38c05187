"""A firm's own research, and the choice of what to do research on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from tests.reference.carriers import ReferenceFirm
from tests.reference.random_numbers import Luck

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_REVIEW, _EXPLORE, _WHERE, _PERCEIVE = 0, 1, 2, 3


def choose_focus(region: ReferenceRegion) -> None:
    """Let some firms reconsider their focus: explore with the probability of their openness, else exploit."""
    luck = region.luck("research.focus")
    for firm in region.firms:
        if luck.uniform(firm.unique_id, _REVIEW) >= region.parameters.research.focus_review:
            continue
        if luck.uniform(firm.unique_id, _EXPLORE) < firm.openness:
            explore(firm, luck)
        else:
            exploit(firm, luck)


def explore(firm: ReferenceFirm, luck: Luck) -> None:
    """Draw another discovered domain in proportion to ``phi_focus,d omega_d`` (March 1991)."""
    region = firm.model
    possible = (region.discovered >= 0) & (np.arange(len(region.domains)) != firm.focus)
    weights = np.where(possible, region.space.relatedness[firm.focus] * firm.density, 0.0)
    passed = np.cumsum(weights)
    beyond = np.flatnonzero(passed > luck.uniform(firm.unique_id, _WHERE) * passed[-1])
    if len(beyond):
        firm.focus = int(beyond[0])


def exploit(firm: ReferenceFirm, luck: Luck) -> None:
    """Take the domain held whose research seems to add most revenue: backward-looking and noisy."""
    region = firm.model
    space, parameters = region.space, region.parameters
    theta = parameters.market.knowledge_elasticity
    best = -1.0
    for d in region.domains:
        strength = firm.knowledge[d] / space.frontier[d]
        if strength < parameters.recombination.held_level:
            continue
        progress = math.sqrt(firm.density[d]) * (1 - space.complexity[d]) * max(0.0, 1 - strength)
        revenue = region.price[d] * theta * strength ** (theta - 1) / space.frontier[d]
        error = math.exp(
            parameters.research.perception_noise * luck.normal(firm.unique_id, _PERCEIVE + 2 * d)
        )
        if revenue * progress * error > best:
            best = revenue * progress * error
            firm.focus = d


def research(region: ReferenceRegion) -> None:
    """Turn R&D, own and subsidised, into knowledge and into the stock behind absorptive capacity.

    ``rho E / (E + E0) sqrt(omega) (1 - c) max(0, 1 - K / W)``; part of a subsidy replaces own R&D.
    """
    parameters, space = region.parameters, region.space
    spec = parameters.research
    for firm in region.firms:
        for tie in firm.ties:
            if tie.project > 0:
                firm.subsidy += parameters.instruments.joint_project.effort / firm.size
        own = max(0.0, firm.rd_spending - parameters.instruments.rd_grant.crowding_out * firm.subsidy)
        effort = own + firm.subsidy
        firm.rd_cost = own * firm.size
        firm.rd_stock = (1 - parameters.absorption.rd_depreciation) * firm.rd_stock + effort

        d = firm.focus
        room = max(0.0, 1 - firm.knowledge[d] / space.frontier[d])
        scale = spec.productivity * math.sqrt(firm.density[d]) * (1 - space.complexity[d]) * room
        gain = scale * effort / (effort + spec.effort_half_saturation) * (1 + firm.efficiency)
        without = scale * firm.rd_spending / (firm.rd_spending + spec.effort_half_saturation)
        region.book(constants.RESEARCH, firm.gain(d, gain), firm)
        region.note(constants.POLICY_INDUCED_RESEARCH, gain - without, firm)
