"""Parameters of the knowledge space: domains, sectors, relatedness, frontier and demand."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from model.spec.kinds import Name
from model.spec.measured import MeasuredSpec
from model.spec.problem import Problem, refuse
from model.spec.section import Section, parameter


class KnowledgeSpaceSpec(Section):
    """Which knowledge domains exist and how they are related (fixed during a run)."""

    domains: int = parameter(46, "Number of knowledge domains.", unit="domains", ge=4, le=512)
    sectors: int = parameter(5, "Number of sectors.", unit="sectors", ge=1, le=256)
    cross_cutting_domains: int = parameter(
        6, "Domains without a home sector, such as IoT or nutrition science.", unit="domains", ge=0, le=256
    )
    latent_share: float = parameter(
        0.35,
        "Share of domains that nobody in the region holds at the start; with life-cycles, at least those that "
        "the world has not opened.",
        unit="share",
        ge=0,
        le=0.9,
    )
    latent_names: tuple[Name, ...] = parameter(
        (),
        "Domains that are latent at the start whatever is drawn; the first that are named are born first.",
        max_length=512,
    )
    seed: int = parameter(
        1, "Seed of the knowledge space; -1 draws a new space for every run's seed.", ge=-1, le=2**31
    )
    domain_names: tuple[Name, ...] = parameter(
        (),
        "Names of the domains, sector by sector, cross-cutting ones last; generated if empty.",
        max_length=512,
    )
    sector_names: tuple[Name, ...] = parameter(
        (), "Names of the sectors; generated if empty.", max_length=256
    )
    relatedness_within_sector: float = parameter(
        0.6, "Mean relatedness of two domains of one sector.", ge=0, le=1, source="Hidalgo et al. 2007"
    )
    relatedness_cross_cutting: float = parameter(
        0.4,
        "Mean relatedness of a cross-cutting domain and the sectors it reaches.",
        ge=0,
        le=1,
        source="Wältring, Mesopartner",
    )
    cross_cutting_reach: float = parameter(
        0.6, "Share of sectors that a cross-cutting domain is related to.", unit="share", ge=0, le=1
    )
    relatedness_elsewhere: float = parameter(
        0.08, "Mean relatedness of all other pairs.", ge=0, le=1, source="Hidalgo et al. 2007"
    )
    relatedness_spread: float = parameter(
        0.5, "Spread of relatedness around its mean, relative to the room left to 0 and 1.", ge=0, le=1
    )
    complexity_mean: float = parameter(
        0.4, "Mean complexity of the domains.", ge=0, le=1, source="Hidalgo & Hausmann 2009"
    )
    complexity_spread: float = parameter(
        0.25, "Half-width of the complexity distribution around its mean.", ge=0, le=0.5
    )
    frontier_growth: float = parameter(
        0.003,
        "Mean growth of the world frontier, in units of which knowledge is counted: what does not grow becomes "
        "obsolete.",
        unit="1/quarter",
        ge=0,
        le=0.1,
    )
    frontier_growth_spread: float = parameter(
        0.5, "Spread of frontier growth over domains, relative to its mean.", ge=0, le=1
    )
    demand_volatility: float = parameter(
        0.02, "Standard deviation of log demand per step.", unit="1/quarter", ge=0, le=1
    )
    demand_drift_spread: float = parameter(
        0.0, "Spread of the drift of log demand over domains.", unit="1/quarter", ge=0, le=0.1
    )
    competition_lag: float = parameter(
        0.05,
        "Share of its distance from demand that the world's competition in a domain closes.",
        unit="1/quarter",
        ge=0,
        le=1,
    )
    measured: MeasuredSpec = Field(
        default=MeasuredSpec(),
        description="What was measured in a real region, in place of what is generated.",
    )

    @property
    def all_domain_names(self) -> tuple[str, ...]:
        """Names of the domains, generated where none are given."""
        return self.domain_names or tuple(f"domain {number + 1}" for number in range(self.domains))

    @property
    def all_sector_names(self) -> tuple[str, ...]:
        """Names of the sectors, generated where none are given."""
        return self.sector_names or tuple(f"sector {number + 1}" for number in range(self.sectors))

    @property
    def latent_numbers(self) -> list[int]:
        """Indices of the domains that are named as latent, in the order in which they are named."""
        return [self.all_domain_names.index(name) for name in self.latent_names]

    @model_validator(mode="after")
    def _names_and_numbers_agree(self) -> Self:
        problems = []
        problems += self.measured.disagreements(self.domains, self.sectors, self.cross_cutting_domains)
        needed = self.sectors + self.cross_cutting_domains
        if needed > self.domains and not self.measured.given:
            rule = (
                f"must be at least {needed}: one for each of {self.sectors} sectors, "
                f"and {self.cross_cutting_domains} cross-cutting domains"
            )
            problems.append(Problem(("domains",), rule, self.domains))
        for key, wanted in (("domain_names", self.domains), ("sector_names", self.sectors)):
            names = getattr(self, key)
            if names and len(names) != wanted:
                what = key.removesuffix("_names")
                rule = (
                    f"must have {wanted} names, as there are {wanted} {what}s, or none; it has {len(names)}"
                )
                problems.append(Problem((key,), rule))
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                problems.append(Problem((key,), "must not have a name twice", ", ".join(twice)))
        unknown = [name for name in self.latent_names if name not in self.all_domain_names]
        problems += [Problem(("latent_names",), "must name domains of the region", name) for name in unknown]
        refuse(problems)
        return self
