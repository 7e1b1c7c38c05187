"""Cluster organisations: broker ties and run joint projects among members; founded when a cluster is supported."""

from __future__ import annotations

from typing import ClassVar

from model.meso.kind import OrganisationKind
from model.policy.orders import Order, Target
from model.spec.organisation import FoundedOrganisationSpec, OrganisationSpec, organisation_spec


class ClusterOrganisation(OrganisationKind):
    """Cluster organisations: broker ties and run joint projects among members; founded when a cluster is supported."""

    name: ClassVar[str] = "cluster_organisation"
    label: ClassVar[str] = "Cluster organisation"
    spec: ClassVar[type[OrganisationSpec]] = organisation_spec(
        "cluster_organisation", FoundedOrganisationSpec, number=0, capacity=25
    )

    def own_order(self, identity: int, sector: int, place: int) -> Order | None:
        """Broker ties among members with money of its own, if it has any."""
        return Order("brokerage", 1.0, Target(cluster=identity, scope="inside"), cells=((sector, place),))
