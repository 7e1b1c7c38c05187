"""Policymakers: they observe, prioritise, fund, and keep a ledger."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.agents.mesa_core import Agent
from model.agents.organisation import Commission, MesoOrganisation
from model.kernels.random_numbers import one_uniform
from model.policy.chronicle import Entry, changes
from model.policy.instruments import INSTRUMENTS
from model.policy.instruments.base import Instrument
from model.policy.ledger import INSTRUMENT_NUMBERS, Ledger
from model.policy.observe import observe, sector_employment
from model.policy.orders import Delivery, Order
from model.policy.potential import log_potential
from model.policy.regimes import REGIMES
from model.policy.regimes.base import Memory, Regime
from model.policy.regimes.switches import PILOT
from model.spec.events import RegimeSwitch
from model.spec.policy import PolicymakerSpec

if TYPE_CHECKING:
    from model.agents.population import Population
    from model.world import World

Floats = NDArray[np.float64]
_HARDLY_ANY = 1e-9
AGENCY = "agency"
"""Who delivers what no meso-organisation does."""


class _Route(NamedTuple):
    """An order with what is needed to place it: instrument, its number and unit cost, part of its money, stream."""

    order: Order
    instrument: Instrument
    number: int
    unit_cost: float
    part: float
    stream: str


class Policymaker(Agent):  # type: ignore[misc]
    """A policymaker: observes, prioritises, funds, and keeps a ledger.

    Parameters
    ----------
    region
        Region that it works for.
    spec
        Name, regime and share of the budget.
    number
        Its place among the policymakers, from 0.
    """

    model: Population

    def __init__(self, region: Population, spec: PolicymakerSpec, number: int) -> None:
        self.model = region
        self.unique_id = -1 - number
        self.number = number
        self.pos = None
        self.spec = spec
        self.name = spec.name
        self.ledger = Ledger(region.world.scenario.steps)
        self.log: list[Entry] = []
        self.memory: Memory = Memory()
        self.priority_match = float("nan")
        self.begin_regime(spec.regime)

    def begin_regime(self, name: str) -> None:
        """Start a regime afresh: nothing is remembered, the next step begins with a review.

        Parameters
        ----------
        name
            Name of a regime of the scenario.
        """
        world = self.model.world
        spec = world.scenario.all_regimes[name]
        self.regime_name = name
        self.regime: Regime[Any] = REGIMES[spec.kind](spec)
        self.memory = Memory()
        self._set_orders(())
        self.next_review = world.step
        self._note(world)

    def _note(self, world: World) -> None:
        """Keep what the next review compares with."""
        self._employment = sector_employment(world)
        self._experiments = world.experiments.copy()
        self._demand = world.space.demand.copy()
        self._reviewed = world.step
        self._forget_signals()

    def _demand_trend(self) -> Floats:
        world = self.model.world
        quarters = max(1, world.step - self._reviewed)
        return (
            np.log(np.maximum(world.space.demand, _HARDLY_ANY) / np.maximum(self._demand, _HARDLY_ANY))
            / quarters
        )

    def _forget_signals(self) -> None:
        domains = self.model.world.space.domains
        self._signals = np.zeros(domains)
        self._trials = np.zeros(domains)

    @property
    def active(self) -> bool:
        """Whether it acts in the current step."""
        return self.spec.start <= self.model.world.step <= self.spec.stop

    def act(self) -> None:
        """Carry over what was kept; review when due; fund."""
        world = self.model.world
        for event in world.scenario.events:
            if not isinstance(event, RegimeSwitch) or event.step != world.step:
                continue
            if event.policymaker in ("", self.name):
                self._end_priorities(world)
                self.begin_regime(event.regime)
        if world.step == self.spec.stop + 1:
            self._end_priorities(world)
        budget = self._budget() if self.active and self.regime.spends else 0.0
        self.ledger.open(world.step, budget)
        if not self.active or not self.regime.spends:
            return
        if world.step >= self.next_review:
            self.review()
        if budget > 0:
            self.fund(budget)

    def _end_priorities(self, world: World) -> None:
        """Note in the log that all priorities end, as those of a regime do with it."""
        self.log += changes(self.memory, Memory(), world)

    def _budget(self) -> float:
        world = self.model.world
        return world.scenario.policy.budget * world.initial_wage_bill * world.budget_factor * self.spec.share

    def review(self) -> None:
        """Observe, set priorities, and turn them into orders."""
        world = self.model.world
        observation = observe(
            world,
            self.regime.sees,
            self.number,
            self._employment,
            self._experiments,
            self._demand_trend(),
            self._signals,
            self._trials,
        )
        before, self.memory = self.memory, self.regime.review(observation, self.memory)
        self._set_orders(self.regime.allocate(self.memory))
        self.log += map(self._with_deliverers, changes(before, self.memory, world))
        for sector, place in self.memory.cells:
            self.model.found_cluster(sector, place)
        self.priority_match = self._match()
        self._note(world)
        # Who finds nothing to support looks again at once: money that waits for a review helps nobody.
        self.next_review = world.step + (self.regime.spec.review_every if self.orders else 1)

    def _with_deliverers(self, entry: Entry) -> Entry:
        """Say who delivers what a line of the log is about."""
        if entry.event in {"proposed", "stopped"}:
            return entry
        pilots = entry.event == "piloted"
        who = dict.fromkeys(
            "cluster_organisation" if route.order.cells else route.instrument.deliverer(route.order) or AGENCY
            for route in self._routes
            if (route.order.instrument == PILOT) == pilots
        )
        return entry._replace(delivered_by=", ".join(who))

    def _match(self) -> float:
        """Share of priority domains that are among as many with the highest true potential."""
        world = self.model.world
        homes = world.space.home
        chosen = set(self.memory.domains)
        for sector in (*self.memory.sectors, *(sector for sector, _ in self.memory.cells)):
            chosen |= set(np.flatnonzero(homes == sector).tolist())
        if not chosen:
            return float("nan")
        best = np.argsort(-log_potential(world), kind="stable")[: len(chosen)]
        return len(chosen & set(best.tolist())) / len(chosen)

    def fund(self, budget: float) -> None:
        """Grant money to orders, and deliver them or commission who does.

        Parameters
        ----------
        budget
            Money of the step, in wages.
        """
        step = self.model.world.step
        for instrument, share in self._shares.items():
            self.ledger.grant(step, instrument, budget * share)
        available = self.ledger.available(step)
        for route in self._routes:
            self._place(route, available[route.number] * route.part)

    def _set_orders(self, orders: tuple[Order, ...]) -> None:
        """Take on orders; what does not change until the next review is looked up once."""
        self.orders = orders
        self._shares: dict[int, float] = {}
        for order in orders:
            number = INSTRUMENT_NUMBERS[order.instrument]
            self._shares[number] = self._shares.get(number, 0.0) + order.share
        costs = self.model.world.scenario.instruments
        self._routes = tuple(
            _Route(
                order,
                INSTRUMENTS[order.instrument],
                INSTRUMENT_NUMBERS[order.instrument],
                getattr(costs, order.instrument).unit_cost,
                order.share / self._shares[INSTRUMENT_NUMBERS[order.instrument]],
                f"policy.{self.number}.{order.instrument}.{order.target.scope}",
            )
            for order in orders
            if order.share > 0
        )

    def _place(self, route: _Route, money: float) -> None:
        order, unit_cost = route.order, route.unit_cost
        deliverer = route.instrument.deliverer(order)
        if not deliverer:
            world = self.model.world
            key = world.streams.key(route.stream, route.instrument.drawn_at(world))
            self.book(order, route.instrument.deliver(world, order, money, -1, key))
            return
        if order.cells:
            clusters = self.model.organisations_in(deliverer, order.cells)
            for organisation in clusters:
                organisation.accept(Commission(self, order, money / len(clusters)))
            return
        if money < unit_cost:
            return
        for organisation in self._ranked(deliverer, order.instrument):
            part = min(money, organisation.spec.capacity * unit_cost)
            organisation.accept(Commission(self, order, part))
            money -= part
            if money < unit_cost:
                return

    def _ranked(self, kind: str, instrument: str) -> list[MesoOrganisation]:
        """Organisations in the order in which contracts are offered: by lot, weighted by capacity and standing."""
        organisations = self.model.organisations_of(kind)
        if len(organisations) < 2:
            return organisations
        key = self.model.world.key(f"policy.{self.number}.award.{instrument}")
        standing = self.model.world.carriers.standing
        scores = [
            -math.log(one_uniform(key, o.unique_id, 0))
            / max(o.spec.capacity * float(standing[o.row]), _HARDLY_ANY)
            for o in organisations
        ]
        order = sorted(range(len(organisations)), key=scores.__getitem__)
        return [organisations[place] for place in order]

    def book(self, order: Order, delivery: Delivery) -> None:
        """Enter what was delivered into the ledger, and keep what a pilot told.

        Parameters
        ----------
        order
            What was ordered.
        delivery
            What came of it.
        """
        step = self.model.world.step
        self.ledger.spend(step, order.instrument, delivery.spent, delivery.units)
        domain = order.domain(step)
        if order.instrument == "discovery_pilot" and delivery.units > 0 and domain >= 0:
            self._signals[domain] += delivery.signal * delivery.units
            self._trials[domain] += delivery.units

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r}, {self.regime_name}>"
