"""Forgetting: nobody stays good at everything."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion


def forget(region: ReferenceRegion) -> None:
    """Let knowledge decay: ``K <- K [1 - delta (1 + nu (S / C) (1 - K_d / K_max))]``, then ``K / (1 + g)``.

    ``S`` is all that a firm knows, ``C = capacity sqrt(h) (1 + capacity_growth ln size)`` what it can keep
    up; what it knows best is forgotten slowest. ``g`` is the growth of the frontier, in units of which
    knowledge is counted: what does not grow with it becomes obsolete.
    """
    spec = region.parameters.forgetting
    for firm in region.firms:
        before = firm.total
        if before <= 0:
            continue
        growth = 1 + spec.capacity_growth * math.log(max(1.0, firm.size))
        room = spec.capacity * math.sqrt(max(firm.skill, 1e-9)) * growth
        overload = spec.overload * before / room * (1 - firm.knowledge / firm.knowledge.max())
        decay = np.minimum(1.0, spec.rate * (1 + overload))
        firm.know(slice(None), firm.knowledge * (1 - decay))
        left = firm.total
        firm.know(slice(None), firm.knowledge / (1 + region.space.frontier_growth))
        region.book(constants.FORGETTING, left - before, firm)
        region.book(constants.OBSOLESCENCE, firm.total - left, firm)
