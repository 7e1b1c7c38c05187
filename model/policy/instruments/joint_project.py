"""Joint project: pay tied firms for shared R&D; they must recombine, or the tie goes."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from model.kernels.brokerage import start_projects
from model.policy.instruments.base import Instrument
from model.policy.orders import NOTHING, Delivery, Order
from model.policy.selection import SCOPES, choose_firms
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.world import World


class JointProjectSpec(Section):
    """Parameters of joint project."""

    unit_cost: float = parameter(
        UNIT_COSTS["joint_project"],
        "Cost of one unit, calibrated before regimes were compared.",
        unit="wages/unit",
        gt=0,
        le=1e4,
    )
    duration: int = parameter(4, "Length of a project.", unit="quarters", ge=1, le=100)
    effort: float = parameter(
        0.5, "R&D that a project pays each partner.", unit="wages/quarter", ge=0, le=1e4
    )


class JointProject(Instrument):
    """Pay tied firms for shared R&D; they must recombine, or the tie goes."""

    name: ClassVar[str] = "joint_project"
    label: ClassVar[str] = "Joint project"
    unit: ClassVar[str] = "projects of two firms started"
    spec: ClassVar[type[Section]] = JointProjectSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers = world.scenario.instruments.joint_project, world.carriers
        units = int(money / spec.unit_cost)
        if units == 0:
            return NOTHING
        started = start_projects(
            choose_firms(world, order.target, key, carriers.rows),
            units,
            SCOPES[order.target.scope],
            carriers.sector,
            carriers.cluster,
            carriers.degree,
            carriers.partners,
            carriers.tie_project,
            carriers.tie_project_success,
            carriers.support,
            spec.duration,
            spec.unit_cost,
        )
        return Delivery(started * spec.unit_cost, started, float(started > 0))
