"""Criteria of robustness, against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.robustness import choices, criteria, held_out_regret, regret

REGIMES = ("none", "sector", "cluster")
# Four futures.
PERFORMANCE = np.array([[0.0, 4.0, 10.0], [0.0, 4.0, -2.0], [0.0, 2.0, 6.0], [0.0, 3.0, 3.0]])


def test_regret_is_what_is_lost_against_the_best_of_each_future() -> None:
    lost = [[10, 6, 0], [4, 0, 6], [6, 4, 0], [3, 0, 0]]
    assert (regret(PERFORMANCE) == np.array(lost)).all()


def test_one_half_of_the_seeds_chooses_and_the_other_measures() -> None:
    first = np.array([[0.0, 4.0, 2.0], [1.0, 0.0, 0.0]])
    second = np.array([[0.0, 1.0, 3.0], [3.0, 0.0, 5.0]])
    # In the first future the second regime is chosen and reaches 1, then the third, which reaches 2.
    assert held_out_regret(first, second).tolist() == [[1.5, -1.0, -1.0], [-0.5, 1.5, -1.0]]


def test_held_out_regret_is_too_small_where_regret_is_too_large() -> None:
    generator = np.random.default_rng(1)
    true = generator.normal(size=(3_000, 3))
    first, second = true + generator.normal(0, 1.5, (2, *true.shape))
    wanted = regret(true).mean(axis=0)
    assert (regret((first + second) / 2).mean(axis=0) > wanted + 0.1).all()
    assert (held_out_regret(first, second).mean(axis=0) < wanted - 0.1).all()


def test_criteria_by_hand() -> None:
    table = criteria(PERFORMANCE, REGIMES, 0.0).set_index("regime")
    assert list(table["mean"]) == [0, 3.25, 4.25]
    assert list(table["worst"]) == [0, 2, -2]
    assert list(table["hurwicz"]) == [0, 3, 4]
    assert list(table["regret_mean"]) == [23 / 4, 10 / 4, 6 / 4]
    assert list(table["regret_maximum"]) == [10, 6, 6]
    assert list(table["regret_percentile_90"]) == pytest.approx([8.8, 5.4, 4.2])
    assert list(table["satisficing"]) == [0, 1, 0.75]
    # The fourth future is shared.
    assert list(table["best"]) == [0, 1.5 / 4, 2.5 / 4]
    assert (table["mean_low"] <= table["mean"]).all()
    assert (table["mean_high"] >= table["mean"]).all()
    assert "worst_low" not in table


def test_criteria_choose_in_the_direction_that_is_meant() -> None:
    chosen = choices(criteria(PERFORMANCE, REGIMES, 0.0)).set_index("criterion")
    assert chosen.loc["mean", "choice"] == "cluster"
    assert chosen.loc["worst", "choice"] == "sector"
    assert chosen.loc["regret_mean", "choice"] == "cluster"
    assert chosen.loc["regret_maximum", "choice"] == "sector, cluster"
    assert chosen.loc["regret_maximum", "next"] == "none"
    assert chosen.loc["satisficing", "choice"] == "sector"


def test_a_pessimist_and_an_optimist_differ() -> None:
    def chosen(optimism: float) -> str:
        table = choices(criteria(PERFORMANCE, REGIMES, None, optimism)).set_index("criterion")
        return str(table.loc["hurwicz", "choice"])

    assert chosen(0.0) == "sector"
    assert chosen(1.0) == "cluster"


def test_without_a_threshold_nothing_is_good_enough() -> None:
    assert "satisficing" not in criteria(PERFORMANCE, REGIMES, None)


@pytest.mark.slow
def test_intervals_cover_the_mean_as_often_as_they_say() -> None:
    generator = np.random.default_rng(3)
    covered = 0
    for _ in range(60):
        values = np.column_stack([np.zeros(60), generator.normal(1, 2, 60)])
        row = criteria(values, ("none", "sector"), 0.0).iloc[1]
        covered += row["mean_low"] <= 1 <= row["mean_high"]
    assert 50 <= covered <= 60
