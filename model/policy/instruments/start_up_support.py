"""Start-up support: pay for entry in a domain: more entrants, and more exits too."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.policy.instruments.base import Instrument
from model.policy.orders import NOTHING, Delivery, Order
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.streams import uniforms
from model.world import World


class StartUpSupportSpec(Section):
    """Parameters of start-up support."""

    unit_cost: float = parameter(
        UNIT_COSTS["start_up_support"], "Cost of one unit.", unit="wages/unit", gt=0, le=1e4
    )


class StartUpSupport(Instrument):
    """Pay for entry in a domain: more entrants, and more exits too."""

    name: ClassVar[str] = "start_up_support"
    label: ClassVar[str] = "Start-up support"
    unit: ClassVar[str] = "start-ups supported"
    spec: ClassVar[type[Section]] = StartUpSupportSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        units = int(money / world.scenario.instruments.start_up_support.unit_cost)
        domain = order.domain(world.step)
        if units == 0:
            return NOTHING
        if domain < 0:
            # Untargeted support helps whoever comes, in any domain that the region holds.
            held = np.flatnonzero(world.discovered >= 0)
            if len(held) == 0:
                return NOTHING
            picks = uniforms(key, np.arange(units), 0)
            world.supported_entries.extend(int(held[int(pick * len(held))]) for pick in picks)
        else:
            world.supported_entries.extend([domain] * units)
        return Delivery(units * world.scenario.instruments.start_up_support.unit_cost, units, 1.0)
