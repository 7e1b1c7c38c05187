"""What gains cost, on frames whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.money import Scale, costs, scale_of, share_of_wages

SEEDS = (1, 2, 3)


def _series() -> pd.DataFrame:
    """Two years: `dear` spends 10 a quarter of 20 and ends 10% up, `cheap` all of 5 and ends 5% up; jobs 4 and 0."""
    rows = []
    for seed in SEEDS:
        for step in range(9):
            end = step == 8
            on = step > 0
            rows += [
                ("none", seed, step, 0.0, 0.0, 100.0 + seed, 50.0),
                (
                    "dear",
                    seed,
                    step,
                    20.0 * on,
                    10.0 * on,
                    100.0 + seed + 4 * end,
                    50.0 + (5 + 0.1 * seed - 0.2) * end,
                ),
                ("cheap", seed, step, 5.0 * on, 5.0 * on, 100.0 + seed + (seed - 2) * end, 50.0 + 2.5 * end),
            ]
    names = ["regime", "seed", "step", "budget", "spending", "employment", "output"]
    return pd.DataFrame(rows, columns=names)


def test_a_share_of_wages_is_what_a_budget_in_euros_becomes() -> None:
    assert share_of_wages(30e6, 1e9) == pytest.approx(0.03)
    assert scale_of(1e9, 40_000, 500) == Scale(500_000.0, 80.0)


def test_money_jobs_and_gains_are_those_of_the_region() -> None:
    found = costs(_series(), "none", "output", Scale(euros=1000.0, people=10.0)).set_index("regime")
    assert found.loc["dear", "planned"] == pytest.approx(80_000)
    assert found.loc["dear", "spent"] == pytest.approx(40_000)
    assert found.loc["dear", "done"] == pytest.approx(0.5)
    assert found.loc["dear", "gain"] == pytest.approx(10.0 / 8)
    assert found.loc["dear", "jobs"] == pytest.approx(40.0)
    assert found.loc["dear", "per_gain"] == pytest.approx(64_000)
    assert found.loc["dear", "per_job"] == pytest.approx(2_000)
    assert found.loc["dear", "per_gain_low"] < 64_000 < found.loc["dear", "per_gain_high"]
    # Where jobs may be chance, no price is put on them.
    assert np.isnan(found.loc["cheap", "per_job"])


def test_who_gains_most_need_not_gain_most_for_its_money() -> None:
    found = costs(_series(), "none", "output", Scale(1000.0, 10.0)).set_index("regime")
    assert found.loc["dear", "gain"] > found.loc["cheap", "gain"]
    assert found.loc["cheap", "gain_per_million"] == pytest.approx(125.0 / 8)
    assert found.loc["dear", "gain_per_million"] == pytest.approx(125.0 / 8)
    assert found.loc["cheap", "advantage"] == pytest.approx(0.0, abs=1e-9)
    assert np.isnan(found.loc["dear", "advantage"])


def test_without_a_scale_money_is_in_wages() -> None:
    found = costs(_series(), "none", "output").set_index("regime")
    assert found.loc["cheap", "spent"] == pytest.approx(20.0)
    assert found.loc["cheap", "jobs"] == pytest.approx(0.0)


def test_a_gain_at_the_end_counts_less_where_later_gains_do() -> None:
    plain, discounted = (
        costs(_series(), "none", "output", discount=rate).set_index("regime") for rate in (0.0, 0.5)
    )
    assert 0 < discounted.loc["dear", "gain"] < plain.loc["dear", "gain"]
