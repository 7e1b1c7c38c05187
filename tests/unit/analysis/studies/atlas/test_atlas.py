"""Europe at a glance: what is run, where circles go, and what is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.regions.catalogue import positions, shipped
from analysis.regions.purse import budget_share, euros, purse
from analysis.regions.representation import firms_for, representation
from analysis.regions.traits import people_in, traits_of, units_in
from analysis.studies.atlas import words
from analysis.studies.atlas.design import design
from analysis.studies.atlas.layout import layout
from analysis.words.document import text_of


def test_all_regions_meet_the_same_seeds_and_seeds_come_first() -> None:
    asked = design("machine_building_meets_iot", ["steps=4"], "2", "none,sector", country="Malta")
    assert [(code, task.regime, task.seed) for code, task in asked.tasks] == [
        ("MT00", name, seed) for seed in (10_000, 10_001) for name in ("none", "sector", "sector_by_lot")
    ]
    assert len(design("machine_building_meets_iot", [], "1", "none,sector").codes) == 283


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"country": "Atlantis"}, "no such country"),
        ({"region": "XX1"}, "regions search"),
        ({"regimes": "none"}, "compare"),
    ],
)
def test_what_cannot_be_had_is_said_before_anything_runs(asked: dict[str, str], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        design("machine_building_meets_iot", [], "1", asked.pop("regimes", "none,sector"), **asked)  # type: ignore[arg-type]


def test_a_horizon_of_less_than_a_year_is_refused_before_anything_runs() -> None:
    with pytest.raises(RequestError, match=r"steps = 3: .* give 4 or more"):
        design("machine_building_meets_iot", ["steps=3"], "1", "none,sector")


@pytest.mark.slow
def test_circles_stay_near_their_regions_and_touch_no_other() -> None:
    placed = layout(positions(), people_in(shipped()))
    where, radius = placed[["x", "y"]].to_numpy(), placed["radius"].to_numpy()
    apart = np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2))
    reach = radius[:, None] + radius[None]
    np.fill_diagonal(apart, np.inf)
    assert (apart / reach).min() > 0.97
    assert (
        placed.loc["PT17", "x"] < placed.loc["ES30", "x"] < placed.loc["ITI4", "x"] < placed.loc["EL30", "x"]
    )
    assert placed.loc["ITG1", "y"] < placed.loc["DE21", "y"] < placed.loc["SE11", "y"]


def test_a_region_is_represented_by_no_more_firms_than_it_has() -> None:
    assert firms_for([72.0, 10.0], [5.0, 5.0]) == 16
    assert firms_for([372_000.0], [5.6]) == pytest.approx(200, abs=3)
    assert firms_for([9e6], [5.0]) == 800
    assert representation({"knowledge_space": {"measured": {"employment": []}}}) is None
    told = representation({
        "knowledge_space": {"measured": {"employment": [600.0, 400.0], "unit_size": [6.0, 4.0]}},
        "firms": {"number": 50},
    })  # fmt: skip
    assert told is not None
    assert (told.persons, told.units, told.employees, told.weight) == (1000.0, 200.0, 250.0, 4.0)


def test_traits_are_known_of_every_region() -> None:
    traits = traits_of(shipped())
    assert traits.shape[0] == 283
    assert traits.drop(columns="income per head").notna().to_numpy().all()
    assert units_in(shipped())["RO21"] == pytest.approx(65_674, abs=1)


def test_euros_become_a_share_of_wages() -> None:
    known = purse("RO21", None)
    assert known is not None
    assert known.wage_bill == pytest.approx(371_083 * 17_700)
    assert budget_share("60m", known) == pytest.approx(60e6 / (371_083 * 17_700))
    assert purse("NL11", None) is None
    given = purse("NL11", "20bn")
    assert given is not None
    assert given.wage_bill == 20e9


@pytest.mark.parametrize(
    ("text", "amount"), [("60m", 60e6), ("€1.2bn", 1.2e9), ("60 000 000 EUR", 60e6), ("5 million", 5e6)]
)
def test_amounts_of_money_are_read(text: str, amount: float) -> None:
    assert euros("budget", text) == amount


def test_a_budget_that_cannot_be_converted_is_refused() -> None:
    with pytest.raises(RequestError, match="wage_bill"):
        budget_share("60m", None)
    with pytest.raises(RequestError, match="more than all wages"):
        budget_share("100bn", purse("RO21", None))
    with pytest.raises(RequestError, match="above 0"):
        euros("budget", "a lot")


def test_who_is_best_is_said_in_words_that_stand_in_order() -> None:
    regions = pd.DataFrame({"best": ["sector", "none", "sector"]})
    assert text_of(words.best_on_average(regions)) == (
        "Best on average, sure or not, is sector support in 2 and having no policy in 1."
    )
