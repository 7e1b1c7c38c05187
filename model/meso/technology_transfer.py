"""Technology transfer centres: carry knowledge to clients and help them understand it."""

from __future__ import annotations

from typing import ClassVar

from model.meso.kind import OrganisationKind
from model.policy.orders import Order
from model.spec.organisation import CarryingOrganisationSpec, OrganisationSpec, organisation_spec


class TechnologyTransferCentre(OrganisationKind):
    """Technology transfer centres: carry knowledge to clients and help them understand it."""

    name: ClassVar[str] = "technology_transfer"
    label: ClassVar[str] = "Technology transfer centre"
    spec: ClassVar[type[OrganisationSpec]] = organisation_spec(
        "technology_transfer",
        CarryingOrganisationSpec,
        number=2,
        capacity=30,
        funding=8.0,
        knowledge=0.5,
        breadth=0.4,
        uptake=0.3,
    )

    def own_order(self, identity: int, sector: int, place: int) -> Order | None:
        """Serve whoever asks."""
        return Order("technology_transfer", 1.0)
