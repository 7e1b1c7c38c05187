"""Parameters of the life of knowledge domains: how they are born, ripen and die."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from model.spec.problem import Problem, refuse
from model.spec.section import Section, parameter


class LifeCyclesSpec(Section):
    """How fast the world's domains are born, ripen and die (Vernon 1966; Saviotti & Pyka 2004)."""

    turbulence: float = parameter(
        0.5,
        "Speed at which domains age, in quarters of their life per quarter; 0 keeps demand and domains as they are.",
        ge=0,
        le=5,
        source="Saviotti & Pyka 2004",
    )
    length: float = parameter(
        110.0,
        "Life of a domain from its birth in the world to its end.",
        unit="quarters",
        ge=8,
        le=1000,
        source="Vernon 1966",
    )
    rise: float = parameter(
        20.0,
        "Age at which demand has risen half way.",
        unit="quarters",
        gt=0,
        le=1000,
        source="Vernon 1966",
    )
    fall: float = parameter(
        85.0,
        "Age at which demand has fallen half way.",
        unit="quarters",
        gt=0,
        le=1000,
        source="Vernon 1966",
    )
    unborn_share: float = parameter(
        0.35, "Share of domains that the world has not opened yet, at any time.", unit="share", gt=0, le=0.8
    )
    kept: float = parameter(
        0.2,
        "Share of what firms knew of a domain that is of use in the one that takes its place.",
        unit="share",
        ge=0,
        le=1,
    )

    @model_validator(mode="after")
    def _rises_before_it_falls(self) -> Self:
        if not self.rise < self.fall < self.length:
            rule = f"must lie between rise ({self.rise:g}) and length ({self.length:g})"
            refuse([Problem(("fall",), rule, self.fall)])
        return self
