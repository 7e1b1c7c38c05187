"""Probabilities of paired differences, and their adjustment for many tests."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.multiplicity import holm, paired_probability


def test_the_example_of_a_textbook() -> None:
    adjusted = holm(np.array([0.01, 0.04, 0.03, 0.005]))
    np.testing.assert_allclose(adjusted, [0.03, 0.06, 0.06, 0.02])


def test_adjusted_probabilities_keep_the_order_and_never_exceed_one() -> None:
    plain = np.random.default_rng(1).random(40)
    adjusted = holm(plain)
    assert (adjusted >= plain).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(plain)]) >= 0).all()


def test_a_test_that_was_not_made_does_not_count() -> None:
    np.testing.assert_array_equal(holm(np.array([0.02, np.nan, 0.03])), [0.04, np.nan, 0.04])


def test_probability_is_that_of_a_paired_t_test() -> None:
    luck = np.random.default_rng(2)
    one, other = luck.normal(0.3, 1, 25), luck.normal(0, 1, 25)
    assert paired_probability(one - other) == pytest.approx(stats.ttest_rel(one, other).pvalue)


def test_too_few_seeds_and_no_spread() -> None:
    assert np.isnan(paired_probability(np.array([1.0])))
    assert paired_probability(np.zeros(4)) == 1.0
    assert paired_probability(np.ones(4)) == 0.0
