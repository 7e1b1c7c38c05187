"""Who leads where: known leaders are found, and noise has none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.statistics.leaders import differences, leaders, shares
from analysis.studies.surface.parts import parts
from analysis.studies.surface.words import describe, describe_parts
from model.record import OUTCOMES
from model.scenario import REGIME_NAMES
from tests.unit.analysis.studies.surface.surfaces import X, Y, corners, nothing, outcomes

AXES = ("x", "y")
MEASURE = OUTCOMES[0]


def test_leaders_are_found_where_they_are_and_nowhere_else() -> None:
    cells = leaders(outcomes(corners), AXES, MEASURE)
    assert len(cells) == len(X) * len(Y)
    found = {(row.x, row.y): row.leader for row in cells.itertuples() if isinstance(row.leader, str)}
    assert found == {(0.5, y): "cluster" for y in Y} | {(1.5, 4.0): "smart_specialisation"}
    led = cells[cells["leader"].notna()]
    assert (led["lead_low"] > 0).all()
    truth = led["leader"].map({"cluster": 100.0, "smart_specialisation": 200.0})
    assert ((led["lead_low"] < truth) & (truth < led["lead_high"])).all()
    assert (led["probability"] < 0.05).all()


@pytest.mark.slow
def test_noise_has_a_leader_in_at_most_one_surface_of_twenty() -> None:
    grid = tuple(float(value) for value in range(4))
    false = [
        leaders(outcomes(nothing, seeds=8, luck=luck, x=grid, y=grid), AXES, MEASURE)["leader"].notna().any()
        for luck in range(20)
    ]
    # Without regard to how many comparisons there are, nearly every surface would have one.
    assert sum(false) <= 1
    assert naive_leaders(outcomes(nothing, seeds=8, x=grid, y=grid)) > 0


def naive_leaders(table: pd.DataFrame) -> int:
    """Count cells in which one unadjusted test would say that the best beats the worst."""
    found = 0
    for _, rows in table.groupby(list(AXES)):
        values = rows.pivot_table(index="seed", columns="regime", values=MEASURE)
        order = values.mean().sort_values(ascending=False).index
        found += stats.ttest_rel(values[order[0]], values[order[-1]]).pvalue < 0.05
    return found


@pytest.mark.slow
def test_the_chance_of_any_false_leader_on_a_surface_is_below_its_bound() -> None:
    # Two regimes share the top, the others are behind: the hardest case for a claim to lead.
    def tie(regime: str, _x: float, _y: float) -> float:
        return 0.0 if regime in {"cluster", "sector"} else -500.0

    false = [
        leaders(outcomes(tie, seeds=8, luck=luck), AXES, MEASURE)["leader"].notna().any()
        for luck in range(500)
    ]
    assert sum(false) <= stats.binom.ppf(0.999, len(false), 0.025)
    assert sum(false) > 0


def test_a_leader_beats_every_other_regime_not_only_the_baseline() -> None:
    def two_alike(regime: str, _x: float, _y: float) -> float:
        return 300.0 if regime in {"cluster", "sector"} else 0.0

    cells = leaders(outcomes(two_alike), AXES, MEASURE)
    assert cells["leader"].isna().all()
    table = differences(outcomes(two_alike), AXES, MEASURE)
    sure = table[table["difference_low"] > 0]
    assert set(sure["regime"]) == {"cluster", "sector"}
    assert len(sure) == 2 * len(cells)


def test_intervals_are_those_of_paired_t_tests_shared_out_over_all_comparisons() -> None:
    table = outcomes(corners, seeds=6)
    cells, rows = leaders(table, AXES, MEASURE), differences(table, AXES, MEASURE)
    values = table[(table["x"] == 0.5) & (table["y"] == 1.0)].pivot_table(
        index="seed", columns="regime", values=MEASURE
    )
    cell = cells[(cells["x"] == 0.5) & (cells["y"] == 1.0)].iloc[0]
    rivals = ["none", "sector", "smart_specialisation"]
    family = 9 * 4
    tests = [stats.ttest_rel(values["cluster"], values[rival], alternative="greater") for rival in rivals]
    lows = [test.confidence_interval(1 - 0.025 / family).low for test in tests]
    assert cell["lead_low"] == pytest.approx(min(lows))
    assert cell["probability"] == pytest.approx(min(1, 2 * family * max(test.pvalue for test in tests)))
    below = [stats.ttest_rel(values["cluster"], values[rival], alternative="less") for rival in rivals]
    highs = [test.confidence_interval(1 - 0.025 / family / 3).high for test in below]
    assert cell["lead_high"] == pytest.approx(min(highs))
    row = rows[(rows["x"] == 0.5) & (rows["y"] == 1.0) & (rows["regime"] == "cluster")].iloc[0]
    ends = stats.ttest_rel(values["cluster"], values["none"]).confidence_interval(1 - 0.05 / (9 * 3))
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((ends.low, ends.high))
    assert row["percent"] == pytest.approx(100 * row["difference"] / values["none"].mean())


def test_common_luck_is_taken_out() -> None:
    table = outcomes(corners, noise=1.0)
    assert leaders(table, AXES, MEASURE)["leader"].notna().sum() == 4
    shuffled = table.copy()
    chance = np.random.default_rng(1)
    shuffled["seed"] = shuffled.groupby(["x", "y", "regime"])["seed"].transform(chance.permutation)
    assert leaders(shuffled, AXES, MEASURE)["leader"].notna().sum() < 4


def test_only_seeds_that_every_regime_finished_count() -> None:
    table = outcomes(corners)
    lost = (
        (table["x"] == 0.5) & (table["y"] == 1.0) & (table["regime"] == "sector") & (table["seed"] < 10_010)
    )
    cells = leaders(table[~lost], AXES, MEASURE)
    assert cells["seeds"].tolist() == [6] + [16] * 8


@pytest.mark.parametrize("seeds", [1, 2])
def test_few_seeds_give_no_leader_but_no_error_either(seeds: int) -> None:
    cells = leaders(outcomes(corners, seeds=seeds), AXES, MEASURE)
    assert cells["leader"].isna().all()
    assert cells["best"].notna().all()
    assert cells["lead_low"].isna().all() == (seeds == 1)


def test_regimes_that_do_the_very_same_tie() -> None:
    cells = leaders(outcomes(nothing, noise=0.0), AXES, MEASURE)
    assert cells["leader"].isna().all()
    assert (cells["probability"] == 1).all()


def test_one_axis_is_a_surface_too() -> None:
    table = outcomes(corners, y=(1.0,)).drop(columns="y")
    cells = leaders(table, ("x",), MEASURE)
    assert cells["x"].tolist() == list(X)
    assert cells["leader"].iloc[0] == "cluster"
    assert cells["leader"].iloc[1:].isna().all()


def test_shares_of_cells_leave_room_for_nobody() -> None:
    share = shares(leaders(outcomes(corners), AXES, MEASURE), REGIME_NAMES)
    assert share["cluster"] == pytest.approx(3 / 9)
    assert share["smart_specialisation"] == pytest.approx(1 / 9)
    assert share["sector"] == share["none"] == 0


def test_a_lead_that_drowns_in_the_noise_of_each_cell_shows_in_a_part() -> None:
    grid = (1.0, 2.0, 3.0, 4.0, 5.0)

    def small(regime: str, x: float, _y: float) -> float:
        return 40.0 if regime == "sector" and x < 3 else 0.0

    table = outcomes(small, noise=60.0, x=grid, y=grid)
    assert leaders(table, AXES, MEASURE)["leader"].isna().all()
    found = parts(table, AXES, MEASURE)
    assert len(found) == 4 * 4
    won = found[found["leader"].notna()]
    assert set(won["leader"]) == {"sector"}
    assert ("low", "any") in set(zip(won["x"], won["y"], strict=True))
    assert not set(won["x"]) & {"middle", "high"}
    row = won[won["y"] == "any"].iloc[0]
    assert row["cells"] == 2 * 5
    truth = 100 * 40 / table.loc[table["regime"] == "none", MEASURE].mean()
    assert row["lead_low_percent"] < truth < row["lead_high_percent"]
    names = {"x": "openness", "y": "budget"}
    axes = list(names.values())
    (told,) = describe_parts(found.rename(columns=names), axes, REGIME_NAMES)
    assert told.startswith(
        f"Neighbouring cells taken together, sector support leads in {len(won)} of 16 parts: low openness"
    )
    assert "any budget" in told
    silent = parts(outcomes(nothing), AXES, MEASURE).rename(columns=names)
    assert describe_parts(silent, axes, REGIME_NAMES)[0].startswith("Nobody leads in any of 16 parts")


@pytest.mark.slow
def test_noise_leads_in_no_part_either() -> None:
    false = [
        parts(outcomes(nothing, seeds=8, luck=luck), AXES, MEASURE)["leader"].notna().any()
        for luck in range(8)
    ]
    assert sum(false) == 0


def test_a_part_is_the_mean_of_its_cells_in_percent() -> None:
    table = outcomes(corners)
    row = parts(table, AXES, MEASURE).set_index(list(AXES)).loc[("low", "any")]
    values = table[table["x"] == 0.5].pivot_table(index=["y", "seed"], columns="regime", values=MEASURE)
    scaled = 100 * values.div(values["none"].groupby(level=0).transform("mean"), axis=0)
    by_seed = scaled.groupby(level="seed").mean()
    means = by_seed.mean().sort_values()
    assert (row["best"], row["rival"]) == (means.index[-1], means.index[-2])
    assert row["lead_percent"] == pytest.approx(means.iloc[-1] - means.iloc[-2])
    test = stats.ttest_rel(by_seed[row["best"]], by_seed["none"], alternative="greater")
    assert row["lead_low_percent"] <= test.confidence_interval(1 - 0.025 / (16 * 4)).low + 1e-9


def test_a_part_counts_seeds_that_all_of_its_cells_have() -> None:
    table = outcomes(nothing, seeds=4)
    lost = (table["x"] == 0.5) & (table["y"] == 1.0) & (table["seed"] == 10_000)
    found = parts(table[~lost], AXES, MEASURE).set_index(list(AXES))["seeds"]
    assert found[("low", "low")] == found[("low", "any")] == found[("any", "any")] == 3
    assert found[("high", "any")] == 4


@pytest.mark.parametrize(("values", "expected"), [(2, 3), (3, 4), (9, 4)])
def test_an_axis_is_cut_into_as_many_parts_as_it_has_room_for(values: int, expected: int) -> None:
    table = outcomes(nothing, seeds=2, x=tuple(map(float, range(values))), y=(1.0,)).drop(columns="y")
    found = parts(table, ("x",), MEASURE)
    assert len(found) == expected
    assert found["cells"].iloc[:-1].sum() == values == found["cells"].iloc[-1]


def test_words_say_where_and_how_much() -> None:
    names = {"x": "absorptive_capacity", "y": "budget"}
    cells = leaders(outcomes(corners), AXES, MEASURE).rename(columns=names)
    axes = list(names.values())
    told = describe(cells, axes, REGIME_NAMES, "none")
    assert len(told) == len(REGIME_NAMES) + 1
    by_regime = dict(zip(REGIME_NAMES, told, strict=False))
    assert by_regime["sector"].startswith("Sector support leads nowhere")
    assert "3 of 9 cells (33%), at absorptive capacity 0.5 and any budget" in by_regime["cluster"]
    assert "at absorptive capacity 1.5 and budget 4" in by_regime["smart_specialisation"]
    largest = cells.loc[cells["leader"] == "smart_specialisation"].iloc[0]
    assert f"{largest['lead_percent']:.1f}% ({largest['lead_low_percent']:.1f} to" in told[3]
    assert told[-1].startswith("Nobody leads in 5 of 9 cells (56%)")
