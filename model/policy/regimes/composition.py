"""All that separates regimes, each on its own: the space in which every regime is a point."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from model.policy.regimes.parameters import ApplicationsSpec, DiscoverySpec, StatisticsSpec
from model.spec.kinds import Shares
from model.spec.problem import Problem, refuse
from model.spec.section import parameter

EVENLY = dict.fromkeys(
    (
        "rd_grant",
        "generic_infrastructure",
        "training",
        "business_support",
        "technology_transfer",
        "public_research",
        "brokerage",
        "joint_project",
    ),
    0.125,
)
"""All instruments alike whose yield was calibrated, but for pilots, for which search decides."""


class ComposedSpec(StatisticsSpec, ApplicationsSpec, DiscoverySpec):
    """Everything that separates regimes, each on its own."""

    kind: Literal["composed"] = parameter("composed", "Which regime this is a variant of.")
    delivery: Shares = parameter(EVENLY, "Share of the money for each instrument.", unit="share")
    prioritise: Literal["sectors", "clusters", "domains"] = parameter(
        "domains", "What a priority is: a sector, a group of firms with an organisation, or a domain."
    )
    priorities: int = parameter(
        3, "Sectors or domains supported at a time.", unit="priorities", ge=1, le=64, source="Foray 2015"
    )

    @model_validator(mode="after")
    def _clusters_are_no_means_to_clusters(self) -> Self:
        if self.prioritise == "clusters":
            for name in ("spotting_share", "through_clusters"):
                if getattr(self, name) > 0:
                    rule = 'must be 0, as prioritise is "clusters": all support goes through clusters already'
                    refuse([Problem((name,), rule, getattr(self, name))])
        return self
