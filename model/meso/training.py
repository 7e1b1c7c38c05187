"""Training providers: raise the skill of employees."""

from __future__ import annotations

from typing import ClassVar

from model.meso.kind import OrganisationKind
from model.policy.orders import Order
from model.spec.organisation import OrganisationSpec, organisation_spec


class TrainingProvider(OrganisationKind):
    """Training providers: raise the skill of employees."""

    name: ClassVar[str] = "training"
    label: ClassVar[str] = "Training provider"
    spec: ClassVar[type[OrganisationSpec]] = organisation_spec(
        "training", number=2, capacity=400, funding=8.0
    )

    def own_order(self, identity: int, sector: int, place: int) -> Order | None:
        """Train whoever asks."""
        return Order("training", 1.0)
