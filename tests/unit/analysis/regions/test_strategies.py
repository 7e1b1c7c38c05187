"""Strategies of real regions: on the map, and as a regime beside the others."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.regions.application import load_with_region
from analysis.regions.catalogue import find_region, shipped
from analysis.regions.figures.region_opportunities import region_opportunities
from analysis.regions.profile import region_profile
from analysis.regions.strategies import (
    find_strategy,
    region_for,
    seat_of_priorities,
    strategies,
    strategy_of,
    with_strategy,
)
from model.loading import ScenarioError, load_scenario
from model.region import Region
from model.scenario import Scenario

STORY = "machine_building_meets_iot"


def estonia() -> Scenario:
    return load_with_region(STORY, [], "EE00")


def test_six_strategies_ship_with_places_and_pages() -> None:
    found = strategies()
    assert list(found) == ["estonia", "lithuania", "luxembourg", "south_ostrobothnia", "northern_netherlands",
                           "western_netherlands"]  # fmt: skip
    known = set(shipped().domains.index)
    for strategy in found.values():
        assert set(strategy.regions) <= set(shipped().regions.index)
        assert set(strategy.divisions) <= known
        assert all(priority.page.startswith("pdf p.") for priority in strategy.priorities)
    # Horticulture lies outside what is measured.
    assert () in [priority.divisions for priority in found["western_netherlands"].priorities]


def test_a_strategy_supports_its_own_domains_and_no_others() -> None:
    strategy = find_strategy("estonia")
    scenario, missing = with_strategy(estonia(), strategy)
    assert missing == ()
    names = np.array(scenario.knowledge_space.domain_names)
    region = Region(scenario.with_regime(strategy.regime), seed=1)
    for _ in range(scenario.regimes[strategy.regime].review_every + 1):
        region.step()
    (policymaker,) = region.policymakers
    chosen = {name.split()[0] for name in names[list(policymaker.memory.domains)]}
    assert chosen == set(strategy.divisions)


def test_a_strategy_delivers_what_smart_specialisation_does_but_for_pilots() -> None:
    scenario, _ = with_strategy(estonia(), find_strategy("estonia"))
    usual, own = scenario.regimes["smart_specialisation"], scenario.regimes["strategy_estonia"]
    assert set(usual.delivery) - set(own.delivery) == {"discovery_pilot"}
    ratios = [own.delivery[name] / usual.delivery[name] for name in own.delivery]
    assert ratios == pytest.approx([ratios[0]] * len(ratios))
    assert sum(own.delivery.values()) == pytest.approx(1)


def test_what_is_not_published_is_told() -> None:
    _, missing = with_strategy(load_with_region(STORY, [], "LU00"), find_strategy("luxembourg"))
    published = set(shipped().amounts.loc["LU00"].dropna().index)
    assert set(missing) == set(find_strategy("luxembourg").divisions) - published
    assert missing


def test_a_strategy_is_simulated_where_it_was_written() -> None:
    dutch = find_strategy("western_netherlands")
    assert region_for(dutch, None) == "NL31"
    assert region_for(dutch, "NL34") == "NL34"
    with pytest.raises(RequestError, match="was written for Western Netherlands"):
        region_for(dutch, "ITH5")
    with pytest.raises(RequestError, match="did you mean estonia"):
        find_strategy("estona")


def test_priorities_sit_where_the_profile_says() -> None:
    profile = region_profile(find_region("EE00"))
    strategy = strategy_of("EE00")
    assert strategy is not None
    assert strategy_of("ITH5") is None
    seats = seat_of_priorities(strategy, profile.domains).set_index("code")
    own = profile.domains.set_index("code")
    assert seats.loc["C16", "density"] == own.loc["C16", "density"]
    assert seats.loc["C16", "nearer"] == pytest.approx((own["density"] < own.loc["C16", "density"]).mean())
    assert seats.loc["J62", "more_complex"] > 0.9


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_priorities_are_marked_on_the_map(theme: str) -> None:
    profile = region_profile(find_region("EE00"))
    marked = region_opportunities(profile.domains, "Estonia", priorities=("C16", "J62"), theme=theme)
    plain = region_opportunities(profile.domains, "Estonia", theme=theme)
    (ax,), (other,) = marked.axes, plain.axes
    assert len(ax.collections) == len(other.collections) + 1
    assert {"C16", "J62"} <= {text.get_text() for text in ax.texts}


def test_a_list_of_domains_is_checked() -> None:
    changes = {"kind": "composed", "choose_by": "list", "listed_domains": [3, 3]}
    with pytest.raises(ScenarioError, match="must not have a domain twice"):
        load_scenario(STORY, {"regimes.mine": changes})
    with pytest.raises(ScenarioError, match="must be at most 46, the number of domains"):
        load_scenario(STORY, {"regimes.mine": {**changes, "listed_domains": [47]}})
    with pytest.raises(ScenarioError, match="must name at least one sector"):
        load_scenario(STORY, {"regimes.mine": {**changes, "listed_domains": [3], "prioritise": "sectors"}})
