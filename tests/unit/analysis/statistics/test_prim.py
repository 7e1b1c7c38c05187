"""PRIM finds a box that is known, and none where there is none; both versions of the workbench alike."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.statistics.boxes import Box, choose, quasi_p_values, without_needless_limits
from analysis.statistics.feature_scores import scores
from analysis.statistics.prim import find_box

POINTS = 300


@pytest.fixture(scope="module")
def conditions() -> pd.DataFrame:
    generator = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "budget": generator.random(POINTS),
            "openness": generator.random(POINTS),
            "useless": generator.random(POINTS),
            "links": generator.choice(["isolated", "networked", "mixed"], POINTS),
            "sectors": generator.integers(2, 9, POINTS),
            "fixed": generator.random(POINTS) < 0.5,
        }
    )


def test_a_known_box_is_found(conditions: pd.DataFrame) -> None:
    cases = (
        (conditions["budget"] > 0.6) & (conditions["sectors"] <= 5) & (conditions["links"] != "mixed")
    ).to_numpy()
    found = find_box(conditions, cases)
    assert set(found.box.limits) == {"budget", "sectors", "links"}
    low, high = found.box.limits["budget"]
    assert low == pytest.approx(0.6, abs=0.03)
    assert high == conditions["budget"].max()
    assert found.box.limits["sectors"] == (2, 5)
    assert found.box.limits["links"] == {"isolated", "networked"}
    assert found.box.coverage > 0.9
    assert found.box.density > 0.9
    assert found.held_out.density > 0.8
    assert found.trajectory["chosen"].sum() == 1
    assert found.trajectory.loc[0, "coverage"] == 1
    assert found.trajectory.loc[0, "density"] == pytest.approx(cases.mean())


def test_where_there_is_no_box_none_is_claimed(conditions: pd.DataFrame) -> None:
    cases = np.random.default_rng(8).random(POINTS) < 0.4
    found = find_box(conditions, cases)
    assert found.held_out.density < 0.5
    assert len(found.box.limits) <= 1


def test_quasi_p_values_are_those_of_a_binomial_test() -> None:
    table = pd.DataFrame({"x": np.arange(20.0)})
    cases = np.arange(20) >= 10
    box = Box({"x": (10.0, 19.0)}, 10, 10, 10, 20)
    low, high = quasi_p_values(box, table, cases)["x"]
    # Ten cases of ten, where one in two would be had without the limit.
    assert low == pytest.approx(0.5**10)
    assert np.isnan(high)


def test_limits_that_chance_explains_are_dropped(conditions: pd.DataFrame) -> None:
    cases = (conditions["budget"] > 0.6).to_numpy()
    inside = (conditions["budget"] > 0.6) & (conditions["useless"] < 0.9)
    box = Box(
        {"budget": (0.6, 1.0), "useless": (0.0, 0.9)},
        int(inside.sum()),
        int(inside.sum()),
        int(cases.sum()),
        POINTS,
    )
    assert set(without_needless_limits(box, conditions, cases).limits) == {"budget"}


def test_the_widest_box_that_is_dense_enough_is_chosen() -> None:
    boxes = [
        Box({}, 50, 100, 50, 100),
        Box({}, 45, 60, 50, 100),
        Box({}, 30, 33, 50, 100),
        Box({}, 20, 21, 50, 100),
    ]
    assert choose(boxes, None) == 1
    assert choose(boxes, 0.9) == 2
    assert choose(boxes, 0.99) == 1


def test_too_few_cases_are_refused(conditions: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="3 cases among 300 points"):
        find_box(conditions, np.arange(POINTS) < 3)


def test_scores_name_what_tells_cases(conditions: pd.DataFrame) -> None:
    cases = ((conditions["budget"] > 0.5) & (conditions["sectors"] <= 5)).to_numpy()
    table, accuracy = scores(conditions, cases)
    assert set(table["factor"].head(2)) == {"budget", "sectors"}
    assert table["score"].sum() == pytest.approx(1)
    assert accuracy > 0.9
    pd.testing.assert_frame_equal(table, scores(conditions, cases)[0])


def test_without_the_workbench_one_message_says_how_to_get_it(
    conditions: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("ema_workbench")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ema_workbench", None)
    with pytest.raises(RequestError, match="pip install"):
        find_box(conditions, np.arange(POINTS) < 100)
