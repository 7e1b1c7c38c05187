"""Meso-organisations: they decide one by one whom they serve, with whose money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from model.agents.carrier import Carrier
from model.meso import KIND_CODES, ORGANISATION_KINDS
from model.policy.instruments import INSTRUMENTS
from model.policy.orders import NOTHING, Delivery, Order

if TYPE_CHECKING:
    from model.agents.policymaker import Policymaker
    from model.agents.population import Population

_STANDING_MEMORY = 0.1
_PLANNING = 4
"""Steps between an organisation's own programmes: it plans by the year."""


class Commission(NamedTuple):
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

    def __init__(self, region: Population, identity: int, kind_name: str) -> None:
        super().__init__(region, identity)
        self.kind_name = kind_name
        self.spec = getattr(region.world.scenario.organisations, kind_name)
        row = self.row
        carriers = region.world.carriers
        self.cell = (int(carriers.sector[row]), int(carriers.place[row]))
        self.own_order = ORGANISATION_KINDS[kind_name].own_order(identity, *self.cell)
        self.own_money = 0.0
        self.commissions: list[Commission] = []
        self._orders: dict[int, tuple[Order, Order]] = {}
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
        for commission in self.commissions:
            self.funded_at = world.step
            delivery = self._deliver(
                commission.order, commission.money, capacity, str(commission.policymaker.number)
            )
            capacity -= delivery.units
            commission.policymaker.book(commission.order, delivery)
        self.commissions.clear()
        self.own_money += self.spec.funding
        if self.own_order is not None and (world.step + self.unique_id) % _PLANNING == 0:
            self.own_money -= self._deliver(self.own_order, self.own_money, capacity, "own").spent
        if self.is_cluster:
            self._close_if_useless()

    def _deliver(self, order: Order, money: float, capacity: float, payer: str) -> Delivery:
        world = self.model.world
        unit_cost = getattr(world.scenario.instruments, order.instrument).unit_cost
        money = min(money, capacity * unit_cost)
        if money < unit_cost:
            # Less than a unit is kept until there is enough.
            return NOTHING
        instrument = INSTRUMENTS[order.instrument]
        if self.is_cluster:
            order = self._for_members(order)
        key = world.key(f"organisation.{self.unique_id}.{order.instrument}.{order.target.scope}.{payer}")
        row = self.row
        delivery = instrument.deliver(world, order, money, row, key)
        if delivery.units > 0:
            standing = world.carriers.standing
            standing[row] += _STANDING_MEMORY * (delivery.success - standing[row])
        return delivery

    def _for_members(self, order: Order) -> Order:
        """The same order for members only; orders stay the same for many steps, so what was made is kept."""
        made = self._orders.get(id(order))
        if made is None or made[0] is not order:
            target = replace(order.target, cluster=self.unique_id)
            made = self._orders[id(order)] = (order, replace(order, target=target))
        return made[1]

    def _close_if_useless(self) -> None:
        world, spec = self.model.world, self.model.world.scenario.membership
        unfunded = world.step - self.funded_at
        if unfunded > spec.patience and world.carriers.members[self.row] < spec.minimum:
            world.closing.append(self.unique_id)


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
