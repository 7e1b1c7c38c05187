"""Gains over time and their split into money and mind, on frames whose answer is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from analysis.statistics.gains import (
    AVERAGE,
    gains_over_time,
    money_and_mind,
    rank,
    twin_of,
    twins_among,
)

LUCK = (100.0, 104.0, 97.0)


def series(slopes: Mapping[str, float], steps: int = 80, spread: float = 0.0) -> pd.DataFrame:
    """Regimes that gain so much a quarter on three regions with luck of their own, which all of them share."""
    return pd.DataFrame(
        [
            {
                "regime": name,
                "seed": seed,
                "step": step,
                "knowledge": luck + (slope + spread * seed) * step,
                "breadth": 5.0,
            }
            for name, slope in slopes.items()
            for seed, luck in enumerate(LUCK)
            for step in range(steps + 1)
        ]
    )


def test_gains_are_read_after_years_and_averaged_over_the_horizon() -> None:
    gains = gains_over_time(series({"none": 0, "cluster": 0.5}), ["knowledge"], "none").set_index("after")
    assert list(gains.index) == ["2", "5", "10", "20", AVERAGE]
    assert gains["gain"].tolist() == pytest.approx([4, 10, 20, 40, 0.5 * np.mean(range(1, 81))])
    assert gains["relative"].tolist() == pytest.approx((100 * gains["gain"] / np.mean(LUCK)).tolist())
    assert set(gains["seeds"]) == {3}


def test_years_that_no_run_lasts_are_left_out() -> None:
    gains = gains_over_time(series({"none": 0, "cluster": 1}, steps=20), ["knowledge"], "none")
    assert gains["after"].tolist() == ["2", "5", AVERAGE]
    assert gains_over_time(series({"none": 0, "cluster": 1}, steps=1), ["knowledge"], "none")[
        "gain"
    ].tolist() == [1.0]


def test_a_discount_counts_later_gains_less() -> None:
    table = series({"none": 0, "late": 1}, steps=8)
    weights = np.array([1.1 ** -(step / 4) for step in range(1, 9)])
    wanted = np.average(range(1, 9), weights=weights)
    found = gains_over_time(table, ["knowledge"], "none", discount=0.1).set_index("after")["gain"]
    assert found[AVERAGE] == pytest.approx(wanted)
    assert found["2"] == 8.0


def test_intervals_are_those_of_paired_differences() -> None:
    table = pd.concat([series({"none": 0}), series({"cluster": 0.5}, spread=0.1)])
    row = gains_over_time(table, ["knowledge"], "none").set_index("after").loc["5"]
    differences = np.array([20 * (0.5 + 0.1 * seed) for seed in range(3)])
    reach = student.ppf(0.975, 2) * differences.std(ddof=1) / 3**0.5
    assert row["gain"] == pytest.approx(differences.mean())
    assert [row["gain_low"], row["gain_high"]] == pytest.approx(
        [differences.mean() - reach, differences.mean() + reach]
    )


def test_a_seed_that_one_regime_did_not_finish_counts_for_none() -> None:
    table = series({"none": 0, "cluster": 1, "sector": 1})
    table = table[(table["regime"] != "sector") | (table["seed"] != 1)]
    gains = gains_over_time(table, ["knowledge"], "none")
    assert set(gains["seeds"]) == {2}
    nothing = table[(table["regime"] != "none") | (table["seed"] == 1)]
    empty = gains_over_time(nothing, ["knowledge"], "none")
    assert set(empty["seeds"]) == {0}
    assert empty["gain"].isna().all()


def test_one_seed_has_no_interval_and_nothing_no_percentage() -> None:
    table = series({"none": 0, "cluster": 1})
    one = gains_over_time(table[table["seed"] == 0], ["knowledge"], "none")
    assert one["gain"].notna().all()
    assert one["gain_low"].isna().all()
    gone = gains_over_time(table.assign(knowledge=table["knowledge"].where(table["regime"] != "none", 0.0)),
                           ["knowledge"], "none")  # fmt: skip
    assert gone["relative"].isna().all()


def test_regimes_are_ranked_by_the_average_not_by_the_end() -> None:
    early, late = series({"none": 0, "early": 0, "late": 0}), 80
    knowledge = early["knowledge"].to_numpy().copy()
    knowledge[(early["regime"] == "early") & (early["step"] > 0)] += 10
    knowledge[(early["regime"] == "late") & (early["step"] == late)] += 50
    table = early.assign(knowledge=knowledge)
    gains = gains_over_time(table, ["knowledge"], "none")
    assert rank(gains, "knowledge", "none") == ["early", "late", "none"]
    worse = gains_over_time(series({"none": 0, "harm": -1, "help": 1}), ["knowledge"], "none")
    assert rank(worse, "knowledge", "none") == ["help", "none", "harm"]


def test_money_and_mind_sum_to_both() -> None:
    table = series({"none": 0, "lottery": 0.2, "cluster_by_lot": 0.3, "cluster": 0.5, "sector": 0.4})
    split = money_and_mind(table, ["knowledge", "breadth"], "none")
    assert set(split["regime"]) == {"cluster"}
    own = split[(split["outcome"] == "knowledge") & (split["after"] == "10")].set_index("part")
    assert own["gain"].to_dict() == pytest.approx({"money": 12, "mind": 8, "both": 20})
    assert own.loc["money", "relative"] + own.loc["mind", "relative"] == pytest.approx(
        own.loc["both", "relative"]
    )
    assert own["against"].to_dict() == {"money": "none", "mind": "cluster_by_lot", "both": "none"}
    assert (split.loc[split["outcome"] == "breadth", "gain"] == 0).all()


def test_without_twins_there_is_nothing_to_split() -> None:
    split = money_and_mind(series({"none": 0, "cluster": 1}), ["knowledge"], "none")
    assert split.empty
    assert "part" in split
    assert twins_among(["none", "cluster", twin_of("cluster"), twin_of("sector")]) == ("cluster",)
