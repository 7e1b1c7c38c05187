"""Who decides on innovation policy, with how much money."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from model.spec.kinds import Name, not_whole
from model.spec.problem import Problem, refuse
from model.spec.section import Section, parameter

DomainNumber = Annotated[int, Field(strict=True, ge=1, le=512)]


class PolicymakerSpec(Section):
    """One policymaker: a name, a regime and a share of the common budget."""

    name: Name = parameter("agency", "Name of the policymaker.")
    regime: str = parameter("smart_specialisation", "Name of its regime.", max_length=60)
    share: float = parameter(1.0, "Share of the budget.", unit="share", ge=0, le=1)
    start: int = parameter(1, "First step in which it acts.", unit="quarters", ge=1, le=10_000)
    stop: int = parameter(10_000, "Last step in which it acts.", unit="quarters", ge=1, le=10_000)

    @model_validator(mode="after")
    def _starts_before_it_stops(self) -> Self:
        if self.stop < self.start:
            refuse([Problem(("stop",), f"must be at least {self.start}, the step of its start", self.stop)])
        return self


class PolicySpec(Section):
    """The budget and the policymakers that share it."""

    budget: float = parameter(
        0.03,
        "Budget per quarter, as a share of the region's wage bill at the start.",
        unit="share of wage bill",
        ge=0,
        le=1,
    )
    policymakers: tuple[PolicymakerSpec, ...] = parameter(
        (PolicymakerSpec(),), "The policymakers.", max_length=16
    )

    left_out: tuple[DomainNumber, ...] = parameter(
        (),
        "Numbers of the domains that nobody makes a priority, such as those that are sold where they are made; a "
        "sector that has no others is none either. The first domain is 1.",
        max_length=512,
    )

    @model_validator(mode="after")
    def _shares_make_sense(self) -> Self:
        problems = []
        names = [policymaker.name for policymaker in self.policymakers]
        for index, name in enumerate(names):
            if name in names[:index]:
                rule = "must differ from the names of the other policymakers"
                problems.append(Problem(("policymakers", index, "name"), rule, name))
        for step in sorted({policymaker.start for policymaker in self.policymakers}):
            active = [(p.name, p.share) for p in self.policymakers if p.start <= step <= p.stop]
            problems += not_whole(("policymakers",), f"shares of the budget from step {step} on", active)
        refuse(problems)
        return self
