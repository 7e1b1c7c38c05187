"""Discovery platforms: bring firms together to try new domains and to meet across sectors."""

from __future__ import annotations

from typing import ClassVar

from model.meso.kind import OrganisationKind
from model.policy.orders import Order, Target
from model.spec.organisation import OrganisationSpec, organisation_spec


class DiscoveryPlatform(OrganisationKind):
    """Discovery platforms: bring firms together to try new domains and to meet across sectors."""

    name: ClassVar[str] = "discovery_platform"
    label: ClassVar[str] = "Discovery platform"
    spec: ClassVar[type[OrganisationSpec]] = organisation_spec(
        "discovery_platform", number=1, capacity=20, funding=8.0
    )

    def own_order(self, identity: int, sector: int, place: int) -> Order | None:
        """Let firms of different sectors meet."""
        return Order("brokerage", 1.0, Target(scope="across"))
