"""Probabilities of paired differences, and their adjustment for many tests."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.statistics.comparison import interval
from analysis.statistics.multiplicity import (
    holm,
    lead_over_all,
    means_of_groups,
    paired_probability,
    simultaneous_interval,
)


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


def test_simultaneous_intervals_hold_together_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    together = 0
    for samples in rng.normal(0, 1, (600, 12, 10)):
        ends = [simultaneous_interval(sample, 12)[1:] for sample in samples]
        together += all(low <= 0 <= high for low, high in ends)
    assert together / 600 > 0.93
    assert simultaneous_interval(samples[0])[1:] == pytest.approx(interval(samples[0])[1:])
    assert np.isnan(simultaneous_interval(np.ones(1))[1])


def test_a_lead_over_all_is_one_over_each() -> None:
    rng = np.random.default_rng(4)
    leads = rng.normal(0, 1, (30, 3)) + np.array([5, 3, 4])
    nearest, probability = lead_over_all(leads)
    assert nearest == 1
    assert probability == max(paired_probability(lead) for lead in leads.T) < 1e-6
    behind = leads - np.array([0, 9, 0])
    assert lead_over_all(behind) == (1, 1.0)
    assert np.isnan(lead_over_all(leads[:1])[1])


def test_means_of_groups_borrow_what_seeds_differ_by() -> None:
    rng = np.random.default_rng(5)
    true = np.array([0.0, 10.0, -20.0])
    inside = 0
    for luck in rng.normal(0, 4, (500, 3, 2)):
        groups = np.repeat(np.arange(3), 2)
        found = means_of_groups((true[:, None] + luck).ravel(), groups, tests=3)
        np.testing.assert_allclose(found[:, 0], (true[:, None] + luck).mean(axis=1))
        inside += bool(((found[:, 1] <= true) & (true <= found[:, 2])).all())
    assert inside / 500 > 0.93
    assert np.isnan(means_of_groups(np.ones(3), np.arange(3))[:, 1:]).all()
