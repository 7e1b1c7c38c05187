"""Technology transfer: lengthen the reach of clients and let them learn from the centre."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.kernels.support import transfer_to
from model.policy.clients import listeners, win_clients
from model.policy.instruments.base import Instrument
from model.policy.orders import NOTHING, Delivery, Order
from model.policy.selection import choose_firms
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.world import World


class TechnologyTransferSpec(Section):
    """Parameters of technology transfer."""

    unit_cost: float = parameter(
        UNIT_COSTS["technology_transfer"],
        "Cost of one unit, calibrated before regimes were compared.",
        unit="wages/unit",
        gt=0,
        le=1e4,
    )
    reach: float = parameter(0.5, "Added reach of a client.", ge=0, le=10)
    strength: float = parameter(1.0, "Strength of the link to the centre, a firm's tie being 1.", ge=0, le=10)


class TechnologyTransfer(Instrument):
    """Lengthen the reach of clients and let them learn from the centre."""

    name: ClassVar[str] = "technology_transfer"
    label: ClassVar[str] = "Technology transfer"
    unit: ClassVar[str] = "clients served for a quarter"
    delivered_by: ClassVar[str] = "technology_transfer"
    spec: ClassVar[type[Section]] = TechnologyTransferSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers = world.scenario.instruments.technology_transfer, world.carriers
        units = int(money / spec.unit_cost)
        if units == 0:
            return NOTHING
        asked = choose_firms(world, order.target, key, listeners(world, organisation, units))
        chosen, accepted = win_clients(world, asked, units, organisation, spec.strength, spec.reach)
        transfer_to(
            chosen,
            spec.unit_cost,
            spec.reach,
            order.domain(world.step),
            carriers.transfer,
            carriers.support,
            carriers.support_domain,
        )
        return Delivery(len(chosen) * spec.unit_cost, len(chosen), accepted)
