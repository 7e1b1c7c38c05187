"""Hidden potentials: drawn with the mean 1, known by doing, believed by Bayes' rule, published or not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.building import build_world
from model.policy.instruments import INSTRUMENTS
from model.policy.orders import Order
from model.processes.exogenous import advance_world, learn_from
from model.processes.life_cycles import draw_potentials, prior_precision
from model.scenario import Scenario
from model.world import World


def world(spread: float = 0.8, **sections: Any) -> World:
    table = {
        "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
        "firms": {"number": 40},
        "start": {"run_up": 5},
        "potentials": {"spread": spread, **sections.pop("potentials", {})},
    }
    made = build_world(Scenario.model_validate({**table, **sections}), 1)
    made.step = 1
    return made


def test_potentials_have_the_mean_1_and_the_spread_that_is_set() -> None:
    made = world()
    drawn = []
    for generation in range(-60, 2000):
        made.space.generation[:] = generation
        drawn.append(draw_potentials(made))
    logs = np.ravel(drawn)
    assert logs.std() == pytest.approx(0.8, rel=0.03)
    assert np.exp(logs).mean() == pytest.approx(1.0, rel=0.03)
    # What is believed before anybody has tried is the truth about the draw.
    assert logs.mean() == pytest.approx(
        made.belief[made.belief_precision == prior_precision(0.8)][0], abs=0.02
    )
    assert prior_precision(0.8) == pytest.approx(1 / 0.8**2)


def test_beliefs_follow_bayes_rule() -> None:
    made = world()
    made.belief[:], made.belief_precision[:] = -0.3, 2.0
    precision = np.zeros(12)
    precision[4] = 6.0
    learn_from(made, precision, np.full(12, 0.5))
    assert made.belief[4] == pytest.approx((-0.3 * 2 + 0.5 * 6) / 8)
    assert made.belief_precision[4] == 8.0
    others = np.arange(12) != 4
    assert (made.belief[others] == -0.3).all()
    assert (made.belief_precision[others] == 2.0).all()


def test_bit_by_bit_is_as_much_as_all_at_once() -> None:
    one, two = world(), world()
    told = np.linspace(0, 5, 12)
    learn_from(one, told, one.space.potential)
    for _ in range(10):
        learn_from(two, told / 10, two.space.potential)
    np.testing.assert_allclose(one.belief, two.belief)
    np.testing.assert_allclose(one.belief_precision, two.belief_precision)


def test_what_leaks_out_is_the_truth_where_somebody_does_it() -> None:
    made = world(potentials={"diffusion": 0.5})
    for _ in range(200):
        advance_world(made)
    done = made.holders > 0
    assert 0 < done.sum() < 12
    np.testing.assert_allclose(made.belief[done], made.space.potential[done], atol=0.05)
    untouched = made.belief_precision[~done] == prior_precision(0.8)
    assert untouched.any()


def pilots(publication: float, noise: float = 0.5, gain: float = 0.3) -> tuple[World, float]:
    """Let all firms try a domain; give the world and what they tell on average."""
    made = world(instruments={"discovery_pilot": {"publication": publication, "noise": noise, "gain": gain}})
    made.carriers.absorptive_capacity[:] = 1.0
    made.carriers.density[:] = 1.0
    made.space.complexity[:] = 0.0
    order = Order("discovery_pilot", 1.0, domains=(3,))
    delivery = INSTRUMENTS["discovery_pilot"].deliver(made, order, 1e4, -1, np.uint64(5))
    assert delivery.success == 1.0
    assert delivery.units == 40
    return made, delivery.signal


def test_pilots_tell_the_hidden_potential_with_an_error() -> None:
    made, signal = pilots(1.0, noise=0.0)
    assert signal == pytest.approx(made.space.potential[3])
    made, signal = pilots(1.0, noise=0.5)
    assert signal == pytest.approx(made.space.potential[3], abs=4 * 0.5 / np.sqrt(40))
    assert signal != made.space.potential[3]


@pytest.mark.parametrize("publication", [0.5, 1.0])
def test_what_is_published_moves_beliefs_by_its_precision(publication: float) -> None:
    before = world()
    made, signal = pilots(publication)
    told = publication * 40 / 0.5**2
    held = before.belief_precision[3]
    assert made.belief_precision[3] == pytest.approx(held + told)
    expected = (before.belief[3] * held + signal * told) / (held + told)
    assert made.belief[3] == pytest.approx(expected)
    assert made.publicity[3] == publication
    others = np.arange(12) != 3
    assert np.array_equal(made.belief[others], before.belief[others])


def test_what_is_not_published_stays_with_who_tried() -> None:
    before = world()
    made, _ = pilots(0.0)
    for name in ("belief", "belief_precision", "publicity"):
        assert np.array_equal(getattr(made, name), getattr(before, name))
    assert (made.carriers.knowledge[made.carriers.kind == 0, 3] > 0).all()
