"""How sure a comparison is: ranges, smallest effects, families of tests, since when."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.certainty import clear_from, one_region, share_interval, with_certainty
from analysis.statistics.comparison import compare
from analysis.statistics.gains import AVERAGE, averages, changes_since_the_start, gains_over_time
from analysis.statistics.power import POWER, seeds_to_tell, smallest_effect

LUCK = np.random.default_rng(3)


def outcomes(leads: dict[str, float], seeds: int = 12, noise: float = 1.0) -> pd.DataFrame:
    common = LUCK.normal(100, 5, seeds)
    rows = [
        {
            "regime": name,
            "seed": seed,
            "first": common[seed] + lead + noise * LUCK.normal(),
            "second": common[seed],
        }
        for name, lead in leads.items()
        for seed in range(seeds)
    ]
    return pd.DataFrame(rows)


def test_the_range_of_a_single_region_holds_as_many_as_it_says() -> None:
    inside = []
    for _ in range(400):
        *sample, further = LUCK.normal(3, 2, 9)
        low, high = one_region(np.array(sample))
        inside.append(low < further < high)
    assert np.mean(inside) == pytest.approx(0.95, abs=0.035)
    assert all(map(math.isnan, one_region(np.array([1.0]))))


def test_the_smallest_effect_is_what_so_many_seeds_are_needed_for() -> None:
    for seeds in (3, 8, 16, 64):
        effect = smallest_effect(2.0, seeds)
        assert seeds_to_tell(2.0, 1.001 * effect) == seeds
        assert seeds_to_tell(2.0, 0.98 * effect) > seeds
    assert math.isnan(smallest_effect(2.0, 1))
    assert smallest_effect(0.0, 4) == 0.0
    assert POWER == 0.8


@pytest.mark.parametrize(
    ("share", "count", "low", "high"),
    [(0.75, 16, 0.505, 0.898), (0.0, 10, 0.0, 0.278), (1.0, 10, 0.722, 1.0)],
)
def test_shares_have_the_interval_of_wilson(share: float, count: int, low: float, high: float) -> None:
    assert share_interval(share, count) == pytest.approx((low, high), abs=5e-4)


def test_the_primary_outcome_is_a_family_of_its_own() -> None:
    runs = outcomes({"none": 0.0, "sector": 1.5, "cluster": 0.2})
    table = with_certainty(compare(runs, ("first", "second")), runs).set_index(["outcome", "regime"])
    raw = table["probability"]["first"][["sector", "cluster"]]
    small, large = raw.idxmin(), raw.idxmax()
    assert table["adjusted"]["first", small] == pytest.approx(min(1.0, 2 * raw[small]))
    assert table["adjusted"]["first", large] == pytest.approx(max(raw[large], 2 * raw[small]))
    assert table["adjusted"]["second"].dropna().tolist() == [1.0, 1.0]
    row = table.loc[("first", "sector")]
    assert (
        row["one_region_low"]
        < row["relative_low"]
        < row["relative"]
        < row["relative_high"]
        < row["one_region_high"]
    )
    assert math.isnan(table["adjusted"]["first", "none"])


def series(paths: dict[str, list[float]], seeds: int = 6) -> pd.DataFrame:
    luck = np.random.default_rng(4).normal(0, 0.01, (seeds, len(paths)))
    return pd.DataFrame(
        [
            {"regime": name, "seed": seed, "step": step, "first": value + luck[seed, place]}
            for place, (name, path) in enumerate(paths.items())
            for seed in range(seeds)
            for step, value in enumerate(path)
        ]
    )


def test_clear_means_clear_until_the_end() -> None:
    paths = {
        "none": [1.0] * 6, "early": [1, 2, 1, 2, 2, 2], "lost": [1, 2, 2, 2, 2, 1], "below": [1, 1, 1, 0.5, 0.5, 0.5],
    }  # fmt: skip
    told = clear_from(series(paths), ("first",), "none").set_index("regime")
    assert told["step"]["early"] == 3
    assert told["step"]["below"] == 3
    assert told["sign"].to_dict() == {"early": 1, "lost": 0, "below": -1}
    assert math.isnan(told["step"]["lost"])


def test_averages_are_what_gains_are_averages_of() -> None:
    table = series({"none": [1.0, 1.0, 1.0], "sector": [1.0, 2.0, 4.0]})
    means = averages(table, ("first",), 0.04)
    wide = means.pivot_table(index="seed", columns="regime", values="first")
    gains = gains_over_time(table, ("first",), "none", 0.04).set_index("after")
    assert gains["gain"][AVERAGE] == pytest.approx((wide["sector"] - wide["none"]).mean())


def test_changes_are_since_the_start_and_no_region_loses_more_than_it_has() -> None:
    table = series({"none": [1.0, 0.5], "sector": [1.0, 1.5]})
    told = changes_since_the_start(table, ("first",)).set_index(["regime", "after"])
    assert told["relative"]["none", "end"] == pytest.approx(-50, abs=1)
    assert told["relative"]["sector", "end"] == pytest.approx(50, abs=1)
    assert told["one_region_low"].min() > -100
