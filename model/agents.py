"""Firms, meso-organisations and policymakers as Mesa agents; carriers are views on rows, not copies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from model.meso import KIND_CODES, ORGANISATION_KINDS
from model.policy.instruments import INSTRUMENTS
from model.policy.ledger import Ledger
from model.policy.observe import observe, sector_employment
from model.policy.orders import NOTHING, Delivery, Order
from model.policy.potential import log_potential
from model.policy.regimes import REGIMES
from model.policy.regimes.base import Memory, Regime
from model.spec.policy import PolicymakerSpec
from model.state import COLUMNS, Array

if TYPE_CHECKING:
    from model.region import Region

_STANDING_MEMORY = 0.1


class Carrier(mesa.Agent):  # type: ignore[misc]
    """A knowledge carrier: a persistent id and its row of the table of carriers.

    Parameters
    ----------
    region
        Region that the carrier belongs to.
    identity
        Persistent id.
    """

    model: Region

    def __init__(self, region: Region, identity: int) -> None:
        # Mesa's own constructor would give a new id and keep the region alive for ever (Mesa 3.3).
        self.model = region
        self.unique_id = int(identity)
        self.pos = None
        self._row = 0
        self._version = -1

    @property
    def row(self) -> int:
        """Row of the carrier.

        Raises
        ------
        LookupError
            If the carrier has left the region.
        """
        carriers = self.model.world.carriers
        if self._version != carriers.version:
            self._row = int(carriers.id.searchsorted(self.unique_id))
            self._version = carriers.version
            if not self.alive:
                self._version = -1
                raise LookupError(f"{type(self).__name__} {self.unique_id} has left the region")
        return self._row

    @property
    def alive(self) -> bool:
        """Whether the carrier is still in the region."""
        ids = self.model.world.carriers.id
        row = int(ids.searchsorted(self.unique_id))
        return row < len(ids) and bool(ids[row] == self.unique_id)

    @property
    def knowledge(self) -> Array:
        """Knowledge by domain in frontier units: a view, shape (domains,)."""
        values: Array = self.model.world.carriers.knowledge[self.row]
        return values

    @property
    def density(self) -> Array:
        """Relatedness density by domain: a view, shape (domains,)."""
        values: Array = self.model.world.carriers.density[self.row]
        return values

    @property
    def total_knowledge(self) -> float:
        """Sum of knowledge over domains, in frontier units."""
        return float(self.knowledge.sum(dtype=np.float64))

    def remove(self) -> None:
        """Leave the region at once; ties end and knowledge is lost."""
        self.model.remove_carrier(self.unique_id)


def _column(name: str, integer: bool, description: str) -> property:
    def read(self: Carrier) -> Any:
        value = getattr(self.model.world.carriers, name)[self.row]
        return int(value) if integer else float(value)

    def write(self: Carrier, value: float) -> None:
        getattr(self.model.world.carriers, name)[self.row] = value

    return property(read, write, doc=description)


for _declared in COLUMNS:
    if _declared.block in ("number", "integer") and _declared.name != "id":
        setattr(
            Carrier,
            _declared.name,
            _column(
                _declared.name,
                _declared.block == "integer",
                f"{_declared.description} Unit: {_declared.unit}.",
            ),
        )


class Firm(Carrier):
    """A firm: a view on its row."""

    @property
    def partners(self) -> list[Firm]:
        """Firms that it is tied to."""
        carriers = self.model.world.carriers
        rows = carriers.partners[self.row, : carriers.degree[self.row]]
        return [self.model.firm(int(carriers.id[row])) for row in rows]

    @property
    def sector_name(self) -> str:
        """Name of its sector."""
        return self.model.world.space.sector_names[int(self.sector)]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Commission:
    """An order that a policymaker pays a meso-organisation for."""

    policymaker: Policymaker
    order: Order
    money: float


class MesoOrganisation(Carrier):
    """A meso-organisation: serves firms with its own money and with what policymakers commission.

    Parameters
    ----------
    region
        Region that it belongs to.
    identity
        Persistent id.
    kind_name
        Kind of organisation.
    """

    def __init__(self, region: Region, identity: int, kind_name: str) -> None:
        super().__init__(region, identity)
        self.kind_name = kind_name
        self.spec = getattr(region.world.scenario.organisations, kind_name)
        row = self.row
        carriers = region.world.carriers
        self.cell = (int(carriers.sector[row]), int(carriers.place[row]))
        self.own_order = ORGANISATION_KINDS[kind_name].own_order(identity, *self.cell)
        self.own_money = 0.0
        self.commissions: list[Commission] = []
        self.funded_at = region.world.step

    @property
    def is_cluster(self) -> bool:
        """Whether it is a cluster organisation, which works for its members only."""
        return self.kind_name == "cluster_organisation"

    def accept(self, commission: Commission) -> None:
        """Take on an order that a policymaker pays for.

        Parameters
        ----------
        commission
            Order and money.
        """
        self.commissions.append(commission)

    def act(self) -> None:
        """Deliver commissions within capacity, then spend own money; a cluster nobody needs closes."""
        world = self.model.world
        capacity = self.spec.capacity
        if not self.commissions and self.own_order is None:
            return
        row = self.row
        for commission in self.commissions:
            self.funded_at = world.step
            delivery = self._deliver(
                commission.order, commission.money, capacity, row, commission.policymaker.name
            )
            capacity -= delivery.units
            commission.policymaker.book(commission.order, delivery)
        self.commissions.clear()
        if self.own_order is not None and self.spec.funding > 0:
            self.own_money += self.spec.funding
            delivery = self._deliver(self.own_order, self.own_money, capacity, row, "own")
            self.own_money -= delivery.spent
        self._close_if_useless(row)

    def _deliver(self, order: Order, money: float, capacity: float, row: int, payer: str) -> Delivery:
        world = self.model.world
        unit_cost = getattr(world.scenario.instruments, order.instrument).unit_cost
        money = min(money, capacity * unit_cost)
        if money < unit_cost:
            # Less than a unit is kept until there is enough.
            return NOTHING
        instrument = INSTRUMENTS[order.instrument]
        if self.is_cluster and order.target.cluster != self.unique_id:
            order = replace(order, target=replace(order.target, cluster=self.unique_id))
        key = world.key(f"organisation.{self.unique_id}.{order.instrument}.{order.target.scope}.{payer}")
        delivery = instrument.deliver(world, order, money, row, key)
        if delivery.units > 0:
            standing = world.carriers.standing
            standing[row] += _STANDING_MEMORY * (delivery.success - standing[row])
        return delivery

    def _close_if_useless(self, row: int) -> None:
        if not self.is_cluster:
            return
        world, spec = self.model.world, self.model.world.scenario.membership
        unfunded = world.step - self.funded_at
        if unfunded > spec.patience and world.carriers.clients[row] < spec.minimum:
            world.closing.append(self.unique_id)


class Policymaker(mesa.Agent):  # type: ignore[misc]
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

    model: Region

    def __init__(self, region: Region, spec: PolicymakerSpec, number: int) -> None:
        self.model = region
        self.unique_id = -1 - number
        self.pos = None
        self.spec = spec
        self.name = spec.name
        self.ledger = Ledger(region.world.scenario.steps)
        self.memory: Memory = Memory()
        self.orders: tuple[Order, ...] = ()
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
        spec = world.scenario.regimes[name]
        self.regime_name = name
        self.regime: Regime[Any] = REGIMES[spec.kind](spec)
        self.memory = Memory()
        self.orders = ()
        self.next_review = world.step
        self._employment = sector_employment(world)
        self._experiments = world.experiments.copy()
        self._forget_signals()

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
            named = event.kind == "regime_switch" and event.policymaker in ("", self.name)
            if named and event.step == world.step:
                self.begin_regime(event.regime)
        budget = self._budget() if self.active else 0.0
        self.ledger.open(world.step, budget)
        if not self.active or not self.regime.sees:
            return
        if world.step >= self.next_review:
            self.review()
        if budget > 0:
            self.fund(budget)

    def _budget(self) -> float:
        world = self.model.world
        return world.scenario.policy.budget * world.initial_wage_bill * world.budget_factor * self.spec.share

    def review(self) -> None:
        """Observe, set priorities, and turn them into orders."""
        world = self.model.world
        observation = observe(
            world,
            self.regime.sees,
            self.name,
            self._employment,
            self._experiments,
            self._signals,
            self._trials,
        )
        self.memory = self.regime.review(observation, self.memory)
        self.orders = self.regime.allocate(self.memory)
        for sector, place in self.memory.cells:
            self.model.found_cluster(sector, place)
        self.priority_match = self._match()
        self._employment = sector_employment(world)
        self._experiments = world.experiments.copy()
        self._forget_signals()
        self.next_review = world.step + self.regime.spec.review_every

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
        totals: dict[str, float] = {}
        for order in self.orders:
            self.ledger.grant(step, order.instrument, budget * order.share)
            totals[order.instrument] = totals.get(order.instrument, 0.0) + order.share
        available = {name: self.ledger.available(step, name) for name in totals}
        for order in self.orders:
            if totals[order.instrument] > 0:
                self._place(order, available[order.instrument] * order.share / totals[order.instrument])

    def _place(self, order: Order, money: float) -> None:
        instrument = INSTRUMENTS[order.instrument]
        deliverer = instrument.deliverer(order)
        if not deliverer:
            key = self.model.world.key(f"policy.{self.name}.{order.instrument}.{order.target.scope}")
            self.book(order, instrument.deliver(self.model.world, order, money, -1, key))
            return
        organisations = [
            organisation
            for organisation in self.model.organisations_of(deliverer)
            if not order.cells or organisation.cell in order.cells
        ]
        weights = [o.spec.capacity * o.standing for o in organisations]
        total = sum(weights)
        for organisation, weight in zip(organisations, weights, strict=True):
            if weight > 0:
                organisation.accept(Commission(self, order, money * weight / total))

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
        if order.instrument == "discovery_pilot" and delivery.units > 0:
            domain = order.domain(step)
            self._signals[domain] += delivery.signal * delivery.units
            self._trials[domain] += delivery.units


def kind_name(code: int) -> str:
    """Name of a kind of meso-organisation from its code in the column ``kind``.

    Parameters
    ----------
    code
        Code, at least 1.

    Returns
    -------
    str
        Name of the kind.
    """
    return next(name for name, number in KIND_CODES.items() if number == code)
