"""Exit of firms that fail and of clusters that nobody needs; entry of new firms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.kernels import constants
from model.kernels.entry import find_entrants, found_firms
from model.kernels.market import insolvent
from model.processes.process import process
from model.state import COLUMNS
from model.world import World

ALL_COLUMNS = tuple(column.name for column in COLUMNS)


@process(
    reads=("kind", "size", "cash", "survival", "wage"),
    writes=(*ALL_COLUMNS, "closing", "account", "counts"),
    parameters=(),
)
def leave(world: World) -> None:
    """Let firms with more debt than they can carry leave; their ties end and their knowledge is lost."""
    carriers = world.carriers
    gone = np.zeros(carriers.rows, np.bool_)
    leaving = insolvent(
        carriers.kind,
        carriers.size,
        carriers.cash,
        carriers.survival,
        carriers.knowledge,
        world.wage,
        gone,
        world.account,
    )
    world.counts[constants.EXITS] += leaving
    if world.closing:
        gone |= np.isin(carriers.id, world.closing)
        leaving += len(world.closing)
        world.closing.clear()
    if leaving > 0:
        carriers.retire(gone)


@process(
    reads=(
        "frontier",
        "relatedness",
        "home",
        "discovered",
        "domain_density",
        "sector_weight",
        "start_up_weight",
        "wage",
    ),
    writes=(*ALL_COLUMNS, "supported_entries", "account", "counts"),
    parameters=("entry", "firms", "market", "absorption"),
)
def enter(world: World) -> None:
    """Let spin-offs, start-ups, outliers and supported start-ups enter."""
    carriers, space, scenario = world.carriers, world.space, world.scenario
    entry, firms = scenario.entry, scenario.firms
    parents, start_ups = _entrants(world)
    supported = np.array(world.supported_entries, np.int64)
    world.supported_entries.clear()
    count = len(parents) + start_ups + len(supported)
    if count == 0:
        return
    rows = carriers.append(count)
    found_firms(
        rows.start,
        parents,
        supported,
        carriers.id,
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
        space.start_up_weight,
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
    world.counts[constants.ENTRIES] += count


def _entrants(world: World) -> tuple[NDArray[np.int64], int]:
    """Rows of those from whom firms spin off, and the number of start-ups."""
    carriers, entry = world.carriers, world.scenario.entry
    parents = np.empty(carriers.rows, np.int64)
    spin_offs, start_ups = find_entrants(
        carriers.kind,
        carriers.id,
        entry.spin_off_rate,
        world.key("entry.spin_off"),
        entry.start_up_rate * world.scenario.firms.number,
        world.key("entry.start_ups"),
        parents,
    )
    return parents[:spin_offs], start_ups
