"""Meso-organisations: they decide one by one whom they serve, with whose money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from model.meso import KIND_CODES, ORGANISATION_KINDS
from model.meso.account import ENTRIES
from model.policy.orders import NOTHING, Delivery, Order
from tests.reference.carriers import ReferenceCarrier
from tests.reference.instruments import DELIVER, drawn_at

if TYPE_CHECKING:
    from tests.reference.policymaker import ReferencePolicymaker
    from tests.reference.region import ReferenceRegion

_STANDING_MEMORY = 0.1
_PLANNING = 4
"""Steps between an organisation's own programmes: it plans by the year."""


@dataclass(frozen=True)
class Commission:
    """An order that a policymaker pays a meso-organisation for."""

    policymaker: ReferencePolicymaker
    order: Order
    money: float


def unit_cost(region: ReferenceRegion, instrument: str) -> float:
    """Cost of a unit of an instrument."""
    return float(getattr(region.parameters.instruments, instrument).unit_cost)


class ReferenceOrganisation(ReferenceCarrier):
    """A meso-organisation: serves firms with its own money and with what policymakers commission."""

    def __init__(self, region: ReferenceRegion, identity: int, kind_name: str) -> None:
        super().__init__(region, identity)
        self.kind_name = kind_name
        self.kind = KIND_CODES[kind_name]
        self.spec = getattr(region.parameters.organisations, kind_name)
        self.own_money = 0.0
        self.account: list[dict[str, float]] = []
        self.commissions: list[Commission] = []
        self.funded_at = region.now

    @property
    def cell(self) -> tuple[int, int]:
        """Sector and place."""
        return self.sector, self.place

    @property
    def is_cluster(self) -> bool:
        """Whether it is a cluster organisation, which works for its members only."""
        return self.kind_name == "cluster_organisation"

    @property
    def own_order(self) -> Order | None:
        """What its kind does with money of its own."""
        return ORGANISATION_KINDS[self.kind_name].own_order(self.unique_id, *self.cell)

    def act(self) -> None:
        """Deliver commissions within capacity, then spend own money; a cluster nobody needs closes."""
        region = self.model
        capacity = self.spec.capacity
        self.account.append(dict.fromkeys(ENTRIES, 0.0))
        self.receive(self.spec.funding)
        for commission in self.commissions:
            payer = commission.policymaker
            delivery = self.deliver(commission.order, commission.money, capacity, str(payer.number))
            capacity -= delivery.units
            self.enter(commissioned=delivery.spent, spent_commissioned=delivery.spent, units=delivery.units)
            payer.book(commission.order, delivery)
            self.funded_at = region.now
        self.commissions.clear()
        self.carry_out_programme(capacity)
        self.enter(kept=self.own_money, clients=self.clients, standing=self.standing)
        membership = region.parameters.membership
        unfunded = region.now - self.funded_at
        if self.is_cluster and unfunded > membership.patience and self.members < membership.minimum:
            region.closing.append(self.unique_id)

    def carry_out_programme(self, capacity: float) -> None:
        """Once a year, spend own money on its service."""
        if self.own_order is not None and (self.model.now + self.unique_id) % _PLANNING == 0:
            delivery = self.deliver(self.own_order, self.own_money, capacity, "own")
            self.own_money -= delivery.spent
            self.enter(spent_own=delivery.spent, units=delivery.units)
            if delivery.units > 0:
                self.take_up(getattr(self.spec, "uptake", 0.0))

    def prepare(self) -> None:
        """Do in a quarter before the start what is done without policy, and close for nobody."""
        self.account.append(dict.fromkeys(ENTRIES, 0.0))
        self.receive(self.spec.funding)
        self.carry_out_programme(self.spec.capacity)

    def receive(self, funding: float) -> None:
        """Receive money of its own."""
        self.own_money += funding
        self.enter(funding=funding)

    def enter(self, **amounts: float) -> None:
        """Add amounts to entries of the account of the step."""
        for name, amount in amounts.items():
            self.account[-1][name] += amount

    def take_up(self, uptake: float) -> None:
        """Close a share of the gap to the best university in every domain."""
        universities = [o for o in self.model.organisations if o.kind_name == "university"]
        if uptake > 0 and universities:
            best = np.max([university.knowledge for university in universities], axis=0)
            self.know(slice(None), self.knowledge + uptake * np.maximum(0, best - self.knowledge))

    def deliver(self, order: Order, money: float, capacity: float, payer: str) -> Delivery:
        """Deliver what money and capacity allow; standing follows success. Less than a unit is kept."""
        region = self.model
        cost = unit_cost(region, order.instrument)
        asked_for = money // cost
        money = min(money, capacity * cost)
        if money < cost:
            return NOTHING
        if self.is_cluster:
            order = replace(order, target=replace(order.target, cluster=self.unique_id))
        name = f"organisation.{self.unique_id}.{order.instrument}.{order.target.scope}.{payer}"
        luck = region.luck(name, drawn_at(region, order.instrument))
        delivery = DELIVER[order.instrument](region, order, money, self, luck)
        achieved = delivery.success * min(1.0, delivery.units / asked_for)
        self.standing += _STANDING_MEMORY * (achieved - self.standing)
        return delivery
