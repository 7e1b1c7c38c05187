"""R&D grant: raise a firm's R&D effort; returns diminish and own R&D is partly crowded out."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.kernels.support import grant
from model.policy.instruments.base import Instrument
from model.policy.orders import Delivery, Order
from model.policy.selection import choose_firms
from model.spec.section import Section, parameter
from model.world import World


class RdGrantSpec(Section):
    """Parameters of R&D grant."""

    unit_cost: float = parameter(1.0, "Cost of one unit.", unit="wages/unit", gt=0, le=1e4)
    per_employee: float = parameter(
        0.06, "Subsidy that a chosen firm gets per employee.", unit="wages/employee/quarter", gt=0, le=10
    )
    crowding_out: float = parameter(
        0.3,
        "Own R&D that a firm saves per unit of subsidy.",
        unit="share",
        ge=0,
        le=1,
        source="David, Hall & Toole 2000",
    )


class RdGrant(Instrument):
    """Raise a firm's R&D effort; returns diminish and own R&D is partly crowded out."""

    name: ClassVar[str] = "rd_grant"
    label: ClassVar[str] = "R&D grant"
    unit: ClassVar[str] = "wages of R&D subsidised"
    spec: ClassVar[type[Section]] = RdGrantSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers = world.scenario.instruments.rd_grant, world.carriers
        chosen = choose_firms(world, order.target, key, 1 + int(money / (spec.unit_cost * spec.per_employee)))
        spent = grant(
            chosen,
            money,
            spec.unit_cost,
            spec.per_employee,
            carriers.size,
            carriers.subsidy,
            carriers.support,
        )
        return Delivery(spent, spent / spec.unit_cost, float(spent > 0))
