"""Untargeted support: every instrument for whoever comes; the yardstick by which unit costs are calibrated."""

from __future__ import annotations

from typing import ClassVar, Literal

from model.policy.observation import Observation
from model.policy.orders import Order
from model.policy.regimes.base import Memory, Regime, RegimeSpec
from model.spec.kinds import Shares
from model.spec.section import parameter


class UntargetedSpec(RegimeSpec):
    """What money is spent on when nobody is chosen."""

    kind: Literal["untargeted"] = parameter("untargeted", "Which regime this is a variant of.")
    # It sees nothing, so that it has nothing to review.
    review_every: ClassVar[int] = 10_000  # type: ignore[misc]
    delivery: Shares = parameter({"rd_grant": 1.0}, "Share of the money for each instrument.", unit="share")


class Untargeted(Regime[UntargetedSpec]):
    """See nothing, prioritise nothing: firms are served by lot."""

    kind: ClassVar[str] = "untargeted"
    spec_type: ClassVar[type[RegimeSpec]] = UntargetedSpec

    def review(self, observation: Observation, memory: Memory) -> Memory:
        """Keep what was remembered."""
        return memory

    def allocate(self, memory: Memory) -> tuple[Order, ...]:
        """Order the instruments for anybody."""
        return tuple(Order(name, share) for name, share in self.spec.delivery.items())
