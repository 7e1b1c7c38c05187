"""Neutral values switch each mechanism off exactly: what it governs does not move, nor do runs."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from model.building import found
from model.kernels import constants
from model.observables import OBSERVABLES
from model.region import Region
from model.scenario import Scenario
from model.world import World
from tests.invariants.runs import BUSY, EVERY_INSTRUMENT, busy, finished
from tests.invariants.test_channels import PROCESSES, steps
from tests.invariants.test_parameters import changed, merged
from tests.reference.agreement import differences, state
from tests.reference.states import QUICK, worlds

Table = dict[str, Any]
NOTHING_DIES: Table = {"life_cycles": {"turbulence": 0.0}}

WITHOUT_EFFECT: dict[str, tuple[Table, str, Any]] = {
    "no turbulence: length": (NOTHING_DIES, "life_cycles.length", 99.0),
    "no turbulence: rise": (NOTHING_DIES, "life_cycles.rise", 9.0),
    "no turbulence: kept": (NOTHING_DIES, "life_cycles.kept", 1.0),
    "no turbulence: unborn": (NOTHING_DIES, "life_cycles.unborn_share", 0.7),
    "no spread: diffusion": ({"potentials": {"spread": 0.0}}, "potentials.diffusion", 9.0),
    "no critical mass: effort": ({"research": {"critical_mass": 0.0}}, "research.critical_effort", 0.1),
    "no foresight or openness: attention": (
        {"research": {"foresight": 0}, "firms": {"openness_mean": 0.0, "openness_spread": 0.0},
         "entry": {"start_up_openness": 0.0}},
        "research.opened_attention", 1.0,
    ),
    "no pressure: supply": ({"market": {"wage_pressure": 0.0}}, "market.labour_supply", 4.0),
    "no hazard: scaling": ({"market": {"exit_hazard": 0.0}}, "market.exit_scaling", 0.0),
    "no ceiling: how high": ({"recombination": {"internal_ceiling": 4.0}}, "recombination.internal_ceiling", 5.0),
"no volatility: growth noise": (
        {"market": {"growth_volatility": 0.0}}, "market.volatility_scaling", 1.0,
    ),
}  # fmt: skip
"""Settings under which another parameter has nothing to say, and another value of it."""


def recorded(scenario: Scenario) -> dict[str, Any]:
    """All that a run leaves behind."""
    result = finished(scenario).result()
    return {**vars(result.record), **result.ledgers}


@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_what_is_switched_off_has_no_parameters(name: str) -> None:
    neutral, key, value = WITHOUT_EFFECT[name]
    base = merged(BUSY, neutral)
    other = changed(base, key.split("."), value)
    assert base != other
    one, two = (recorded(Scenario.model_validate(table)) for table in (base, other))
    assert differences(one, two) == []


def column(scenario: Scenario, name: str) -> np.ndarray:
    """One observable of a run, the start left out."""
    series: np.ndarray = finished(scenario).record.series[1:, list(OBSERVABLES).index(name)]
    return series


def history(scenario: Scenario, *names: str) -> list[dict[str, Any]]:
    """Quantities of world and space at the start and after every step."""
    return [{name: deepcopy(state(region.world)[name]) for name in names} for region in steps(scenario)]


def assert_constant(scenario: Scenario, *names: str) -> None:
    """Assert that quantities stay as they are at the start, to the bit."""
    first, *later = history(scenario, *names)
    for values in later:
        assert differences(first, values) == []


def varied(scenario: Scenario, *names: str) -> set[str]:
    """Which quantities do not stay as they are."""
    first, *later = history(scenario, *names)
    return {each.partition(":")[0] for values in later for each in differences(first, values)}


LIVES = ("domain_age", "generation", "opened", "potential")
BELIEFS = ("belief", "belief_precision", "publicity")


def test_without_turbulence_no_domain_ages() -> None:
    still = busy(
        life_cycles={"turbulence": 0.0}, knowledge_space={**BUSY["knowledge_space"], "frontier_growth": 0.0}
    )
    assert_constant(still, *LIVES)
    account = finished(still).record.account
    assert (account[:, constants.OBSOLESCENCE] == 0).all()
    assert varied(busy(), *LIVES) == set(LIVES)


def test_without_anything_that_moves_it_demand_stays() -> None:
    space = {**BUSY["knowledge_space"], "demand_volatility": 0.0, "demand_drift_spread": 0.0}
    still = busy(life_cycles={"turbulence": 0.0}, knowledge_space=space, events=[], start={"run_up": 0})
    start, first, *later = history(still, "demand", "base_demand", "competition")
    assert differences(start, first, 1e-12) == []
    assert [differences(first, values) for values in later] == [[]] * len(later)
    assert varied(busy(events=[]), "demand", "competition") == {"demand", "competition"}


def test_without_a_lag_that_closes_competition_stays() -> None:
    assert_constant(busy(knowledge_space={**BUSY["knowledge_space"], "competition_lag": 0.0}), "competition")


def test_without_spread_all_domains_are_alike_and_known_to_be() -> None:
    alike = busy(potentials={"spread": 0.0, "diffusion": 0.5})
    assert_constant(alike, "potential", "belief", "belief_precision")
    world = Region(alike, seed=1).world
    assert (world.space.potential == 0).all()
    assert (world.belief == 0).all()


def test_what_is_not_published_nobody_learns() -> None:
    private = {"potentials": {"diffusion": 0.0}, **NOTHING_DIES}
    silent = {name: {"publication": 0.0} for name in ("discovery_pilot",)}
    table = merged(merged(BUSY, private), {"instruments": silent})
    assert_constant(Scenario.model_validate(table), *BELIEFS)
    assert {"belief", "belief_precision"} <= varied(Scenario.model_validate(merged(BUSY, private)), *BELIEFS)


def test_all_seats_are_taken_over_or_none() -> None:
    nobody_else = {"policy": {"budget": 0.0}, "events": []}
    always, never = (busy(entry={"replacement": share}, **nobody_else) for share in (1.0, 0.0))
    assert (column(always, "firms") == BUSY["firms"]["number"]).all()
    assert column(always, "entries").sum() == column(always, "exits").sum() > 0
    assert column(never, "entries").sum() == 0
    begun = Region(never, seed=1).world.carriers.kind == 0
    assert column(never, "firms")[-1] == begun.sum() - column(never, "exits").sum()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_entrants_are_start_ups_or_spin_offs(share: float) -> None:
    region = finished(busy(entry={"spin_offs": share}, policy={"budget": 0.0}))
    carriers = region.world.carriers
    entrants = (carriers.kind == 0) & (carriers.born > 0)
    assert entrants.any()
    assert ((carriers.parent[entrants] >= 0) == (share == 1.0)).all()


def test_sizes_stay_without_growth_noise_or_reversion() -> None:
    still = {"growth_rate": 0.0, "growth_volatility": 0.0, "exit_hazard": 0.0, "initial_cash": 100.0}
    for reversion, moves in ((0.0, False), (0.1, True)):
        market = {**still, "size_reversion": reversion}
        region = Region(busy(market=market, policy={"budget": 0.0}), seed=1)
        before = region.world.carriers.size.copy()
        region.step()
        assert np.array_equal(before, region.world.carriers.size) != moves


def test_labour_that_does_not_follow_wages_is_what_it_was() -> None:
    for supply, moves in ((0.0, False), (0.5, True)):
        scenario = busy(market={"labour_supply": supply}, start={"run_up": 40})
        founded = found(scenario, 1).labour_force
        assert (Region(scenario, seed=1).world.labour_force != founded) == moves


def test_without_a_run_up_a_region_starts_as_it_was_founded() -> None:
    founded = found(busy(start={"run_up": 0}), 1)
    world = Region(busy(start={"run_up": 0}), seed=1).world
    firms = world.carriers.kind == 0
    for name in ("knowledge", "size", "cash", "age", "sector", "skill"):
        np.testing.assert_array_equal(getattr(world.carriers, name)[firms], getattr(founded.carriers, name))
    settled = Region(busy(start={"run_up": 20}), seed=1).world.carriers
    assert not np.array_equal(settled.size[settled.kind == 0], founded.carriers.size)


def with_settings(world: World, **sections: Table) -> World:
    """The same state under other parameters."""
    other = deepcopy(world)
    table = merged(world.scenario.model_dump(), sections)
    other.scenario = Scenario.model_validate(table)
    return other


def known_after(world: World, process: str) -> tuple[np.ndarray, np.ndarray]:
    """What carriers know before and after a process."""
    before = world.carriers.knowledge.copy()
    PROCESSES[process](world)
    return before, world.carriers.knowledge


@given(world=worlds())
@QUICK
def test_without_absorptive_capacity_nobody_learns_from_others(world: World) -> None:
    world.carriers.absorptive_capacity[:] = 0.0
    world.carriers.absorptive_capacity_untrained[:] = 0.0
    for process in ("absorb", "recombine"):
        before, after = known_after(world, process)
        assert np.array_equal(before, after)


@given(world=worlds())
@QUICK
def test_without_ties_nobody_learns_from_partners(world: World) -> None:
    world.carriers.degree[:] = 0
    world.carriers.link[:] = -1
    before, after = known_after(world, "absorb")
    assert np.array_equal(before, after)
    world.counts[:] = world.account[:] = 0.0
    PROCESSES["recombine"](world)
    assert_nothing_networked(world)


@given(world=worlds())
@QUICK
def test_where_partners_may_not_recombine_none_do(world: World) -> None:
    alone = with_settings(world, channels={"networked_recombination": False})
    unlucky = with_settings(world, recombination={"networked_chance": 0.0})
    for each in (alone, unlucky):
        each.counts[:] = each.account[:] = 0.0
        PROCESSES["recombine"](each)
        assert_nothing_networked(each)
    assert alone.counts[constants.NETWORKED_ATTEMPTS] == 0


def assert_nothing_networked(world: World) -> None:
    """Assert that no recombination with a partner has come to anything."""
    networked = [
        constants.RECOMBINATION_NETWORKED_SAME_SECTOR,
        constants.RECOMBINATION_NETWORKED_CROSS_SECTOR,
    ]
    assert (world.account[networked] == 0).all()
    assert world.counts[constants.NETWORKED_SUCCESSES] == world.counts[constants.NETWORKED_GAIN] == 0


@given(world=worlds())
@QUICK
def test_alone_nobody_enters_where_that_is_ruled_out_nor_passes_the_ceiling(world: World) -> None:
    alone = with_settings(
        world, channels={"networked_recombination": False},
        recombination={"internal_entry": 0.0, "internal_ceiling": 0.8, "gain": 1.0},
    )  # fmt: skip
    before, after = known_after(alone, "recombine")
    grown = after > before
    strength = before / alone.space.frontier
    assert (strength[grown] >= alone.scenario.recombination.held_level * (1 - 1e-6)).all()
    assert ((after / alone.space.frontier)[grown] <= 0.8 * (1 + 1e-6)).all()


@given(world=worlds())
@QUICK
def test_a_door_that_is_shut_lets_nobody_in(world: World) -> None:
    shut = with_settings(world, research={"latent_ease": 0.0, "opened_ease": 0.0})
    unheld = shut.discovered < 0
    before, after = known_after(shut, "research")
    assert np.array_equal(before[:, unheld], after[:, unheld])


@given(world=worlds())
@QUICK
def test_without_hazard_only_debt_makes_leave(world: World) -> None:
    safe = with_settings(world, market={"exit_hazard": 0.0})
    carriers = safe.carriers
    firms = carriers.kind == 0
    indebted = firms & (carriers.cash < -carriers.survival * safe.wage * carriers.size)
    staying = set(carriers.id[firms & ~indebted].tolist())
    PROCESSES["leave"](safe)
    left = safe.carriers
    assert set(left.id[(left.kind == 0) & (left.id >= 0)].tolist()) == staying


@given(world=worlds())
@QUICK
def test_of_a_domain_that_dies_nothing_is_kept_where_nothing_is_of_use(world: World) -> None:
    harsh = with_settings(world, life_cycles={"kept": 0.0, "turbulence": 5.0})
    before = harsh.space.generation.copy()
    PROCESSES["turn"](harsh)
    dead = harsh.space.generation > before
    assert (harsh.carriers.knowledge[harsh.carriers.kind == 0][:, dead] == 0).all()


def test_everything_is_put_to_the_test_where_it_happens() -> None:
    account = np.abs(finished(busy()).record.account).sum(axis=0)
    assert (account[[constants.OBSOLESCENCE, constants.RECOMBINATION_NETWORKED_CROSS_SECTOR], 0] > 0).all()
    assert set(EVERY_INSTRUMENT) >= {"rd_grant", "discovery_pilot"}
