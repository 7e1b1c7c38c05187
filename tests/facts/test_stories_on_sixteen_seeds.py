"""What stories tell and ask can happen in them: read off their runs on the sixteen seeds that `compare` uses."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from model.loading import library, load_scenario
from model.record import OBSERVABLES, Record
from model.region import run
from model.scenario import REGIME_NAMES, Scenario
from model.spec.events import DemandShock

SEEDS = range(10_000, 10_016)
NAMED = [name for name in library() if load_scenario(name).knowledge_space.latent_names]

pytestmark = pytest.mark.slow


@cache
def records(name: str, regime: str) -> tuple[Record, ...]:
    scenario = load_scenario(name).with_regime(regime)
    return tuple(run(scenario, seed).record for seed in SEEDS)


def medians(name: str, regime: str, observable: str) -> list[float]:
    """Median over seeds of an observable, by step."""
    place = list(OBSERVABLES).index(observable)
    values: list[float] = np.median(
        [record.series[:, place] for record in records(name, regime)], axis=0
    ).tolist()
    return values


def come_to_hold(scenario: Scenario, found: tuple[Record, ...]) -> dict[str, float]:
    """Share of seeds in which a domain that the story names as new is held by some firm in the course of the run."""
    space = scenario.knowledge_space
    held = np.mean([record.domain_holders.max(axis=0) > 0 for record in found], axis=0)
    return {space.domain_names[number]: float(held[number]) for number in space.latent_numbers}


@pytest.mark.parametrize("name", NAMED)
def test_somebody_can_come_to_know_what_a_story_names_as_new(name: str) -> None:
    scenario = load_scenario(name)
    reached = [come_to_hold(scenario, records(name, regime)) for regime in REGIME_NAMES]
    best = {domain: max(each[domain] for each in reached) for domain in reached[0]}
    # What the title speaks of, in most regions under some policy; nothing that is named is out of reach.
    assert best[scenario.knowledge_space.latent_names[0]] >= 0.75
    assert min(best.values()) >= 0.25


def test_nobody_in_the_region_of_machine_builders_knows_the_internet_of_things_at_the_start() -> None:
    name = "machine_building_meets_iot"
    space = load_scenario(name).knowledge_space
    number = space.domain_names.index("internet of things")
    known = [record.domain_holders[0, number] > 0 for record in records(name, "none")]
    assert np.mean(known) <= 0.25


def test_demand_for_what_is_healthy_moves_after_four_years() -> None:
    name = "food_meets_nutrition"
    scenario = load_scenario(name)
    (shock,) = scenario.events
    assert isinstance(shock, DemandShock)
    space = scenario.knowledge_space
    moved = [space.domain_names.index(domain) for domain in shock.domains]
    rise = [
        record.domain_demand[shock.step, moved].sum() / record.domain_demand[shock.step - 1, moved].sum()
        for record in records(name, "none")
    ]
    assert shock.step == 16
    assert np.median(rise) > 1.25


def test_networks_pay_the_bakery_only_once_it_understands_what_it_hears() -> None:
    taken_in = [
        medians(name, "none", "absorptive_capacity")[0]
        for name in ("thin_rural_region", "food_meets_nutrition", "machine_building_meets_iot")
    ]
    assert taken_in == sorted(taken_in)


def test_clusters_chosen_from_above_have_members_while_the_money_flows_and_none_is_spent_later() -> None:
    name = "policy_driven_cluster"
    members = medians(name, "cluster", "cluster_members")
    spending = medians(name, "cluster", "spending")
    assert min(members[8:41]) > 0
    assert min(spending[8:41]) > 0
    # A grant that was given before may run on for its eight quarters; nothing new is bought.
    assert max(spending[50:]) == 0


def test_a_ministry_that_spots_early_clusters_helps_them_along() -> None:
    assert min(medians("small_country_sectors", "sector", "cluster_members")[8:]) > 0
    assert max(medians("small_country_sectors", "none", "cluster_members")) == 0


def test_a_thin_region_has_few_pieces_and_keeps_its_sixty_firms() -> None:
    name = "thin_rural_region"
    assert set(medians(name, "none", "firms")) == {60.0}
    thin, usual = (
        medians(each, "none", "active_domains")[1] for each in (name, "machine_building_meets_iot")
    )
    assert thin < usual / 2
