"""What is observed, by policymakers and in the record: both models measure the same in any state."""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from model.observables import OBSERVABLES
from model.policy.observation import CELLS, DOMAINS, SECTORS, Observation
from model.policy.observe import observe, sector_employment
from model.policy.potential import log_potential
from model.record import Record
from model.world import World
from tests.reference.agreement import CLOSE
from tests.reference.measure import domain_records, observables
from tests.reference.observation import employment_by_sector
from tests.reference.observation import log_potential as stated_potential
from tests.reference.observation import observe as stated_observation
from tests.reference.region import ReferenceRegion
from tests.reference.states import QUICK, THOROUGH, worlds


@dataclass
class Observer:
    """As much of a policymaker as it takes to observe."""

    model: ReferenceRegion
    sees: frozenset[str]
    number: int = 3

    def __post_init__(self) -> None:
        rng = np.random.default_rng(1)
        domains = self.model.space.domains
        self.regime = SimpleNamespace(sees=self.sees)
        self.employment_before = rng.uniform(0, 50, self.model.space.sectors)
        self.experiments_before = rng.integers(0, 3, domains).astype(np.float64)
        self.demand_before = rng.uniform(0.1, 5.0, domains)
        self.reviewed_at = self.model.now - 4
        self.signals = rng.normal(size=domains)
        self.trials = rng.integers(0, 3, domains).astype(np.float64)


EVERYTHING = frozenset(field.name for field in fields(Observation)) - {"step"}


@pytest.mark.parametrize("sees", [SECTORS, CELLS, DOMAINS, EVERYTHING, frozenset()])
@given(world=worlds())
@QUICK
def test_policymakers_see_the_same(sees: frozenset[str], world: World) -> None:
    observer: Any = Observer(ReferenceRegion.from_world(world), sees)
    expected = stated_observation(observer)
    seen = observe(
        world,
        sees,
        observer.number,
        observer.employment_before,
        observer.experiments_before,
        np.log(world.space.demand / observer.demand_before) / 4,
        observer.signals,
        observer.trials,
    )
    for field in fields(seen):
        np.testing.assert_allclose(
            getattr(seen, field.name), getattr(expected, field.name), CLOSE, CLOSE, err_msg=field.name
        )
        assert field.name in sees or field.name == "step" or np.size(getattr(seen, field.name)) == 0


def compare_record(world: World) -> None:
    """Measure the same state with both models."""
    region = ReferenceRegion.from_world(world)
    record = Record(world.step, world.space.domains)
    record.take(world, ())
    measured = dict(zip(OBSERVABLES, record.series[world.step].tolist(), strict=True))
    assert measured == pytest.approx(observables(region, {}), rel=CLOSE, abs=CLOSE)
    np.testing.assert_array_equal(record.account[world.step], region.account)
    for name, expected in domain_records(region).items():
        np.testing.assert_allclose(getattr(record, name)[world.step], expected, CLOSE, CLOSE, err_msg=name)


@given(world=worlds())
@QUICK
def test_the_record_is_what_is_there(world: World) -> None:
    compare_record(world)


@pytest.mark.slow
@given(world=worlds(most_firms=60))
@THOROUGH
def test_the_record_is_what_is_there_thoroughly(world: World) -> None:
    compare_record(world)


@given(world=worlds())
@QUICK
def test_potential_and_employment_agree(world: World) -> None:
    region = ReferenceRegion.from_world(world)
    np.testing.assert_allclose(log_potential(world), stated_potential(region), CLOSE, CLOSE)
    np.testing.assert_allclose(sector_employment(world), employment_by_sector(region), CLOSE, CLOSE)
