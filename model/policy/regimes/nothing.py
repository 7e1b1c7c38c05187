"""No policy: nothing is spent; the line that everything else is compared with."""

from __future__ import annotations

from typing import ClassVar, Literal

from model.policy.observation import Observation
from model.policy.orders import Order
from model.policy.regimes.base import Memory, Regime, RegimeSpec
from model.spec.section import parameter


class NoPolicySpec(RegimeSpec):
    """No policy has nothing to set."""

    kind: Literal["none"] = parameter("none", "Which regime this is a variant of.")
    # What other regimes can set would change nothing here, so it is no parameter: setting it is an error.
    review_every: ClassVar[int] = 10_000  # type: ignore[misc]
    delivery: ClassVar[dict[str, float]] = {}  # type: ignore[misc]


class NoPolicy(Regime[NoPolicySpec]):
    """Spend nothing."""

    kind: ClassVar[str] = "none"
    spec_type: ClassVar[type[RegimeSpec]] = NoPolicySpec
    spends: ClassVar[bool] = False

    def review(self, observation: Observation, memory: Memory) -> Memory:
        """Keep what was remembered."""
        return memory

    def allocate(self, memory: Memory) -> tuple[Order, ...]:
        """Order nothing."""
        return ()
