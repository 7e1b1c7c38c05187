"""Claims are judged by their rules, facts by their claims."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from analysis.studies.facts.fact import Claim
from analysis.studies.facts.judgement import judge, verdict

SEEDS = np.array([1.0, 1.2, 0.8, 1.1, 0.9, 1.3, 0.7, 1.0])
ABOVE = Claim("above", "", "")
BELOW = Claim("below", "", "", "below")
WITHIN = Claim("within", "", "", "within", 0.5, 1.5)
SHOWN = Claim("shown", "", "", "shown")


def test_the_interval_and_the_probability_are_those_of_a_t_test() -> None:
    judgement = judge(replace(ABOVE, bound=0.9), SEEDS)
    test = stats.ttest_1samp(SEEDS, 0.9)
    assert judgement.p == pytest.approx(test.pvalue)
    assert (judgement.low, judgement.high) == pytest.approx(tuple(test.confidence_interval()))
    assert judgement.holds == (test.pvalue < 0.05)


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (ABOVE, True),
        (replace(ABOVE, bound=1.0), False),
        (replace(ABOVE, bound=2.0), False),
        (BELOW, False),
        (replace(BELOW, bound=2.0), True),
        (replace(BELOW, bound=1.0), False),
        (WITHIN, True),
        (replace(WITHIN, upper=1.05), False),
        (replace(WITHIN, bound=0.95), False),
        (SHOWN, False),
    ],
)
def test_the_whole_interval_must_keep_the_rule(claim: Claim, *, holds: bool) -> None:
    assert judge(claim, SEEDS).holds == holds


def test_the_probability_of_a_range_is_that_of_its_nearer_end() -> None:
    judgement = judge(replace(WITHIN, upper=1.2), SEEDS)
    assert judgement.p == pytest.approx(stats.ttest_1samp(SEEDS, 1.2, alternative="less").pvalue)


def test_effects_that_never_vary() -> None:
    assert judge(replace(WITHIN, bound=-1e-9, upper=1e-9), np.zeros(5)).holds
    assert judge(ABOVE, np.ones(5)).holds
    assert not judge(ABOVE, np.zeros(5)).holds
    assert judge(ABOVE, np.zeros(5)).p == 1.0


def test_seeds_that_give_nothing() -> None:
    half = np.array([1.0, 1.1, 0.9, np.nan, np.nan, np.nan])
    assert judge(ABOVE, half).measured
    assert judge(ABOVE, half).seeds == 3
    assert not judge(ABOVE, np.append(half, np.nan)).measured
    assert not judge(ABOVE, np.full(4, np.nan)).holds
    assert not judge(ABOVE, np.ones(1)).holds


def test_verdicts() -> None:
    yes, no = judge(ABOVE, SEEDS), judge(BELOW, SEEDS)
    built_in = judge(replace(ABOVE, construction="an equation"), SEEDS)
    assert verdict([yes, yes]) == "holds"
    assert verdict([yes, no]) == "partly"
    assert verdict([no, no]) == "does not hold"
    assert verdict([built_in, built_in]) == "by construction"
    assert verdict([built_in, yes]) == "holds"
    assert verdict([yes, judge(SHOWN, SEEDS)]) == "holds"
    assert verdict([judge(ABOVE, np.full(3, np.nan))]) == "not measured"


def test_one_of_several_alternatives_is_enough() -> None:
    claims = [replace(ABOVE, name=str(n), any_of="either", bound=bound) for n, bound in enumerate((0.0, 5.0))]
    assert verdict([judge(claim, SEEDS) for claim in claims]) == "holds"
    assert verdict([judge(claims[1], SEEDS), judge(replace(ABOVE, bound=9.0), SEEDS)]) == "does not hold"


def test_standardised_effects_point_to_where_the_claim_is() -> None:
    middle, low, high = judge(replace(BELOW, bound=2.0), SEEDS).standardised
    assert 0 < low < middle < high
    assert judge(BELOW, SEEDS).standardised[0] < 0
