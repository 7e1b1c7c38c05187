"""Business support: advise one firm at a time: better research and survival, but no ties."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.kernels.support import advise
from model.policy.instruments.base import Instrument
from model.policy.orders import NOTHING, Delivery, Order
from model.policy.selection import choose_firms
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.world import World


class BusinessSupportSpec(Section):
    """Parameters of business support."""

    unit_cost: float = parameter(
        UNIT_COSTS["business_support"],
        "Cost of one unit, calibrated before regimes were compared.",
        unit="wages/unit",
        gt=0,
        le=1e4,
    )
    efficiency: float = parameter(0.4, "Added research efficiency of an advised firm.", ge=0, le=10)
    survival: float = parameter(
        0.5, "Debt with which an advised firm survives.", unit="quarters of wage bill", ge=0, le=10
    )


class BusinessSupport(Instrument):
    """Advise one firm at a time: better research and survival, but no ties."""

    name: ClassVar[str] = "business_support"
    label: ClassVar[str] = "Business support"
    unit: ClassVar[str] = "firms advised for a quarter"
    delivered_by: ClassVar[str] = "business_support"
    spec: ClassVar[type[Section]] = BusinessSupportSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers = world.scenario.instruments.business_support, world.carriers
        units = int(money / spec.unit_cost)
        if units == 0:
            return NOTHING
        chosen = choose_firms(world, order.target, key, units)
        advise(
            chosen,
            spec.unit_cost,
            spec.efficiency,
            spec.survival,
            carriers.efficiency,
            carriers.survival,
            carriers.support,
        )
        return Delivery(len(chosen) * spec.unit_cost, len(chosen), float(len(chosen) > 0))
