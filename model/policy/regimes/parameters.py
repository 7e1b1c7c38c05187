"""Parameters that a built-in regime has in common with regimes that users compose."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.policy.regimes.switches import SwitchedSpec
from model.spec.problem import Problem, refuse
from model.spec.section import parameter

SectorNumber = Annotated[int, Field(strict=True, ge=1, le=256)]


class StatisticsSpec(SwitchedSpec):
    """How priorities are chosen from above by what statistics tell, and early clusters spotted."""

    choose_by: Literal["size", "growth", "trend", "list"] = parameter(
        "size",
        "What is looked at from above: employment (knowledge of a domain, firms of a group), its growth, "
        "demand, or a political list.",
    )
    political_list: tuple[SectorNumber, ...] = parameter(
        (), "Numbers of the sectors picked when choose_by is list; the first sector is 1.", max_length=256
    )
    spotting_share: float = parameter(
        0.0,
        "Share of the money that goes to early clusters that a small country's overview spots; none where "
        "links are isolated.",
        unit="share",
        ge=0,
        le=1,
        source="Wältring, Mesopartner",
    )
    spotted_clusters: int = parameter(2, "Early clusters spotted at a time.", unit="clusters", ge=1, le=64)

    @property
    def listed(self) -> tuple[int, ...]:
        """What stands on the list that is chosen from."""
        return self.political_list

    @model_validator(mode="after")
    def _list_is_a_list_of_sectors(self) -> Self:
        if self.choose_by == "list" and not self.listed:
            refuse(
                [Problem(("political_list",), 'must name at least one sector, as choose_by is "list"', [])]
            )
        if len(set(self.political_list)) != len(self.political_list):
            refuse([Problem(("political_list",), "must not have a sector twice", list(self.political_list))])
        return self


class ApplicationsSpec(SwitchedSpec):
    """Which groups of firms may apply, how many are supported, and when support of one ends."""

    clusters: int = parameter(4, "Clusters supported at a time.", unit="clusters", ge=1, le=64)
    applicants: int = parameter(5, "Firms that a group needs to apply.", unit="firms", ge=2, le=1000)
    outward: float = parameter(
        0.2,
        "Share of brokerage that goes to ties outside the cluster (cross-innovation); all of it where scope "
        "is across.",
        unit="share",
        ge=0,
        le=1,
        source="Uzzi 1997",
    )
    members_needed: int = parameter(
        0,
        "Members below which a supported cluster is passed over at the next review; 0 asks for none.",
        unit="firms",
        ge=0,
        le=1000,
        source="Wältring, Mesopartner",
    )


class DiscoverySpec(SwitchedSpec):
    """How discovery proceeds, when priorities are stopped or scaled up, and what may be wrong with it."""

    pilots: int = parameter(
        3, "Domains tried out at a time.", unit="domains", ge=1, le=64, source="Foray 2015"
    )
    candidates: int = parameter(
        15,
        "Domains considered: from above those closest to existing capabilities, from below those into which "
        "firms recombine most.",
        unit="domains",
        ge=1,
        le=512,
        source="Balland et al. 2019",
    )
    mastery: float = parameter(
        0.05,
        "Regional knowledge against the frontier above which a domain needs no discovery.",
        unit="share",
        ge=0,
        le=1,
    )
    graduation: float = parameter(
        0.25,
        "Regional knowledge against the frontier above which a priority needs no more support.",
        unit="share",
        ge=0,
        le=1,
        source="Foray 2015",
    )
    trend_horizon: int = parameter(
        12,
        "Quarters over which the growth of demand is thought to go on; 0 looks at demand as it is.",
        unit="quarters",
        ge=0,
        le=200,
        source="Wältring, Mesopartner",
    )
    pilots_by: Literal["belief", "uncertainty"] = parameter(
        "uncertainty",
        "What is tried next: what a draw from beliefs favours (Thompson 1933), or what is known least.",
        source="Hausmann & Rodrik 2003",
    )
    prior_deviation: float = parameter(
        1.0,
        "Standard deviation of beliefs about hidden potential before any pilot.",
        gt=0,
        le=10,
        source="Thompson 1933",
    )
    belief_drift: float = parameter(
        0.02, "Variance that beliefs gain between reviews, because the world moves on.", ge=0, le=10
    )
    stop_after: int = parameter(
        4,
        "Reviews after which a priority must have grown.",
        unit="reviews",
        ge=1,
        le=100,
        source="Foray 2015",
    )
    stop_growth: float = parameter(
        0.02,
        "Growth of regional knowledge against the frontier below which a priority is stopped.",
        ge=0,
        le=1,
        source="Foray 2015",
    )
    scaling: int = parameter(
        1,
        "Weight of a priority that has grown, against 1 for the others; 1 scales nothing up.",
        ge=1,
        le=100,
        source="Foray 2015",
    )
    scale_growth: float = parameter(
        0.02,
        "Growth of regional knowledge against the frontier from which a priority is scaled up.",
        ge=0,
        le=1,
        source="Foray 2015",
    )
    through_clusters: float = parameter(
        0.0,
        "Share of brokerage and joint projects for priorities that existing cluster organisations carry, so "
        "that their networks specialise anew; nothing where there is none.",
        unit="share",
        ge=0,
        le=1,
        source="Foray 2015",
    )
    monitoring_lag: int = parameter(
        0,
        "Reviews by which all that is observed, results of pilots included, is out of date.",
        unit="reviews",
        ge=0,
        le=100,
    )
    captured: float = parameter(
        0.0,
        "Flaw: share of priorities and pilots that go where the largest firms are strongest already.",
        unit="share",
        ge=0,
        le=1,
        source="Foray 2015",
    )
    informed: bool = parameter(
        False,
        "Whether the hidden potential of every domain is told: a yardstick of what information is worth, no policy.",
        source="Hausmann & Rodrik 2003",
    )
    feedback: bool = parameter(
        True,
        "Whether results of pilots and monitoring change beliefs and stop priorities; false is a flaw.",
        source="Foray 2015",
    )
