"""Life-cycles: a carousel on which every stage of life has the same number of domains at any time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.life_cycles import ages, demand_by_age, order_of_birth, quarters
from model.region import Region
from model.scenario import Scenario
from model.spec.life_cycles import LifeCyclesSpec

NONE_NAMED = np.zeros(0, np.int64)
SHORT: dict[str, Any] = {
    "steps": 30,
    "knowledge_space": {"domains": 20, "sectors": 2, "cross_cutting_domains": 2},
    "firms": {"number": 30},
    "start": {"run_up": 30},
    "life_cycles": {"turbulence": 2.0, "length": 40.3, "rise": 8.0, "fall": 30.0},
    "policy": {"budget": 0.0},
}

specs = st.builds(
    LifeCyclesSpec,
    turbulence=st.floats(0.1, 5.0),
    length=st.just(110.0),
    unborn_share=st.floats(0.05, 0.8),
)


def places(count: int, seed: int = 1) -> np.ndarray:
    luck = np.random.default_rng(seed).random(count)
    return order_of_birth(np.zeros(count, np.bool_), NONE_NAMED, np.zeros(count), luck)


@given(spec=specs, count=st.integers(4, 60), time=st.floats(-400, 400))
def test_as_many_domains_are_in_each_stage_at_any_time(spec: LifeCyclesSpec, count: int, time: float) -> None:
    age, _ = ages(places(count), spec, time)
    assert age.min() >= -spec.unborn_share * spec.length / (1 - spec.unborn_share) - 1e-9
    assert age.max() <= spec.length
    for bound in (0.0, spec.rise, spec.fall):
        share = (bound / spec.length) * (1 - spec.unborn_share) + spec.unborn_share
        assert abs((age < bound).sum() - share * count) <= 1


@given(spec=specs, time=st.floats(-200, 200))
def test_ages_go_on_as_the_clock_does(spec: LifeCyclesSpec, time: float) -> None:
    before, generation = ages(places(20), spec, time)
    after, later = ages(places(20), spec, time + 1)
    same = generation == later
    np.testing.assert_allclose(after[same] - before[same], spec.turbulence, rtol=1e-6)
    # What has died made room for what is not born yet.
    turn = spec.length / (1 - spec.unborn_share)
    np.testing.assert_allclose((after - before)[~same], spec.turbulence - turn, rtol=1e-6)
    assert set((later - generation)[~same].tolist()) <= {1}


def test_the_clock_runs_through_the_start() -> None:
    scenario = Scenario.model_validate(SHORT)
    region = Region(scenario, seed=1)
    start, generation = region.world.space.domain_age.copy(), region.world.space.generation.copy()
    np.testing.assert_allclose(start, ages(region.world.space.places, scenario.life_cycles, 0)[0])
    region.step()
    same = region.world.space.generation == generation
    assert same.any()
    np.testing.assert_allclose((region.world.space.domain_age - start)[same], 2.0)


def test_what_is_named_is_born_first_and_in_this_order() -> None:
    latent = np.array([False, True, True, True, False, False])
    place = order_of_birth(latent, np.array([3, 1]), np.arange(6.0), np.zeros(6))
    # The highest place among the unborn is the next to be born; those of most weight are the oldest.
    assert place.argsort().tolist() == [2, 1, 3, 0, 4, 5]
    np.testing.assert_allclose(np.sort(place), (np.arange(6) + 0.5) / 6)


def test_demand_rises_ripens_and_falls() -> None:
    spec = LifeCyclesSpec()
    age = np.arange(-50.0, spec.length)
    wanted = demand_by_age(age, spec)
    assert np.ptp(wanted[age < 0]) == 0
    assert (wanted > 0).all()
    peak = int(wanted.argmax())
    assert spec.rise < age[peak] < spec.fall
    assert (np.diff(wanted[(age >= 0) & (age <= age[peak])]) > 0).all()
    assert (np.diff(wanted[peak:]) < 0).all()
    rise, fall = demand_by_age(np.array([spec.rise, spec.fall]), spec)
    assert rise == pytest.approx(0.5, abs=0.06)
    assert fall == pytest.approx(0.5, abs=0.06)
    assert wanted[age < 0][0] < wanted[age == 0][0] < 0.1


@pytest.mark.parametrize("turbulence", [0.0, 2.0])
def test_demand_moves_between_domains_and_its_sum_stays(turbulence: float) -> None:
    cycles = {**SHORT["life_cycles"], "turbulence": turbulence}
    region = Region(Scenario.model_validate({**SHORT, "life_cycles": cycles}), seed=2)
    total, shares = region.world.space.demand.sum(), region.world.space.demand.copy()
    while region.running:
        region.step()
        assert region.world.space.demand.sum() == pytest.approx(total)
    assert np.abs(region.world.space.demand / shares - 1).max() > 0.05


def test_with_a_domain_its_potential_beliefs_and_holders_go() -> None:
    region = Region(Scenario.model_validate(SHORT), seed=3)
    born = 0
    while region.running:
        before = region.world.space.generation.copy()
        potential = region.world.space.potential.copy()
        region.step()
        space = region.world.space
        dead = space.generation > before
        assert np.array_equal(space.potential[~dead], potential[~dead])
        assert (space.potential[dead] != potential[dead]).all()
        known = region.world.carriers.knowledge[:, dead] / space.frontier[dead]
        # At the turn firms keep a twentieth of the frontier at most; what a quarter adds is little.
        assert (known < 0.3).all()
        born += int(dead.sum())
    assert born > 5


@given(spec=specs, time=st.integers(-300, 300))
def test_what_is_looked_up_has_the_bits_of_what_is_worked_out(spec: LifeCyclesSpec, time: int) -> None:
    found = quarters(places(20), spec, time)
    now = time - found.first
    age, generation = ages(places(20), spec, time)
    assert (found.age[now] == age).all()
    assert (found.generation[now] == generation).all()
    assert (found.opened[now] == (age >= 0)).all()
