"""Discovery pilot: let a few firms try a domain; the outcome is a noisy signal of potential and feasibility."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from model.kernels.support import try_domain
from model.policy.instruments.base import Instrument
from model.policy.orders import NOTHING, Delivery, Order
from model.policy.selection import choose_firms
from model.processes.exogenous import learn_from
from model.spec.section import Section, parameter
from model.spec.unit_costs import UNIT_COSTS
from model.streams import uniforms
from model.world import World

_SURE = 1e-3
"""Error below which a trial counts as telling all."""


class DiscoveryPilotSpec(Section):
    """Parameters of discovery pilot."""

    unit_cost: float = parameter(
        UNIT_COSTS["discovery_pilot"],
        "Cost of one unit, calibrated before regimes were compared.",
        unit="wages/unit",
        gt=0,
        le=1e4,
    )
    gain: float = parameter(
        0.3,
        "Level that a successful pilot reaches in the domain, against the frontier.",
        unit="share",
        ge=0,
        le=1,
    )
    noise: float = parameter(
        1.0, "Standard deviation of what one firm's trial tells about log potential.", ge=0, le=10
    )
    publication: float = parameter(
        1.0,
        "Share of what trials tell that is published: it moves what the region believes, and lets firms do "
        "research in the domain.",
        unit="share",
        ge=0,
        le=1,
        source="Hausmann & Rodrik 2003",
    )


class DiscoveryPilot(Instrument):
    """Let a few firms try a domain; the outcome is a noisy signal of potential and feasibility."""

    name: ClassVar[str] = "discovery_pilot"
    label: ClassVar[str] = "Discovery pilot"
    unit: ClassVar[str] = "firms that try a domain"
    delivered_by: ClassVar[str] = "discovery_platform"
    spec: ClassVar[type[Section]] = DiscoveryPilotSpec

    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order; see :meth:`Instrument.deliver`."""
        spec, carriers, space = world.scenario.instruments.discovery_pilot, world.carriers, world.space
        units = int(money / spec.unit_cost)
        domain = order.domain(world.step)
        if units == 0:
            return NOTHING
        if domain < 0:
            # Without priorities, any domain is as good as another.
            domain = int(uniforms(key, 0, 1)[0] * space.domains)
        weights = np.zeros(space.domains)
        weights[domain] = 1.0
        outcome = np.zeros(3)
        try_domain(
            choose_firms(world, replace(order.target, domains=weights), key, units),
            units,
            domain,
            spec.unit_cost,
            float(space.potential[domain]),
            spec.gain,
            spec.noise,
            carriers.seat,
            carriers.size,
            carriers.absorptive_capacity,
            carriers.density,
            space.complexity,
            space.frontier,
            carriers.knowledge,
            carriers.support,
            key,
            world.account,
            outcome,
        )
        trials, successes, signals = (float(value) for value in outcome)
        if trials == 0:
            return NOTHING
        if spec.publication > 0:
            precision = np.zeros(space.domains)
            precision[domain] = spec.publication * trials / max(spec.noise, _SURE) ** 2
            learn_from(world, precision, np.full(space.domains, signals / trials))
            if successes > 0:
                world.publicity[domain] = spec.publication
        return Delivery(trials * spec.unit_cost, trials, successes / trials, signals / trials)
