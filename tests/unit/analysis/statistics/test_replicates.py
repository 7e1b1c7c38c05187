"""Seeds needed, against the definition, tables and simulation."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.statistics.replicates import (
    at_points,
    deviation_ends,
    half_width,
    pooled,
    running,
    seeds_needed,
)


def test_half_widths_are_those_of_student() -> None:
    # t = 2.262 for 9 degrees of freedom, 2.101 for 18.
    assert half_width(3.0, 10) == pytest.approx(2.262 * 3 / np.sqrt(10), rel=1e-3)
    assert half_width(3.0, 10, samples=2) == pytest.approx(2.101 * 3 / np.sqrt(10), rel=1e-3)
    assert np.isnan(half_width(3.0, 1))


@pytest.mark.parametrize("wanted", [10.0, 1.0, 0.37, 0.05])
@pytest.mark.parametrize("samples", [1, 2])
def test_seeds_needed_are_the_fewest_that_do(wanted: float, samples: int) -> None:
    needed = seeds_needed(2.0, wanted, samples)
    assert half_width(2.0, needed, samples) <= wanted
    assert needed == 2 or half_width(2.0, needed - 1, samples) > wanted


def test_no_spread_needs_no_seeds_and_there_is_an_end() -> None:
    assert seeds_needed(0.0, 0.1) == 2
    assert seeds_needed(1e9, 1e-9) == 1_000_000


def test_the_interval_of_a_deviation_covers_it() -> None:
    # chi-square with 9 degrees of freedom: 2.700 and 19.023.
    low, high = deviation_ends(1.0, 9)
    assert (low, high) == pytest.approx((np.sqrt(9 / 19.023), np.sqrt(9 / 2.700)), rel=1e-3)


def test_pairing_saves_what_correlation_says() -> None:
    generator = np.random.default_rng(1)
    common = generator.normal(0, 3, (200, 30))
    one, other = common + generator.normal(0, 1, (200, 30)), common + generator.normal(0, 1, (200, 30))
    paired, apart = pooled(one - other, 0.5), pooled(one, 0.5, other)
    assert paired["deviation"] == pytest.approx(np.sqrt(2), rel=0.05)
    assert apart["deviation"] == pytest.approx(np.sqrt(20), rel=0.05)
    assert apart["needed"] / paired["needed"] == pytest.approx(10, rel=0.2)
    assert paired["needed_low"] < paired["needed"] < paired["needed_high"]


def test_running_means_use_the_first_seeds_only() -> None:
    means, widths = running(np.array([[1.0, 3.0, 8.0], [5.0, 5.0, 5.0]]))
    assert means.tolist() == [[2, 5], [4, 5]]
    assert widths[0] == pytest.approx([half_width(np.sqrt(2), 2), 0])
    assert widths[1, 0] == pytest.approx(half_width(np.std([1, 3, 8], ddof=1), 3))
    means, widths = running(np.array([[1.0, 3.0]]), np.array([[0.0, 4.0]]))
    assert means.tolist() == [[0]]
    assert widths[0, 0] == pytest.approx(half_width(np.sqrt(2 + 8), 2, samples=2))


def test_each_point_has_its_own_needs() -> None:
    values = np.array([[1.0, 3.0, 8.0], [5.0, 5.0, 5.0]])
    table = at_points(values, 0.5)
    assert list(table["mean"]) == [4, 5]
    assert list(table["needed"]) == [seeds_needed(float(values[0].std(ddof=1)), 0.5), 2]
    assert pooled(values, 0.5)["deviation"] == pytest.approx(np.sqrt(13 / 2))
