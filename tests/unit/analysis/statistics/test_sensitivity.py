"""Sensitivity on test functions whose indices are known, and on designs with holes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from SALib.analyze import pawn
from SALib.sample import latin, morris, sobol

from analysis.statistics.pawn import _of_dummies, pawn_indices
from analysis.statistics.sensitivity import (
    block_size,
    luck_in_effects,
    luck_in_totals,
    morris_effects,
    samples_for_half_width,
    sobol_indices,
    whole_blocks,
)

ISHIGAMI_A, ISHIGAMI_B = 7.0, 0.1
G_COEFFICIENTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


def problem(count: int) -> dict[str, Any]:
    return {"num_vars": count, "names": [f"x{i}" for i in range(count)], "bounds": [[0.0, 1.0]] * count}


def ishigami(unit: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * unit - 1)
    values: np.ndarray = (
        np.sin(x[:, 0]) + ISHIGAMI_A * np.sin(x[:, 1]) ** 2 + ISHIGAMI_B * x[:, 2] ** 4 * np.sin(x[:, 0])
    )
    return values


def sobol_g(unit: np.ndarray) -> np.ndarray:
    values: np.ndarray = np.prod((np.abs(4 * unit - 2) + G_COEFFICIENTS) / (1 + G_COEFFICIENTS), axis=1)
    return values


def test_ishigami_has_the_indices_that_ishigami_and_homma_derived() -> None:
    # Closed form, e.g. Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, p. 179.
    first = 0.5 * (1 + ISHIGAMI_B * np.pi**4 / 5) ** 2
    second = ISHIGAMI_A**2 / 8
    together = ISHIGAMI_B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = first + second + together
    points = sobol.sample(problem(3), 2048, calc_second_order=True, seed=1)
    factors, pairs = sobol_indices(problem(3), ishigami(points), second_order=True)
    assert factors["first_order"].to_numpy() == pytest.approx(
        np.array([first, second, 0]) / variance, abs=0.02
    )
    total = np.array([first + together, second, together]) / variance
    assert factors["total"].to_numpy() == pytest.approx(total, abs=0.02)
    assert (np.abs(factors["total"] - total) <= 1.6 * factors["total_half_width"]).all()
    of_pair = pairs.set_index(["factor", "other"])["second_order"]
    assert of_pair["x0", "x2"] == pytest.approx(together / variance, abs=0.03)
    assert of_pair["x0", "x1"] == pytest.approx(0, abs=0.03)


def test_sobols_g_has_the_indices_that_saltelli_and_sobol_derived() -> None:
    # V_i = 1 / (3 (1 + a_i)^2), V = prod(1 + V_i) - 1 (Saltelli & Sobol 1995).
    alone = 1 / (3 * (1 + G_COEFFICIENTS) ** 2)
    variance = np.prod(1 + alone) - 1
    total = alone * np.prod(1 + alone) / (1 + alone) / variance
    points = sobol.sample(problem(6), 2048, calc_second_order=False, seed=1)
    factors, pairs = sobol_indices(problem(6), sobol_g(points))
    assert factors["first_order"].to_numpy() == pytest.approx(alone / variance, abs=0.03)
    assert factors["total"].to_numpy() == pytest.approx(total, abs=0.03)
    assert pairs.empty


def test_blocks_with_holes_are_dropped_and_the_rest_still_finds_the_indices() -> None:
    points = sobol.sample(problem(3), 1024, calc_second_order=False, seed=1)
    size = block_size("sobol", 3)
    response = ishigami(points)
    response[7] = response[1000] = response[1001] = np.nan
    blocks = whole_blocks(response[:, None], size)
    assert (len(blocks.rows), blocks.dropped) == (1022, 2)
    assert set(blocks.rows.ravel()) == set(range(len(points))) - {5, 6, 7, 8, 9, *range(1000, 1005)}
    factors, _ = sobol_indices(problem(3), blocks.means)
    assert factors["total"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.06)


def test_a_response_that_never_changes_depends_on_nothing() -> None:
    factors, _ = sobol_indices(problem(2), np.full(4 * 8, 3.0))
    assert (factors[["first_order", "total"]] == 0).all(axis=None)


def test_morris_finds_slopes_signs_and_interactions() -> None:
    points = morris.sample(problem(4), 40, num_levels=4, seed=1)
    response = 3 * points[:, 0] - 2 * points[:, 1] + 6 * (points[:, 2] - 0.5) * (points[:, 1] - 0.5)
    table = morris_effects(problem(4), points, response, 4).set_index("factor")
    assert table.loc["x0", "mu_star"] == pytest.approx(3)
    assert table.loc["x0", "sigma"] == pytest.approx(0, abs=1e-9)
    assert table.loc["x1", "mu"] == pytest.approx(-2, abs=1)
    assert table.loc["x1", "sigma"] > 1
    assert table.loc["x3", "mu_star"] == pytest.approx(0, abs=1e-9)
    assert block_size("morris", 4) == 5


def test_luck_alone_moves_effects_as_far_as_it_is_said_to() -> None:
    generator = np.random.default_rng(2)
    points = morris.sample(problem(5), 300, num_levels=4, seed=1)
    # Luck of the seed itself, the same everywhere, moves nothing.
    response = generator.normal(0, 2, (len(points), 3)) + np.array([0.0, 50.0, -10.0])
    table = morris_effects(problem(5), points, response.mean(axis=1), 4)
    luck = luck_in_effects(whole_blocks(response, 6), points)
    assert table["mu_star"].to_numpy() == pytest.approx(luck, rel=0.15)
    response[:] = 3 * points[:, :1]
    assert luck_in_effects(whole_blocks(response, 6), points) == pytest.approx(0, abs=1e-9)


def test_luck_in_totals_is_what_a_factor_without_effect_gets() -> None:
    generator = np.random.default_rng(2)
    points = sobol.sample(problem(3), 1024, calc_second_order=False, seed=1)
    response = 4 * points[:, :1] + generator.normal(0, 1, (len(points), 2))
    blocks = whole_blocks(response, 5)
    factors, _ = sobol_indices(problem(3), blocks.means)
    luck = luck_in_totals(blocks, 3)
    assert factors["total"].to_numpy()[1:] == pytest.approx(luck[1:], rel=0.1)
    # Variance 16/12 between points, 1/2 by luck.
    assert luck == pytest.approx(0.5 / (16 / 12 + 0.5), rel=0.1)


def test_one_seed_says_nothing_about_luck() -> None:
    points = morris.sample(problem(2), 4, num_levels=4, seed=1)
    assert np.isnan(luck_in_effects(whole_blocks(points[:, :1], 3), points)).all()
    assert np.isnan(luck_in_totals(whole_blocks(points[:, :1], 4), 2)).all()


def test_pawn_tells_factors_with_an_effect_from_dummies() -> None:
    points = latin.sample(problem(4), 1000, seed=3)
    response = ishigami(points[:, :3])
    table = pawn_indices(points, response, ["a", "b", "c", "dummy"]).set_index("factor")
    assert list(table["influential"]) == [True, True, True, False]
    # Pianosi & Wagener (2018) rank the factors of Ishigami's function so by the median.
    assert table.loc["b", "pawn"] > table.loc["a", "pawn"] > table.loc["dummy", "pawn"]


def test_pawn_counts_the_last_of_listed_values() -> None:
    values = np.repeat([0.0, 1.0, 2.0], 60)
    response = np.where(values == 2, 1.0, 0.0) + np.random.default_rng(1).uniform(0, 0.01, 180)
    table = pawn_indices(values[:, None], response, ["listed"])
    assert table.loc[0, "intervals"] == 3
    assert table.loc[0, "pawn_maximum"] == pytest.approx(2 / 3, abs=0.02)
    assert table.loc[0, "influential"]


def test_indices_of_dummies_are_those_that_salib_would_give() -> None:
    generator = np.random.default_rng(4)
    response = generator.normal(size=90).round(1)
    ours = _of_dummies(response, 5, generator)
    dummies = np.column_stack([generator.permutation(90) for _ in range(40)]).astype(float)
    theirs = pawn.analyze(problem(40), dummies, response, S=5)["median"]
    assert np.mean(ours) == pytest.approx(np.mean(theirs), rel=0.05)
    assert np.std(ours) == pytest.approx(np.std(theirs), rel=0.4)


@pytest.mark.slow
def test_pawn_is_wrong_about_dummies_as_often_as_it_says() -> None:
    generator = np.random.default_rng(5)
    wrong = sum(
        pawn_indices(generator.random((80, 3)), generator.normal(size=80), ["a", "b", "c"])[
            "influential"
        ].any()
        for _ in range(40)
    )
    assert 0 <= wrong <= 6


def test_a_factor_that_never_moves_has_no_index() -> None:
    table = pawn_indices(np.column_stack([np.zeros(50), np.arange(50)]), np.arange(50.0), ["still", "moving"])
    assert np.isnan(table.loc[0, "pawn"])
    assert not table.loc[0, "influential"]


def test_samples_grow_with_the_square_of_the_width() -> None:
    assert samples_for_half_width(64, 0.2, 0.1) == 256
    assert samples_for_half_width(64, 0.21, 0.1) == 512
