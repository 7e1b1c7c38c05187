"""Charts are plain data that a browser can read, in the colours of the figures."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.attribution import CHANNELS, attribute
from analysis.dashboard.charts.bars import account_bars, contribution_bars
from analysis.dashboard.charts.curves import Band, Curves, Mark, curves, small_multiples
from analysis.dashboard.charts.leader_map import leader_map
from analysis.dashboard.charts.look import Look
from analysis.dashboard.texts import Texts
from analysis.figures.style import THEMES
from analysis.surface import leaders
from model.scenario import REGIME_NAMES

STEPS = 8


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest) -> Look:
    return Look(THEMES[request.param], Texts("en"))


def values(seed: int = 0) -> dict[str, Any]:
    draw = np.random.default_rng(seed)
    return {regime: draw.normal(10, 1, STEPS + 1) for regime in REGIME_NAMES}


def readable(option: dict[str, Any]) -> dict[str, Any]:
    # A browser reads no NaN.
    return json.loads(json.dumps(option, allow_nan=False))


def series(option: dict[str, Any], start: str) -> list[dict[str, Any]]:
    return [each for each in option["series"] if str(each.get("id", "")).startswith(start)]


def test_every_regime_has_a_line_in_the_colour_of_the_figures(look: Look) -> None:
    option = readable(curves(Curves(STEPS, values()), "Breadth", look))
    lines = series(option, "line:")
    assert [line["id"] for line in lines] == [f"line:{regime}" for regime in REGIME_NAMES]
    assert [line["lineStyle"]["color"] for line in lines] == [
        look.theme.regimes[name] for name in REGIME_NAMES
    ]
    assert option["legend"]["data"] == [line["name"] for line in lines]


def test_lines_differ_in_more_than_colour(look: Look) -> None:
    option = readable(curves(Curves(STEPS, values()), "Breadth", look))
    assert len({json.dumps(line["lineStyle"]["type"]) for line in series(option, "line:")}) == len(
        REGIME_NAMES
    )


def test_a_curve_that_is_still_coming_has_gaps(look: Look) -> None:
    shown = values()
    shown["cluster"][4:] = np.nan
    (line,) = series(readable(curves(Curves(STEPS, shown), "Breadth", look)), "line:cluster")
    assert line["data"][4:] == [None] * 5
    assert line["data"][3] == pytest.approx(shown["cluster"][3], rel=1e-5)


def test_the_setting_before_is_a_pale_line(look: Look) -> None:
    option = readable(curves(Curves(STEPS, values(), before=values(1)), "Breadth", look))
    ghosts = series(option, "ghost:")
    assert len(ghosts) == len(REGIME_NAMES)
    assert all(ghost["lineStyle"]["opacity"] < 0.5 and ghost["silent"] for ghost in ghosts)


def test_the_setting_before_stands_beside_bands_too(look: Look) -> None:
    bands = {name: Band(each, each - 1, each + 1) for name, each in values().items()}
    option = readable(curves(Curves(STEPS, values(), before=values(1), bands=bands), "Breadth", look))
    ghosts, before = series(option, "ghost:"), values(1)
    assert [ghost["id"] for ghost in ghosts] == [f"ghost:{name}" for name in REGIME_NAMES]
    assert ghosts[0]["data"] == pytest.approx(list(before[REGIME_NAMES[0]]), rel=1e-5)


def test_who_does_not_see_a_chart_is_told_how_it_ends(look: Look) -> None:
    shown = {
        name: np.linspace(1, end, STEPS + 1) for name, end in zip(REGIME_NAMES, (5, 7, 3, 6), strict=True)
    }
    shown["cluster"][5:] = np.nan
    said = readable(curves(Curves(STEPS, shown), "Breadth", look))["aria"]["label"]["description"]
    assert said.endswith("In quarter 4: sector 7, smart specialisation 6, no policy 5, cluster 2.")


def test_a_band_is_the_interval_of_the_mean_and_takes_the_place_of_the_line(look: Look) -> None:
    runs = [np.array([1.0, 2.0, -4.0]), np.array([3.0, 2.0, -2.0])]
    band = Band.of(runs)
    assert band.mean.tolist() == [2.0, 2.0, -3.0]
    # Student's t with one degree of freedom is 12.706, and the standard error is 1.
    assert band.high[0] - band.mean[0] == pytest.approx(12.706, abs=1e-3)
    option = readable(curves(Curves(2, {"none": runs[0]}, bands={"none": band}), "Breadth", look))
    low, high = series(option, "low:")[0], series(option, "high:")[0]
    assert series(option, "line:")[0]["data"] == [2.0, 2.0, -3.0]
    assert low["stack"] == high["stack"]
    assert low["stackStrategy"] == "all"
    assert low["data"][0] + high["data"][0] == pytest.approx(band.high[0], rel=1e-5)


def test_events_are_marked_on_the_axis(look: Look) -> None:
    option = readable(curves(Curves(STEPS, values(), marks=(Mark(4, "demand"),)), "Breadth", look))
    assert option["series"][0]["markLine"]["data"] == [{"xAxis": 4, "name": "demand"}]


def test_every_chart_is_described_for_those_who_do_not_see_it(look: Look) -> None:
    option = curves(Curves(STEPS, values()), "Breadth", look)
    description = option["aria"]["label"]["description"]
    assert "Breadth" in description
    assert "smart specialisation" in description


def test_panels_do_not_overlap(look: Look) -> None:
    names = list("abcdef")
    option = readable(small_multiples({name: values() for name in names}, {n: n for n in names}, STEPS, look))
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


def test_a_surface_shows_in_each_cell_who_is_best(look: Look) -> None:
    rows = [
        {
            "x": x,
            "y": y,
            "regime": regime,
            "seed": seed,
            "breadth": 100 + seed * 0.1 + (x - 1.5) * (regime == "cluster"),
        }
        for x in (1.0, 2.0)
        for y in (3.0, 4.0)
        for regime in ("none", "cluster")
        for seed in range(6)
    ]
    cells = leaders(pd.DataFrame(rows), ("x", "y"), "breadth")
    points = ((1.0, 2.0), (3.0, 4.0))
    option = readable(
        leader_map(cells, ("x", "y"), ("X", "Y"), points, (1.9, 3.1), ("none", "cluster"), look)
    )
    best = {
        tuple(cell["value"][:2]): each["id"]
        for each in option["series"]
        for cell in each["data"]
        if "value" in cell
    }
    assert best == {
        (0, 0): "leader:none",
        (0, 1): "leader:none",
        (1, 0): "leader:cluster",
        (1, 1): "leader:cluster",
    }
    (here,) = (each for each in option["series"] if each["id"] == "here")
    assert here["data"] == [[1, 0]]
