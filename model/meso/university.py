"""Universities: broad knowledge, far from firms until they can absorb it."""

from __future__ import annotations

from typing import ClassVar

from model.meso.kind import OrganisationKind
from model.policy.orders import Order
from model.spec.organisation import KnowingOrganisationSpec, OrganisationSpec, organisation_spec


class University(OrganisationKind):
    """Universities: broad knowledge, far from firms until they can absorb it."""

    name: ClassVar[str] = "university"
    label: ClassVar[str] = "University"
    spec: ClassVar[type[OrganisationSpec]] = organisation_spec(
        "university",
        KnowingOrganisationSpec,
        number=2,
        capacity=120,
        funding=8.0,
        knowledge=0.7,
        breadth=0.5,
    )

    def own_order(self, identity: int, sector: int, place: int) -> Order | None:
        """Do public research where it is strongest, in contact with whoever asks."""
        return Order("public_research", 1.0)
