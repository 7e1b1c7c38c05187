"""Who decides on innovation policy, with how much money."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from model.spec.kinds import Name, not_whole
from model.spec.problem import Problem, refuse
from model.spec.section import Section, parameter


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
        0.01,
        "Budget per quarter, as a share of the region's wage bill at the start.",
        unit="share of wage bill",
        ge=0,
        le=1,
    )
    policymakers: tuple[PolicymakerSpec, ...] = parameter(
        (PolicymakerSpec(),), "The policymakers.", max_length=16
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
