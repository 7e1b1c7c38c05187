"""Exit of firms that fail and of clusters that nobody needs; entry of new firms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.kernels import constants
from model.kernels.entry import find_parents, found_firms
from model.kernels.market import mark_leavers
from model.processes.process import process
from model.state import COLUMNS
from model.world import World

Integers = NDArray[np.int64]
ALL_COLUMNS = tuple(column.name for column in COLUMNS)


@process(
    reads=("kind", "seat", "size", "cash", "survival", "wage"),
    writes=(*ALL_COLUMNS, "closing", "account", "counts"),
    parameters=("market", "entry", "firms"),
)
def leave(world: World) -> None:
    """Let firms with more debt than they can carry leave, and others for reasons of their own; their ties end."""
    carriers, market, entry = world.carriers, world.scenario.market, world.scenario.entry
    taken_over, retired = np.empty(carriers.rows, np.bool_), np.empty(carriers.rows, np.bool_)
    leaving, to_others = mark_leavers(
        carriers.kind,
        carriers.seat,
        carriers.size,
        carriers.cash,
        carriers.survival,
        carriers.knowledge,
        world.wage,
        market.exit_hazard,
        market.exit_scaling,
        world.scenario.firms.number,
        entry.replacement,
        world.key("market.exit"),
        world.key("entry.replacement"),
        taken_over,
        retired,
        world.account,
    )
    world.counts[constants.EXITS] += leaving
    if to_others:
        carriers.vacate(taken_over)
    if world.closing:
        retired |= np.isin(carriers.id, world.closing)
    if world.closing or leaving > to_others:
        world.closing.clear()
        carriers.retire(retired)


@process(
    reads=(
        "frontier",
        "relatedness",
        "home",
        "discovered",
        "domain_density",
        "sector_weight",
        "start_up_weight",
        "price",
        "potential",
        "belief",
        "belief_precision",
        "wage",
    ),
    writes=(*ALL_COLUMNS, "supported_entries", "account", "counts"),
    parameters=("entry", "firms", "market", "absorption"),
)
def enter(world: World) -> None:
    """Let spin-offs and start-ups take over the seats of firms that left, and supported start-ups enter."""
    carriers, entry = world.carriers, world.scenario.entry
    entrants, parents = np.empty(carriers.rows, np.int64), np.empty(carriers.rows, np.int64)
    vacant = find_parents(
        carriers.kind,
        carriers.id,
        carriers.seat,
        entry.spin_offs,
        carriers.next_id,
        world.key("entry.parent"),
        entrants,
        parents,
    )
    carriers.next_id += vacant
    carriers.version += vacant > 0
    entrants, parents = entrants[:vacant], parents[:vacant]
    supported = np.full(vacant, -1)
    if world.supported_entries:
        more = carriers.append(len(world.supported_entries))
        entrants = np.concatenate([entrants, np.arange(more.start, more.stop)])
        parents = np.concatenate([parents, np.full(len(world.supported_entries), -1)])
        supported = np.concatenate([supported, np.array(world.supported_entries, np.int64)])
        world.supported_entries.clear()
    if len(entrants) == 0:
        return
    _found(world, entrants, parents, supported)
    world.counts[constants.ENTRIES] += len(entrants)


def _found(world: World, entrants: Integers, parents: Integers, supported: Integers) -> None:
    """Fill the rows of entrants: those with a parent spin off, those with a domain are supported there."""
    carriers, space, scenario = world.carriers, world.space, world.scenario
    entry, firms = scenario.entry, scenario.firms
    # An offer earns most where a domain is wanted: that is where people start.
    expected = np.exp(world.belief + 0.5 / world.belief_precision - space.potential)
    opportunity = space.start_up_weight * world.price * expected
    found_firms(
        entrants,
        parents,
        supported,
        carriers.id,
        carriers.seat,
        carriers.kind,
        carriers.sector,
        carriers.place,
        carriers.parent,
        carriers.born,
        carriers.focus,
        carriers.size,
        carriers.cash,
        carriers.skill,
        carriers.skill_base,
        carriers.rd_stock,
        carriers.rd_spending,
        carriers.openness,
        carriers.knowledge,
        space.frontier,
        space.relatedness,
        space.home,
        world.discovered,
        world.domain_density,
        space.sector_weight,
        opportunity,
        world.step,
        world.wage,
        firms.places,
        entry.outlier_share,
        entry.spin_off_share,
        entry.start_up_size,
        entry.start_up_knowledge,
        entry.start_up_openness,
        firms.skill_mean,
        firms.skill_spread,
        firms.rd_intensity * world.wage,
        firms.rd_intensity / scenario.absorption.rd_depreciation,
        scenario.market.initial_cash,
        world.key("entry.entrant"),
        world.account,
    )
