"""Hypothesis strategies: scenarios, states of a region and orders, extreme ones included."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.random import Generator

from model.meso import KIND_CODES
from model.policy.orders import Order, Target
from model.scenario import Scenario
from model.space import KnowledgeSpace, build_space
from model.state import Carriers
from model.streams import Streams
from model.world import World

QUICK = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Enough to find what is plainly wrong, the same on every machine."""

THOROUGH = settings(QUICK, max_examples=400, derandomize=False)
"""For the slow sweep."""

CLUSTER = KIND_CODES["cluster_organisation"]
NETWORKS = ("evolving", "ring", "watts_strogatz", "erdos_renyi", "barabasi_albert")


def _one_of(*values: Any) -> SearchStrategy[Any]:
    return st.sampled_from(values)


@st.composite
def scenarios(draw: DrawFn) -> Scenario:
    """A scenario of a tiny region whose parameters are usual, at a bound, or such that much happens."""
    sectors = draw(st.integers(1, 3))
    cross_cutting = draw(st.integers(0, 2))
    slots = draw(_one_of(1, 3, 6))
    friends = draw(_one_of(0.0, 0.4, 1.0))
    table: dict[str, Any] = {
        "knowledge_space": {
            "domains": draw(st.integers(max(4, sectors + cross_cutting), 12)),
            "sectors": sectors,
            "cross_cutting_domains": cross_cutting,
            "demand_volatility": draw(_one_of(0.0, 0.03)),
        },
        "firms": {"number": draw(st.integers(2, 25)), "places": draw(st.integers(1, 3))},
        "absorption": {
            "learning_rate": draw(_one_of(0.0, 0.22, 2.0)),
            "reach_maximum": draw(_one_of(0.0, 3.5, 20.0)),
            "unrelated_reach": draw(_one_of(0.0, 0.02)),
            "attention_sharing": draw(_one_of(0.0, 0.5, 1.0)),
            "exchange": draw(_one_of("gift", "barter")),
        },
        "research": {"focus_review": draw(_one_of(0.0, 0.5, 1.0)), "perception_noise": draw(_one_of(0.0, 0.5))},
        "recombination": {"attempts": draw(_one_of(0.0, 0.4, 1.0)), "gain": draw(_one_of(0.0, 0.5, 1.0))},
        "forgetting": {"rate": draw(_one_of(0.0, 0.012, 1.0)), "capacity": draw(_one_of(0.1, 3.0))},
        "ties": {
            "slots": slots,
            "initial_degree": min(slots, 3.0),
            "search_probability": draw(_one_of(0.0, 0.35, 1.0)),
            "friends_of_friends": friends,
            "same_sector_or_place": min(1.0 - friends, draw(_one_of(0.0, 0.4))),
            "cost": draw(_one_of(0.0, 0.012, 1.0)),
            "patience": draw(_one_of(0, 4)),
            "network": draw(_one_of("evolving", *NETWORKS)),
        },
        "market": {
            "knowledge_elasticity": draw(_one_of(1.5, 1.0, 2.2)),
            "margin_target": draw(_one_of(0.0, 0.08)),
            "rent_sharing": draw(_one_of(0.0, 0.5)),
        },
        "entry": {
            "spin_off_rate": draw(_one_of(0.0, 0.3, 1.0)),
            "start_up_rate": draw(_one_of(0.0, 0.3)),
            "outlier_share": draw(_one_of(0.0, 0.5, 1.0)),
        },
        "membership": {"fee": draw(_one_of(0.0, 0.01, 1.0)), "patience": draw(_one_of(0, 4))},
        "channels": {
            "freeze_absorptive_capacity": draw(st.booleans()),
            "networked_recombination": draw(_one_of(True, True, False)),
            "freeze_ties": draw(_one_of(False, False, True)),
        },
        "recording": {"network_every": 1},
    }
    return Scenario.model_validate(table)


@st.composite
def worlds(draw: DrawFn, *, most_firms: int = 25) -> World:
    """A state of a tiny region; structure is drawn by Hypothesis, so that it shrinks, values from a seed."""
    scenario = draw(scenarios())
    firms = draw(st.integers(0, most_firms))
    kinds = draw(st.lists(_one_of(*KIND_CODES.values()), max_size=5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    space = _space(draw, scenario, rng)
    carriers = Carriers(space.domains, scenario.ties.slots, firms + len(kinds))
    world = World(scenario, Streams(draw(st.integers(0, 2**32 - 1))), carriers, space)
    world.step = draw(st.integers(1, 50))
    carriers.append(firms + len(kinds))
    _identify(world, kinds, rng)
    _fill_knowledge(world, rng, draw(_one_of("none", "narrow", "narrow", "broad", "alike")))
    _fill_numbers(world, rng, draw)
    if carriers.rows:
        _fill_support(world, rng)
        _fill_ties(world, rng, draw(_one_of(0, 1, 2, 10)))
    _fill_quantities(world, rng, draw)
    return world


def _space(draw: DrawFn, scenario: Scenario, rng: Generator) -> KnowledgeSpace:
    space = build_space(scenario.knowledge_space, Streams(int(rng.integers(2**32))))
    domains = space.domains
    nearness = draw(_one_of("generated", "generated", "random", "all", "none"))
    if nearness != "generated":
        random = rng.random((domains, domains))
        phi = {"random": (random + random.T) / 2, "all": np.ones_like(random), "none": np.zeros_like(random)}[nearness]
        np.fill_diagonal(phi, 1.0)
        space.relatedness = phi
        space.relatedness_total = phi.sum(axis=1)
    space.complexity = rng.choice([0.0, 0.2, 0.5, 0.9, 1.0], domains)
    space.frontier = rng.uniform(0.5, 2.0, domains)
    space.demand = np.exp(rng.normal(0.0, 2.0, domains))
    return space


def _identify(world: World, kinds: list[int], rng: Generator) -> None:
    """Persistent ids with gaps, kinds mixed in among firms, sectors and places."""
    carriers, scenario = world.carriers, world.scenario
    rows = carriers.rows
    carriers.id[:] = np.cumsum(rng.integers(1, 4, rows))
    carriers.next_id = int(carriers.id[-1]) + 1 if rows else 0
    carriers.kind[rng.permutation(rows)[: len(kinds)]] = kinds
    carriers.sector[:] = rng.integers(0, scenario.knowledge_space.sectors, rows)
    carriers.place[:] = rng.integers(0, scenario.firms.places, rows)
    carriers.born[:] = rng.integers(0, world.step + 1, rows)
    carriers.age[:] = rng.integers(0, 80, rows)
    carriers.parent[:] = rng.integers(-1, 3, rows)


def _fill_knowledge(world: World, rng: Generator, style: str) -> None:
    carriers, domains = world.carriers, world.space.domains
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


def _fill_numbers(world: World, rng: Generator, draw: DrawFn) -> None:
    carriers, rows = world.carriers, world.carriers.rows
    firm = carriers.kind == 0
    size = np.ones(rows) if draw(st.booleans()) else np.maximum(1.0, np.exp(rng.normal(2.0, 1.5, rows)))
    carriers.size[:] = np.where(firm, size, 0.0)
    for name, scale in (("revenue", 40.0), ("cash", 60.0), ("rd_spending", 0.1), ("rd_stock", 2.0), ("rd_cost", 1.0)):
        getattr(carriers, name)[:] = np.where(firm, scale * rng.random(rows), 0.0)
        getattr(carriers, name)[rng.random(rows) < 0.1] = 0.0
    carriers.cash[firm] -= draw(_one_of(0.0, 30.0, 100.0))
    for name in ("skill", "skill_base", "openness"):
        getattr(carriers, name)[:] = rng.choice([0.0, 0.3, 0.55, 1.0], rows)
    capacity = draw(_one_of("random", "random", "zero", "full"))
    carriers.absorptive_capacity[:] = {"random": rng.random(rows), "zero": 0.0, "full": 1.0}[capacity]
    carriers.absorptive_capacity_start[:] = rng.choice([-1.0, 0.4], rows)
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
    carriers.clients[:] = rng.integers(0, 3, rows)
    organisations = np.flatnonzero(carriers.kind != 0)
    carriers.link[carriers.kind == 0] = rng.choice([-1, *organisations], int((carriers.kind == 0).sum()))


def _fill_ties(world: World, rng: Generator, wanted: int) -> None:
    """Tie random pairs of firms that have slots left: symmetric, none twice, up to all slots full."""
    carriers = world.carriers
    firms = np.flatnonzero(carriers.kind == 0)
    for _ in range(wanted * len(firms)):
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


def _fill_quantities(world: World, rng: Generator, draw: DrawFn) -> None:
    domains = world.space.domains
    latent = draw(_one_of("some", "some", "all", "none"))
    hidden = {"some": rng.random(domains) < 0.3, "all": np.ones(domains, bool), "none": np.zeros(domains, bool)}
    world.space.latent = hidden[latent]
    world.discovered = np.where(hidden[latent], -1, rng.integers(0, world.step + 1, domains))
    world.wage = float(rng.uniform(0.5, 2.0))
    world.world_mass = draw(_one_of(0.0, 50.0))
    world.price = 5.0 * rng.random(domains)
    world.experiments = rng.integers(0, 5, domains).astype(np.float64)
    world.domain_density = rng.random(domains)
    world.domain_knowledge = rng.random(domains)
    world.holders = rng.integers(0, 5, domains).astype(np.float64)
    world.supported_entries = rng.integers(0, domains, draw(st.integers(0, 3))).tolist()
    clusters = world.carriers.id[world.carriers.kind == CLUSTER].tolist()
    world.closing = clusters[: draw(st.integers(0, 1))]
    world.budget_factor = draw(_one_of(0.0, 1.0, 2.0))
    world.initial_wage_bill = float(rng.uniform(0.0, 500.0))


@st.composite
def targets(draw: DrawFn, world: World) -> Target:
    """Whom an order is meant for: weights of all kinds, members of a cluster or not, any scope."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sectors = draw(_one_of(None, "all", "first", "none"))
    weights = {
        None: None,
        "all": rng.random(world.space.sectors),
        "first": np.ones(1),
        "none": np.zeros(world.space.sectors),
    }
    near = rng.random(world.space.domains) * (rng.random(world.space.domains) < 0.3)
    return Target(
        sectors=weights[sectors],
        domains=draw(_one_of(None, near, np.ones(world.space.domains))),
        cluster=int(draw(_one_of(-2, -2, -1, *np.unique(world.carriers.cluster).tolist()))),
        scope=draw(_one_of("any", "inside", "across")),
    )


@st.composite
def orders(draw: DrawFn, world: World, instrument: str) -> Order:
    """An order for an instrument, with or without domains to aim at."""
    domains = draw(st.lists(st.integers(0, world.space.domains - 1), max_size=2))
    return Order(instrument, 1.0, draw(targets(world)), tuple(domains))
