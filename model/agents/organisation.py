"""Meso-organisations: they decide one by one whom they serve, with whose money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from model.agents.carrier import Carrier
from model.meso import KIND_CODES, ORGANISATION_KINDS
from model.meso.knowledge import take_up
from model.policy.instruments import INSTRUMENTS
from model.policy.orders import NOTHING, Delivery, Order
from model.spec.organisation import CarryingOrganisationSpec

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
        self.account = region.open_account(identity, kind_name)
        self.commissions: list[Commission] = []
        self._orders: dict[int, tuple[Order, Order]] = {}
        self.funded_at = region.world.step

    @property
    def own_money(self) -> float:
        """Money of its own that it keeps, in wages."""
        return self.account.kept

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
        world, step = self.model.world, self.model.world.step
        capacity = self.spec.capacity
        self.account.open(step, self.spec.funding)
        for commission in self.commissions:
            self.funded_at = step
            delivery = self._deliver(
                commission.order, commission.money, capacity, str(commission.policymaker.number)
            )
            capacity -= delivery.units
            self.account.commission(step, delivery.spent, delivery.units)
            commission.policymaker.book(commission.order, delivery)
        self.commissions.clear()
        if (step + self.unique_id) % _PLANNING == 0:
            self._carry_out_programme(capacity)
        row, carriers = self.row, world.carriers
        self.account.close(step, carriers.clients[row], carriers.standing[row])
        if self.is_cluster:
            self._close_if_useless()

    def _carry_out_programme(self, capacity: float) -> None:
        """Spend own money on its service; who works with firms keeps up with what universities know."""
        if self.own_order is None:
            return
        delivery = self._deliver(self.own_order, self.own_money, capacity, "own")
        self.account.spend(self.model.world.step, delivery.spent, delivery.units)
        if delivery.units > 0 and isinstance(self.spec, CarryingOrganisationSpec):
            take_up(self.model.world, self.row, self.spec.uptake)

    def _deliver(self, order: Order, money: float, capacity: float, payer: str) -> Delivery:
        world = self.model.world
        unit_cost = getattr(world.scenario.instruments, order.instrument).unit_cost
        asked_for = money // unit_cost
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
        # Standing follows what was delivered of what was asked for, and what came of that.
        delivered = min(1.0, delivery.units / asked_for)
        standing = world.carriers.standing
        standing[row] += _STANDING_MEMORY * (delivered * delivery.success - standing[row])
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
