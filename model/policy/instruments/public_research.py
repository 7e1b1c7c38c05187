"""Public research: advance an organisation's knowledge in a domain: far from firms until they can absorb it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.policy.clients import listeners, win_clients
from model.policy.instruments.base import Instrument
from model.policy.orders import NOTHING, Delivery, Order
from model.policy.selection import choose_firms
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.world import World


class PublicResearchSpec(Section):
    """Parameters of public research."""

    unit_cost: float = parameter(
        UNIT_COSTS["public_research"],
        "Cost of one unit, calibrated before regimes were compared.",
        unit="wages/unit",
        gt=0,
        le=1e4,
    )
    gain: float = parameter(
        0.03,
        "Share of the distance to the frontier that one unit closes in a simple domain.",
        unit="share",
        ge=0,
        le=1,
    )
    clients: int = parameter(
        1, "Firms that one unit brings into contact with the research.", unit="firms", ge=0, le=100
    )
    strength: float = parameter(0.5, "Strength of that contact, a firm's tie being 1.", ge=0, le=10)


class PublicResearch(Instrument):
    """Advance an organisation's knowledge in a domain: far from firms until they can absorb it."""

    name: ClassVar[str] = "public_research"
    label: ClassVar[str] = "Public research"
    unit: ClassVar[str] = "research grants to an organisation"
    delivered_by: ClassVar[str] = "university"
    spec: ClassVar[type[Section]] = PublicResearchSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers, space = world.scenario.instruments.public_research, world.carriers, world.space
        units = int(money / spec.unit_cost)
        if units == 0 or organisation < 0:
            return NOTHING
        domain = order.domain(world.step)
        if domain < 0:
            # Science left to itself works where it is best but not yet at the frontier.
            room = carriers.knowledge[organisation] * (space.frontier - carriers.knowledge[organisation])
            domain = int(np.argmax(room))
        before = float(carriers.knowledge[organisation, domain])
        closed = 1.0 - (1.0 - spec.gain * (1.0 - space.complexity[domain])) ** units
        gain = closed * max(0.0, float(space.frontier[domain]) - before)
        carriers.knowledge[organisation, domain] = before + gain
        wanted = units * spec.clients
        asked = choose_firms(world, order.target, key, listeners(world, organisation, wanted))
        _, accepted = win_clients(world, asked, wanted, organisation, spec.strength)
        return Delivery(units * spec.unit_cost, units, accepted if wanted else float(gain > 0))
