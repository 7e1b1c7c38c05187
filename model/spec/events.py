"""Scheduled events of a scenario: shocks, budget changes, switches of regime."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.spec.kinds import Name
from model.spec.problem import Problem, refuse
from model.spec.section import Section, parameter


class _Event(Section):
    step: int = parameter(1, "Step at which the event happens.", unit="quarters", ge=1, le=10_000)


class _Shock(_Event):
    domains: tuple[Name, ...] = parameter((), "Names of domains that are hit.", max_length=512)
    sectors: tuple[Name, ...] = parameter((), "Names of sectors whose home domains are hit.", max_length=256)

    @model_validator(mode="after")
    def _hits_something(self) -> Self:
        if not self.domains and not self.sectors:
            refuse(
                [Problem(("domains",), "must name at least one domain, or sectors must name a sector", [])]
            )
        return self


class DemandShock(_Shock):
    """Demand of some domains is multiplied by a factor from this step on."""

    kind: Literal["demand_shock"] = parameter(..., "What happens.")
    factor: float = parameter(1.5, "Factor by which demand changes.", gt=0, le=100)


class FrontierShock(_Shock):
    """The world frontier of some domains jumps by a factor: what was good enough no longer is."""

    kind: Literal["frontier_shock"] = parameter(..., "What happens.")
    factor: float = parameter(1.2, "Factor by which the frontier moves.", ge=1, le=10)


class BudgetChange(_Event):
    """The whole policy budget is multiplied by a factor from this step on; 0 ends all funding."""

    kind: Literal["budget_change"] = parameter(..., "What happens.")
    factor: float = parameter(0.5, "Factor by which the budget of the step before changes.", ge=0, le=100)


class RegimeSwitch(_Event):
    """A policymaker changes its regime."""

    kind: Literal["regime_switch"] = parameter(..., "What happens.")
    regime: str = parameter(..., "Regime from this step on.", max_length=60)
    policymaker: str = parameter("", "Name of the policymaker; empty means all of them.", max_length=60)


Event = Annotated[DemandShock | FrontierShock | BudgetChange | RegimeSwitch, Field(discriminator="kind")]
