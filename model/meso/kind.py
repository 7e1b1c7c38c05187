"""What a kind of meso-organisation is: its parameters, its service, and what it does with its own money."""

from __future__ import annotations

from typing import ClassVar

from model.policy.orders import Order
from model.spec.organisation import OrganisationSpec


class OrganisationKind:
    """One kind of meso-organisation.

    Attributes
    ----------
    name
        Name in TOML, tables and dashboard.
    label
        Name for people.
    spec
        Its parameters.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    spec: ClassVar[type[OrganisationSpec]]

    def own_order(self, identity: int, sector: int, place: int) -> Order | None:
        """What the organisation does with its own money; nothing unless its kind says so.

        Parameters
        ----------
        identity
            Persistent id of the organisation.
        sector, place
            Where it works.

        Returns
        -------
        Order or None
            An order for all of its own money.
        """
        return None
