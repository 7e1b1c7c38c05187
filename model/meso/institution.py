"""What a meso-organisation delivers, with whose money it may be: to policymakers' orders or as its own programme."""

from __future__ import annotations

from dataclasses import replace

from model.meso import ORGANISATION_KINDS
from model.meso.knowledge import take_up
from model.policy.instruments import INSTRUMENTS
from model.policy.instruments.base import Instrument
from model.policy.orders import NOTHING, Delivery, Order
from model.spec.organisation import CarryingOrganisationSpec
from model.world import World

OWN = -1
"""In place of the number of a policymaker: money of its own."""
_STANDING_MEMORY = 0.1
_PLANNING = 4
"""Steps between an organisation's own programmes: it plans by the year."""


class Institution:
    """The working side of a meso-organisation, which is there before anybody makes policy.

    Parameters
    ----------
    world
        State of the run.
    identity
        Persistent id of the organisation.
    kind_name
        Kind of organisation.
    row
        Its row in the table of carriers.
    """

    def __init__(self, world: World, identity: int, kind_name: str, row: int) -> None:
        carriers = world.carriers
        self.identity = identity
        self.spec = getattr(world.scenario.organisations, kind_name)
        self.cell = (int(carriers.sector[row]), int(carriers.place[row]))
        self.own_order = ORGANISATION_KINDS[kind_name].own_order(identity, *self.cell)
        self.is_cluster = kind_name == "cluster_organisation"
        """Whether it is a cluster organisation, which works for its members only."""
        self._orders: dict[int, tuple[Order, Order]] = {}
        self._services: dict[tuple[str, str, int], tuple[float, Instrument, str]] = {}

    def carry_out_programme(self, world: World, row: int, money: float, capacity: float) -> Delivery:
        """Once a year, spend own money on its service; who works with firms keeps up with what universities know.

        Parameters
        ----------
        world
            State of the run; changed in place.
        row
            Row of the organisation.
        money
            Money of its own, in wages.
        capacity
            Units that it can still deliver in this step.
        """
        if self.own_order is None or (world.step + self.identity) % _PLANNING != 0:
            return NOTHING
        delivery = self.deliver(world, row, self.own_order, money, capacity, OWN)
        if delivery.units > 0 and isinstance(self.spec, CarryingOrganisationSpec):
            take_up(world, row, self.spec.uptake)
        return delivery

    def deliver(
        self, world: World, row: int, order: Order, money: float, capacity: float, payer: int
    ) -> Delivery:
        """Deliver what money and capacity allow; standing follows what was delivered, and what came of it.

        Parameters
        ----------
        world
            State of the run; changed in place.
        row
            Row of the organisation.
        order
            What to deliver, and to whom.
        money
            Money for it, in wages.
        capacity
            Units that it can still deliver in this step.
        payer
            Number of the policymaker who pays, or :data:`OWN`.
        """
        unit_cost, instrument, name = self._service(world, order, payer)
        asked_for = money // unit_cost
        money = min(money, capacity * unit_cost)
        if money < unit_cost:
            # Less than a unit is kept until there is enough.
            return NOTHING
        if self.is_cluster:
            order = self._for_members(order)
        key = world.streams.key(name, instrument.drawn_at(world))
        delivery = instrument.deliver(world, order, money, row, key)
        # Standing follows what was delivered of what was asked for, and what came of that.
        delivered = min(1.0, delivery.units / asked_for)
        standing = world.carriers.standing
        before = standing.item(row)
        standing[row] = before + _STANDING_MEMORY * (delivered * delivery.success - before)
        return delivery

    def _service(self, world: World, order: Order, payer: int) -> tuple[float, Instrument, str]:
        """Unit cost of what is ordered, the instrument, and the name of the stream that it draws from."""
        asked = (order.instrument, order.target.scope, payer)
        known = self._services.get(asked)
        if known is None:
            paid_by = "own" if payer == OWN else payer
            known = self._services[asked] = (
                getattr(world.scenario.instruments, order.instrument).unit_cost,
                INSTRUMENTS[order.instrument],
                f"organisation.{self.identity}.{order.instrument}.{order.target.scope}.{paid_by}",
            )
        return known

    def _for_members(self, order: Order) -> Order:
        """The same order for members only; orders stay the same for many steps, so what was made is kept."""
        made = self._orders.get(id(order))
        if made is None or made[0] is not order:
            target = replace(order.target, cluster=self.identity)
            made = self._orders[id(order)] = (order, replace(order, target=target))
        return made[1]
