"""Selection does not flatter: where nobody differs, the best is no better than the worst."""

from __future__ import annotations

import numpy as np

from analysis.statistics.comparison import interval
from analysis.statistics.selection import best_minus_worst, halving


def test_where_nobody_differs_the_spread_is_zero_and_naively_it_is_not() -> None:
    rng = np.random.default_rng(3)
    honest, naive = [], []
    for values in rng.normal(0, 1, (400, 24, 5)):
        honest.append(best_minus_worst(values).mean())
        naive.append(np.ptp(values.mean(axis=0)))
    mean, low, high = interval(np.array(honest))
    assert low < 0 < high, mean
    assert np.mean(naive) > 0.4


def test_where_one_is_clearly_best_and_one_worst_their_difference_is_found() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(0, 1, (40, 1)) + rng.normal(0, 0.1, (40, 4)) + np.array([0, 5, -2, 1])
    mean, low, high = interval(best_minus_worst(values))
    assert low < 7 < high
    assert high - low < 0.2
    assert abs(mean - 7) < 0.1


def test_too_few_seeds_say_nothing() -> None:
    assert len(best_minus_worst(np.ones((1, 3)))) == 0


def test_a_search_halves_candidates_and_adds_seeds() -> None:
    assert halving(200, 4) == ((200, 4), (50, 12), (12, 36), (3, 108))
    assert halving(3, 2) == ((3, 2),)
    assert all(
        later[0] < earlier[0] for earlier, later in zip(halving(7, 1), halving(7, 1)[1:], strict=False)
    )
