"""Surveys: how far support asked for unrealistic leaps, what the region knows, what it has discovered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from tests.reference.learning import reach

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion


def judge_support(region: ReferenceRegion) -> None:
    """Count the money spent on firms, and the part of it that asked for an unrealistic leap.

    Support goes beyond a firm's reach where what the best firm knows in the domain supported lies further
    away than the reach of its absorptive capacity.
    """
    parameters = region.parameters
    best = parameters.recombination.held_level * region.space.frontier
    for firm in region.firms:
        best = np.maximum(best, firm.knowledge)
    supported = beyond = 0.0
    for firm in region.firms:
        if firm.support <= 0:
            continue
        supported += firm.support
        d = firm.support_domain if firm.support_domain >= 0 else firm.focus
        if best[d] - firm.knowledge[d] > reach(firm, firm.absorptive_capacity, firm.transfer)[d]:
            beyond += firm.support
    region.counts[constants.BEYOND_REACH] = beyond
    region.counts[constants.SUPPORTED] = supported


def survey(region: ReferenceRegion) -> None:
    """Summarise firms by domain; a latent domain is discovered once a firm holds it."""
    frontier, held_level = region.space.frontier, region.parameters.recombination.held_level
    density, knowledge, holders = (np.zeros(region.space.domains) for _ in range(3))
    employees = 0.0
    for firm in region.firms:
        strength = firm.knowledge / frontier
        employees += firm.size
        density += firm.size * firm.density
        knowledge += firm.size * strength
        holders += strength >= held_level
    region.domain_density = density / employees if employees > 0 else density
    region.domain_knowledge = knowledge / employees if employees > 0 else knowledge
    region.holders = holders
    region.discovered[(holders > 0) & (region.discovered < 0)] = region.now
    region.counts[constants.ACTIVE_DOMAINS] = (holders > 0).sum()
    region.counts[constants.DISCOVERED_DOMAINS] = (region.discovered > 0).sum()
