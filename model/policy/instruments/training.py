"""Training: raise the skill of employees, and with it absorptive capacity; saturates and decays."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.kernels.support import train
from model.policy.instruments.base import Instrument
from model.policy.orders import Delivery, Order
from model.policy.selection import choose_firms
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.world import World


class TrainingSpec(Section):
    """Parameters of training."""

    unit_cost: float = parameter(
        UNIT_COSTS["training"],
        "Cost of one unit, calibrated before regimes were compared.",
        unit="wages/unit",
        gt=0,
        le=1e4,
    )
    effect: float = parameter(
        0.06, "Share of the distance to full skill that training closes.", unit="share", ge=0, le=1
    )


class Training(Instrument):
    """Raise the skill of employees, and with it absorptive capacity; saturates and decays."""

    name: ClassVar[str] = "training"
    label: ClassVar[str] = "Training"
    unit: ClassVar[str] = "employees trained"
    delivered_by: ClassVar[str] = "training"
    spec: ClassVar[type[Section]] = TrainingSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers = world.scenario.instruments.training, world.carriers
        chosen = choose_firms(world, order.target, key, 1 + int(money / spec.unit_cost))
        spent = train(
            chosen, money, spec.unit_cost, spec.effect, carriers.size, carriers.skill, carriers.support
        )
        return Delivery(spent, spent / spec.unit_cost, float(spent > 0))
