"""How a region comes about: knowledge space, organisations, firms, market and first ties."""

from __future__ import annotations

import copy
import math
from collections import OrderedDict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.kernels.constants import FIRM, OWN_SEARCH
from model.life_cycles import ages, demand_by_age, order_of_birth
from model.measured import match_measured
from model.meso import KIND_CODES
from model.processes.exogenous import LEAST_COMPETITION
from model.processes.learning import learn_to_learn
from model.processes.life_cycles import draw_potentials, prior_precision
from model.processes.survey import survey
from model.processes.ties import seek_partners
from model.scenario import Scenario
from model.space import CROSS_CUTTING, build_space
from model.spec.channels import ChannelsSpec
from model.spec.organisation import MOST_ORGANISATIONS, FoundedOrganisationSpec, KnowingOrganisationSpec
from model.spec.ties import TiesSpec
from model.start import RenamedStreams, open_market, run_up
from model.state import Carriers
from model.streams import Streams, uniforms
from model.world import World

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_LONGEST_HISTORY = 80
_LONGEST_TIE = 8
_LATER = frozenset({"story", "events", "regimes", "policy", "channels"})
"""Sections of a scenario that say nothing about the start."""
_kept: OrderedDict[tuple[Any, ...], World] = OrderedDict()
_AT_ONCE = 16_384
"""Firms whose first knowledge is drawn at once: all of a very large region would take more room than the region."""
_MOST_KEPT = 20_000
"""Carriers in all starts that are kept."""


def build_world(scenario: Scenario, seed: int) -> World:
    """Build the region at step 0.

    Parameters
    ----------
    scenario
        Resolved scenario.
    seed
        Seed of the run.

    Returns
    -------
    World
        State at the start; the same for every regime.

    Notes
    -----
    What was built lately is kept: regimes are compared over common seeds, and a copy takes a hundredth of the
    time.
    """
    start = (seed, *(repr(value) for name, value in scenario if name not in _LATER))
    # Channels are held still in the run only: what is compared has the same past.
    live = scenario.model_copy(update={"channels": ChannelsSpec()})
    built = _kept.pop(start, None) or _build(live, seed)
    _kept[start] = built
    while len(_kept) > 1 and sum(world.carriers.rows for world in _kept.values()) > _MOST_KEPT:
        _kept.popitem(last=False)
    # A scenario and keys of streams never change: these are shared.
    world = copy.deepcopy(built, {id(built.scenario): scenario, id(built.streams): built.streams})
    if scenario.channels.without_organisations != "none":
        world.carriers.retire(world.carriers.kind == KIND_CODES[scenario.channels.without_organisations])
    return world


def _build(scenario: Scenario, seed: int) -> World:
    world = found(scenario, seed)
    open_market(world, balance=scenario.knowledge_space.measured.given)
    if scenario.life_cycles.turbulence == 0:
        world.competition_usual = world.space.demand / world.space.demand.mean()
    learn_to_learn(world)
    survey(world)
    if scenario.ties.network == "evolving":
        _first_ties(world)
    _found_all_organisations(world)
    run_up(world)
    if scenario.ties.network != "evolving":
        _lay_network(world)
    world.counts[:] = 0.0
    return world


def found(scenario: Scenario, seed: int) -> World:
    """Found the firms of a region, which have not yet sold anything nor met; nothing is compiled for this.

    Parameters
    ----------
    scenario, seed
        As for :func:`build_world`.

    Returns
    -------
    World
        State before the start.
    """
    streams = Streams(seed, scenario.steps)
    space = build_space(scenario.knowledge_space, streams)
    capacity = int(1.25 * scenario.firms.number) + 64
    world = World(scenario, streams, Carriers(space.domains, scenario.ties.slots, capacity), space)
    world.price = np.zeros(space.domains)
    world.discovered = np.full(space.domains, -1, np.int64)
    world.experiments = np.zeros(space.domains)
    world.domain_density = np.zeros(space.domains)
    world.domain_knowledge = np.zeros(space.domains)
    world.holders = np.zeros(space.domains)
    world.effort = np.zeros(space.domains)
    world.publicity = np.zeros(space.domains)
    world.lead = scenario.start.run_up
    _begin_lives(world)
    _found_firms(world)
    world.initial_wage_bill = world.labour_force = float(world.carriers.size.sum())
    return world


def _begin_lives(world: World) -> None:
    """Give domains their places in the turn of life-cycles, their hidden potentials, and what is believed."""
    scenario, space, spread = world.scenario, world.space, world.scenario.potentials.spread
    index = np.arange(space.domains)
    if scenario.life_cycles.turbulence > 0:
        named = np.array(scenario.knowledge_space.latent_numbers, np.int64)
        # Even in one and the same space, what is on the rise when is luck.
        luck = uniforms(world.key("life_cycles.places"), index, 0)
        space.places = order_of_birth(space.latent, named, np.zeros(space.domains), luck)
        space.domain_age, space.generation = ages(space.places, scenario.life_cycles, -world.lead)
        space.opened = space.domain_age >= 0
        space.latent = ~space.opened
        space.demand = demand_by_age(space.domain_age, scenario.life_cycles)
        space.demand /= space.demand.mean()
    world.demand_total = float(space.demand.sum())
    world.competition_usual = np.ones(space.domains)
    world.competition = np.maximum(LEAST_COMPETITION, space.demand)
    space.potential = draw_potentials(world)
    world.belief = np.full(space.domains, -(spread**2) / 2)
    world.belief_precision = np.full(space.domains, prior_precision(spread))


def _found_all_organisations(world: World) -> None:
    """Found meso-organisations after firms have found each other.

    Every kind has a range of ids of its own: with or without a kind, all others, and later entrants, have the
    same ids and with them the same luck, and firms and ties at the start are the same.
    """
    carriers, first = world.carriers, world.carriers.next_id
    for place, name in enumerate(KIND_CODES):
        carriers.next_id = first + place * MOST_ORGANISATIONS
        _found_organisations(world, name)
    carriers.next_id = first + len(KIND_CODES) * MOST_ORGANISATIONS


def _found_organisations(world: World, name: str) -> None:
    spec = getattr(world.scenario.organisations, name)
    carriers, space = world.carriers, world.space
    if isinstance(spec, FoundedOrganisationSpec):
        sectors, places = _largest_cells(world, spec.number)
        rows = carriers.append(len(sectors))
        carriers.sector[rows], carriers.place[rows] = sectors, places
    else:
        rows = carriers.append(spec.number)
        luck = uniforms(world.key("build.organisation_place"), carriers.id[rows], 0)
        carriers.place[rows] = (luck * world.scenario.firms.places).astype(np.int64)
    carriers.kind[rows] = KIND_CODES[name]
    identities = carriers.id[rows]
    if not isinstance(spec, KnowingOrganisationSpec):
        return
    known = np.flatnonzero(~space.latent)
    wanted = round(spec.breadth * len(known))
    key = world.key("build.organisation_knowledge")
    for row, identity in zip(range(rows.start, rows.stop), identities, strict=True):
        order = np.argsort(uniforms(key, int(identity), np.arange(len(known))), kind="stable")
        chosen = known[order[:wanted]]
        level = uniforms(key, int(identity), 1000 + np.arange(len(chosen)))
        carriers.knowledge[row, chosen] = np.clip(spec.knowledge * (0.5 + level), 0, 1)


def _largest_cells(world: World, number: int) -> tuple[Integers, Integers]:
    """Sectors and places with the most firms, at most as many as have any."""
    carriers, places = world.carriers, world.scenario.firms.places
    firm = carriers.kind == FIRM
    firms = np.bincount(carriers.sector[firm] * places + carriers.place[firm])
    cells = np.argsort(-firms, kind="stable")[: min(number, np.count_nonzero(firms))]
    return cells // places, cells % places


def found_organisation(world: World, name: str, sector: int, place: int) -> int:
    """Add a meso-organisation to a running region.

    Parameters
    ----------
    world
        State of the run; changed in place.
    name
        Kind of organisation.
    sector, place
        Where it works.

    Returns
    -------
    int
        Its persistent id.
    """
    rows = world.carriers.append(1)
    carriers = world.carriers
    carriers.kind[rows] = KIND_CODES[name]
    carriers.sector[rows] = sector
    carriers.place[rows] = place
    carriers.born[rows] = world.step
    return int(carriers.id[rows.start])


def _around(mean: float, spread: float, luck: Floats) -> Floats:
    return np.clip(mean + spread * (2 * luck - 1), 0.0, 1.0)


def _found_firms(world: World) -> None:
    spec, scenario = world.scenario.firms, world.scenario
    rows = world.carriers.append(spec.number)
    carriers = world.carriers
    identities = carriers.id[rows]

    def luck(name: str) -> Floats:
        return uniforms(world.key(f"build.{name}"), identities, 0)

    sector = (luck("sector") * world.space.sectors).astype(np.int64)
    elsewhere = (luck("place") * spec.places).astype(np.int64)
    concentrated = luck("concentration") < spec.sector_concentration
    carriers.sector[rows] = sector
    carriers.place[rows] = np.where(concentrated, sector % spec.places, elsewhere)
    normal = np.sqrt(-2 * np.log(luck("size"))) * np.cos(2 * np.pi * luck("size_angle"))
    size = np.exp(math.log(spec.mean_size) - spec.size_spread**2 / 2 + spec.size_spread * normal)
    carriers.size[rows] = np.maximum(1.0, size)
    carriers.cash[rows] = scenario.market.initial_cash * carriers.size[rows]
    carriers.skill_base[rows] = _around(spec.skill_mean, spec.skill_spread, luck("skill"))
    carriers.skill[rows] = carriers.skill_base[rows]
    carriers.openness[rows] = _around(spec.openness_mean, spec.openness_spread, luck("openness"))
    carriers.rd_spending[rows] = spec.rd_intensity
    carriers.rd_stock[rows] = spec.rd_intensity / scenario.absorption.rd_depreciation
    carriers.age[rows] = (luck("age") * _LONGEST_HISTORY).astype(np.int64)
    for first in range(rows.start, rows.stop, _AT_ONCE):
        some = slice(first, min(first + _AT_ONCE, rows.stop))
        known = _first_knowledge(world, carriers.sector[some], carriers.id[some])
        carriers.knowledge[some] = known
        carriers.focus[some] = carriers.knowledge[some].argmax(axis=1)
    if scenario.knowledge_space.measured.given:
        match_measured(world, rows)


def _first_knowledge(world: World, sector: NDArray[np.int64], identities: NDArray[np.int64]) -> Floats:
    """A few domains of the own sector each, and for some firms a cross-cutting one."""
    spec, space = world.scenario.firms, world.space
    index = np.arange(space.domains)
    order = uniforms(world.key("build.domains"), identities[:, None], index[None, :])
    own = (space.home[None, :] == sector[:, None]) & ~space.latent[None, :]
    # Where the world has opened nothing of a sector yet, its firms are founded with what will come.
    own |= (space.home[None, :] == sector[:, None]) & ~own.any(axis=1, keepdims=True)
    rank = np.argsort(np.argsort(np.where(own, order, 2.0), axis=1, kind="stable"), axis=1, kind="stable")
    known = own & (rank < spec.initial_domains)
    cross = (space.home == CROSS_CUTTING) & ~space.latent
    if cross.any():
        rank = np.argsort(
            np.argsort(np.where(cross, order, 2.0), axis=1, kind="stable"), axis=1, kind="stable"
        )
        curious = uniforms(world.key("build.cross_cutting"), identities, 0) < spec.initial_cross_cutting
        known |= cross[None, :] & (rank == 0) & curious[:, None]
    level = uniforms(world.key("build.knowledge"), identities[:, None], index[None, :])
    level = spec.initial_knowledge * (1 + spec.initial_knowledge_spread * (2 * level - 1))
    return np.where(known, level, 0.0)


def _lay_network(world: World) -> None:
    """Lay a fixed network over the firms of the start; in the run-up it would fall apart as firms leave."""
    firms = np.flatnonzero(world.carriers.kind == FIRM)
    for i, j in _fixed_network(world.scenario.ties, len(firms), world.streams.seed):
        _connect(world, int(firms[i]), int(firms[j]))


def _first_ties(world: World) -> None:
    spec = world.scenario.ties
    searches = spec.initial_degree / 2
    rounds = math.ceil(searches)
    carriers, streams = world.carriers, RenamedStreams(world.streams.seed, "build.")
    for number in range(rounds):
        # Firms look for their first partners as they do later, but with luck of its own.
        ties = spec.model_copy(update={"search_probability": searches / rounds})
        channels = world.scenario.channels.model_copy(update={"freeze_ties": False})
        scenario = world.scenario.model_copy(update={"ties": ties, "channels": channels})
        seek_partners(World(scenario, streams, carriers, world.space, step=number))
    ages = uniforms(world.key("build.tie_age"), carriers.id[:, None], np.arange(carriers.slots)[None, :])
    carriers.tie_age[:] = (ages * _LONGEST_TIE).astype(np.int32)


def _connect(world: World, i: int, j: int) -> None:
    carriers = world.carriers
    if max(carriers.degree[i], carriers.degree[j]) >= carriers.slots:
        return
    for row, partner in ((i, j), (j, i)):
        slot = carriers.degree[row]
        carriers.partners[row, slot] = partner
        carriers.tie_origin[row, slot] = OWN_SEARCH
        carriers.degree[row] += 1


def _fixed_network(spec: TiesSpec, firms: int, seed: int) -> Any:
    """Edges of a fixed network of the wanted mean degree, in a fixed order."""
    import networkx as nx

    degree = max(1, round(spec.initial_degree))
    if spec.network in ("ring", "watts_strogatz"):
        rewiring = spec.rewiring if spec.network == "watts_strogatz" else 0.0
        graph = nx.watts_strogatz_graph(firms, min(degree, firms - 1), rewiring, seed=seed)
    elif spec.network == "erdos_renyi":
        graph = nx.fast_gnp_random_graph(firms, min(1.0, spec.initial_degree / max(1, firms - 1)), seed=seed)
    else:
        graph = nx.barabasi_albert_graph(firms, max(1, min(degree // 2, firms - 1)), seed=seed)
    return sorted(tuple(sorted(edge)) for edge in graph.edges)
