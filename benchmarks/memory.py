"""How much memory a region of 100,000 firms needs.

Run with ``python -m benchmarks.memory``.
"""

from __future__ import annotations

import resource
import sys
import time

from model.loading import load_scenario
from model.region import DEFAULT_SCENARIO, Region, warm_up

FIRMS = 100_000
STEPS = 8


def peak_gigabytes() -> float:
    """Largest resident memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**30 if sys.platform == "darwin" else peak / 2**20


def main() -> None:
    """Run some steps of a very large region and tell what it took."""
    warm_up(print)
    before = peak_gigabytes()
    settings = {"firms.number": FIRMS, "steps": STEPS, "regime": "smart_specialisation"}
    scenario = load_scenario(DEFAULT_SCENARIO, {k: v for k, v in settings.items() if k != "regime"})
    region = Region(scenario.with_regime("smart_specialisation"), seed=0)
    begun = time.perf_counter()
    while region.running:
        region.step()
    seconds = time.perf_counter() - begun
    print(
        f"{FIRMS} firms, {STEPS} steps: {seconds / STEPS:.2f} s a step, {peak_gigabytes():.2f} GB ({before:.2f} before)"
    )


if __name__ == "__main__":
    main()
