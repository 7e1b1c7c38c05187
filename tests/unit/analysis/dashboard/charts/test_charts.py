"""Charts are plain data that a browser can read, in the colours of the figures."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.dashboard.charts.bars import account_bars, contribution_bars
from analysis.dashboard.charts.curves import Curves, Mark, curves, small_multiples, told_ends
from analysis.dashboard.charts.leader_map import leader_map
from analysis.dashboard.charts.look import Look
from analysis.dashboard.state.reading import Line
from analysis.dashboard.texts import Texts
from analysis.figures.style import THEMES
from analysis.statistics.shapley import CHANNELS, attribute
from model.scenario import REGIME_NAMES

STEPS = 8


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest) -> Look:
    return Look(THEMES[request.param], Texts("en"))


def values(seed: int = 0) -> dict[str, Any]:
    draw = np.random.default_rng(seed)
    return {regime: draw.normal(10, 1, STEPS + 1) for regime in REGIME_NAMES}


def lines(seed: int = 0) -> dict[str, Line]:
    return {regime: Line(each) for regime, each in values(seed).items()}


def readable(option: dict[str, Any]) -> dict[str, Any]:
    # A browser reads no NaN.
    return json.loads(json.dumps(option, allow_nan=False))


def series(option: dict[str, Any], start: str) -> list[dict[str, Any]]:
    return [each for each in option["series"] if str(each.get("id", "")).startswith(start)]


def test_every_regime_has_a_line_in_the_colour_of_the_figures(look: Look) -> None:
    option = readable(curves(Curves(STEPS, lines()), "Breadth", look))
    found = series(option, "line:")
    assert [line["id"] for line in found] == [f"line:{regime}" for regime in REGIME_NAMES]
    assert [line["lineStyle"]["color"] for line in found] == [
        look.theme.regimes[name] for name in REGIME_NAMES
    ]


def test_every_line_has_a_label_of_its_own_at_its_end(look: Look) -> None:
    labels = {name: f"{name}\n+1%" for name in REGIME_NAMES}
    ends = readable(curves(Curves(STEPS, lines(), labels=labels), "Breadth", look))["kf"]["ends"]
    assert {each["series"]: (each["text"], each["colour"]) for each in ends} == {
        f"line:{name}": (labels[name], look.theme.regimes[name]) for name in REGIME_NAMES
    }


def test_lines_differ_in_more_than_colour(look: Look) -> None:
    option = readable(curves(Curves(STEPS, lines()), "Breadth", look))
    assert len({json.dumps(line["lineStyle"]["type"]) for line in series(option, "line:")}) == len(
        REGIME_NAMES
    )


def test_a_curve_that_is_still_coming_has_gaps(look: Look) -> None:
    shown = values()
    shown["cluster"][4:] = np.nan
    drawn = {name: Line(each) for name, each in shown.items()}
    (line,) = series(readable(curves(Curves(STEPS, drawn), "Breadth", look)), "line:cluster")
    assert line["data"][4:] == [None] * 5
    assert line["data"][3] == pytest.approx(shown["cluster"][3], rel=1e-5)


def test_the_setting_before_is_a_pale_line(look: Look) -> None:
    option = readable(curves(Curves(STEPS, lines(), before=values(1)), "Breadth", look))
    ghosts = series(option, "ghost:")
    assert [ghost["id"] for ghost in ghosts] == [f"ghost:{name}" for name in REGIME_NAMES]
    assert ghosts[0]["data"] == pytest.approx(list(values(1)[REGIME_NAMES[0]]), rel=1e-5)
    assert all(ghost["lineStyle"]["opacity"] < 0.5 and ghost["silent"] for ghost in ghosts)


def test_who_does_not_see_a_chart_is_told_how_it_ends(look: Look) -> None:
    shown = {
        name: np.linspace(1, end, STEPS + 1) for name, end in zip(REGIME_NAMES, (5, 7, 3, 6), strict=True)
    }
    shown["cluster"][5:] = np.nan
    said = told_ends({name: Line(each) for name, each in shown.items()}, look)
    assert said == "In quarter 4: sector 7, smart specialisation 6, no policy 5, cluster 2."


def test_a_band_is_stacked_upon_its_lower_end(look: Look) -> None:
    band = Line(np.array([2.0, 2.0, -3.0]), np.array([1.0, 0.0, -4.0]), np.array([3.0, 4.0, -2.0]))
    option = readable(curves(Curves(2, {"none": band}), "Breadth", look))
    low, high = series(option, "low:")[0], series(option, "high:")[0]
    assert series(option, "line:")[0]["data"] == [2.0, 2.0, -3.0]
    assert low["stack"] == high["stack"]
    assert low["stackStrategy"] == "all"
    assert [one + other for one, other in zip(low["data"], high["data"], strict=True)] == [3.0, 4.0, -2.0]


def test_events_are_marked_on_the_axis(look: Look) -> None:
    option = readable(curves(Curves(STEPS, lines(), marks=(Mark(4, "demand"),)), "Breadth", look))
    assert option["series"][0]["markLine"]["data"] == [{"xAxis": 4, "name": "demand"}]


def test_panels_do_not_overlap(look: Look) -> None:
    names = list("abcdef")
    option = readable(
        small_multiples(
            {name: lines() for name in names}, {n: n for n in names}, STEPS, look, dict.fromkeys(names, False)
        )
    )
    assert len(option["grid"]) == len(option["xAxis"]) == len(option["title"]) == 6
    corners = [(grid["left"], grid["top"]) for grid in option["grid"]]
    assert len(set(corners)) == 6
    assert {each["xAxisIndex"] for each in option["series"]} == set(range(6))


def test_bars_of_an_account_are_the_account(look: Look) -> None:
    account = {
        "none": {"research": 3.0, "forgetting": -1.0},
        "cluster": {"research": 4.0, "forgetting": -2.0},
    }
    option = readable(account_bars(account, look))
    assert {each["name"]: each["data"] for each in option["series"]} == {
        "research": [3.0, 4.0],
        "forgetting": [-1.0, -2.0],
    }


def game() -> pd.DataFrame:
    rows = []
    for seed in range(4):
        for code in range(8):
            live = {channel: bool(code >> place & 1) for place, channel in enumerate(CHANNELS)}
            for regime in ("none", "cluster"):
                lead = (5.0 * live["ties"] + 1.0 + 0.01 * seed) * (regime == "cluster")
                rows.append({"regime": regime, "seed": seed, **live, "breadth": 100 + lead})
    return pd.DataFrame(rows)


def test_contributions_sum_to_the_lead(look: Look) -> None:
    option = readable(contribution_bars(attribute(game(), ["breadth"], "none"), "breadth", look))
    parts = [each["data"][0]["value"] for each in option["series"] if each["type"] == "bar"]
    (lead,) = (each["data"][0][0] for each in option["series"] if each["type"] == "scatter")
    assert sum(parts) == pytest.approx(lead, abs=0.01)
    assert max(parts) == pytest.approx(5.0, abs=0.01)


def test_what_is_within_chance_is_pale(look: Look) -> None:
    account = {"cluster": {"research": 4.0, "forgetting": -2.0}}
    option = readable(account_bars(account, look, {"cluster": {"research": True, "forgetting": False}}))
    opacity = {each["name"]: each["data"][0]["itemStyle"]["opacity"] for each in option["series"]}
    assert opacity["research"] == 1.0
    assert opacity["forgetting"] < 0.5


def test_a_map_has_the_colour_of_the_leader_and_leaves_undecided_cells_white(look: Look) -> None:
    cells = pd.DataFrame(
        [
            {"x": x, "y": y, "best": "cluster", "rival": "none", "leader": "cluster" if x > 1 else None,
             "lead_percent": 160.4, "seeds": 12}
            for x in (1.0, 2.0)
            for y in (3.0, 4.0)
        ]
    )  # fmt: skip
    points = ((1.0, 2.0), (3.0, 4.0))
    option = readable(
        leader_map(cells, ("x", "y"), ("X", "Y"), points, (1.9, 3.1), ("none", "cluster"), look)
    )
    places = {
        each["id"]: [tuple(cell["value"][:2]) for cell in each["data"]]
        for each in option["series"]
        if each["id"] not in {"here", "cursor"}
    }
    assert places == {"leader:none": [], "leader:cluster": [(1, 0), (1, 1)], "undecided": [(0, 0), (0, 1)]}
    (undecided,) = series(option, "undecided")
    assert undecided["itemStyle"]["color"] == "transparent"
    (here,) = series(option, "here")
    assert here["data"] == [[1, 0]]
    said = [each["said"] for each in option["kf"]["cells"]]
    assert len(said) == 4
    assert "Nobody leads" in said[0]
    assert "cluster leads, +160% ahead of no policy (12 seeds)" in said[-1]
