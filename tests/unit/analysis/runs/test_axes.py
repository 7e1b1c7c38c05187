"""Axes and ranges: what can be varied, over which values, and what is said of everything else."""

from __future__ import annotations

import pytest

from analysis.errors import RequestError
from analysis.runs.axes import HORIZON, NAMED, find_axis
from analysis.runs.ranges import Sweep, parse_sweep
from model.loading import library, load_scenario
from model.scenario import Scenario

SCENARIO = Scenario()


def sweep(text: str, scenario: Scenario = SCENARIO) -> Sweep:
    return parse_sweep("--x", text, scenario, 5)


@pytest.mark.parametrize("story", library())
@pytest.mark.parametrize("name", NAMED)
def test_every_named_axis_moves_something_in_every_story(name: str, story: str) -> None:
    scenario = load_scenario(story)
    if name == "variety" and scenario.knowledge_space.measured.given:
        with pytest.raises(RequestError, match="measured region are what they are; take a region with more"):
            sweep(name, scenario)
        return
    found = sweep(name, scenario)
    assert len(found.points) == 5
    if name == "variety" and scenario.events:
        # Its events name domains, which have other names when there are more of them.
        scenario = load_scenario(scenario, {"events": []})
    # Not the first: a horizon may end before an event, as only the longest is run.
    one, other = (load_scenario(scenario, found.settings(point)) for point in found.points[-2:])
    assert one != other
    for key in found.axis.keys:
        assert key in found.settings(1.0)


@pytest.mark.parametrize("name", [name for name, axis in NAMED.items() if axis.relative])
def test_one_times_the_scenario_is_the_scenario(name: str) -> None:
    axis = find_axis(name, SCENARIO)
    assert load_scenario(SCENARIO, axis.settings(1.0)) == SCENARIO
    assert load_scenario(SCENARIO, axis.settings(axis.bounds.le or 0)) != SCENARIO


def test_absorptive_capacity_is_skill_and_own_research_together() -> None:
    half = load_scenario(SCENARIO, find_axis("absorptive_capacity", SCENARIO).settings(0.5))
    assert half.firms.skill_mean == pytest.approx(SCENARIO.firms.skill_mean / 2)
    assert half.firms.rd_intensity == pytest.approx(SCENARIO.firms.rd_intensity / 2)


def test_more_sectors_have_as_many_domains_each() -> None:
    scenario = load_scenario("machine_building_meets_iot")
    more = load_scenario(scenario, find_axis("variety", scenario).settings(10)).knowledge_space
    assert (more.sectors, more.domains, more.cross_cutting_domains) == (10, 86, 6)
    assert more.domain_names == more.sector_names == more.latent_names == ()


def test_a_larger_region_has_organisations_to_match() -> None:
    larger = load_scenario(SCENARIO, find_axis("size_of_region", SCENARIO).settings(400))
    assert larger.firms.number == 400
    before, after = SCENARIO.organisations.university, larger.organisations.university
    assert (after.capacity, after.funding) == (2 * before.capacity, 2 * before.funding)
    assert after.number == before.number


def test_a_measured_region_is_never_smaller_than_its_domains() -> None:
    scenario = load_scenario("ministry_in_estonia")
    least = scenario.knowledge_space.measured.active
    assert least > 50
    assert sweep("size_of_region", scenario).points[0] == least
    with pytest.raises(RequestError, match=f"from {least} to"):
        sweep(f"size_of_region={least - 1}:400:3", scenario)


def test_any_number_of_a_scenario_is_an_axis() -> None:
    found = sweep("ties.search_breadth=1:9:3")
    assert found.points == (1, 5, 9)
    assert found.settings(5) == {"ties.search_breadth": 5}
    own = load_scenario(SCENARIO, {"regimes.mine": {"kind": "cluster"}})
    assert sweep("regimes.mine.clusters=1:3:3", own).settings(2) == {"regimes.mine.clusters": 2}


def test_without_a_range_values_lie_around_those_of_the_scenario() -> None:
    assert sweep("absorption.reach_maximum").points == (1.75, 2.625, 3.5, 4.375, 5.25)
    assert sweep("firms.skill_mean").points[-1] <= 1


def test_steps_are_the_horizon() -> None:
    assert sweep("steps").axis.name == HORIZON
    assert sweep("horizon=10:30:3").points == (10, 20, 30)


def test_what_grows_by_ratio_is_spaced_by_ratio() -> None:
    assert sweep("budget").points == pytest.approx((0.0025, 0.005, 0.01, 0.02, 0.04))
    assert sweep("size_of_region").points == (50, 100, 200, 400, 800)
    assert sweep("budget=0:0.04:3").points == (0, 0.02, 0.04)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("absorbtive_capacity", "Did you mean absorptive_capacity?"),
        ("skill_mean", "Did you mean firms.skill_mean?"),
        ("firms.skil_mean", "Did you mean firms.skill_mean?"),
        ("nonsense", "Axes are absorptive_capacity"),
        ("firms.skill_mean=0:2:5", "from 0 to 1"),
        ("absorptive_capacity=0:2:5", "from 0 to 1.818"),
        ("horizon=0:10:2", "from 1 to 10000 (quarters)"),
        ("firms.initial_knowledge=0:1:3", "above 0 and at most 1"),
        ("budget=0.02:0.01:3", "must be below the last"),
        ("budget=0.01:0.01:3", "must be below the last"),
        ("budget=0.01:0.02:1", "from 2 to"),
        ("budget=0.01:0.02:1e3", "LOW:HIGH:COUNT"),
        ("budget=0.01", "LOW:HIGH:COUNT"),
        ("budget=0:1:2:3", "LOW:HIGH:COUNT"),
        ("budget=nan:1:2", "LOW:HIGH:COUNT"),
        ("budget=", "LOW:HIGH:COUNT"),
        ("variety=2:4:5", "ask for 3 or fewer"),
        ("organisations.university.number=0:1:5", "ask for 2 or fewer"),
        ("regimes.sector.spotting_share", "has it at 0"),
        ("channels.freeze_ties", "must be a parameter whose value is a quantity"),
        ("ties.network", "must be a parameter whose value is a quantity"),
        ("knowledge_space.seed", "must be a parameter whose value is a quantity"),
        ("policy.policymakers.N.share", "There is no axis"),
        ("policy.policymakers.0.share", "There is no axis"),
        ("firms.number\x1b[31m", "\\x1b"),
    ],
)
def test_what_makes_no_sense_is_told(text: str, hint: str) -> None:
    with pytest.raises(RequestError) as caught:
        sweep(text)
    assert hint in str(caught.value)
    assert str(caught.value).startswith("--x ")


def test_a_multiple_of_nothing_is_no_axis() -> None:
    without = load_scenario(SCENARIO, {"recombination.attempts": 0})
    with pytest.raises(RequestError, match="is 0 in this scenario"):
        sweep("recombination", without)
