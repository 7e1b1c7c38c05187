"""Small regions for what is shown about Mesa."""

from __future__ import annotations

from typing import Any

from model.loading import load_scenario
from model.region import Region
from model.scenario import Scenario

STEPS = 12
SMALL = {"firms.number": 40, "steps": STEPS}


def small_scenario() -> Scenario:
    """Give the default story with few firms and steps."""
    return load_scenario("machine_building_meets_iot", SMALL)


def small_region(kind: type[Region] = Region, regime: str = "cluster", seed: int = 3, **settings: Any) -> Any:
    """Build a region of the small scenario."""
    return kind(scenario=small_scenario(), regime=regime, seed=seed, **settings)


def advance(region: Region, steps: int) -> None:
    """Take several steps."""
    for _ in range(steps):
        region.step()
