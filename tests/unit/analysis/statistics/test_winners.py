"""Who wins: groups of the start, the same firms, the money that policy spent."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from analysis.statistics.winners import LESS, MOST, NEW, NOT, who_wins
from model.loading import load_scenario
from model.observables.fortunes import MEASURES
from model.record import OBSERVABLES
from model.region import run

SEEDS = range(4)


def firms() -> pd.DataFrame:
    """Eight firms: under the policy the even ones gain half of what they have, and are supported."""
    rows = []
    for seed, regime in itertools.product(SEEDS, ("none", "policy")):
        for firm in range(9):
            new, even, policy = firm == 8, firm % 2 == 0, regime == "policy"
            jobs = 5.0 if firm < 4 else 100.0
            later = jobs * (1.5 if policy and even and not new else 1.0) + 0.01 * seed * policy
            support = {0: 60.0, 2: 20.0, 4: 20.0, 6: 20.0}.get(firm, 0.0) * policy + 3.0
            row = {"regime": regime, "seed": seed, "firm": firm, "sector": firm % 2, "place": 0,
                   "sector_name": "even" if even else "odd", "entered": 7 * new, "support": support}  # fmt: skip
            for measure in MEASURES:
                row |= {
                    f"{measure}_start": 0.0 if new else jobs,
                    f"{measure}_end": later,
                    f"{measure}_average": later,
                }
            rows.append(row)
    return pd.DataFrame(rows)


def test_groups_gain_what_their_firms_gain() -> None:
    table = who_wins(firms(), "none").set_index(["by", "group", "measure"])
    assert table["relative"]["sector", "odd", "jobs"] == pytest.approx(0, abs=0.1)
    assert table["relative"]["sector", "even", "jobs"] == pytest.approx(100 * 105 / 310, rel=0.01)
    assert table["relative"]["size", "under 10 employees", "output"] == pytest.approx(25, rel=0.02)
    assert table["change"]["size", "50 to 249 employees", "jobs"] == pytest.approx(25, rel=0.01)
    assert table["firms"]["size", NEW, "jobs"] == 1
    assert table["adjusted"]["sector", "even", "jobs"] < 0.05


def test_supported_is_who_got_more_than_without_policy_beside_the_very_same_firms() -> None:
    table = who_wins(firms(), "none").set_index(["by", "group", "measure"])
    # Half of the 120 goes to firm 0; that every firm gets 3 without policy, too, makes nobody supported.
    assert table["firms"]["support", MOST, "jobs"] == 1
    assert table["firms"]["support", LESS, "jobs"] == 3
    assert table["firms"]["support", NOT, "jobs"] == 4
    assert table["relative"]["support", MOST, "jobs"] == pytest.approx(50, rel=0.01)
    assert table["relative"]["support", NOT, "jobs"] == pytest.approx(0, abs=0.1)


def test_firms_that_are_followed_add_up_to_the_region_and_change_nothing() -> None:
    scenario = load_scenario("thin_rural_region", {"steps": 6, "firms.number": 24}).with_regime("sector")
    plain, followed = run(scenario, 5), run(scenario, 5, follow_firms=True)
    assert plain.series().equals(followed.series())
    assert len(plain.firms()) == 0
    table, series = followed.firms(), followed.series()
    columns = {"knowledge": "value_weighted_knowledge", "jobs": "employment", "output": "output"}
    assert set(columns.values()) <= set(OBSERVABLES)
    for measure, column in columns.items():
        assert table[f"{measure}_start"].sum() == pytest.approx(series[column].iloc[0])
        assert table[f"{measure}_end"].sum() == pytest.approx(series[column].iloc[-1])
        assert table[f"{measure}_average"].sum() == pytest.approx(series[column].iloc[1:].mean())
    assert (table["entered"] == 0).sum() == 24
    assert table["support"].sum() > 0
