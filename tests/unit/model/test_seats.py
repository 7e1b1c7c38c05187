"""Seats: an entrant takes over the place and the luck of a firm that left, under an id of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.building import build_world
from model.processes.turnover import enter, leave
from model.region import Region
from model.scenario import Scenario, twin_of
from model.state import COLUMNS
from model.world import World

NUMBER = 40
TABLE: dict[str, Any] = {
    "steps": 12,
    "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
    "firms": {"number": NUMBER},
    "start": {"run_up": 10},
    # Nobody goes bankrupt, and small firms leave as often as large ones: luck alone decides.
    "market": {"exit_hazard": 0.2, "exit_scaling": 0.0, "initial_cash": 100.0, "cash_limit": 100.0},
    "policy": {"budget": 0.1},
    "instruments": {"business_support": {"survival": 0.0}},
}


def scenario(**sections: Any) -> Scenario:
    return Scenario.model_validate({**TABLE, **sections})


def world_with_leavers() -> World:
    world = build_world(scenario(), 1)
    world.step = 1
    return world


def test_who_leaves_leaves_a_vacant_row_behind() -> None:
    world = world_with_leavers()
    carriers = world.carriers
    seats, rows = carriers.seat.copy(), carriers.rows
    leave(world)
    vacant = carriers.id < 0
    assert 0 < vacant.sum() < NUMBER
    assert carriers.rows == rows
    assert np.array_equal(carriers.seat, seats)
    assert (carriers.degree[vacant] == 0).all()
    assert not np.isin(carriers.link, np.flatnonzero(vacant)).any()
    for row in range(rows):
        assert not np.isin(carriers.partners[row, : carriers.degree[row]], np.flatnonzero(vacant)).any()
    assert (carriers.knowledge[vacant] == 0).all()


def test_an_entrant_takes_the_seat_and_gets_a_fresh_id() -> None:
    world = world_with_leavers()
    carriers = world.carriers
    leave(world)
    vacant, seats, next_id = np.flatnonzero(carriers.id < 0), carriers.seat.copy(), carriers.next_id
    enter(world)
    assert np.array_equal(carriers.seat, seats)
    assert carriers.id[vacant].tolist() == list(range(next_id, next_id + len(vacant)))
    assert carriers.next_id == next_id + len(vacant)
    assert (carriers.born[vacant] == 1).all()
    assert (carriers.knowledge[vacant].sum(axis=1) > 0).all()


def test_ids_need_not_be_sorted_and_tell_who_is_there() -> None:
    region = Region(scenario(), regime="none", seed=1)
    old = {firm.unique_id: firm for firm in region.agents if hasattr(firm, "size")}
    while region.running:
        region.step()
    ids = region.world.carriers.id
    assert (np.diff(ids) < 0).any()
    assert len(set(ids.tolist())) == len(ids)
    for identity, firm in old.items():
        assert firm.alive == (identity in ids)
        if firm.alive:
            assert firm.size == region.world.carriers.size[region.world.carriers.row_of(identity)]
        else:
            with pytest.raises(LookupError):
                _ = firm.size


def test_a_vacated_row_is_like_a_new_one() -> None:
    world = world_with_leavers()
    carriers = world.carriers
    gone = np.zeros(carriers.rows, np.bool_)
    gone[3] = True
    carriers.vacate(gone)
    fresh = carriers.append(1).start
    for column in COLUMNS:
        if column.name not in ("id", "seat"):
            values = getattr(carriers, column.name)
            assert np.array_equal(values[3], values[fresh]), column.name


def seats_taken_over(regime: str) -> list[list[int]]:
    region = Region(scenario(), regime=regime, seed=4)
    taken = []
    while region.running:
        region.step()
        carriers = region.world.carriers
        firms = (carriers.kind == 0) & (carriers.seat < NUMBER)
        taken.append(carriers.seat[firms & (carriers.born == region.world.step)].tolist())
    return taken


@pytest.mark.parametrize("regime", ["sector", "smart_specialisation", twin_of("cluster"), "lottery"])
def test_two_regimes_share_who_leaves_by_luck(regime: str) -> None:
    expected = seats_taken_over("none")
    assert sum(map(len, expected)) > NUMBER
    assert seats_taken_over(regime) == expected
