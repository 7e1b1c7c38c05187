"""R&D grant: raise a firm's R&D effort; returns diminish and own R&D is partly crowded out."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from model.kernels.support import grant
from model.policy.instruments.base import Instrument
from model.policy.orders import Delivery, Order, Target
from model.policy.selection import choose_firms
from model.spec.section import Section, parameter
from model.world import World


class RdGrantSpec(Section):
    """Parameters of R&D grant."""

    unit_cost: float = parameter(1.0, "Cost of one unit.", unit="wages/unit", gt=0, le=1e4)
    per_employee: float = parameter(
        0.06, "Subsidy that a chosen firm gets per employee.", unit="wages/employee/quarter", gt=0, le=10
    )
    match: float = parameter(
        1.0,
        "Most subsidy per unit of a firm's own R&D: the intensity of aid.",
        gt=0,
        le=100,
        source="European Commission 2014",
    )
    duration: int = parameter(
        8,
        "Quarters for which an award lasts before all are drawn anew; 1 draws every quarter.",
        unit="quarters",
        ge=1,
        le=10_000,
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
        spec = world.scenario.instruments.rd_grant
        if not order.earmarked or not order.domains:
            spent = self._award(world, order.target, -1, money, key)
            return Delivery(spent, spent / spec.unit_cost, float(spent > 0))
        spent = 0.0
        for domain in sorted(set(order.domains)):
            near = np.zeros(world.space.domains)
            near[domain] = 1.0
            part = money * order.domains.count(domain) / len(order.domains)
            luck = key ^ np.uint64(domain + 1)
            spent += self._award(world, replace(order.target, domains=near), domain, part, luck)
        return Delivery(spent, spent / spec.unit_cost, float(spent > 0))

    def drawn_at(self, world: World) -> int:
        """Step at which the awards of now were drawn; the same firms have them for their duration."""
        return world.step - (world.step - 1) % int(world.scenario.instruments.rd_grant.duration)

    def _award(self, world: World, target: Target, domain: int, money: float, key: np.uint64) -> float:
        """Award money by lot, weighted as the target says, and for a domain, if it is not -1."""
        spec, carriers = world.scenario.instruments.rd_grant, world.carriers
        # As small as a firm's own R&D is, so many firms are needed to spend the money.
        chosen = choose_firms(world, target, key, carriers.rows)
        return float(
            grant(
                chosen,
                money,
                spec.unit_cost,
                spec.per_employee,
                spec.match,
                domain,
                carriers.size,
                carriers.rd_spending,
                carriers.earmark,
                carriers.subsidy,
                carriers.support,
            )
        )
