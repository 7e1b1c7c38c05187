"""The search on made-up readings: it finds what was put in, reports on fresh seeds, and can be stopped."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.studies.optimisation.conduct import most_runs, optimise
from analysis.studies.optimisation.design import LAST_SELECTION, design
from analysis.studies.optimisation.objectives import Constraint, find_objectives, parse_constraints
from model.scenario import Scenario
from tests.unit.analysis.studies.optimisation.made_up import (
    SCENARIO,
    conduct,
    grants,
    readings,
    setting,
)


def nothing(_scenario: Scenario, _cell: str, _regime: str) -> float:
    return 0.0


def test_it_finds_what_is_best_and_how_far_others_are() -> None:
    tables, _ = conduct(setting())
    found = tables["found"].query("objective == 'value'").set_index("place")
    assert found.loc[0, "gain"] > found.loc[1:, "gain"].max()
    far = tables["distances"].query("objective == 'value'").set_index("name")
    assert far.loc["sector", "gain"] == pytest.approx(4, abs=1)
    assert far.loc["sector", "behind"] == pytest.approx(found.loc[0, "gain"] - far.loc["sector", "gain"])
    assert bool(far.loc["none", "told_apart"])


def test_it_selects_and_reports_on_different_seeds() -> None:
    _, requests = conduct(setting())
    for request in requests:
        seeds = request.wanted.seeds
        assert min(seeds) > LAST_SELECTION if request.stage == "fresh seeds" else max(seeds) <= LAST_SELECTION
    assert requests[-1].stage == "fresh seeds"


def test_it_never_asks_for_more_than_it_says() -> None:
    for asked in (
        setting(),
        setting(futures=4),
        setting("value", "worst", futures=4),
    ):
        _, requests = conduct(asked, noise=20.0)
        runs = [len(request.wanted) for request in requests]
        assert sum(runs) <= most_runs(asked)
        for place, request in enumerate(requests):
            assert sum(runs[place + 1 :]) <= request.left


def test_what_is_close_gets_more_seeds() -> None:
    far, _ = conduct(setting(), noise=0.5)
    close, _ = conduct(setting(), nothing, noise=5.0)
    assert close["tried"]["seeds"].max() > far["tried"]["seeds"].max()
    assert (close["tried"]["seeds"] > 4).sum() > 1


def test_where_no_policy_does_anything_none_is_told_apart() -> None:
    apart, flattered = [], []
    for search in range(6):
        tables, _ = conduct(setting(search_seed=search), nothing, noise=5.0)
        far = tables["distances"].query("objective == 'value'")
        apart.append(bool(far["told_apart"].any()))
        seen = tables["found"].query("objective == 'value' and place == 0").iloc[0]
        flattered.append(seen["seen"] - seen["gain"])
    assert sum(apart) <= 1
    assert np.mean(flattered) > 0, "whoever leads was lucky"


def test_it_can_be_stopped_and_gives_what_it_has() -> None:
    assert not conduct(setting(), stop_at=1)[0]
    tables, _ = conduct(setting(), stop_at=5)
    assert set(tables) == {"tried", "policies"}
    assert 12 <= len(tables["tried"]) < 24
    tables, requests = conduct(setting(futures=4))
    stopped, _ = conduct(setting(futures=4), stop_at=len(requests) - 1)
    assert stopped["found"].equals(tables["found"])
    assert "robustness" not in stopped


def test_where_nothing_can_be_run_nothing_is_found() -> None:
    under_way = optimise(setting())
    wanted = next(under_way).wanted
    with pytest.raises(StopIteration) as end:
        under_way.send(readings(wanted, grants).iloc[:0])
    assert end.value.value == ({}, False)


def test_the_same_search_finds_the_same() -> None:
    one, other = conduct(setting())[0], conduct(setting())[0]
    assert all(one[name].equals(other[name]) for name in one)
    assert not conduct(setting(search_seed=1))[0]["policies"].equals(one["policies"])


def test_a_constraint_is_kept_and_judged() -> None:
    limit = Constraint("sector:1=90", "sector_1_jobs", 90.0)
    tables, _ = conduct(setting(constraints=(limit,)))
    best = tables["found"].query("objective == 'value' and place == 0").iloc[0]
    # Jobs of the sector fall by two percent for each point that is gained.
    assert best["gain"] <= 6
    kept = tables["constraints"].set_index("name")
    assert kept.loc[best["policy"], "verdict"] == "met"


def test_several_objectives_make_a_front() -> None:
    tables, _ = conduct(setting("value", "jobs"))
    front = tables["front"].set_index("name")
    assert front["on_front"].sum() > 1
    first = tables["found"].query("objective == 'value'").sort_values("place")
    assert first["gain"].iloc[0] == first["gain"].max()


def test_the_worst_case_is_searched_over_futures() -> None:
    def fragile(scenario: Scenario, cell: str, regime: str) -> float:
        value = grants(scenario, cell, regime)
        return -3 * value if cell == "future_1" else value

    best, _ = conduct(setting("value", futures=4), fragile)
    worst, _ = conduct(setting("worst", futures=4), fragile)
    gain = [
        each["found"].query("objective == 'value' and place == 0")["gain"].iloc[0] for each in (best, worst)
    ]
    assert gain[0] > gain[1] + 3


def test_a_sign_is_found_only_where_switching_pays() -> None:
    def turning(scenario: Scenario, cell: str, regime: str) -> float:
        if regime == "relay":
            return 20.0
        return grants(scenario, cell, regime)

    tables, _ = conduct(setting(futures=4), turning)
    row = tables["signpost"].iloc[0]
    assert row["low"] > 0
    assert row["gain"] == pytest.approx(
        20 - tables["over_futures"].query("name == @row.winner")["gain"].mean(), abs=1.5
    )
    tables, _ = conduct(setting(futures=4), nothing, noise=5.0)
    assert not tables["signpost"]["low"].iloc[0] > 0


def test_the_price_of_robustness_is_paid_as_expected_and_bought_in_futures() -> None:
    tables, _ = conduct(setting(futures=4))
    row = tables["price"].iloc[0]
    assert (row["winner"] == row["robust"]) == (row["price"] == 0)


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ({"objectives": ("cost",)}, "doing nothing"),
        ({"objectives": ("vlaue",)}, "no objective"),
        ({"policies": 3}, "at least 8"),
        ({"seeds": (5, 6)}, "must be reported on others"),
        ({"seeds": (10_000,)}, "two seeds"),
        ({"sampler": "luck"}, "no such sampler"),
        ({"objectives": ("worst",), "futures": 0}, "needs futures"),
        ({"regimes": ("sectr",)}, "no regime"),
        ({"at_least": ("sector:99=95",)}, "no sector"),
        ({"at_least": ("nonsense",)}, "cannot be read"),
        ({"uncertain": ("recombinaton=0:1",)}, "recombinaton"),
        ({"uncertain": ("recombination=2",)}, "a range is written"),
        ({"futures": 1}, "one future"),
        ({"search_seed": 10_000}, "goes from 0"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_before_anything_runs(asked: dict[str, object], rule: str) -> None:
    usual = {"policies": 16, "seeds": (10_000, 10_001), "futures": 2}
    with pytest.raises(RequestError, match=rule):
        design(SCENARIO, "trial", **{**usual, **asked})


def test_constraints_are_read() -> None:
    least, most = parse_constraints(["place:2=95"], ["cost = 75%"], SCENARIO)
    assert (least.column, least.limit, least.most) == ("place_2_jobs", 95.0, False)
    assert (most.column, most.limit, most.most) == ("spent", 75.0, True)
    assert most.short(np.array([80.0])) == pytest.approx([5.0])
    assert [each.name for each in find_objectives(["value", "cost"])] == ["value", "cost"]
