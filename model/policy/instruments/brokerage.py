"""Brokerage: propose ties between carriers, who accept or refuse."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.kernels.brokerage import broker_ties
from model.policy.clients import listeners
from model.policy.instruments.base import Instrument
from model.policy.orders import NOTHING, Delivery, Order
from model.policy.selection import SCOPES, choose_firms
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.world import World


class BrokerageSpec(Section):
    """Parameters of brokerage."""

    unit_cost: float = parameter(
        UNIT_COSTS["brokerage"],
        "Cost of one unit, calibrated before regimes were compared.",
        unit="wages/unit",
        gt=0,
        le=1e4,
    )
    candidates: int = parameter(
        8, "Candidates that a broker compares for a firm.", unit="firms", ge=1, le=256
    )


class Brokerage(Instrument):
    """Propose ties between carriers, who accept or refuse."""

    name: ClassVar[str] = "brokerage"
    label: ClassVar[str] = "Brokerage"
    unit: ClassVar[str] = "ties proposed"
    delivered_by: ClassVar[str] = "discovery_platform"
    spec: ClassVar[type[Section]] = BrokerageSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers = world.scenario.instruments.brokerage, world.carriers
        absorption, ties = world.scenario.absorption, world.scenario.ties
        units = int(money / spec.unit_cost)
        if units == 0 or not world.network_evolves:
            return NOTHING
        priority = np.zeros(world.space.domains) if order.target.domains is None else order.target.domains
        made, accepted = broker_ties(
            choose_firms(world, order.target, key, listeners(world, organisation, units)),
            units,
            SCOPES[order.target.scope],
            carriers.kind,
            carriers.seat,
            carriers.sector,
            carriers.place,
            carriers.cluster,
            carriers.degree,
            carriers.partners,
            carriers.tie_age,
            carriers.tie_origin,
            carriers.tie_project,
            carriers.tie_success,
            carriers.tie_project_success,
            carriers.tie_value,
            carriers.tie_gain,
            carriers.knowledge,
            carriers.density,
            carriers.absorptive_capacity,
            carriers.transfer,
            priority,
            absorption.learning_rate,
            absorption.reach_maximum,
            absorption.unrelated_reach,
            absorption.attention_sharing,
            spec.candidates,
            ties.cost,
            carriers.support,
            spec.unit_cost,
            key,
            world.counts,
        )
        return Delivery(made * spec.unit_cost, made, accepted / made if made else 0.0)
