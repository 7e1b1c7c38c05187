"""Business support agencies: advise one firm at a time."""

from __future__ import annotations

from typing import ClassVar

from model.meso.kind import OrganisationKind
from model.policy.orders import Order
from model.spec.organisation import OrganisationSpec, organisation_spec


class BusinessSupportAgency(OrganisationKind):
    """Business support agencies: advise one firm at a time."""

    name: ClassVar[str] = "business_support"
    label: ClassVar[str] = "Business support agency"
    spec: ClassVar[type[OrganisationSpec]] = organisation_spec(
        "business_support", number=2, capacity=30, funding=8.0
    )

    def own_order(self, identity: int, sector: int, place: int) -> Order | None:
        """Advise whoever asks."""
        return Order("business_support", 1.0)
