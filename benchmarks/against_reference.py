"""How much faster the simulation is than the plain model that states the same processes agent by agent.

Run with ``python -m benchmarks.against_reference``; everything that a step does is included on both sides.
"""

from __future__ import annotations

import time

from benchmarks.timing import best_of
from model.loading import load_scenario
from model.region import DEFAULT_SCENARIO, Region, warm_up
from tests.reference.region import ReferenceRegion

FIRMS = 1_000
WARM_STEPS = 4
STEPS = 3
FAST_STEPS = 20


def main() -> None:
    """Time a step of both under every regime, in turn on the same state."""
    warm_up(print)
    scenario = load_scenario(DEFAULT_SCENARIO, {"firms.number": FIRMS})
    for regime in ("none", "sector", "cluster", "smart_specialisation"):
        region = Region(scenario.with_regime(regime), seed=0)
        for _ in range(WARM_STEPS):
            region.step()
        reference = ReferenceRegion.from_region(region)
        begun = time.perf_counter()
        for _ in range(STEPS):
            reference.step()
        slow = (time.perf_counter() - begun) / STEPS
        fast = best_of(3, lambda region=region: [region.step() for _ in range(FAST_STEPS)]) / FAST_STEPS
        times = f"plain {slow:6.3f} s a step, compiled {1000 * fast:6.3f} ms, ratio {slow / fast:.0f}"
        print(f"{FIRMS} firms, {regime:22s} {times}")


if __name__ == "__main__":
    main()
