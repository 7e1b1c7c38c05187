"""Policymakers: they observe, prioritise, fund, and keep a ledger."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from model.policy.orders import Delivery, Order
from model.policy.regimes import REGIMES
from model.policy.regimes.base import Memory, Regime
from model.spec.events import RegimeSwitch
from model.spec.policy import PolicymakerSpec
from tests.reference.carriers import ReferenceAgent
from tests.reference.instruments import DELIVER, DELIVERED_BY, drawn_at
from tests.reference.ledger import ReferenceLedger
from tests.reference.observation import employment_by_sector, log_potential, observe
from tests.reference.organisations import Commission, ReferenceOrganisation, unit_cost

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_HARDLY_ANY = 1e-9


class ReferencePolicymaker(ReferenceAgent):
    """A policymaker: its regime decides as in the simulation, all around it is stated here."""

    def __init__(self, region: ReferenceRegion, spec: PolicymakerSpec, number: int) -> None:
        super().__init__(region, -1 - number)
        self.spec = spec
        self.number = number
        self.name = spec.name
        self.ledger = ReferenceLedger()
        self.priority_match = math.nan
        self.begin_regime(spec.regime)

    def begin_regime(self, name: str) -> None:
        """Start a regime afresh: nothing is remembered, the next step begins with a review."""
        spec = self.model.parameters.all_regimes[name]
        self.regime: Regime[Any] = REGIMES[spec.kind](spec)
        self.memory: Memory = Memory()
        self.orders: tuple[Order, ...] = ()
        self.next_review = self.model.now
        self.look_back()

    def look_back(self) -> None:
        """Note where the region stands, for comparison at the next review; signals are used up."""
        region = self.model
        self.employment_before = employment_by_sector(region)
        self.experiments_before = region.experiments.copy()
        self.demand_before = region.space.demand.copy()
        self.reviewed_at = region.now
        self.signals = np.zeros(region.space.domains)
        self.trials = np.zeros(region.space.domains)

    @property
    def active(self) -> bool:
        """Whether it acts in the current step."""
        return self.spec.start <= self.model.now <= self.spec.stop

    def act(self) -> None:
        """Carry over what was kept; review when due; fund."""
        region = self.model
        for event in region.parameters.events:
            if not isinstance(event, RegimeSwitch) or event.step != region.now:
                continue
            if event.policymaker in ("", self.name):
                self.begin_regime(event.regime)
        acts = self.active and self.regime.spends
        share = region.parameters.policy.budget * self.spec.share
        budget = share * region.initial_wage_bill * region.budget_factor if acts else 0.0
        self.ledger.open(budget)
        if acts and region.now >= self.next_review:
            self.review()
        if budget > 0:
            self.fund(budget)

    def review(self) -> None:
        """Observe, set priorities, and turn them into orders."""
        region = self.model
        self.memory = self.regime.review(observe(self), self.memory)
        self.orders = self.regime.allocate(self.memory)
        for cell in self.memory.cells:
            found_cluster(region, cell)
        self.priority_match = self.match()
        self.look_back()
        self.next_review = region.now + (self.regime.spec.review_every if self.orders else 1)

    def match(self) -> float:
        """Share of priority domains that are among as many with the highest true potential."""
        region, memory = self.model, self.memory
        sectors = {*memory.sectors, *(sector for sector, _ in memory.cells)}
        chosen = {d for d in region.domains if d in memory.domains or region.space.home[d] in sectors}
        if not chosen:
            return math.nan
        potential = log_potential(region)
        best = sorted(region.domains, key=lambda d: -potential[d])[: len(chosen)]
        return len(chosen & set(best)) / len(chosen)

    def fund(self, budget: float) -> None:
        """Grant money to orders; all that an instrument has is shared out over its orders."""
        for order in self.orders:
            self.ledger.grant(order.instrument, budget * order.share)
        shares = {
            o.instrument: sum(p.share for p in self.orders if p.instrument == o.instrument)
            for o in self.orders
        }
        available = {name: self.ledger.available(name) for name in shares}
        for order in self.orders:
            if order.share > 0:
                self.place(order, available[order.instrument] * order.share / shares[order.instrument])

    def place(self, order: Order, money: float) -> None:
        """Deliver an order, or commission a cluster's own organisation or the kind that delivers it."""
        region = self.model
        if order.cells:
            clusters = [o for o in region.organisations if o.is_cluster and o.cell in order.cells]
            for organisation in clusters:
                organisation.commissions.append(Commission(self, order, money / len(clusters)))
        elif DELIVERED_BY.get(order.instrument):
            self.commission(order, money)
        else:
            name = f"policy.{self.number}.{order.instrument}.{order.target.scope}"
            luck = region.luck(name, drawn_at(region, order.instrument))
            self.book(order, DELIVER[order.instrument](region, order, money, None, luck))

    def commission(self, order: Order, money: float) -> None:
        """Offer contracts to organisations one after the other, each up to its capacity."""
        cost = unit_cost(self.model, order.instrument)
        for organisation in self.ranked(DELIVERED_BY[order.instrument], order.instrument):
            if money >= cost:
                part = min(money, organisation.spec.capacity * cost)
                organisation.commissions.append(Commission(self, order, part))
                money -= part

    def ranked(self, kind: str, instrument: str) -> list[ReferenceOrganisation]:
        """Organisations by lot, weighted by capacity and standing: an exponential race."""
        luck = self.model.luck(f"policy.{self.number}.award.{instrument}")

        def score(organisation: ReferenceOrganisation) -> float:
            weight = float(organisation.spec.capacity * organisation.standing)
            return -math.log(luck.uniform(organisation.unique_id, 0)) / max(weight, _HARDLY_ANY)

        return sorted((o for o in self.model.organisations if o.kind_name == kind), key=score)

    def book(self, order: Order, delivery: Delivery) -> None:
        """Enter what was delivered into the ledger, and keep what a pilot told."""
        self.ledger.spend(order.instrument, delivery.spent, delivery.units)
        domain = order.domain(self.model.now)
        if order.instrument == "discovery_pilot" and delivery.units > 0 and domain >= 0:
            self.signals[domain] += delivery.signal * delivery.units
            self.trials[domain] += delivery.units


def found_cluster(region: ReferenceRegion, cell: tuple[int, int]) -> None:
    """Found a cluster organisation, unless the sector and place have one."""
    if not any(o.is_cluster and o.cell == cell for o in region.organisations):
        organisation = ReferenceOrganisation(region, region.new_identity(), "cluster_organisation")
        organisation.sector, organisation.place = cell
        organisation.born = region.now
        region.carriers.append(organisation)
