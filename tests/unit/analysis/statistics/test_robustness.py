"""Criteria of robustness, against sums done by hand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from analysis.statistics import robustness
from analysis.statistics.robustness import choices, criteria, held_out, regret, with_held_out

Floats = npt.NDArray[np.float64]

REGIMES = ("none", "sector", "cluster")
# Four futures.
PERFORMANCE = np.array([[0.0, 4.0, 10.0], [0.0, 4.0, -2.0], [0.0, 2.0, 6.0], [0.0, 3.0, 3.0]])


def test_regret_is_what_is_lost_against_the_best_of_each_future() -> None:
    lost = [[10, 6, 0], [4, 0, 6], [6, 4, 0], [3, 0, 0]]
    assert (regret(PERFORMANCE) == np.array(lost)).all()


def test_each_seed_measures_what_the_others_chose() -> None:
    first = np.array([[0.0, 4.0, 2.0], [1.0, 0.0, 0.0]])
    second = np.array([[0.0, 1.0, 3.0], [3.0, 0.0, 5.0]])
    measured = held_out(np.stack([first, second], axis=2), 0.0, 0.25)
    # By the second seed the third regime is best in both futures, by the first the second and then the first.
    assert measured["regret_mean"].tolist() == [[0.5, -1.0, 0.0], [0.5, 1.5, -2.0]]
    # By the second seed, the second future is worst for the second regime only, by the first for the third too.
    assert measured["worst"].tolist() == [[0.0, 0.0, 2.0], [0.0, 0.0, 5.0]]
    assert measured["mean"].tolist() == [[0.5, 2.0, 1.0], [1.5, 0.5, 4.0]]
    assert held_out(first[:, :, None], 0.0) == {}


def test_without_luck_what_is_held_out_is_what_was_found() -> None:
    measured = held_out(np.repeat(PERFORMANCE[:, :, None], 3, axis=2), 0.0)
    table = with_held_out(criteria(PERFORMANCE, REGIMES, 0.0), measured)
    for name in measured:
        for end in ("", "_low", "_high"):
            assert table[f"{name}_held_out{end}"].tolist() == pytest.approx(table[name].tolist()), name


def noisy(true: Floats, seeds: int, luck: float, generator: np.random.Generator) -> Floats:
    """What regimes reach under seeds that all futures share, and that each changes by itself as well."""
    common = generator.normal(0, luck, (1, 1, seeds))
    return true[:, :, None] + common + generator.normal(0, luck, (*true.shape, seeds))


def test_truth_lies_between_what_was_found_and_what_is_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # Intervals over futures are not looked at here, and take most of the time.
    monkeypatch.setattr(robustness, "RESAMPLES", 2)
    generator = np.random.default_rng(1)
    true = generator.normal(size=(400, 3))
    wanted = criteria(true, REGIMES, None)
    found, measured = [], []
    for _ in range(20):
        responses = noisy(true, 4, 2.0, generator)
        found.append(criteria(responses.mean(axis=2), REGIMES, None).drop(columns="regime"))
        measured.append({name: each.mean(axis=0) for name, each in held_out(responses, None).items()})
    for name, sign in (
        ("worst", 1),
        ("regret_mean", -1),
        ("regret_percentile_90", -1),
        ("regret_maximum", -1),
    ):
        as_found = np.mean([table[name] for table in found], axis=0)
        as_measured = np.mean([each[name] for each in measured], axis=0)
        assert (sign * as_found < sign * wanted[name]).all(), name
        assert (sign * as_measured > sign * wanted[name]).all(), name


@pytest.mark.slow
def test_criteria_disagree_by_luck_in_hardly_any_table(monkeypatch: pytest.MonkeyPatch) -> None:
    # Intervals over futures are not looked at here, and take most of the time.
    monkeypatch.setattr(robustness, "RESAMPLES", 2)
    generator = np.random.default_rng(2)
    true = np.column_stack([np.zeros(30), np.full(30, 1.0), np.full(30, 1.0)])
    plain, told = 0, 0
    for _ in range(60):
        responses = noisy(true, 4, 1.0, generator)
        judged = criteria(responses.mean(axis=2), REGIMES, 0.0)
        chosen = choices(judged, held_out(responses, 0.0))
        plain += chosen["choice"].nunique() > 1
        near = [set(names.split(", ")) for names in chosen["contenders"]]
        told += not set.intersection(*near)
    # Two regimes are equally good: one is put first by luck, and by one criterion hardly ever by all.
    assert plain > 30
    assert told <= 3


def test_criteria_disagree_where_they_do() -> None:
    responses = noisy(PERFORMANCE, 16, 0.05, np.random.default_rng(3))
    chosen = choices(criteria(responses.mean(axis=2), REGIMES, 0.0), held_out(responses, 0.0)).set_index(
        "criterion"
    )
    assert chosen.loc["mean", "contenders"] == "cluster"
    assert chosen.loc["worst", "contenders"] == "sector"


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
    chosen = choices(criteria(PERFORMANCE, REGIMES, 0.0), {}).set_index("criterion")
    assert chosen.loc["mean", "choice"] == "cluster"
    assert chosen.loc["worst", "choice"] == "sector"
    assert chosen.loc["regret_mean", "choice"] == "cluster"
    assert chosen.loc["regret_maximum", "choice"] == "sector, cluster"
    assert chosen.loc["regret_maximum", "next"] == "none"
    assert chosen.loc["satisficing", "choice"] == "sector"


def test_a_pessimist_and_an_optimist_differ() -> None:
    def chosen(optimism: float) -> str:
        table = choices(criteria(PERFORMANCE, REGIMES, None, optimism), {}).set_index("criterion")
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
