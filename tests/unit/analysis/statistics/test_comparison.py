"""What a comparison of regimes says, against textbook statistics and by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.comparison import (
    COLUMNS,
    compare,
    interval,
    probability_best,
    probability_best_on_average,
)

NONE = [10.0, 12.0, 11.0, 15.0]
CLUSTER = [11.0, 12.5, 13.0, 14.0]


def outcomes(**regimes: list[float]) -> pd.DataFrame:
    rows = [
        {"regime": regime, "seed": seed, "knowledge": value}
        for regime, values in regimes.items()
        for seed, value in enumerate(values)
    ]
    return pd.DataFrame(rows)


def row(table: pd.DataFrame, regime: str) -> pd.Series:
    (found,) = (line for _, line in table.iterrows() if line["regime"] == regime)
    return found


def test_the_interval_is_that_of_a_paired_t_test() -> None:
    line = row(compare(outcomes(none=NONE, cluster=CLUSTER), ["knowledge"]), "cluster")
    test = stats.ttest_rel(CLUSTER, NONE)
    expected = test.confidence_interval(0.95)
    assert line["mean"] == np.mean(CLUSTER)
    assert line["difference"] == pytest.approx(np.mean(CLUSTER) - np.mean(NONE))
    assert (line["difference_low"], line["difference_high"]) == pytest.approx((expected.low, expected.high))
    assert line["relative"] == pytest.approx(100 * line["difference"] / np.mean(NONE))


def test_the_baseline_has_no_difference_from_itself() -> None:
    line = row(compare(outcomes(none=NONE, cluster=CLUSTER), ["knowledge"]), "none")
    assert line[["difference", "difference_low", "relative"]].isna().all()


def test_probability_best_is_the_share_of_seeds_led() -> None:
    table = compare(outcomes(none=NONE, cluster=CLUSTER), ["knowledge"])
    assert row(table, "cluster")["probability_best"] == 0.75
    assert row(table, "none")["probability_best"] == 0.25


def test_ties_share_the_seed() -> None:
    assert probability_best(np.array([[1.0, 1.0, 0.0], [2.0, 1.0, 0.0]])).tolist() == [0.75, 0.25, 0.0]


def test_one_seed_gives_a_difference_without_an_interval() -> None:
    line = row(compare(outcomes(none=[10.0], cluster=[12.0]), ["knowledge"]), "cluster")
    assert line["difference"] == 2.0
    assert np.isnan(line["difference_low"])
    assert np.isnan(line["deviation"])


def test_equal_regimes_differ_by_exactly_nothing() -> None:
    table = compare(outcomes(none=NONE, cluster=NONE), ["knowledge"])
    line = row(table, "cluster")
    assert (line["difference"], line["difference_low"], line["difference_high"]) == (0.0, 0.0, 0.0)
    assert table["probability_best"].tolist() == [0.5, 0.5]
    assert table["probability_best_on_average"].tolist() == [0.5, 0.5]


def test_only_seeds_that_every_regime_finished_count() -> None:
    runs = outcomes(none=NONE, cluster=CLUSTER)
    table = compare(runs.drop(index=[0, 5]), ["knowledge"])
    assert table["seeds"].tolist() == [2, 2]
    assert row(table, "none")["mean"] == np.mean(NONE[2:])


def test_no_common_seed_is_said_and_not_averaged_over() -> None:
    runs = outcomes(none=NONE[:2], cluster=CLUSTER[:2]).drop(index=[0, 3])
    table = compare(runs, ["knowledge"])
    assert table["seeds"].tolist() == [0, 0]
    assert table["mean"].isna().all()
    assert list(table.columns) == list(COLUMNS)


def test_without_none_the_first_regime_is_the_baseline() -> None:
    table = compare(outcomes(sector=NONE, cluster=CLUSTER), ["knowledge"])
    assert set(table["baseline"]) == {"sector"}


def test_the_bootstrap_is_sure_of_a_clear_leader_and_unsure_of_a_close_race() -> None:
    noise = np.random.default_rng(1).normal(size=(40, 1))
    clear = np.hstack([noise, noise + 1])
    close = np.random.default_rng(2).normal(size=(40, 2))
    assert probability_best_on_average(clear).tolist() == [0.0, 1.0]
    assert 0.05 < probability_best_on_average(close)[0] < 0.95


@given(
    st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=1, max_size=6),
)
def test_probabilities_sum_to_one(rows: list[list[float]]) -> None:
    values = np.array(rows)
    assert probability_best(values).sum() == pytest.approx(1)
    assert probability_best_on_average(values).sum() == pytest.approx(1)


def test_the_interval_covers_the_truth_in_about_95_of_100_samples() -> None:
    generator = np.random.default_rng(3)
    covered = [
        low <= 0 <= high for _, low, high in (interval(generator.normal(size=6)) for _ in range(2_000))
    ]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.015)
