"""Hypothesis strategies: scenarios, states of a region and orders, extreme ones included."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from numpy.random import Generator
from numpy.typing import NDArray

from model.life_cycles import ages
from model.meso import KIND_CODES
from model.policy.orders import Order, Scope, Target
from model.scenario import Scenario
from model.space import KnowledgeSpace, build_space
from model.state import Carriers
from model.streams import Streams
from model.world import World

QUICK = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Enough to find what is plainly wrong, the same on every machine."""

# New examples on every run of a developer; the same ones where CI must tell about a change, not about luck.
THOROUGH = settings(QUICK, max_examples=400, derandomize="CI" in os.environ)
"""For the slow sweep."""

AFFORDABLE: dict[str, dict[str, float]] = {
    "rd_grant": {"unit_cost": 1.1},
    "generic_infrastructure": {"unit_cost": 0.02},
    "training": {"unit_cost": 0.05},
    "business_support": {"unit_cost": 1.0},
    "technology_transfer": {"unit_cost": 0.8},
    "brokerage": {"unit_cost": 1.0},
    "joint_project": {"unit_cost": 6.0},
    "public_research": {"unit_cost": 2.0},
    "discovery_pilot": {"unit_cost": 1.5},
    "start_up_support": {"unit_cost": 4.0},
}
"""What units cost in tests of tiny regions, which hold whenever the true costs are calibrated anew."""

# Domains 11 and 12 are cross-cutting, and nobody is employed in the last but one.
MEASURED: dict[str, Any] = {
    "knowledge_space": {
        "measured": {
            "homes": [1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0],
            "relatedness": [round(0.05 + 0.9 * (7 * n % 66) / 66, 3) for n in range(66)],
            "complexity": [n / 12 for n in range(12)],
            "employment": [400.0, 120.0, 30.0, 55.0, 2100.0, 90.0, 15.0, 160.0, 75.0, 20.0, 0.0, 60.0],
            "unit_size": [20.0, 8.0, 5.0, 30.0, 12.0, 4.0, 2.0, 9.0, 3.0, 7.0, 6.0, 10.0],
        }
    }
}

CLUSTER = KIND_CODES["cluster_organisation"]


def some_scenario(domains: int, step: int, rng: Generator) -> Scenario:
    """A scenario of a tiny region whose parameters are usual, at a bound, or such that much happens."""

    def mostly(usual: Any, *bounds: Any) -> Any:
        return usual if rng.random() < 0.7 else bounds[rng.integers(len(bounds))]

    slots = mostly(6, 1, 3)
    friends = mostly(0.4, 0.0, 1.0)
    table: dict[str, Any] = {
        "knowledge_space": {
            "domains": domains,
            "sectors": int(rng.integers(1, 4)),
            "cross_cutting_domains": int(rng.integers(2)),
            "demand_volatility": mostly(0.03, 0.0),
            "competition_lag": mostly(0.05, 0.0, 1.0),
        },
        "start": {"run_up": 0},
        "potentials": {
            "spread": mostly(0.8, 0.0, 3.0),
            "diffusion": mostly(0.0, 0.3),
            "publicity": mostly(0.1, 0.0, 1.0),
        },
        # Fast enough for domains to be born and to die in any step.
        "life_cycles": {
            "turbulence": mostly(5.0, 0.0, 0.5),
            "length": 12.7,
            "rise": 2.0,
            "fall": 9.0,
            "unborn_share": mostly(0.35, 0.8),
            "kept": mostly(0.2, 0.0, 1.0),
        },
        "firms": {"number": mostly(25, 2), "places": int(rng.integers(1, 4))},
        "absorption": {
            "learning_rate": mostly(0.22, 0.0, 2.0),
            "reach_maximum": mostly(3.5, 0.0, 20.0),
            "unrelated_reach": mostly(0.02, 0.0),
            "rd_half_saturation": mostly(0.7, 0.1),
            "attention_sharing": mostly(0.5, 0.0, 1.0),
            "exchange": mostly("gift", "barter"),
            "outside_rate": mostly(0.5, 0.0, 1.0),
            "outside_level": mostly(0.08, 0.0, 1.0),
        },
        "research": {
            "focus_review": mostly(0.5, 0.0, 1.0),
            "perception_noise": mostly(0.5, 0.0),
            "foresight": mostly(8, 0, 80),
            "opened_attention": mostly(0.25, 0.0, 1.0),
            "opened_ease": mostly(0.5, 0.0),
            "latent_ease": mostly(0.25, 0.0, 1.0),
            "critical_mass": mostly(0.0, 0.5, 1.0),
        },
        "recombination": {
            "attempts": mostly(0.8, 0.0, 1.0),
            "gain": mostly(0.5, 0.0, 1.0),
            "internal_ceiling": mostly(1.0, 0.2),
            "internal_entry": mostly(0.3, 0.0, 1.0),
            "networked_chance": mostly(1.5, 0.0, 10.0),
            "opened_threshold": mostly(0.5, 0.0),
        },
        "forgetting": {"rate": mostly(0.012, 0.0, 1.0), "capacity": mostly(3.0, 0.1)},
        "ties": {
            "slots": slots,
            "initial_degree": min(slots, 3.0),
            "search_probability": mostly(0.6, 0.0, 1.0),
            "friends_of_friends": friends,
            "same_sector_or_place": min(1.0 - friends, mostly(0.4, 0.0)),
            "cost": mostly(0.012, 0.0, 1.0),
            "patience": mostly(4, 0),
            "network": mostly("evolving", "ring"),
        },
        "market": {
            "knowledge_elasticity": mostly(1.5, 1.0, 2.2),
            "margin_target": mostly(0.08, 0.0),
            "rent_sharing": mostly(0.5, 0.0),
            "wage_pressure": mostly(0.2, 0.0, 1.0),
            "labour_supply": mostly(0.5, 0.0),
            "size_reversion": mostly(0.01, 0.0, 1.0),
            "exit_hazard": mostly(0.3, 0.0, 1.0),
            "exit_scaling": mostly(0.3, 0.0, 5.0),
        },
        "entry": {
            "replacement": mostly(1.0, 0.5, 0.0),
            "spin_offs": mostly(0.5, 0.0, 1.0),
            "outlier_share": mostly(0.5, 0.0, 1.0),
        },
        "membership": {"fee": mostly(0.01, 0.0, 1.0), "patience": mostly(4, 0)},
        "channels": {
            "freeze_absorptive_capacity": mostly(False, True),
            "networked_recombination": mostly(True, False),
            "freeze_ties": mostly(False, True),
        },
        "instruments": {
            name: {"unit_cost": float(rng.uniform(0.5, 1.5) * spec["unit_cost"])}
            for name, spec in AFFORDABLE.items()
        }
        | {
            "rd_grant": {
                "unit_cost": float(rng.uniform(0.6, 1.6)),
                "match": mostly(1.0, 0.1, 100.0),
                "duration": mostly(4, 1, 80),
            },
            "discovery_pilot": {
                "unit_cost": float(rng.uniform(0.8, 2.2)),
                "publication": mostly(1.0, 0.0, 0.5),
                "noise": mostly(1.0, 0.0),
            },
        },
        "recording": {"network_every": 1},
        "events": [
            {
                "kind": "demand_shock",
                "step": step,
                "domains": ["domain 2"],
                "sectors": ["sector 1"],
                "factor": 0.3,
            },
            {"kind": "frontier_shock", "step": mostly(step, 50), "sectors": ["sector 1"], "factor": 1.5},
            {"kind": "budget_change", "step": mostly(step, 50), "factor": 0.5},
            {"kind": "regime_switch", "step": step, "regime": "sector"},
        ],
    }
    return Scenario.model_validate(table)


@st.composite
def worlds(draw: DrawFn, *, most_firms: int = 25) -> World:
    """A state of a tiny region: its size shrinks, all else comes from a seed."""
    domains, firms, organisations = (
        draw(st.integers(*bounds)) for bounds in ((4, 12), (0, most_firms), (0, 5))
    )
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    step = int(rng.integers(1, 50))
    scenario = some_scenario(domains, step, rng)
    carriers = Carriers(domains, scenario.ties.slots, firms + organisations)
    world = World(
        scenario, Streams(int(rng.integers(2**32))), carriers, _space(scenario, step, rng), step=step
    )
    carriers.append(firms + organisations)
    _identify(world, rng.choice([CLUSTER, CLUSTER, *KIND_CODES.values()], organisations), rng)
    _fill_knowledge(world, rng)
    _fill_numbers(world, rng)
    if carriers.rows:
        _fill_support(world, rng)
        _fill_ties(world, rng)
    _fill_quantities(world, rng)
    return world


def _space(scenario: Scenario, step: int, rng: Generator) -> KnowledgeSpace:
    space = build_space(scenario.knowledge_space, Streams(int(rng.integers(2**32))))
    domains = space.domains
    nearness = str(rng.choice(["generated", "generated", "random", "all", "none"]))
    if nearness != "generated":
        random = rng.random((domains, domains))
        phi = {"random": (random + random.T) / 2, "all": np.ones_like(random), "none": np.zeros_like(random)}[
            nearness
        ]
        np.fill_diagonal(phi, 1.0)
        space.relatedness = phi
        space.relatedness_total = phi.sum(axis=1)
    space.complexity = rng.choice([0.0, 0.2, 0.5, 0.9, 1.0], domains)
    space.frontier = rng.uniform(0.5, 2.0, domains)
    space.demand = np.exp(rng.normal(0.0, 2.0, domains))
    space.base_demand = np.exp(rng.normal(0.0, 1.0, domains))
    _place_in_lives(space, scenario, step, rng)
    return space


def _place_in_lives(space: KnowledgeSpace, scenario: Scenario, step: int, rng: Generator) -> None:
    """Domains as they were a step ago, somewhere in their lives."""
    lives = scenario.life_cycles
    space.places = (rng.permutation(space.domains) + 0.5) / space.domains
    space.domain_age, space.generation = ages(space.places, lives, step - 1)
    space.opened = space.domain_age >= 0
    space.potential = rng.choice([0.0, 1.0]) * rng.normal(0.0, 1.0, space.domains)


def _identify(world: World, kinds: NDArray[np.int64], rng: Generator) -> None:
    """Seats with gaps, some of which others have taken over; kinds mixed in among firms, sectors and places."""
    carriers, scenario = world.carriers, world.scenario
    rows = carriers.rows
    carriers.seat[:] = carriers.id[:] = np.cumsum(rng.integers(1, 4, rows))
    carriers.next_id = int(carriers.id[-1]) + 1 if rows else 0
    carriers.kind[rng.permutation(rows)[: len(kinds)]] = kinds
    taken_over = np.flatnonzero((carriers.kind == 0) & (rng.random(rows) < 0.4))
    carriers.identify(rng.permutation(taken_over))
    carriers.sector[:] = rng.integers(0, scenario.knowledge_space.sectors, rows)
    carriers.place[:] = rng.integers(0, scenario.firms.places, rows)
    carriers.born[:] = rng.integers(0, world.step + 1, rows)
    carriers.age[:] = rng.integers(0, 80, rows)
    carriers.parent[:] = rng.integers(-1, 3, rows)


def _fill_knowledge(world: World, rng: Generator) -> None:
    carriers, domains = world.carriers, world.space.domains
    style = rng.choice(["narrow", "narrow", "narrow", "broad", "broad", "alike", "none"])
    level = rng.uniform(0.01, 1.5, (carriers.rows, domains))
    if style == "narrow":
        level *= rng.random(level.shape) < 0.4
    elif style == "alike":
        level[:] = rng.uniform(0.0, 1.0, domains)
    elif style == "none":
        level[:] = 0.0
    carriers.knowledge[:] = level
    carriers.density[:] = rng.random(level.shape) * rng.choice([0.0, 1.0], (carriers.rows, 1), p=[0.1, 0.9])
    carriers.focus[:] = rng.integers(0, domains, carriers.rows)


def _fill_numbers(world: World, rng: Generator) -> None:
    carriers, rows = world.carriers, world.carriers.rows
    firm = carriers.kind == 0
    size = np.maximum(1.0, np.exp(rng.choice([0.0, 1.0, 1.0, 1.0]) * rng.normal(2.0, 1.5, rows)))
    carriers.size[:] = np.where(firm, size, 0.0)
    for name, scale in (
        ("revenue", 40.0),
        ("cash", 60.0),
        ("rd_spending", 0.1),
        ("rd_stock", 2.0),
        ("rd_cost", 1.0),
    ):
        getattr(carriers, name)[:] = np.where(firm, scale * rng.random(rows), 0.0)
        getattr(carriers, name)[rng.random(rows) < 0.1] = 0.0
    carriers.cash[firm] -= rng.choice([0.0, 30.0, 100.0])
    for name in ("skill", "skill_base", "openness"):
        getattr(carriers, name)[:] = rng.choice([0.0, 0.3, 0.55, 1.0], rows)
    # Powers of a number in (0, 1): as it is, none at all, or full.
    carriers.absorptive_capacity[:] = rng.random(rows) ** rng.choice([1.0, 1.0, 1.0, np.inf, 0.0])
    carriers.absorptive_capacity_start[:] = rng.choice([-1.0, 0.4], rows)
    carriers.absorptive_capacity_untrained[:] = carriers.absorptive_capacity * rng.choice(
        [0.3, 0.996, 1.0], rows
    )
    carriers.margin[:] = rng.normal(0.0, 0.2, rows)
    carriers.standing[:] = rng.random(rows)
    carriers.membership_value[:] = 0.03 * rng.random(rows)
    carriers.membership_age[:] = rng.integers(0, 8, rows)
    clusters = carriers.id[carriers.kind == CLUSTER]
    # The id after the last stands for a cluster that has closed.
    carriers.cluster[firm] = rng.choice([-1, *clusters, carriers.next_id], int(firm.sum()))
    carriers.members[:] = rng.integers(0, 6, rows)


def _fill_support(world: World, rng: Generator) -> None:
    carriers, rows = world.carriers, world.carriers.rows
    for name, values in (
        ("subsidy", [0.0, 0.05, 1.0]),
        ("efficiency", [0.0, 0.4]),
        ("transfer", [0.0, 0.0, 0.5]),
        ("survival", [0.0, 0.5]),
        ("support", [0.0, 2.0]),
        ("link_strength", [0.0, 0.6, 1.0]),
    ):
        getattr(carriers, name)[:] = rng.choice(values, rows)
    carriers.support_domain[:] = rng.integers(-1, world.space.domains, rows)
    carriers.earmark[:] = rng.integers(-1, world.space.domains, rows)
    carriers.clients[:] = rng.integers(0, 3, rows)
    organisations = np.flatnonzero(carriers.kind != 0)
    carriers.link[carriers.kind == 0] = rng.choice([-1, *organisations], int((carriers.kind == 0).sum()))


def _fill_ties(world: World, rng: Generator) -> None:
    """Tie random pairs of firms that have slots left: symmetric, none twice, up to all slots full."""
    carriers = world.carriers
    firms = np.flatnonzero(carriers.kind == 0)
    for _ in range(rng.choice([0, 1, 2, 10]) * len(firms)):
        i, j = (int(row) for row in rng.choice(firms, 2))
        ends = (carriers.degree[i], carriers.degree[j])
        if i == j or max(ends) >= carriers.slots or j in carriers.partners[i, : ends[0]]:
            continue
        success = int(rng.integers(0, 3))
        shared = {
            "tie_age": rng.integers(0, 9),
            "tie_origin": rng.integers(0, 2),
            "tie_project": rng.choice([0, 0, 1, 3]),
            "tie_success": success,
            "tie_project_success": rng.integers(0, success + 1),
        }
        for row, partner, slot in ((i, j, ends[0]), (j, i, ends[1])):
            carriers.partners[row, slot] = partner
            for name, value in shared.items():
                getattr(carriers, name)[row, slot] = value
            carriers.tie_value[row, slot] = 0.05 * rng.random()
            carriers.tie_gain[row, slot] = 0.05 * rng.random()
            carriers.degree[row] += 1


def _fill_quantities(world: World, rng: Generator) -> None:
    domains = world.space.domains
    latent = rng.random(domains) < rng.choice([0.3, 0.3, 1.0, 0.0])
    world.discovered = np.where(latent, -1, rng.integers(0, world.step + 1, domains))
    world.wage = float(rng.uniform(0.5, 2.0))
    world.world_mass = float(rng.choice([0.0, 50.0]))
    world.competition = rng.uniform(0.05, 3.0, domains)
    world.competition_usual = rng.uniform(0.3, 3.0, domains)
    world.demand_total = float(world.space.demand.sum())
    world.lead = int(rng.choice([0, 0, 60]))
    world.labour_force = float(rng.uniform(1.0, 1000.0))
    world.belief = rng.normal(-0.3, 1.0, domains)
    world.belief_precision = rng.choice([0.1, 1.5, 1e12], domains)
    world.publicity = rng.choice([0.0, 0.0, 0.5, 1.0], domains)
    world.effort = rng.choice([0.0, 10.0, 50.0], domains)
    world.price = 5.0 * rng.random(domains)
    world.experiments = rng.integers(0, 5, domains).astype(np.float64)
    world.domain_density = rng.random(domains)
    world.domain_knowledge = rng.random(domains)
    world.holders = rng.integers(0, 5, domains).astype(np.float64)
    world.supported_entries = rng.integers(0, domains, rng.integers(4)).tolist()
    clusters = world.carriers.id[world.carriers.kind == CLUSTER].tolist()
    world.closing = clusters[: rng.integers(2)]
    world.budget_factor = float(rng.choice([0.0, 1.0, 2.0]))
    world.initial_wage_bill = float(rng.uniform(0.0, 500.0))


@st.composite
def orders(draw: DrawFn, world: World, instrument: str) -> Order:
    """An order for an instrument: any target, with or without domains to aim at."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    space = world.space
    domains = draw(st.lists(st.integers(0, space.domains - 1), max_size=2))
    return Order(instrument, 1.0, _some_target(world, rng), tuple(domains), earmarked=bool(rng.integers(2)))


def _some_target(world: World, rng: Generator) -> Target:
    """Whom an order is meant for: weights of all kinds, members of a cluster or not, any scope."""
    space = world.space
    sectors = [None, None, rng.random(space.sectors), np.ones(1), np.zeros(space.sectors)]
    near = rng.random(space.domains) * (rng.random(space.domains) < 0.3)
    domains = [None, None, near, np.ones(space.domains)]
    scopes: list[Scope] = ["any", "inside", "across"]
    return Target(
        sectors=sectors[rng.integers(5)],
        domains=domains[rng.integers(4)],
        cluster=int(rng.choice([-2, -2, -2, -2, *np.unique(world.carriers.cluster)])),
        scope=scopes[rng.integers(3)],
    )
