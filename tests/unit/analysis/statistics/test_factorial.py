"""Effects of switches: what was put into made-up outcomes comes out, and nothing else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.factorial import EFFECTS, WALKS, factorial_effects, walks
from model.record import OUTCOMES
from tests.unit.analysis.studies.ablation.synthetic_ablation import (
    BASE,
    LOSS,
    MAIN,
    PAIR,
    outcomes,
    treatments,
)

MADE = treatments()
FOUND = outcomes(OUTCOMES)
MEASURE = OUTCOMES[0]


def effects(table: pd.DataFrame = FOUND) -> pd.DataFrame:
    return factorial_effects(table, MADE.corners, [MEASURE]).set_index("term")


def test_effects_are_those_that_were_put_in() -> None:
    found = effects()
    for name, size in MAIN.items():
        assert found.loc[name, "effect"] == pytest.approx(size, abs=0.15)
    assert found.loc[f"{PAIR[0]} x {PAIR[1]}", "effect"] == pytest.approx(PAIR[2], abs=0.15)
    for name in ("targeting", "search", "policy_driven", "targeting x search"):
        assert found.loc[name, "effect"] == pytest.approx(0, abs=0.15)


def test_only_what_was_put_in_is_sure() -> None:
    found = effects()
    assert set(found.index[found["adjusted_probability"] < 0.05]) == {*MAIN, f"{PAIR[0]} x {PAIR[1]}"}


def test_luck_that_treatments_share_widens_no_interval() -> None:
    found = effects()
    width = found["effect_high"] - found["effect_low"]
    # Noise of .5 a run, 32 runs a seed, 12 seeds; the luck of a seed is 20.
    assert (width < 4 * 0.5 * 2 / np.sqrt(32 * 12) * 2).all()
    assert (found["effect_low"] < found["effect"]).all()


def test_effects_are_told_in_percent_of_no_policy() -> None:
    found = effects()
    scale = 100 / FOUND[FOUND["regime"] == "none"][MEASURE].mean()
    np.testing.assert_allclose(found["relative"], found["effect"] * scale)
    assert FOUND[FOUND["regime"] == "none"][MEASURE].mean() == pytest.approx(BASE, abs=20)


def test_shares_are_parts_of_all_that_differs_between_treatments() -> None:
    exact = effects(outcomes((MEASURE,), noise=0.0))["share"]
    whole = sum(size**2 for size in (*MAIN.values(), PAIR[2]))
    assert exact.sum() == pytest.approx(1)
    assert exact["links"] == pytest.approx(MAIN["links"] ** 2 / whole)


def test_a_walk_finds_the_switch_that_a_regime_lives_on() -> None:
    found = walks(FOUND, MADE.flips, [MEASURE])
    sure = found[found["adjusted_probability"] < 0.05]
    assert [(row["origin"], row["after"]) for row in sure.to_dict("records")] == list(LOSS)
    assert sure["difference"].iloc[0] == pytest.approx(LOSS["sector", "networked"], abs=0.5)
    assert found["lead"].groupby(found["origin"]).nunique().eq(1).all()


def test_a_seed_that_is_not_finished_everywhere_does_not_count() -> None:
    corner = MADE.corners["regime"].iloc[5]
    part = FOUND[~((FOUND["regime"] == corner) & (FOUND["seed"] == 2))]
    assert set(effects(part)["seeds"]) == {11}
    assert set(walks(part, MADE.flips, [MEASURE])["seeds"]) == {12}


def test_without_a_whole_seed_there_are_no_effects_but_a_table() -> None:
    part = FOUND[FOUND["regime"] == "none"]
    found = factorial_effects(part, MADE.corners, [MEASURE])
    assert list(found.columns) == list(EFFECTS)
    assert found["effect"].isna().all()
    assert list(walks(part, MADE.flips, [MEASURE]).columns) == list(WALKS)


def test_one_seed_has_effects_without_certainty() -> None:
    one = effects(FOUND[FOUND["seed"] == 0])
    assert one["effect"].notna().all()
    assert one[["effect_low", "effect_high", "p", "adjusted_probability"]].isna().all(axis=None)
