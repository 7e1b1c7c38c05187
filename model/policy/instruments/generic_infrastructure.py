"""Generic infrastructure: help all firms of the target slightly: the money is spread thin."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.kernels.support import serve_all
from model.policy.instruments.base import Instrument
from model.policy.orders import Delivery, Order
from model.policy.selection import choose_firms
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.world import World


class GenericInfrastructureSpec(Section):
    """Parameters of generic infrastructure."""

    unit_cost: float = parameter(
        UNIT_COSTS["generic_infrastructure"],
        "Cost of one unit, calibrated before regimes were compared.",
        unit="wages/unit",
        gt=0,
        le=1e4,
    )
    efficiency: float = parameter(
        0.25, "Added research efficiency where all employees of the target are served.", ge=0, le=10
    )


class GenericInfrastructure(Instrument):
    """Help all firms of the target slightly: the money is spread thin."""

    name: ClassVar[str] = "generic_infrastructure"
    label: ClassVar[str] = "Generic infrastructure"
    unit: ClassVar[str] = "employees served"
    spec: ClassVar[type[Section]] = GenericInfrastructureSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers = world.scenario.instruments.generic_infrastructure, world.carriers
        chosen = choose_firms(world, order.target, key, carriers.rows)
        spent = serve_all(
            chosen,
            money,
            spec.unit_cost,
            spec.efficiency,
            carriers.size,
            carriers.efficiency,
            carriers.support,
        )
        return Delivery(spent, spent / spec.unit_cost, float(spent > 0))
