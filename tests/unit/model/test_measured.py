"""A measured region: its space is what was measured, and its firms match employment and sizes of units."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.kernels import entry
from model.kernels.constants import FIRM
from model.loading import ScenarioError, dump_scenario, load_scenario
from model.measured import share_out, sizes
from model.measured_space import relatedness_of
from model.region import Region
from model.scenario import Scenario
from model.space import build_space
from model.streams import Streams, uniforms
from tests.reference.states import MEASURED

SPACE: dict[str, Any] = {"domains": 12, "sectors": 3, "cross_cutting_domains": 2}
MEASUREMENT: dict[str, Any] = MEASURED["knowledge_space"]["measured"]


def scenario(**changes: Any) -> Scenario:
    """A measured region of 12 domains as it is founded, all of whose domains are worth the same."""
    measured = {**MEASUREMENT, **changes.pop("measured", {})}
    return Scenario.model_validate(
        {
            "knowledge_space": {**SPACE, "measured": measured},
            "firms": {"number": 300, **changes},
            "start": {"run_up": 0},
            "potentials": {"spread": 0.0},
            "life_cycles": {"turbulence": 0.0},
        }
    )


def employment_by_own_domain(region: Region) -> np.ndarray:
    carriers = region.world.carriers
    firm = carriers.kind == FIRM
    return np.bincount(carriers.focus[firm], weights=carriers.size[firm], minlength=12)


def test_the_space_is_what_was_measured() -> None:
    space = build_space(scenario().knowledge_space, Streams(3))
    assert space.home.tolist() == [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, -1, -1]
    assert space.relatedness[1, 0] == MEASUREMENT["relatedness"][0]
    assert space.relatedness[3, 1] == MEASUREMENT["relatedness"][4]
    np.testing.assert_array_equal(space.relatedness, space.relatedness.T)
    np.testing.assert_array_equal(np.diag(space.relatedness), 1.0)
    np.testing.assert_array_equal(space.relatedness_total, space.relatedness.sum(axis=1))
    assert space.latent.tolist() == [False] * 10 + [True, False]


def test_sharpness_is_a_power() -> None:
    plain = relatedness_of(scenario().knowledge_space.measured)
    sharp = relatedness_of(scenario(measured={"sharpness": 3.0}).knowledge_space.measured)
    np.testing.assert_allclose(sharp, plain**3)


def test_firms_match_employment_and_units() -> None:
    given = scenario()
    region = Region(given, seed=5)
    employment, unit_size = np.array(MEASUREMENT["employment"]), np.array(MEASUREMENT["unit_size"])
    found = employment_by_own_domain(region)
    np.testing.assert_allclose(found / found.sum(), employment / employment.sum(), rtol=1e-6)
    firms = np.bincount(region.world.carriers.focus[region.world.carriers.kind == FIRM], minlength=12)
    assert firms.sum() == 300
    np.testing.assert_allclose(firms, 300 * (employment / unit_size) / (employment / unit_size).sum(), atol=1)
    # A sample of 300 units out of about 105: each of them has the mean size of its domain, but for rounding.
    assert found[3] / firms[3] == pytest.approx(30.0, rel=0.25)
    assert region.world.carriers.size[region.world.carriers.kind == FIRM].min() >= 1.0


def test_a_firm_knows_its_own_domain_best_and_nothing_latent() -> None:
    region = Region(scenario(), seed=5)
    carriers = region.world.carriers
    firm = carriers.kind == FIRM
    knowledge = carriers.knowledge[firm]
    np.testing.assert_array_equal(knowledge.argmax(axis=1), carriers.focus[firm])
    assert not knowledge[:, 10].any()
    assert ((knowledge > 0).sum(axis=1) == region.world.scenario.firms.initial_domains).all()
    rooted = carriers.focus[firm] < 10
    homes = region.world.space.home[carriers.focus[firm]]
    np.testing.assert_array_equal(carriers.sector[firm][rooted], homes[rooted])


def test_what_else_a_firm_knows_is_related_to_its_domain() -> None:
    region = Region(scenario(measured={"sharpness": 3.0}, initial_domains=3), seed=5)
    carriers, phi = region.world.carriers, region.world.space.relatedness
    firm = carriers.kind == FIRM
    own, known = carriers.focus[firm], carriers.knowledge[firm] > 0
    known[np.arange(len(own)), own] = False
    mean = (phi[own] * known).sum() / known.sum()
    others = phi[~np.eye(12, dtype=bool)].mean()
    assert mean > 1.5 * others


def test_an_offer_earns_the_same_everywhere_at_the_start() -> None:
    price = Region(scenario(), seed=5).world.price
    np.testing.assert_allclose(price, price[0])


def test_firms_are_the_same_in_number_and_employment_for_every_seed() -> None:
    one, other = (employment_by_own_domain(Region(scenario(), seed=seed)) for seed in (1, 2))
    np.testing.assert_allclose(one, other)


@pytest.mark.parametrize(
    ("weights", "number", "wanted"),
    [
        ([5.0, 3.0, 2.0], 10, [5, 3, 2]),
        ([5.0, 3.0, 2.0], 3, [1, 1, 1]),
        ([98.0, 1.0, 0.0, 1.0], 10, [8, 1, 0, 1]),
        ([1.0, 1.0, 1.0], 4, [2, 1, 1]),
        ([0.0, 7.0], 6, [0, 6]),
    ],
)
def test_sharing_out(weights: list[float], number: int, wanted: list[int]) -> None:
    assert share_out(np.array(weights), number).tolist() == wanted


def test_sizes_have_the_wanted_means_and_are_at_least_one() -> None:
    own = np.array([0, 0, 0, 1, 1])
    made = sizes(np.array([1.0, 2.0, 9.0, 4.0, 4.0]), own, np.array([5.0, 0.2]))
    assert made[:3].mean() == pytest.approx(5.0)
    assert made[3:].tolist() == [1.0, 1.0]
    assert made.min() >= 1.0


def test_without_measurements_start_ups_begin_where_they_always_did() -> None:
    """Equal weights draw, to the bit, what an equal choice among so many drew."""
    luck = uniforms(Streams(1).key("luck", 0), np.arange(20_000), 0)
    for count in (1, 3, 5, 7, 12, 49):
        weights = np.ones(count)
        drawn = [entry._by_weight(each, weights) for each in luck]
        assert drawn == np.minimum(count - 1, (luck * count).astype(int)).tolist()
    space = build_space(Scenario().knowledge_space, Streams(1))
    assert set(space.sector_weight) == {1.0}
    assert set(space.start_up_weight) == {1.0}


def test_start_ups_begin_where_firms_are() -> None:
    space = build_space(scenario().knowledge_space, Streams(1))
    units = np.array(MEASUREMENT["employment"]) / np.array(MEASUREMENT["unit_size"])
    np.testing.assert_allclose(space.sector_weight, [units[:4].sum(), units[4:7].sum(), units[7:10].sum()])
    np.testing.assert_allclose(space.start_up_weight[:10], units[:10])
    assert space.start_up_weight[10] == units[units > 0].min()


def test_a_measured_scenario_travels(tmp_path: Path) -> None:
    path = tmp_path / "measured.toml"
    path.write_text(dump_scenario(scenario()), encoding="utf-8")
    assert load_scenario(path) == scenario()


def refused(**changes: Any) -> str:
    settings = {"knowledge_space." + key: value for key, value in changes.items()}
    with pytest.raises(ScenarioError) as raised:
        load_scenario(scenario(), settings)
    return str(raised.value)


@pytest.mark.parametrize(
    ("changes", "fragments"),
    [
        ({"domains": 13}, ["knowledge_space.domains = 13", "must be 12, as many as measured.homes has"]),
        ({"cross_cutting_domains": 1}, ["cross_cutting_domains = 1", "must be 2"]),
        ({"measured.homes": [1] * 4 + [2] * 3 + [4] * 3 + [0, 0]}, ["homes.7 = 4", "must be at most 3"]),
        ({"measured.homes": [1] * 7 + [2] * 3 + [0, 0]}, ["measured.homes", "in sector 3"]),
        ({"measured.homes": [1] * 4 + [2] * 3 + [3] * 3 + [0]}, ["must have 55 entries", "11 domains"]),
        ({"measured.relatedness": [0.5] * 65}, ["must have 66 entries", "it has 65"]),
        ({"measured.relatedness": [1.5] + [0.5] * 65}, ["relatedness.0 = 1.5", "from 0 to 1"]),
        ({"measured.employment": [0.0] * 12}, ["must be above 0 in at least one domain"]),
        ({"measured.employment": [-1.0] + [1.0] * 11}, ["employment.0 = -1", "from 0 to"]),
        ({"measured.unit_size": [0.5] + [2.0] * 11}, ["unit_size.0 = 0.5", "from 1 to"]),
        ({"measured.complexity": []}, ["complexity", "must have 12 entries"]),
        ({"measured.sharpness": 0}, ["sharpness = 0", "above 0"]),
        ({"measured.phi": [0.5]}, ["measured.phi", "there is no such key"]),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], fragments: list[str]) -> None:
    message = refused(**changes)
    for fragment in fragments:
        assert fragment in message


def test_every_domain_with_employment_needs_a_firm() -> None:
    with pytest.raises(ScenarioError) as raised:
        load_scenario(scenario(), {"firms.number": 10})
    assert "firms.number = 10: must be at least 11: one for each measured domain" in str(raised.value)
