"""How a region is made and ends: scenario, settings, regime, seed, horizon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.loading import ScenarioError, load_scenario
from model.region import Region, run
from tests.unit.model.mesa_regions import SMALL, STEPS, advance, small_region, small_scenario


def test_a_story_by_name_with_settings_by_dotted_key() -> None:
    settings = {**SMALL, "policy.budget": 0.02}
    region = Region("thin_rural_region", seed=1, **settings)
    assert region.world.scenario == load_scenario("thin_rural_region", settings)


def test_the_default_story() -> None:
    assert Region(seed=1).world.scenario == load_scenario("machine_building_meets_iot")


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('extends = "thin_rural_region"\nsteps = 7\n', "utf-8")
    for reference in (file, str(file)):
        assert Region(reference, seed=1).world.scenario.steps == 7


def test_settings_on_top_of_a_scenario() -> None:
    region = Region(small_scenario(), seed=1, steps=5, **{"firms.places": np.int64(3)})
    assert (region.world.scenario.steps, region.world.scenario.firms.places) == (5, 3)
    assert region.world.scenario.firms.number == SMALL["firms.number"]


def test_a_regime_takes_the_whole_budget() -> None:
    region = Region("small_country_sectors", regime="smart_specialisation", seed=1, **SMALL)
    assert [policymaker.regime_name for policymaker in region.policymakers] == ["smart_specialisation"]
    own = Region("small_country_sectors", seed=1, **SMALL)
    named = [policymaker.regime for policymaker in own.world.scenario.policy.policymakers]
    assert [policymaker.regime_name for policymaker in own.policymakers] == named


def test_the_same_seed_under_either_name_gives_the_same_run() -> None:
    seeded = {"seed": Region(small_scenario(), seed=7), "rng": Region(small_scenario(), rng=7)}
    seeded |= {
        "numpy": Region(small_scenario(), seed=np.int64(7)),
        "text": Region(small_scenario(), seed="7"),
    }
    expected = run(small_scenario(), 7).record.series
    for region in seeded.values():
        assert region.seed == 7
        advance(region, STEPS)
        assert np.array_equal(region.record.series, expected)


def test_whatever_numpy_makes_a_generator_of_is_a_seed() -> None:
    one = Region(small_scenario(), rng=np.random.default_rng(5))
    other = Region(small_scenario(), rng=np.random.default_rng(5))
    listed = Region(small_scenario(), rng=[5, 6])
    assert one.seed == other.seed != listed.seed
    assert Region(small_scenario(), rng=np.random.SeedSequence(5)).seed >= 0


def test_a_seed_that_nobody_gives_is_drawn_and_told() -> None:
    first, second = Region(small_scenario()), Region(small_scenario())
    assert first.seed != second.seed
    assert f"seed {first.seed}" in repr(first)
    advance(first, STEPS)
    assert first.result().seed == first.seed
    assert np.array_equal(first.record.series, run(small_scenario(), first.seed).record.series)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"scenario": "machine_building"}, "machine_building"),
        ({"scenario": 3}, "scenario = 3: must be a Scenario, the name of a story"),
        ({"firms.numbr": 3}, "did you mean firms.number"),
        ({"firms.number": 1}, "firms.number = 1"),
        ({"regime": "clstr"}, "regime = 'clstr': must be one of the regimes: none.*did you mean \"cluster\""),
        ({"seed": -1}, "seed = -1: must be a whole number of at least 0"),
        ({"seed": "luck"}, "seed = 'luck': must be a whole number"),
        ({"seed": 1.5}, "seed = 1.5: must be a whole number"),
        ({"seed": 1, "rng": 1}, "give only one of them"),
    ],
)
def test_bad_settings_are_told(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        Region(**given)


def test_a_region_stops_at_its_horizon_and_stays_there() -> None:
    region = small_region()
    region.run_model()
    assert not region.running
    assert region.steps == region.world.step == STEPS
    series, carriers = region.record.series.copy(), region.world.carriers.knowledge.copy()
    advance(region, 3)
    assert not region.running
    assert region.steps == region.world.step == STEPS
    assert np.array_equal(region.record.series, series)
    assert np.array_equal(region.world.carriers.knowledge, carriers)
    assert np.array_equal(series, run(small_scenario().with_regime("cluster"), 3).record.series)


def test_a_region_knows_no_scenario_of_mesas_kind() -> None:
    region = small_region()
    assert getattr(region, "scenario", None) is None
    with pytest.raises(AttributeError, match=r"region\.world\.scenario"):
        _ = region.scenario
