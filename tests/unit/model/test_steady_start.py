"""A steady start: without policy and shocks every story keeps up what it begins with, in the mean over seeds."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from model import building
from model.loading import library, load_scenario
from model.observables import OBSERVABLES
from model.region import Region, run

SEEDS = range(1, 49)
BOUNDS = {40: 0.15, 80: 0.30}
"""By how much the mean may have moved after ten and twenty years."""

EVERY_STORY = pytest.mark.parametrize("name", library())


@cache
def recorded(name: str) -> np.ndarray:
    """Every observable in every quarter without policy and without scheduled shocks, a row a seed."""
    story = load_scenario(name)
    calm = story.model_copy(update={"steps": 80, "events": ()}).with_regime("none")
    return np.array([run(calm, seed).record.series for seed in SEEDS])


def means(name: str, observable: str) -> dict[int, float]:
    """Mean over seeds against the mean at the start: a mean of ratios would rise by itself where starts differ."""
    mean = recorded(name)[:, :, list(OBSERVABLES).index(observable)].mean(axis=0)
    return {step: float(mean[step] / mean[0]) for step in BOUNDS}


@pytest.mark.slow
@pytest.mark.parametrize("observable", ["output", "employment"])
@EVERY_STORY
def test_a_region_keeps_up_what_it_begins_with(name: str, observable: str) -> None:
    found = means(name, observable)
    assert {step: ratio for step, ratio in found.items() if abs(ratio - 1) > BOUNDS[step]} == {}


@pytest.mark.slow
@EVERY_STORY
def test_the_number_of_firms_stays(name: str) -> None:
    firms = recorded(name)[:, :, list(OBSERVABLES).index("firms")]
    assert (firms == firms[:, :1]).all()


def test_a_start_is_counted_in_its_own_wages_and_nothing_is_booked_before_it() -> None:
    world = Region(load_scenario("thin_rural_region"), seed=1).world
    firms = world.carriers.kind == 0
    assert world.wage == 1.0
    assert world.step == world.lead == 0
    assert world.initial_wage_bill == pytest.approx(world.carriers.size[firms].sum())
    assert world.demand_total == pytest.approx(world.space.demand.sum())
    for name in ("account", "memos", "experiments"):
        assert (getattr(world, name) == 0).all(), name
    assert set(np.unique(world.discovered).tolist()) == {-1, 0}
    assert (world.carriers.born == 0).all()


def test_the_same_start_is_shared_by_all_regimes_and_made_once() -> None:
    story = load_scenario("thin_rural_region", {"firms.number": 30})
    building._kept.clear()
    for regime in ("none", "sector", "smart_specialisation_by_lot"):
        Region(story, regime=regime, seed=7)
    assert len(building._kept) == 1
