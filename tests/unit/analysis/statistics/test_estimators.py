"""Estimators find what made-up data contain, and do not find what they do not."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest

from analysis.statistics.estimators.distributions import (
    hill_exponent,
    laplace_over_gauss,
    scaling_exponent,
    skewness,
)
from analysis.statistics.estimators.networks import small_world
from analysis.statistics.estimators.regression import (
    coefficients,
    jackknifed,
    peak,
    quadratic,
    slopes_at_ends,
)


@pytest.fixture
def luck() -> np.random.Generator:
    return np.random.default_rng(7)


def test_fixed_effects_take_out_what_groups_have_in_common(luck: np.random.Generator) -> None:
    firm, domain = luck.integers(50, size=4000), luck.integers(20, size=4000)
    level, taste = luck.normal(size=50), luck.normal(size=20)
    x = level[firm] + taste[domain] + luck.normal(size=4000)
    y = 0.5 * x - 3 * level[firm] - 2 * taste[domain] + 0.1 * luck.normal(size=4000)
    assert coefficients(y, [x], (firm, domain))[0] == pytest.approx(0.5, abs=0.01)
    assert coefficients(y, [x])[0] < -0.2
    assert coefficients(y, [x], (firm,))[0] < -0.2


def test_fixed_effects_equal_dummies(luck: np.random.Generator) -> None:
    first, second = luck.integers(4, size=60), luck.integers(3, size=60)
    x, z, y = luck.normal(size=(3, 60))
    dummies = np.column_stack([x, z, np.eye(4)[first], np.eye(3)[second]])
    wanted = np.linalg.lstsq(dummies, y, rcond=None)[0][:2]
    assert coefficients(y, [x, z], (first, second)) == pytest.approx(wanted, abs=1e-6)


def test_what_data_do_not_tell_is_not_told() -> None:
    groups = np.array([0, 0, 1, 1])
    assert math.isnan(coefficients(np.arange(4.0), [groups.astype(float)], (groups,))[0])
    same = np.array([1.0, 2.0, 3.0, 5.0, 8.0])
    assert np.isnan(coefficients(same**2, [same, 2 * same])).all()
    assert math.isnan(coefficients(np.ones(1), [np.ones(1)])[0])


def test_an_inverted_u_is_told_from_a_curve_that_flattens(luck: np.random.Generator) -> None:
    x = luck.uniform(0, 1, 2000)
    noise = 0.05 * luck.normal(size=2000)
    hill = quadratic(4 * x * (0.8 - x) + noise, x)
    assert peak(*hill) == pytest.approx(0.4, abs=0.02)
    rise, fall = slopes_at_ends(*hill, x)
    assert rise > 0 > fall
    linear, square = quadratic(np.log(0.2 + x) + noise, x)
    assert square < 0
    assert min(slopes_at_ends(linear, square, x)) > 0
    assert math.isnan(peak(1.0, 0.5))


def test_pseudo_values_of_a_mean_are_its_values(luck: np.random.Generator) -> None:
    values = luck.normal(size=9)
    without = [float(np.delete(values, place).mean()) for place in range(9)]
    assert jackknifed(float(values.mean()), without) == pytest.approx(values)


def test_hill_exponent(luck: np.random.Generator) -> None:
    pareto = luck.uniform(size=20_000) ** (-1 / 1.1)
    assert hill_exponent(pareto) == pytest.approx(1.1, abs=0.1)
    assert hill_exponent(1 + luck.exponential(size=20_000)) > 2
    assert math.isnan(hill_exponent(np.arange(1.0, 20.0)))
    assert math.isnan(hill_exponent(np.ones(200)))


def test_a_tent_is_told_from_a_bell(luck: np.random.Generator) -> None:
    assert laplace_over_gauss(luck.laplace(size=5000)) > 0.05
    assert laplace_over_gauss(luck.normal(size=5000)) < -0.02
    assert math.isnan(laplace_over_gauss(np.zeros(50)))


@pytest.mark.parametrize("beta", [0.0, 0.2])
def test_scaling_of_volatility(luck: np.random.Generator, beta: float) -> None:
    size = np.exp(luck.normal(3, 1, 20_000))
    assert scaling_exponent(size, 0.1 * size**-beta * luck.normal(size=20_000)) == pytest.approx(
        beta, abs=0.02
    )
    assert math.isnan(scaling_exponent(size[:50], size[:50]))


def test_skewness(luck: np.random.Generator) -> None:
    assert skewness(luck.exponential(size=20_000)) == pytest.approx(2, abs=0.2)
    assert skewness(luck.normal(size=20_000)) == pytest.approx(0, abs=0.1)
    assert math.isnan(skewness(np.ones(5)))


def test_small_worlds_are_told_from_rings_and_random_networks() -> None:
    clustering, length = small_world(list(nx.watts_strogatz_graph(200, 8, 0.1, seed=1).edges), 1)
    assert clustering > 5
    assert length < 1.5
    assert small_world(list(nx.watts_strogatz_graph(200, 8, 0, seed=1).edges), 1)[1] > 2
    assert small_world(list(nx.gnm_random_graph(200, 800, seed=1).edges), 1)[0] == pytest.approx(1, abs=0.5)
    assert math.isnan(small_world([(0, 1)], 1)[0])
