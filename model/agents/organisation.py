"""Meso-organisations: they decide one by one whom they serve, with whose money."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from model.agents.carrier import Carrier
from model.meso import KIND_CODES
from model.meso.institution import Institution
from model.policy.orders import Order

if TYPE_CHECKING:
    from model.agents.policymaker import Policymaker
    from model.agents.population import Population


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
        self.institution = Institution(region.world, identity, kind_name, self.row)
        self.spec = self.institution.spec
        self.cell = self.institution.cell
        self.account = region.open_account(identity, kind_name)
        self.commissions: list[Commission] = []
        self.funded_at = region.world.step

    @property
    def own_money(self) -> float:
        """Money of its own that it keeps, in wages."""
        return self.account.kept

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
        world, step, row = self.model.world, self.model.world.step, self.row
        capacity = self.spec.capacity
        self.account.open(step, self.spec.funding)
        if self.commissions:
            self.funded_at = step
            for commission in self.commissions:
                number = commission.policymaker.number
                delivery = self.institution.deliver(
                    world, row, commission.order, commission.money, capacity, number
                )
                capacity -= delivery.units
                self.account.commission(step, delivery.spent, delivery.units)
                commission.policymaker.book(commission.order, delivery)
            self.commissions.clear()
        programme = self.institution.carry_out_programme(world, row, self.own_money, capacity)
        if programme.units > 0:
            self.account.spend(step, programme.spent, programme.units)
        carriers = world.carriers
        self.account.close(step, carriers.clients.item(row), carriers.standing.item(row))
        if self.institution.is_cluster:
            self._close_if_useless(row)

    def _close_if_useless(self, row: int) -> None:
        world, spec = self.model.world, self.model.world.scenario.membership
        unfunded = world.step - self.funded_at
        if unfunded > spec.patience and world.carriers.members[row] < spec.minimum:
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
