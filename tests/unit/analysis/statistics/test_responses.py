"""Runs become responses of whole points, and failures are never averaged away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.statistics.responses import gather, noise, seeds_for_noise


def runs(values: np.ndarray) -> pd.DataFrame:
    """Runs of two regimes, none and cluster, from values of shape (points, regimes, seeds)."""
    rows = [
        {"scenario": "story", "point": point, "regime": ("none", "cluster")[regime], "seed": seed,
         "status": "finished", "outcome": value}
        for (point, regime, seed), value in np.ndenumerate(values)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def take(frame: pd.DataFrame, points: int = 3, seeds: int = 2):  # noqa: ANN201
    return gather(frame, "story", ("none", "cluster"), range(seeds), points, "outcome")


def test_leads_are_paired_and_in_percent_of_the_baseline_at_the_point() -> None:
    values = np.array(
        [[[10.0, 30.0], [11.0, 33.0]], [[100.0, 100.0], [90.0, 130.0]], [[1.0, 1.0], [1.0, 1.0]]]
    )
    sample = take(runs(values))
    assert sample.lead("cluster", "none") == pytest.approx(np.array([[5.0, 15.0], [-10.0, 30.0], [0.0, 0.0]]))
    assert sample.level("cluster") == pytest.approx(values[:, 1])


def test_the_order_of_rows_does_not_matter() -> None:
    values = np.random.default_rng(1).random((3, 2, 2))
    sample = take(runs(values).sample(frac=1, random_state=2))
    assert (sample.outcomes == values).all()


def test_a_point_with_a_failed_run_is_left_out() -> None:
    frame = runs(np.ones((3, 2, 2)))
    frame.loc[5, ["status", "outcome"]] = ["failed", 999.0]
    sample = take(frame)
    assert list(sample.points) == [0, 2]
    assert sample.failed_points == (1,)
    assert sample.failed_runs == 1
    assert not sample.missing_points


def test_a_seed_that_is_not_through_is_left_out() -> None:
    frame = runs(np.random.default_rng(1).random((3, 2, 2)))
    sample = take(frame.drop(index=frame.index[-1]))
    assert sample.seeds == (0,)
    assert sample.missing_seeds == (1,)
    assert len(sample.points) == 3


def test_where_no_seed_is_through_the_furthest_one_counts() -> None:
    frame = runs(np.ones((3, 2, 2)))
    frame = frame[
        ~((frame["seed"] == 0) & (frame["point"] == 2)) & ~((frame["seed"] == 1) & (frame["point"] > 0))
    ]
    sample = take(frame)
    assert sample.seeds == (0,)
    assert list(sample.points) == [0, 1]
    assert sample.missing_points == (2,)


def test_nothing_is_a_percentage_of_zero() -> None:
    with pytest.raises(RequestError, match="0 at point 0; ask for --of level"):
        take(runs(np.zeros((3, 2, 2)))).lead("cluster", "none")


def test_noise_is_what_is_left_of_points_and_seeds() -> None:
    generator = np.random.default_rng(3)
    points, seeds = generator.normal(0, 2, (4000, 1)), generator.normal(0, 50, (1, 5))
    luck = noise(points + seeds + generator.normal(0, 3, (4000, 5)))
    assert luck.deviation == pytest.approx(3, rel=0.05)
    assert luck.share == pytest.approx((9 / 5) / (4 + 9 / 5), rel=0.1)
    wanted = seeds_for_noise(5, luck.share, 0.1)
    assert (9 / wanted) / (4 + 9 / wanted) == pytest.approx(0.1, rel=0.1)


def test_without_luck_there_is_no_noise_and_one_seed_cannot_tell() -> None:
    additive = np.arange(5.0)[:, None] + np.array([0.0, 7.0])
    assert noise(additive).share == pytest.approx(0, abs=1e-12)
    assert np.isnan(noise(additive[:, :1]).share)
