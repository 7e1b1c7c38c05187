"""All that separates regimes, each on its own: the space in which every regime is a point."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.policy.regimes.parameters import ApplicationsSpec, DiscoverySpec, StatisticsSpec
from model.spec.kinds import Shares
from model.spec.problem import Problem, refuse
from model.spec.section import parameter

DomainNumber = Annotated[int, Field(strict=True, ge=1, le=512)]

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

    listed_domains: tuple[DomainNumber, ...] = parameter(
        (),
        "Numbers of the domains picked when choose_by is list and priorities are domains, in place of those of "
        "the sectors of political_list; the first domain is 1.",
        max_length=512,
    )

    @property
    def listed(self) -> tuple[int, ...]:
        """What stands on the list that is chosen from."""
        return (self.listed_domains if self.prioritise == "domains" else ()) or self.political_list

    @model_validator(mode="after")
    def _no_domain_is_listed_twice(self) -> Self:
        if len(set(self.listed_domains)) != len(self.listed_domains):
            refuse([Problem(("listed_domains",), "must not have a domain twice", list(self.listed_domains))])
        return self

    @model_validator(mode="after")
    def _clusters_are_no_means_to_clusters(self) -> Self:
        if self.prioritise == "clusters":
            for name in ("spotting_share", "through_clusters"):
                if getattr(self, name) > 0:
                    rule = 'must be 0, as prioritise is "clusters": all support goes through clusters already'
                    refuse([Problem((name,), rule, getattr(self, name))])
        return self
