"""Runs on which invariants are checked: any scenario, any regime, every step looked at."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from model.region import Region
from model.scenario import Scenario
from tests.reference.states import AFFORDABLE, some_scenario

STEPS = 10
EVERY_INSTRUMENT = {
    "rd_grant": 0.1,
    "generic_infrastructure": 0.1,
    "training": 0.1,
    "business_support": 0.1,
    "technology_transfer": 0.1,
    "brokerage": 0.1,
    "joint_project": 0.1,
    "public_research": 0.1,
    "discovery_pilot": 0.1,
    "start_up_support": 0.1,
}

REGIMES_AND_TWINS = [*Scenario().all_regimes, "everything"]
"""Names of all that may be put to the test."""

BUSY: dict[str, Any] = {
    "steps": STEPS,
    "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
    "start": {"run_up": 20},
    "life_cycles": {"turbulence": 3.0, "length": 30.7, "rise": 5.0, "fall": 24.0},
    "potentials": {"diffusion": 0.1},
    "research": {"focus_review": 0.5, "critical_mass": 0.5},
    "policy": {
        "budget": 0.1,
        "policymakers": [
            {"name": "ministry", "regime": "everything", "share": 0.3},
            {"name": "city", "regime": "cluster", "share": 0.3},
            {"name": "agency", "regime": "smart_specialisation", "share": 0.4},
        ],
    },
    "regimes": {
        "everything": {"kind": "lottery", "delivery": EVERY_INSTRUMENT},
        "cluster": {"applicants": 2},
        "smart_specialisation": {"review_every": 2, "targeting": "earmarked", "delivery": EVERY_INSTRUMENT},
    },
    "instruments": AFFORDABLE,
    "market": {"exit_hazard": 0.1},
    "recombination": {"attempts": 1.0, "networked_chance": 5.0},
    "firms": {"number": 60, "places": 2},
    "entry": {"replacement": 0.8},
    "events": [
        {"kind": kind, "step": step, "sectors": ["sector 1"], "factor": 1.1}
        for kind in ("demand_shock", "frontier_shock")
        for step in range(1, STEPS + 1)
    ]
    + [{"kind": "budget_change", "step": step, "factor": 1.1} for step in range(1, STEPS + 1)],
}
"""A scenario in which everything happens in every step: all instruments, all regimes, events, entry, exit."""


def busy(**sections: Any) -> Scenario:
    """The busy scenario, with some sections changed as a whole."""
    return Scenario.model_validate({**BUSY, **sections})


@st.composite
def scenarios(draw: DrawFn) -> Scenario:
    """Any scenario of a tiny region, with one or two policymakers under any regimes, and much money."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    table = some_scenario(draw(st.integers(4, 12)), int(rng.integers(1, STEPS)), rng).model_dump()
    table["steps"] = STEPS
    for event in table["events"]:
        event["step"] = min(STEPS, event["step"])
    grant = table["instruments"]["rd_grant"]
    grant["duration"] = min(STEPS, grant["duration"])
    table["start"]["run_up"] = int(rng.choice([0, 6]))
    table["regimes"]["everything"] = {"kind": "lottery", "delivery": EVERY_INSTRUMENT}
    first, second = (draw(st.sampled_from(REGIMES_AND_TWINS)) for _ in range(2))
    table["policy"] = {
        "budget": float(rng.choice([0.006, 0.1, 1.0])),
        "policymakers": [
            {"name": "one", "regime": first, "share": 0.6},
            {"name": "two", "regime": second, "share": 0.4},
        ],
    }
    table["organisations"]["cluster_organisation"]["number"] = int(rng.integers(2))
    return Scenario.model_validate(table)


def finished(scenario: Scenario, seed: int = 1) -> Region:
    """A region at its horizon."""
    region = Region(scenario, seed=seed)
    while region.running:
        region.step()
    return region
