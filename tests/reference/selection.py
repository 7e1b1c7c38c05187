"""Which firms an order is meant for, in the order in which they are served."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.policy.orders import ANY_CLUSTER, Target
from tests.reference.carriers import ReferenceFirm
from tests.reference.random_numbers import Luck

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_CHOICE = 0


def weight(firm: ReferenceFirm, target: Target) -> float:
    """How much a firm is meant: the weight of its sector times its density in the domains meant."""
    if target.cluster not in (ANY_CLUSTER, firm.cluster):
        return 0.0
    result = 1.0
    if target.sectors is not None:
        result = float(target.sectors[firm.sector]) if firm.sector < len(target.sectors) else 0.0
    if target.domains is not None:
        result *= float((target.domains * firm.density).sum())
    return result


def choose_firms(region: ReferenceRegion, target: Target, luck: Luck, limit: int) -> list[ReferenceFirm]:
    """Choose without replacement in proportion to weights: all run a race, ``-log(u) / weight`` is the time."""
    times = []
    for firm in region.firms:
        wanted = weight(firm, target)
        if wanted > 0:
            times.append((-math.log(luck.uniform(firm.seat, _CHOICE)) / wanted, firm.seat, firm))
    return [firm for _, _, firm in sorted(times)][:limit]
