"""The operator of entry and exit gives, on the data, the numbers that were measured independently."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.regions import measures
from analysis.regions.catalogue import shipped
from analysis.studies.europe.entry_and_exit import Panel, Score, area, area_within, panel_of, score


@pytest.fixture(scope="module")
def european() -> Panel:
    members = shipped()
    assert members.before is not None
    return panel_of(members.before, members.amounts)


def test_the_measured_numbers_are_reproduced(european: Panel) -> None:
    # Tables are rounded to whole persons; the measurement was made before that: one cell in 8,481 differs.
    assert (len(european.regions), len(european.domains)) == (239, 66)
    found = score(european)
    assert found.pairs == pytest.approx(8481, abs=2)
    assert found.entries == pytest.approx(797, abs=2)
    assert found.specialisations == pytest.approx(5534, abs=2)
    assert found.exit_rate == pytest.approx(0.1359, abs=0.0005)
    assert found.auc == pytest.approx(0.6306, abs=0.001)
    assert found.auc_within == pytest.approx(0.6761, abs=0.001)
    assert found.exit_auc_within == pytest.approx(0.6467, abs=0.001)
    assert found.entry_by_quintile == pytest.approx((0.039, 0.074, 0.094, 0.118, 0.146), abs=0.0015)


def permuted(panel: Panel, seed: int) -> Score:
    """Score with domains of the proximity shuffled: what density says if relatedness is beside the point."""
    phi = measures.proximity(measures.specialised(panel.before))
    order = np.random.default_rng(seed).permutation(len(phi))
    return score(panel, phi[np.ix_(order, order)])


def test_with_shuffled_domains_density_says_nothing(european: Panel) -> None:
    found = [permuted(european, seed).auc_within for seed in range(20)]
    # Measured: mean .5002 and standard deviation .0170 over 100 shuffles.
    assert np.mean(found) == pytest.approx(0.5, abs=0.015)
    assert max(found) < 0.56


def test_areas_by_hand() -> None:
    values = np.array([1.0, 2.0, 2.0, 3.0])
    happened = np.array([False, True, False, True])
    # Of four pairs three are won and one is a tie.
    assert area(values, happened) == pytest.approx(3.5 / 4)
    group = np.array([0, 0, 1, 1])
    assert area_within(values, happened, group) == 1.0
    assert np.isnan(area(values, np.ones(4, bool)))
    # Between groups the order is wrong, within them it is right.
    between = np.array([1.0, 2.0, 11.0, 12.0])
    assert area_within(between, happened, group) == 1.0
    assert area(between, np.array([True, True, False, False])) == 0.0


def test_pairs_within_groups_count_once_whatever_the_groups() -> None:
    luck = np.random.default_rng(3)
    group, happened = luck.integers(0, 40, 500), luck.random(500) < 0.2
    # Ties, and groups in which nothing or everything happened.
    values = luck.normal(size=500).round(1)
    happened[group == group[0]] = True
    inside = [group == each for each in np.unique(group)]
    pairs = np.array([happened[one].sum() * (~happened[one]).sum() for one in inside])
    areas = np.array([area(values[one], happened[one]) for one in inside])
    some = pairs > 0
    assert not some.all()
    assert area_within(values, happened, group) == pytest.approx(np.average(areas[some], weights=pairs[some]))


def test_what_is_blank_in_one_period_counts_in_neither() -> None:
    codes = [f"D{n}" for n in range(50)]
    rng = np.random.default_rng(1)
    before = pd.DataFrame(rng.uniform(1, 9, (4, 50)), list("ABCE"), codes)
    after = before * rng.uniform(0.5, 2, before.shape)
    after.loc["A", "D0"] = np.nan
    before.loc["B", codes[:20]] = np.nan
    panel = panel_of(before, after.drop(index="E"))
    assert panel.regions == ("A", "C")
    assert not panel.observed[0, 0]
    assert np.isnan(panel.after[0, 0])
    assert np.isnan(panel.before[0, 0])
