"""Measures on made-up readings: what was put in comes out, and nothing else."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.aims import MET, MISSED, OPEN
from analysis.studies.laboratory.conditions import SENSIBLE, conditions
from analysis.studies.laboratory.measures import MEASURES
from analysis.studies.laboratory.policies import INFORMED, searched, under
from analysis.studies.laboratory.protocol import LAST_SELECTION, Wanted
from model.scenario import Scenario, twin_of
from tests.unit.analysis.studies.laboratory.made_up import SETTING, conduct, lines_of, readings

CHOOSING = ("sector", "cluster", "smart_specialisation")


def nothing(_cell: str, _regime: str) -> float:
    return 0.0


@pytest.mark.parametrize("name", MEASURES)
def test_it_asks_for_as_many_runs_as_it_says(name: str) -> None:
    _, asked = conduct(MEASURES[name], lambda wanted: readings(wanted, nothing))
    assert sum(map(len, asked)) == MEASURES[name].runs(SETTING)


@pytest.mark.parametrize("name", MEASURES)
def test_it_reports_on_seeds_that_nothing_was_chosen_on(name: str) -> None:
    _, asked = conduct(MEASURES[name], lambda wanted: readings(wanted, nothing))
    assert min(asked[-1].seeds) >= 30_000
    for wanted in asked[:-1]:
        assert max(wanted.seeds) <= LAST_SELECTION


@pytest.mark.parametrize("name", MEASURES)
def test_where_nothing_was_finished_nothing_can_be_told(name: str) -> None:
    empty = readings(Wanted({("", "none"): SETTING.scenario}, (1,)), nothing).iloc[:0]
    taken, _ = conduct(MEASURES[name], lambda _: empty)
    if not taken.lines:
        return
    aimed = lines_of(taken)
    assert set(aimed.loc[aimed["aim"] != "", "verdict"]) <= {OPEN, MISSED}


@pytest.mark.parametrize("name", MEASURES)
def test_where_no_policy_does_anything_no_lead_is_told(name: str) -> None:
    taken, _ = conduct(MEASURES[name], lambda wanted: readings(wanted, nothing))
    for table in taken.tables.values():
        assert not table.filter(["told_apart", "leads", "leads_twin"]).any().any()


def test_mind_tells_a_regime_from_its_twin() -> None:
    def effect(_cell: str, regime: str) -> float:
        return {"sector": -3.0, "smart_specialisation": 5.0}.get(regime, 2.0) if regime != "none" else 0.0

    taken, _ = conduct(MEASURES["mind"], lambda wanted: readings(wanted, effect))
    table = taken.tables["mind"]
    primary = table[table["outcome"] == "value_weighted_knowledge"].groupby("regime")
    for regime, mind in (("sector", -5.0), ("cluster", 0.0), ("smart_specialisation", 3.0)):
        own = primary.get_group(regime)
        assert own["mind"].to_numpy() == pytest.approx(np.full(3, mind), abs=1.5)
        assert set(own["told_apart"]) == {mind != 0}
        assert own["money"].mean() == pytest.approx(2, abs=1)
        assert own["spent_share"].to_numpy() == pytest.approx(np.ones(3))
        assert own["mind_at_same_spending"].to_numpy() == pytest.approx(own["mind"].to_numpy())
    lines = lines_of(taken)
    assert lines.loc["mind", "estimate"] == 6
    assert lines.loc["mind", "verdict"] == MISSED
    assert lines.loc["mind_above", "estimate"] == 3


def test_the_split_is_made_in_every_story_and_region() -> None:
    def effect(_cell: str, regime: str) -> float:
        return {"none": 0.0, "cluster": 7.0}.get(regime, 2.0)

    taken, _ = conduct(MEASURES["places"], lambda wanted: readings(wanted, effect))
    table = taken.tables["places"]
    assert table["place"].nunique() == SETTING.size.stories + SETTING.size.regions
    assert np.allclose(table["money"], 2, atol=1.5)
    mind = table.groupby("regime")["mind"].mean()
    assert mind["cluster"] == pytest.approx(5, abs=0.5)
    assert mind[["sector", "smart_specialisation"]].abs().max() < 0.5
    told = table[table["told_apart"]]
    assert set(told["regime"]) == {"cluster"}
    assert lines_of(taken)["estimate"]["places_cluster"] == len(told)


def test_the_surface_finds_where_a_lead_turns() -> None:
    def effect(cell: str, regime: str) -> float:
        capacity = float(cell.partition(" ")[0])
        return {"cluster": 8 * (capacity - 1)}.get(regime, 0.0)

    taken, _ = conduct(MEASURES["surface"], lambda wanted: readings(wanted, effect))
    table = taken.tables["surface"]
    told = table[table["told_apart"]]
    assert set(told["regime"]) == {"cluster"}
    assert set(told["absorptive_capacity"]) == {0.5, 1.5}
    lines = lines_of(taken)
    assert lines.loc["surface", "estimate"] == pytest.approx(6 / 27)
    assert lines.loc["surface_turns", "estimate"] == 1
    assert lines.loc["surface_cells", "estimate"] == pytest.approx(6 / 9)


def test_spread_is_found_where_it_is_and_met() -> None:
    where = next(iter(conditions(SETTING.scenario)))

    def effect(cell: str, regime: str) -> float:
        return {"static": -9.0, "cluster": 6.0}.get(regime, 0.0) if cell == where else 0.0

    taken, asked = conduct(MEASURES["spread"], lambda wanted: readings(wanted, effect))
    row = taken.tables["spread"].set_index("cell").loc[where]
    assert (row["best"], row["worst"]) == ("cluster", "static")
    assert row["low"] < 15 < row["high"]
    lines = lines_of(taken)
    assert where in lines.loc["spread", "label"]
    assert lines.loc["spread", "verdict"] == MET
    assert {regime for _, regime in asked[0].scenarios} == {"none", *SENSIBLE, *map(twin_of, CHOOSING)}


def test_value_asks_for_a_lead_over_everybody_at_once() -> None:
    cells = list(conditions(SETTING.scenario))

    def effect(cell: str, regime: str) -> float:
        if cell == cells[0]:
            return {"sector": 9.0}.get(regime, 0.0)
        if cell == cells[1]:
            # Ahead of all other regimes, but not of its own twin.
            return {"cluster": 9.0, twin_of("cluster"): 9.0}.get(regime, 0.0)
        if cell == cells[2]:
            # Ahead of its twin, but not of the lottery.
            return {"smart_specialisation": 9.0, "lottery": 9.0}.get(regime, 0.0)
        return 0.0

    taken, _ = conduct(MEASURES["value"], lambda wanted: readings(wanted, effect))
    table = taken.tables["map"]
    assert [tuple(row) for row in table.loc[table["leads"], ["cell", "regime"]].to_numpy()] == [
        (cells[0], "sector")
    ]
    twins = table[table["leads_twin"]]
    assert set(zip(twins["cell"], twins["regime"], strict=True)) == {
        (cells[0], "sector"),
        (cells[2], "smart_specialisation"),
    }
    assert lines_of(taken).loc["value", "estimate"] == 1


def test_headroom_finds_the_best_of_many_and_says_what_it_is_worth_on_fresh_seeds() -> None:
    worth = {name: float(number % 7) for number, (name, _) in enumerate(searched(20))}
    worth["searched_011"] = 12.0

    def effect(_cell: str, regime: str) -> float:
        return worth.get(
            regime, 10.0 if regime == "informed_bundle_earmarked" else 2.0 if regime == "lottery" else 0.0
        )

    taken, asked = conduct(MEASURES["headroom"], lambda wanted: readings(wanted, effect))
    winners = taken.tables["winners"].set_index(["kind", "outcome"])
    found = winners.loc[("searched", "value_weighted_knowledge")]
    assert found["policy"] == "searched_011"
    assert found["low"] < 10 < found["high"]
    assert winners.loc[("searched", "output"), "lead"] == pytest.approx(5, abs=1)
    assert winners.loc[("informed", "output"), "policy"] == "informed_bundle_earmarked"
    lines = lines_of(taken)
    assert lines.loc["searched", "verdict"] == MET
    assert lines.loc["informed", "estimate"] == pytest.approx(8, abs=1)
    best = ("searched_011", "informed_bundle_earmarked")
    assert {name for _, name in asked[-1].scenarios} == {"none", "lottery", *best, *map(twin_of, best)}
    # Their twins win nothing in this made-up world, so that all of the gain is the choice.
    assert lines.loc["searched_mind", "estimate"] == pytest.approx(12, abs=1)


def test_gains_are_scaled_to_what_the_lottery_spends() -> None:
    def effect(_cell: str, regime: str) -> float:
        return 0.0 if regime == "none" else 4.0

    def answer(wanted: Wanted) -> pd.DataFrame:
        table = readings(wanted, effect)
        half = ~table["regime"].isin({"none", "lottery"})
        return table.assign(spent=table["spent"].where(~half, 50.0))

    taken, _ = conduct(MEASURES["headroom"], answer)
    lines = lines_of(taken)
    assert lines.loc["searched", "estimate"] == pytest.approx(0, abs=1)
    assert lines.loc["searched_per_unit", "estimate"] == pytest.approx(4, abs=1)


def test_searched_policies_are_different_valid_and_always_the_same() -> None:
    specs = dict(searched(60))
    assert list(dict(searched(20)).items()) == list(specs.items())[:20]
    assert len({json.dumps(spec) for spec in specs.values()}) == 60
    for name, spec in specs.items():
        scenario = under(Scenario(), name, spec)
        assert scenario.policy.policymakers[0].regime == name
        assert sum(spec["delivery"].values()) == pytest.approx(1)
    assert under(Scenario(), "told", {**INFORMED, "delivery": {"rd_grant": 1.0}}).regimes["told"].informed


@pytest.mark.parametrize(("noise", "verdict"), [(0.5, MET), (5.0, MISSED)])
def test_seeds_needed_follow_from_luck(noise: float, verdict: str) -> None:
    taken, _ = conduct(MEASURES["seeds"], lambda wanted: readings(wanted, nothing, noise=noise))
    lines = lines_of(taken)
    assert lines.loc["seeds", "verdict"] == verdict
    # Two regimes differ by the luck of both.
    assert lines.loc["deviation", "low"] < noise * 2**0.5 * 1.1
    assert lines.loc["deviation", "high"] > noise * 2**0.5


def test_latent_domains_that_opened_are_a_share_of_those_at_the_start() -> None:
    def answer(wanted: Wanted) -> pd.DataFrame:
        table = readings(wanted, nothing, latent=20.0, opened_10=5.0, opened_20=8.0)
        return table.assign(opened_5=2.0 + (np.arange(len(table)) % 2))

    lines = lines_of(conduct(MEASURES["latent"], answer)[0])
    assert lines.loc["latent_5", "estimate"] == pytest.approx(0.125)
    assert lines.loc["latent_5", "verdict"] == MET
    assert lines.loc["latent_20", "estimate"] == pytest.approx(0.4)
    assert lines.loc["latent_20", "verdict"] == MET


def test_effects_are_held_against_what_is_published() -> None:
    def effect(cell: str, _regime: str) -> float:
        return {"0.01": 2.0, "0.03": 60.0}.get(cell, 0.0)

    taken, _ = conduct(MEASURES["effect"], lambda wanted: readings(wanted, effect, noise=0.01))
    lines = lines_of(taken)
    # Output gains half of that: 10 units a quarter for 40 quarters, for 100 spent.
    assert lines.loc["effect_0.01_per_unit", "estimate"] == pytest.approx(4, abs=0.2)
    assert lines.loc["effect_0.01_per_unit", "verdict"] == MISSED
    assert lines.loc["effect_0.03_per_unit", "estimate"] == pytest.approx(120, abs=2)


def test_a_region_that_falls_is_found_followed_and_named() -> None:
    def answer(wanted: Wanted) -> pd.DataFrame:
        table = readings(wanted, nothing)
        luck = np.random.default_rng(len(wanted)).normal(0, 20, len(table))
        falling = table["cell"] == worst
        return table.assign(
            output_start=1000.0, employment_start=1000.0, output_10=1000 + luck - 250 * falling,
            output_20=1000 + luck - 500 * falling, employment_10=1000 + luck, employment_20=1000 + luck,
        )  # fmt: skip

    _, asked = conduct(MEASURES["steadiness"], lambda wanted: readings(wanted, nothing))
    worst = [cell for cell, _ in asked[0].scenarios][3]
    taken, asked = conduct(MEASURES["steadiness"], answer)
    assert worst in {cell for cell, _ in asked[1].scenarios}
    assert len(asked[1].scenarios) == 2 + 3
    lines = lines_of(taken)
    assert lines.loc["output_20", "estimate"] == pytest.approx(-50, abs=3)
    assert worst in lines.loc["output_20", "label"]
    assert lines.loc["output_20", "verdict"] == MISSED
    assert lines.loc["employment_20", "verdict"] == MET
    assert lines.loc["output_20_outside", "estimate"] == pytest.approx(1 / 6)
    assert lines.loc["output_20_mean", "estimate"] == pytest.approx(-50 / 6, abs=2)
