"""Sweeps as users describe them: what is right is read, what is wrong is told before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import RequestError
from analysis.studies.sweep.description import describe_sweep
from analysis.studies.sweep.factors import Factor, parse_factor
from analysis.studies.sweep.file import FOLDER, find_sweep, read_sweep
from analysis.studies.sweep.sampling import SAMPLED, Sampling, make_points, problem, size, unit_points
from model.loading import ScenarioError, load_scenario
from tests.unit.analysis.studies.sweep.sweeps import SMALL, small

SCENARIO = load_scenario("thin_rural_region")
TWO = {"absorptive_capacity": "0.6:1.4", "budget": "0.005:0.02"}


def factor(name: str, values: object = None) -> Factor:
    return parse_factor("--factor", name, values, SCENARIO)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("absorptive_capacity", "0.5:1.5:3", (0.5, 1.0, 1.5)),
        ("absorptive_capacity", {"low": 0.5, "high": 1.5, "count": 3}, (0.5, 1.0, 1.5)),
        ("absorptive_capacity", [0.7, 0.6], (0.7, 0.6)),
        ("absorptive_capacity", "0.7,0.6", (0.7, 0.6)),
        ("budget", "0.01:0.04:3", (0.01, 0.02, 0.04)),
        ("firms.number", "50:60:3", (50, 55, 60)),
        ("firms.number", "50,60", (50, 60)),
        ("absorption.exchange", ["gift", "barter"], ("gift", "barter")),
        ("absorption.exchange", "gift,barter", ("gift", "barter")),
        ("channels.freeze_ties", [True, False], (True, False)),
        ("channels.freeze_ties", "true,false", (True, False)),
    ],
)
def test_values_of_a_factor(name: str, values: object, expected: tuple[Any, ...]) -> None:
    found = factor(name, values).grid()
    assert found == pytest.approx(expected) if isinstance(expected[0], float) else found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_a_factor_without_values_has_the_range_of_its_axis() -> None:
    assert (factor("openness").low, factor("openness").high) == (0.1, 0.9)


@given(st.floats(0, 1), st.sampled_from(["0.5:1.5", "budget", "whole", "listed"]))
def test_every_place_between_the_ends_has_a_value_between_the_ends(unit: float, kind: str) -> None:
    chosen = {
        "0.5:1.5": factor("absorptive_capacity", "0.5:1.5"),
        "budget": factor("budget"),
        "whole": factor("firms.number", "50:52"),
        "listed": factor("absorption.exchange", ["gift", "barter"]),
    }[kind]
    value = chosen.at(unit)
    if isinstance(value, int | float):
        assert chosen.low <= value <= chosen.high
    else:
        assert value in chosen.grid()


def test_whole_numbers_are_equally_likely() -> None:
    found = [factor("firms.number", "50:52").at(place) for place in np.linspace(0, 0.9999, 300)]
    assert [found.count(number) for number in (50, 51, 52)] == [100, 100, 100]


def test_a_factor_comes_back_from_its_record() -> None:
    for each in (factor("budget"), factor("absorption.exchange", ["gift", "barter"])):
        assert Factor.from_record(each.as_record()) == each


@pytest.mark.parametrize("kind", SAMPLED)
@pytest.mark.parametrize("second_order", [False, True])
def test_designs_are_those_of_salib_and_the_same_every_time(kind: str, *, second_order: bool) -> None:
    factors = [factor("absorptive_capacity", "0.6:1.4"), factor("budget")]
    sampling = Sampling(kind, 8, second_order=second_order)
    units = unit_points(sampling, factors)
    assert len(units) == size(sampling, factors) == len(make_points(sampling, factors))
    assert np.array_equal(units, unit_points(sampling, factors))
    assert not np.array_equal(
        units, unit_points(Sampling(kind, 8, seed=2, second_order=second_order), factors)
    )
    assert problem(factors)["names"] == ["absorptive_capacity", "budget"]
    points = make_points(sampling, factors)
    assert np.allclose(points["absorptive_capacity"], 0.6 + 0.8 * units[:, 0], atol=1e-9)
    # Budgets are spread by ratio.
    assert np.allclose(np.log(points["budget"] / 0.0025) / np.log(16), units[:, 1], atol=1e-9)


def test_one_at_a_time_starts_from_the_scenario_as_it_is() -> None:
    design = small(
        factors={"absorptive_capacity": "0.5:1.5:2", "firms.number": "12:14:2"},
        sampling=Sampling("one_at_a_time"),
    )
    assert [design.settings("thin_rural_region", point) for point in (0, 3, 4)] == [
        {}, {"firms.number": 12}, {"firms.number": 14},
    ]  # fmt: skip
    assert len(design.points) == 5
    base = design.scenarios["thin_rural_region"]
    assert design.resolved(design.run(0)) == base.with_regime("none")


def test_seeds_are_outermost_and_every_run_has_a_name_of_its_own() -> None:
    design = small()
    runs = list(design.runs(range(len(design))))
    assert [run.regime for run in runs[:4]] == ["none", "sector", "none", "sector"]
    assert [run.point for run in runs[:4]] == [0, 0, 1, 1]
    assert {run.seed for run in runs[:12]} == {10_000}
    assert len({design.run_id(run) for run in runs}) == len(design) == 24


def test_names_of_runs_depend_on_what_is_run_and_on_nothing_else() -> None:
    design = small()
    again = small(title="Other", seeds="3", regimes=["sector", "none"])
    here = {design.run_id(run) for run in design.runs(range(len(design)))}
    there = {again.run_id(run) for run in again.runs(range(len(again)))}
    assert here < there
    other = small(settings={**SMALL, "firms.number": 13})
    assert not here & {other.run_id(run) for run in other.runs(range(len(other)))}


def test_points_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text(
        "budget,firms.number,absorption.exchange\n0.01,12,gift\n0.02,13,barter\n", "utf-8"
    )
    design = small(factors=None, points=tmp_path / "points.csv")
    assert design.settings("thin_rural_region", 1) == {
        "policy.budget": 0.02, "firms.number": 13, "absorption.exchange": "barter",
    }  # fmt: skip
    frame = pd.DataFrame({"budget": [0.01, 0.02]})
    assert small(factors=None, points=frame).points["budget"].tolist() == [0.01, 0.02]


def test_points_keep_their_numbers_and_types_however_they_were_put_in() -> None:
    objects = pd.DataFrame([[0.5, 8], [1.0, 16]], columns=["absorptive_capacity", "ties.slots"], dtype=object)
    points = small(factors=None, points=objects).points
    assert points["ties.slots"].tolist() == [8, 16]
    texts = pd.DataFrame({"point": ["1", "0"], "ties.slots": ["8", "16"], "absorptive_capacity": [0.5, 1.0]})
    design = small(factors=None, points=texts)
    assert design.points[["point", "ties.slots", "absorptive_capacity"]].to_numpy().tolist() == [
        [0, 16, 1.0],
        [1, 8, 0.5],
    ]
    categories = pd.DataFrame({"absorption.exchange": pd.Categorical(["gift", "barter"])})
    assert small(factors=None, points=categories).points["absorption.exchange"].tolist() == ["gift", "barter"]


def test_a_horizon_that_is_varied_leaves_out_what_comes_later() -> None:
    design = describe_sweep("x", ["food_meets_nutrition"], {"horizon": [4, 100]}, seeds="1", regimes=["none"])
    assert [design.resolved(design.run(number)).steps for number in range(2)] == [4, 100]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_sweeps_that_ship_can_be_run(path: Path) -> None:
    assert find_sweep(path.stem) == path
    design = read_sweep(path)
    assert len(design) > 100
    assert design.title != design.name


def test_a_file_says_the_same_as_python(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
title = "Mine"
scenario = "thin_rural_region"
regimes = ["none", "sector"]
seeds = 2
steps = 3
series = ["ties"]

[settings]
firms.number = 12

[design]
kind = "latin_hypercube"
samples = 4

[factors]
budget = "0.01:0.02"
firms.skill_mean = { low = 0.4, high = 0.6 }
""",
        "utf-8",
    )
    python = describe_sweep(
        "mine",
        ["thin_rural_region"],
        {"budget": "0.01:0.02", "firms.skill_mean": "0.4:0.6"},
        regimes=["none", "sector"], seeds="2", steps=3, series=["ties"], settings={"firms.number": 12},
        sampling=Sampling("latin_hypercube", 4),
    )  # fmt: skip
    assert read_sweep(path).description() == python.description()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"factors": {"absorbtive_capacity": None}}, "Did you mean absorptive_capacity?"),
        ({"factors": {"absorptive_capacity": "0.5:9:3"}}, "must be from 0 to"),
        ({"factors": {"absorptive_capacity": "low"}}, "a range is written NAME=LOW:HIGH:COUNT"),
        ({"factors": {"absorptive_capacity": 3}}, "must be LOW:HIGH:COUNT in quotes, a list"),
        ({"factors": {"absorptive_capacity": ["much", "little"]}}, "takes numbers"),
        ({"factors": {"absorptive_capacity": [0.5]}}, "from 2 to 200"),
        ({"factors": {"absorptive_capacity": [0.5, 0.5]}}, "listed twice"),
        ({"factors": {"absorptive_capacity": {"low": 1}}}, "a table has low, high and perhaps count"),
        ({"factors": {"firms.number": [12, 12.5]}}, "is a whole number"),
        ({"factors": {"absorptive_capacity": "0.5:1:3", "firms.skill_mean": "0.4:0.5:2"}}, "both set firms.skill_mean"),
        ({"factors": {"absorption.exchange": ["gift", "sale"]}}, 'must be one of "gift", "barter"'),
        ({"factors": {"knowledge_space.cross_cutting_domains": "2:8:2"}},
         "Point 1 cannot be run, with knowledge_space.cross_cutting_domains = 8"),
        ({"sampling": Sampling("sobol", 6)}, "a power of 2, such as 4 or 8"),
        ({"sampling": Sampling("sobol", 8), "factors": {"budget": None}}, "name two or more"),
        ({"sampling": Sampling("morris", 8, levels=5)}, "an even number"),
        ({"sampling": Sampling("latin_hypercube", 8), "factors": {}}, "needs a factor to vary"),
        ({"sampling": Sampling("latin hypercube", 8)}, "Did you mean latin_hypercube?"),
        ({"sampling": Sampling("points")}, "name a CSV file of points"),
        ({"factors": {f"firms.{name}": "0.1:0.2:200" for name in ("skill_mean", "openness_mean", "rd_intensity")}},
         "8,000,000 points"),
        ({"regimes": ["none", "custer"]}, "Did you mean 'cluster'?"),
        ({"series": ["tie"]}, "Did you mean ties?"),
        ({"seeds": "0"}, "from 1 to"),
        ({"points": Path("nowhere.csv"), "factors": None}, "there is no such file"),
        ({"points": pd.DataFrame({"budget": [0.01, np.nan]}), "factors": None}, "row 3, budget: is empty"),
        ({"points": pd.DataFrame({"budget": []}), "factors": None}, "has no rows"),
        ({"points": pd.DataFrame({"ties.slots": [8, 8.5, 16]}), "factors": None},
         "row 3, ties.slots: 8.5 is no whole number"),
        ({"points": pd.DataFrame({"point": [7, 3], "budget": [0.01, 0.02]}), "factors": None},
         "column 'point' has 7, 3; points are numbered from 0 to 1"),
        ({"points": pd.DataFrame({"ties.slots": [8, 8]}), "factors": None}, "ties.slots is 8 at every point"),
        ({"points": pd.DataFrame({"ties.slots": pd.array([8, None], dtype="Int64")}), "factors": None}, "is empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(changes: dict[str, Any], message: str) -> None:
    with pytest.raises((RequestError, ScenarioError)) as refused:
        small(**changes)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sceanrio = 'x'", 'sceanrio = "x": there is no such key; did you mean scenario?'),
        ("[design]\nkind = 'grit'", 'mine.toml: design.kind = "grit": must be one of'),
        ("[design]\nsamples = 'many'", "design.samples"),
        ("scenario = 'thin_rural_region'\nscenarios = ['x']", "both scenario and scenarios"),
        ("[factors]\nbudget = 3", "mine.toml, factors: budget = 3"),
        ("scenario = 'elsewhere.toml'", "there is no such file"),
        ("seeds = 2.5", "seeds = 2.5"),
        ("factors = 3", "factors = 3: must be"),
        ("steps = -1", "steps = -1"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_name(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises((RequestError, ScenarioError)) as refused:
        read_sweep(path)
    assert message in str(refused.value)


def test_a_sweep_that_does_not_ship_is_told_with_those_that_do() -> None:
    with pytest.raises(RequestError, match="Did you mean 'screening'"):
        find_sweep("screning")
