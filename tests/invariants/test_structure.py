"""The state at the end of every step: ties, ids, bounds, and nothing that is not a number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.region import Region
from model.scenario import Scenario
from model.state import COLUMNS, Carriers
from model.world import World
from tests.invariants.runs import scenarios
from tests.reference.states import QUICK, THOROUGH


def assert_ties_are_sound(carriers: Carriers) -> None:
    """Ties are symmetric, between two firms, none twice; what both sides know of them is the same."""
    assert (carriers.degree >= 0).all()
    assert (carriers.degree <= carriers.slots).all()
    for i in range(carriers.rows):
        partners = carriers.partners[i, : carriers.degree[i]]
        assert len(set(partners.tolist())) == len(partners)
        assert i not in partners
        for slot, j in enumerate(partners):
            assert 0 <= j < carriers.rows
            assert carriers.kind[i] == carriers.kind[j] == 0
            back = np.flatnonzero(carriers.partners[j, : carriers.degree[j]] == i)
            assert len(back) == 1
            for name in ("tie_origin", "tie_project", "tie_success", "tie_project_success"):
                column = getattr(carriers, name)
                assert column[i, slot] == column[j, back[0]] >= 0


def assert_values_are_sound(world: World) -> None:
    """All values are finite and within their bounds."""
    carriers = world.carriers
    for column in COLUMNS:
        assert np.isfinite(getattr(carriers, column.name)).all(), column.name
    for name in ("frontier", "demand", "base_demand", "domain_age", "potential", "relatedness", "complexity"):
        assert np.isfinite(getattr(world.space, name)).all(), name
    assert (carriers.knowledge >= 0).all()
    for name in ("density", "absorptive_capacity", "skill", "skill_base", "openness", "standing"):
        values = getattr(carriers, name)
        assert (values >= 0).all(), name
        assert (values <= 1 + 1e-12).all(), name
    firms = carriers.kind == 0
    assert (carriers.size[firms] >= 1).all()
    for name in ("revenue", "rd_stock", "rd_cost", "subsidy", "support", "members", "clients", "learned"):
        assert (getattr(carriers, name) >= 0).all(), name
    assert world.wage > 0
    for name in ("belief", "belief_precision", "competition", "publicity", "effort"):
        assert np.isfinite(getattr(world, name)).all(), name
    assert (world.belief_precision > 0).all()
    assert ((world.publicity >= 0) & (world.publicity <= 1)).all()
    assert (world.space.opened == (world.space.domain_age >= 0)).all()


def assert_references_are_sound(world: World) -> None:
    """Sectors, places, domains and links point to something that exists."""
    carriers, space = world.carriers, world.space
    for name, count in (
        ("sector", space.sectors),
        ("place", world.scenario.firms.places),
        ("focus", space.domains),
        ("link", carriers.rows),
        ("support_domain", space.domains),
        ("earmark", space.domains),
    ):
        values = getattr(carriers, name)
        assert (values >= -1).all(), name
        assert (values < count).all(), name
    linked = carriers.link[carriers.link >= 0]
    assert (carriers.kind[linked] != 0).all()
    assert (carriers.parent < carriers.id).all()
    assert (carriers.seat <= carriers.id).all()
    organisations = carriers.kind != 0
    assert (carriers.seat[organisations] == carriers.id[organisations]).all()
    assert (world.discovered <= world.step).all()


def check_run(scenario: Scenario, seed: int) -> None:
    """Check every step of a run."""
    region = Region(scenario, seed=seed)
    seen = set(region.world.carriers.id.tolist())
    while region.running:
        before = region.world.carriers.next_id
        region.step()
        carriers = region.world.carriers
        assert_ties_are_sound(carriers)
        assert_values_are_sound(region.world)
        assert_references_are_sound(region.world)
        assert (np.diff(carriers.seat) > 0).all()
        assert len(set(carriers.id.tolist())) == carriers.rows
        assert (carriers.id >= 0).all()
        new = set(carriers.id.tolist()) - seen
        assert all(identity >= before for identity in new)
        seen |= new
        assert region.world.closing == region.world.supported_entries == []


@given(scenario=scenarios(), seed=st.integers(0, 2**32 - 1))
@QUICK
def test_state_is_sound_after_every_step(scenario: Scenario, seed: int) -> None:
    check_run(scenario, seed)


@pytest.mark.slow
@given(scenario=scenarios(), seed=st.integers(0, 2**32 - 1))
@THOROUGH
def test_state_is_sound_after_every_step_thoroughly(scenario: Scenario, seed: int) -> None:
    check_run(scenario, seed)
