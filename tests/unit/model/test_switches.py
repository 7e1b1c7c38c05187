"""Switches: how they divide money, what is seen, whom orders mean; built-in regimes are points of their space."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from model.policy.observation import Observation
from model.policy.orders import Order
from model.policy.regimes import REGIMES
from model.policy.regimes.composed import Composed
from model.policy.regimes.composition import ComposedSpec
from model.policy.regimes.discovery import DiscoveryMemory
from model.policy.regimes.engine import SwitchedRegime
from model.policy.regimes.switches import ISOLATED_BUNDLE, NETWORKED_BUNDLE, PILOT_SHARE, divide
from model.region import Region, run
from model.scenario import Scenario

SWITCHED = ("sector", "cluster", "smart_specialisation")
SMALL: dict[str, Any] = {
    "steps": 16,
    "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
    "firms": {"number": 40, "places": 2},
    "policy": {"budget": 0.05},
}
HOMES = np.array([0, 0, 1, 1, 2, -1])
"""Home sectors of six domains; the last one is cross-cutting."""

SEEN = Observation(
    step=1,
    sector_employment=np.array([50.0, 90.0, 70.0]),
    sector_growth=np.array([0.0, -0.1, 0.2]),
    sector_trend=np.array([3.0, 1.0, 2.0]),
    cell_sector=np.array([0, 1, 1, 2]),
    cell_place=np.array([0, 0, 1, 0]),
    cell_firms=np.array([9, 4, 12, 7]),
    cell_cooperation=np.array([0.3, 0.9, 0.1, 0.2]),
    cell_organised=np.array([1, 0, 0, 0]),
    cell_members=np.array([2, 0, 0, 0]),
    domain_home=HOMES,
    domain_demand=np.array([1.0, 1.0, 1.0, 5.0, 1.0, 9.0]),
    domain_density=np.array([0.6, 0.5, 0.4, 0.3, 0.2, 0.55]),
    domain_knowledge=np.array([0.2, 0.1, 0.1, 0.0, 0.0, 0.1]),
    experiments=np.array([0.0, 0.0, 0.0, 2.0, 4.0, 3.0]),
    signals=np.zeros(6),
    signal_precision=np.zeros(6),
    luck=np.zeros(6),
    lot=np.tile([0.4, 0.1, 0.9, 0.2, 0.8, 0.3], 200),
    domain_trend=np.zeros(6),
    domain_complexity=np.zeros(6),
    domain_potential=np.zeros(6),
    incumbent_knowledge=np.array([0.0, 0.0, 0.9, 0.1, 0.0, 0.0]),
)


DISCOVERING: dict[str, Any] = {"search": "discovering", "scope": "across", "mastery": 0.25}
"""Discovery where all but the first domain are hardly known."""


def composed(**switches: Any) -> Composed:
    return Composed(ComposedSpec(**switches))


def review(regime: SwitchedRegime[Any], *seen: Observation) -> DiscoveryMemory:
    """Let a regime see one observation after the other."""
    memory: Any = DiscoveryMemory()
    for observation in seen:
        memory = regime.review(observation, memory)
    return memory


def orders(regime: SwitchedRegime[Any], instrument: str, *seen: Observation) -> list[Order]:
    return [order for order in regime.allocate(review(regime, *seen)) if order.instrument == instrument]


@pytest.mark.parametrize("name", SWITCHED)
def test_a_composed_regime_at_the_position_of_a_built_in_one_does_the_same(name: str) -> None:
    scenario = Scenario.model_validate(SMALL)
    twin = REGIMES[name](scenario.regimes[name]).composition.model_dump()  # type: ignore[attr-defined]
    twins = Scenario.model_validate({**SMALL, "regimes": {"twin": twin}})
    one, other = run(scenario.with_regime(name), 3), run(twins.with_regime("twin"), 3)
    assert one.record.series.tobytes() == other.record.series.tobytes()
    assert one.ledgers["agency"].tobytes() == other.ledgers["agency"].tobytes()


@pytest.mark.parametrize("name", SWITCHED)
@pytest.mark.parametrize(
    "switch",
    [
        {"targeting": "targeted"},
        {"targeting": "generic"},
        {"links": "isolated"},
        {"links": "networked"},
        {"scope": "inside"},
        {"scope": "across"},
        {"search": "fixed"},
        {"search": "discovering"},
        {"policy_driven": 0.0},
        {"policy_driven": 1.0},
    ],
    ids=str,
)
def test_every_switch_of_every_regime_can_be_set_alone(name: str, switch: dict[str, Any]) -> None:
    # Enough that nobody holds for firms to experiment with, where they are all that points at it.
    space = {"domains": 46, "sectors": 5, "cross_cutting_domains": 6}
    chosen = {**SMALL, "knowledge_space": space, "regimes": {name: switch}}
    scenario = Scenario.model_validate(chosen)
    ledger = run(scenario.with_regime(name), 1).ledgers["agency"]
    assert ledger[:, :, 1].sum() > 0


def test_what_is_whole_stays_as_it_is() -> None:
    delivery = {"discovery_pilot": 0.15, "training": 0.55, "brokerage": 0.3}
    assert divide(delivery, "by_delivery", "discovering") == delivery


@pytest.mark.parametrize("links", ["by_delivery", "isolated", "networked"])
@pytest.mark.parametrize("search", ["fixed", "discovering"])
@pytest.mark.parametrize(
    "delivery",
    [ISOLATED_BUNDLE, NETWORKED_BUNDLE, {"discovery_pilot": 0.2, "training": 0.3, "brokerage": 0.5}],
)
def test_money_is_always_whole(delivery: dict[str, float], links: str, search: str) -> None:
    shares = divide(delivery, links, search)
    assert sum(shares.values()) == pytest.approx(1)
    assert ("discovery_pilot" in shares) == (search == "discovering")
    networked = {"brokerage", "joint_project"} & shares.keys()
    if links != "by_delivery":
        assert bool(networked) == (links == "networked")
        assert bool(shares.keys() - networked - {"discovery_pilot"}) == (links == "isolated")


def test_who_wants_no_pilots_says_so() -> None:
    assert divide({"training": 1.0, "discovery_pilot": 0.0}, "by_delivery", "discovering") == {
        "training": 1.0
    }
    assert divide({"training": 1.0}, "by_delivery", "discovering") == {
        "discovery_pilot": PILOT_SHARE,
        "training": 1 - PILOT_SHARE,
    }


def test_what_is_excluded_is_shared_in_proportion() -> None:
    shares = divide({"rd_grant": 0.2, "training": 0.1, "brokerage": 0.7}, "isolated", "fixed")
    assert shares == pytest.approx({"rd_grant": 2 / 3, "training": 1 / 3})


def test_a_sector_regime_sees_no_capabilities_and_no_groups() -> None:
    assert composed(prioritise="sectors").sees == {"sector_employment", "sector_growth", "sector_trend"}
    assert "cell_cooperation" not in composed(prioritise="sectors", spotting_share=0.2).sees
    assert "cell_cooperation" in composed(prioritise="sectors", policy_driven=0.5).sees


POSITIONS = {
    "prioritise": ("sectors", "clusters", "domains"),
    "search": ("fixed", "discovering"),
    "policy_driven": (0.0, 0.5, 1.0),
    "captured": (0.0, 0.5),
    "targeting": ("generic", "targeted"),
    "scope": ("inside", "across"),
    "choose_by": ("size", "growth", "trend"),
    "by_lot": (False, True),
}


@pytest.mark.parametrize("prioritise", POSITIONS["prioritise"])
def test_what_is_not_seen_makes_no_difference(prioritise: str) -> None:
    for values in product((prioritise,), *list(POSITIONS.values())[1:]):
        regime = composed(**dict(zip(POSITIONS, values, strict=True)))
        known = {f.name: getattr(SEEN, f.name) for f in fields(SEEN) if f.name in regime.sees}
        full, part = (decisions(regime, seen) for seen in (SEEN, Observation(step=1, **known)))
        assert full == part, values


def decisions(regime: Composed, seen: Observation) -> list[Any]:
    return [
        (order.instrument, order.share, order.domains, order.cells, str(order.target))
        for order in regime.allocate(review(regime, seen))
    ]


def test_sectors_are_chosen_from_above_by_statistics_and_from_below_by_cooperation() -> None:
    for choose_by, first in (("size", 1), ("growth", 2), ("trend", 0)):
        assert review(composed(prioritise="sectors", priorities=1, choose_by=choose_by), SEEN).sectors == (
            first,
        )
    below = composed(prioritise="sectors", priorities=2, policy_driven=0.0, applicants=5)
    # Sector 0: 9 x .3; sector 2: 7 x .2; of sector 1 only the large group applies, 12 x .1.
    assert review(below, SEEN).sectors == (0, 2)
    listed = composed(prioritise="sectors", choose_by="list", political_list=(3, 1))
    assert review(listed, SEEN).sectors == (2, 0)


def test_clusters_are_chosen_from_above_by_theme_and_from_below_among_applicants() -> None:
    below = composed(prioritise="clusters", clusters=2, policy_driven=0.0, applicants=5)
    assert review(below, SEEN).cells == ((0, 0), (2, 0))
    above = composed(prioritise="clusters", clusters=2, choose_by="size")
    assert review(above, SEEN).cells == ((1, 1), (0, 0))
    mixed = composed(prioritise="clusters", clusters=2, choose_by="size", policy_driven=0.5, applicants=5)
    assert review(mixed, SEEN).cells == ((1, 1), (0, 0))


def test_domains_are_chosen_from_above_by_what_is_known_and_from_below_by_experiments() -> None:
    assert review(composed(priorities=2, scope="across"), SEEN).domains == (0, 1)
    assert review(composed(priorities=2, scope="across", choose_by="trend"), SEEN).domains == (5, 3)
    assert review(composed(priorities=2, policy_driven=0.0, scope="across"), SEEN).domains == (4, 5)
    # Inside sectors there is no place for a domain that is at home in none.
    assert review(composed(priorities=2, policy_driven=0.0), SEEN).domains == (4, 3)
    grown = replace(SEEN, domain_knowledge=SEEN.domain_knowledge + np.array([0, 0, 0, 0.1, 0, 0]))
    assert review(composed(priorities=1, choose_by="growth"), SEEN, grown).domains == (3,)


def test_candidates_come_from_density_and_from_experiments() -> None:
    settings = {**DISCOVERING, "priorities": 6, "pilots": 1}
    assert set(review(composed(**settings, candidates=3), SEEN).domains) == {0, 1, 5}
    assert set(review(composed(**settings, candidates=3, policy_driven=0.0), SEEN).domains) == {3, 4, 5}
    assert set(review(composed(**settings, candidates=3, policy_driven=0.67), SEEN).domains) == {0, 4, 5}
    assert review(composed(**{**settings, "mastery": 0.05}), SEEN).domains == (3, 4)


def test_pilots_teach_and_no_feedback_teaches_nothing() -> None:
    told = replace(
        SEEN, signals=np.array([0, 0, 0, 0, 9.0, 0]), signal_precision=np.array([0, 0, 0, 0, 9.0, 0])
    )
    settings: dict[str, Any] = {**DISCOVERING, "priorities": 1}
    assert review(composed(**settings), SEEN, told).domains == (4,)
    assert review(composed(**settings, feedback=False), SEEN, told).domains == (5,)


def test_what_lags_is_seen_later() -> None:
    told = replace(
        SEEN, signals=np.array([0, 0, 0, 0, 9.0, 0]), signal_precision=np.array([0, 0, 0, 0, 9.0, 0])
    )
    regime = composed(**DISCOVERING, priorities=1, monitoring_lag=2)
    assert review(regime, SEEN, told).domains == (5,)
    assert review(regime, SEEN, told, SEEN).domains == (5,)
    assert review(regime, SEEN, told, SEEN, SEEN).domains == (4,)


def test_what_does_not_grow_is_stopped_and_what_grows_is_scaled_up() -> None:
    settings: dict[str, Any] = {**DISCOVERING, "targeting": "targeted", "priorities": 2}
    regime = composed(**settings, stop_after=1, scaling=3)
    grown = replace(SEEN, domain_knowledge=SEEN.domain_knowledge + np.array([0, 0, 0, 0, 0, 0.03]))
    assert set(review(regime, SEEN).domains) == {3, 5}
    memory = review(regime, SEEN, grown, grown)
    assert 5 in memory.domains
    assert 3 not in memory.domains
    assert memory.weights[5] == 3
    (training,) = orders(regime, "training", SEEN, grown, grown)
    assert [training.domains.count(domain) for domain in memory.domains] == [3, 1]
    assert set(review(composed(**settings), SEEN, grown, grown).weights) == {0.0, 1.0}


def test_incumbents_capture_a_share_of_priorities_and_pilots() -> None:
    settings: dict[str, Any] = {**DISCOVERING, "priorities": 2, "pilots": 2}
    free = review(composed(**settings), SEEN)
    assert 2 not in free.domains
    half = review(composed(**settings, captured=0.5), SEEN)
    assert half.domains == (2, free.domains[0])
    assert half.pilots[0] == 3
    assert review(composed(prioritise="sectors", priorities=1, captured=1.0), SEEN).sectors == (1,)
    assert review(composed(prioritise="clusters", clusters=1, captured=1.0), SEEN).cells == ((1, 0),)


def test_a_cluster_that_its_members_have_left_is_passed_over_once() -> None:
    regime = composed(prioritise="clusters", clusters=2, policy_driven=0.0, members_needed=3)
    assert review(regime, SEEN).cells == ((0, 0), (2, 0))
    assert review(regime, SEEN, SEEN).cells == ((2, 0), (1, 1))
    assert (0, 0) in review(regime, SEEN, SEEN, SEEN).cells


def test_existing_clusters_carry_priorities() -> None:
    settings: dict[str, Any] = {"targeting": "targeted", "links": "networked", "priorities": 1}
    direct, carried = orders(composed(**settings, through_clusters=0.4), "brokerage", SEEN)
    assert (direct.cells, carried.cells) == ((), ((0, 0),))
    assert carried.share / (direct.share + carried.share) == pytest.approx(0.4)
    assert carried.domains == direct.domains
    elsewhere = composed(**settings, through_clusters=0.4, choose_by="trend")
    assert [order.cells for order in orders(elsewhere, "brokerage", SEEN)] == [()]


def test_targeted_support_weighs_firms_by_density_and_generic_support_does_not() -> None:
    (generic,) = orders(composed(scope="across"), "technology_transfer", SEEN)
    assert generic.target.domains is None
    assert generic.target.sectors is None
    assert generic.domains == ()
    (targeted,) = orders(composed(scope="across", targeting="targeted"), "technology_transfer", SEEN)
    assert targeted.target.domains is not None
    assert targeted.target.domains.tolist() == [1, 1, 1, 0, 0, 0]
    assert targeted.domains == (0, 1, 2)


def test_inside_means_the_home_sectors_of_priorities() -> None:
    (order,) = orders(composed(priorities=2), "brokerage", SEEN)
    assert order.target.sectors is not None
    assert order.target.sectors.tolist() == [1]
    assert order.target.scope == "inside"
    (order,) = orders(composed(priorities=2, scope="across"), "brokerage", SEEN)
    assert order.target.scope == "across"


def test_who_finds_nothing_to_support_looks_again_in_the_next_step() -> None:
    regime = {
        "kind": "composed",
        "search": "discovering",
        "policy_driven": 0.0,
        "review_every": 8,
        "mastery": 1.0,
    }
    scenario = Scenario.model_validate({**SMALL, "regimes": {"mine": regime}}).with_regime("mine")
    region = Region(scenario, seed=1)
    region.step()
    assert region.policymakers[0].orders == ()
    assert region.policymakers[0].next_review == 2
    while not region.policymakers[0].orders and region.running:
        region.step()
    assert region.policymakers[0].orders
    assert region.policymakers[0].next_review == region.world.step + 8


@pytest.mark.parametrize("fee", [0.0, 1.0])
def test_cluster_organisations_live_or_die_by_what_members_gain(fee: float) -> None:
    agency = {"name": "agency", "regime": "cluster", "stop": 4}
    sections = {"policy": {"budget": 0.05, "policymakers": [agency]}, "membership": {"fee": fee}}
    region = Region(Scenario.model_validate({**SMALL, **sections}), seed=1)
    while region.running:
        region.step()
        if region.world.step == 4:
            # While it is funded an organisation stays, members or not.
            assert region.organisations_of("cluster_organisation")
    assert bool(region.organisations_of("cluster_organisation")) == (fee == 0)


def test_merit_is_demand_trend_belief_density_simplicity_and_room() -> None:
    regime = composed(**DISCOVERING, trend_horizon=10)
    memory = review(regime, SEEN)
    expected = (
        np.log(SEEN.domain_demand / SEEN.domain_demand.mean())
        + 0.5 * np.log(SEEN.domain_density)
        + np.log(1 - SEEN.domain_knowledge)
    )
    np.testing.assert_allclose(memory.merit, expected)
    rising = replace(SEEN, domain_trend=np.array([0.05, 0, 0, 0, 0, 9.0]))
    np.testing.assert_allclose(review(regime, rising).merit - expected, [0.5, 0, 0, 0, 0, 1.5], atol=1e-12)
    hard = replace(SEEN, domain_complexity=np.array([0.5, 0, 0, 0, 0, 0]))
    np.testing.assert_allclose(review(regime, hard).merit - expected, [np.log(0.5), 0, 0, 0, 0, 0])
    told = replace(SEEN, domain_potential=np.array([0, 2.0, 0, 0, 0, 0]))
    np.testing.assert_allclose(review(regime, told).merit, expected)
    informed = composed(**DISCOVERING, trend_horizon=10, informed=True)
    np.testing.assert_allclose(review(informed, told).merit - expected, [0, 2.0, 0, 0, 0, 0], atol=1e-12)


def test_a_priority_goes_on_until_the_region_is_good_at_it() -> None:
    regime = composed(**{**DISCOVERING, "mastery": 0.05, "graduation": 0.25, "priorities": 2})
    assert review(regime, SEEN).domains == (3, 4)
    for level, goes_on in ((0.2, True), (0.3, False)):
        known = replace(SEEN, domain_knowledge=SEEN.domain_knowledge + np.array([0, 0, 0, level, 0, 0]))
        assert (3 in review(regime, SEEN, known).domains) == goes_on


def test_lots_decide_where_priorities_are_drawn() -> None:
    drawn = composed(**DISCOVERING, priorities=2, pilots=1, by_lot=True)
    memory = review(drawn, SEEN)
    assert (memory.domains, memory.pilots) == ((2, 4), (0,))
    assert review(composed(prioritise="sectors", priorities=1, by_lot=True), SEEN).sectors == (2,)


def test_pilots_go_where_least_is_known_or_where_a_draw_from_beliefs_points() -> None:
    told = replace(SEEN, signals=np.full(6, -1.0), signal_precision=np.array([9.0, 9, 9, 9, 0, 9]))
    settings: dict[str, Any] = {**DISCOVERING, "priorities": 1, "pilots": 1, "candidates": 6}
    assert review(composed(**settings), SEEN, told).pilots == (4,)
    lucky = replace(told, luck=np.array([0, 0, 9.0, 0, 0, 0]))
    assert review(composed(**settings, pilots_by="belief"), SEEN, lucky).pilots == (2,)


def test_grants_of_an_earmarking_regime_are_earmarked() -> None:
    for targeting, earmarked in (("generic", False), ("targeted", False), ("earmarked", True)):
        chosen = composed(scope="across", targeting=targeting, delivery={"rd_grant": 1.0})
        (order,) = orders(chosen, "rd_grant", SEEN)
        assert order.earmarked == earmarked
