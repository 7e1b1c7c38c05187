"""Policies that are tried beside the regimes: searched at random, told everything, or fixed from the start."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from analysis.studies.optimisation.levers import CHOICES, draw_regime
from model.loading import load_scenario
from model.policy.regimes.switches import BUNDLE, PILOT
from model.scenario import Scenario

SEARCH = 0
"""Seed of the search: the same policies are drawn whenever as many are asked for."""

Spec = dict[str, Any]

STATIC: Spec = {
    "kind": "composed", "delivery": dict(BUNDLE), "prioritise": "domains", "targeting": "earmarked",
    "scope": "across", "search": "fixed", "choose_by": "size", "review_every": 10_000,
}  # fmt: skip
"""A fixed list: the domains that are largest at the start, for ever."""

INFORMED: Spec = {
    "kind": "composed", "prioritise": "domains", "scope": "across", "search": "discovering",
    "policy_driven": 0.67, "informed": True,
}  # fmt: skip
INFORMED_DELIVERIES: dict[str, dict[str, float]] = {
    "grants": {"rd_grant": 1 - BUNDLE[PILOT], PILOT: BUNDLE[PILOT]},
    "advice": {"business_support": 1 - BUNDLE[PILOT], PILOT: BUNDLE[PILOT]},
    "bundle": dict(BUNDLE),
}


def searched(count: int) -> Iterator[tuple[str, Spec]]:
    """Draw policies at random, each with its name.

    Parameters
    ----------
    count
        How many.

    Yields
    ------
    tuple
        Name, and the spec of a composed regime.
    """
    generator = np.random.default_rng(SEARCH)
    for number in range(count):
        yield f"searched_{number:03d}", draw_regime(generator)


def informed() -> Iterator[tuple[str, Spec]]:
    """Give policies that are told the hidden potential of every domain, each with its name."""
    for (bought, delivery), aimed in product(INFORMED_DELIVERIES.items(), CHOICES["targeting"]):
        yield f"informed_{bought}_{aimed}", {**INFORMED, "delivery": delivery, "targeting": aimed}


def under(scenario: Scenario, name: str, spec: Spec) -> Scenario:
    """Put a policy into a scenario as a regime of its own, and give it the whole budget."""
    return load_scenario(scenario, {f"regimes.{name}": spec}).with_regime(name)
