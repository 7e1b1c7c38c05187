"""The registry of kinds of meso-organisation: a new one is a file here and a line below."""

from __future__ import annotations

from model.meso.business_support import BusinessSupportAgency
from model.meso.cluster_organisation import ClusterOrganisation
from model.meso.discovery_platform import DiscoveryPlatform
from model.meso.kind import OrganisationKind
from model.meso.technology_transfer import TechnologyTransferCentre
from model.meso.training import TrainingProvider
from model.meso.university import University

ORGANISATION_KINDS: dict[str, OrganisationKind] = {
    kind.name: kind
    for kind in (
        University(),
        TechnologyTransferCentre(),
        TrainingProvider(),
        BusinessSupportAgency(),
        ClusterOrganisation(),
        DiscoveryPlatform(),
    )
}

KIND_CODES: dict[str, int] = {name: code for code, name in enumerate(ORGANISATION_KINDS, start=1)}
"""Code of each kind in the column ``kind``; firms have 0."""
