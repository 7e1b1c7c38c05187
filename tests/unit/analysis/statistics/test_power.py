"""Seeds that tell a difference from zero."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from analysis.statistics.power import deviation_interval, seeds_to_tell


@pytest.mark.parametrize(("effect", "seeds"), [(0.5, 34), (0.8, 15), (1.0, 10)])
def test_it_agrees_with_published_tables_of_the_paired_t_test(effect: float, seeds: int) -> None:
    # Cohen (1988): two-sided 5%, power 80%.
    assert seeds_to_tell(1 / effect, 1.0) == seeds


def test_what_it_says_is_enough_in_simulation_and_one_seed_less_is_not() -> None:
    rng = np.random.default_rng(1)
    seeds = int(seeds_to_tell(4.0, 3.0))
    told = {n: (stats.ttest_1samp(rng.normal(3, 4, (40_000, n)), 0, axis=1).pvalue < 0.05).mean()
            for n in (seeds, seeds - 2)}  # fmt: skip
    assert told[seeds] >= 0.79
    assert told[seeds - 2] < 0.8


def test_without_luck_two_seeds_do_and_too_much_of_it_is_beyond_counting() -> None:
    assert seeds_to_tell(0.0, 3.0) == 2
    assert seeds_to_tell(1e6, 1.0) == math.inf
    assert math.isnan(seeds_to_tell(math.nan, 3.0))


def test_the_interval_of_a_deviation_covers_it_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    inside = 0
    for sample in rng.normal(0, 3, (2_000, 12)):
        _, low, high = deviation_interval(sample)
        inside += low <= 3 <= high
    assert 0.935 < inside / 2_000 < 0.965
    assert all(map(math.isnan, deviation_interval(np.ones(1))))
