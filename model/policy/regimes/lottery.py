"""Lottery: support for whoever is drawn; the yardstick for all who choose."""

from __future__ import annotations

from typing import ClassVar, Literal

from model.policy.observation import Observation
from model.policy.orders import Order
from model.policy.regimes.base import Memory, Regime, RegimeSpec
from model.spec.kinds import Shares
from model.spec.section import parameter


class LotterySpec(RegimeSpec):
    """What money is spent on when nobody is chosen."""

    kind: Literal["lottery"] = parameter("lottery", "Which regime this is a variant of.")
    # It sees nothing, so that it has nothing to review.
    review_every: ClassVar[int] = 10_000  # type: ignore[misc]
    delivery: Shares = parameter({"rd_grant": 1.0}, "Share of the money for each instrument.", unit="share")


class Lottery(Regime[LotterySpec]):
    """See nothing, prioritise nothing: firms are served by lot."""

    kind: ClassVar[str] = "lottery"
    spec_type: ClassVar[type[RegimeSpec]] = LotterySpec

    def review(self, observation: Observation, memory: Memory) -> Memory:
        """Keep what was remembered."""
        return memory

    def allocate(self, memory: Memory) -> tuple[Order, ...]:
        """Order the instruments for anybody."""
        return tuple(Order(name, share) for name, share in self.spec.delivery.items())
