"""Unit costs: the procedure finds them, the committed table is of those that ship."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import calibration, calibration_page
from analysis.errors import RequestError
from analysis.experiment import Task
from model.policy.instruments import INSTRUMENTS
from model.record import OUTCOMES
from model.scenario import Scenario
from model.spec.unit_costs import UNIT_COSTS

SCENARIO = Scenario(steps=8)
WORTH = dict(zip(INSTRUMENTS, [1, 0.05, 0.1, 3, 2, 5, 40, 0.9, 11, 8], strict=True))
"""What a unit of each instrument is worth in a world that is made up."""


def made_up(tasks: Sequence[Task], noise: float = 0.5) -> pd.DataFrame:
    """Outcomes by a simple law: five percent more for money spent at what it is worth, less for dearer units."""
    rows = []
    for task in tasks:
        gain = 0.0
        if task.regime in WORTH:
            cost = getattr(task.scenario.instruments, task.regime).unit_cost
            gain = 5 * (WORTH[task.regime] / cost) ** 0.9
        luck = np.random.default_rng([task.seed, len(task.regime)]).normal(0, noise)
        rows.append({"regime": task.regime, "seed": task.seed, OUTCOMES[0]: 100 + gain + luck})
    return pd.DataFrame(rows)


def test_adjusting_finds_what_units_are_worth() -> None:
    history = calibration.adjust(SCENARIO, made_up, rounds=8, seeds=12)
    start, end = history[0].costs, history[-1].costs
    assert start == calibration.current_costs(SCENARIO)
    for name in set(INSTRUMENTS) - {calibration.REFERENCE, calibration.EXCEPTED}:
        assert end[name] == pytest.approx(WORTH[name], rel=0.15), name
    assert end[calibration.REFERENCE] == 1.0
    assert end[calibration.EXCEPTED] == start[calibration.EXCEPTED]


def test_every_round_has_seeds_of_its_own() -> None:
    seen: list[set[int]] = []

    def gather(tasks: Sequence[Task]) -> pd.DataFrame:
        seen.append({task.seed for task in tasks})
        return made_up(tasks)

    calibration.adjust(SCENARIO, gather, rounds=3, seeds=4)
    assert seen == [set(range(4)), set(range(4, 8)), set(range(8, 12))]


def test_verdicts_follow_from_the_tolerance() -> None:
    costs = {**WORTH, "training": 0.4, "brokerage": 5.5}
    tasks = calibration.tasks(SCENARIO, costs, range(40))
    yields = calibration.judge(made_up(tasks), costs)
    verdicts = dict(zip(yields["instrument"], yields["verdict"], strict=True))
    assert verdicts.pop("training") == "outside"
    assert verdicts.pop(calibration.REFERENCE) == "reference"
    assert verdicts.pop(calibration.EXCEPTED) == "excepted"
    assert set(verdicts.values()) == {"within"}
    assert "Outside it: training." in calibration_page.verdict(yields)


def test_seeds_for_reports_are_refused() -> None:
    with pytest.raises(RequestError, match="below 1,000"):
        calibration.tasks(SCENARIO, WORTH, [999, 1000])


def test_costs_that_are_written_are_those_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "unit_costs.py"
    calibration_page.write_costs(WORTH, path)
    space: dict[str, dict[str, float]] = {}
    exec(path.read_text("utf-8"), space)  # noqa: S102 - just written
    assert space["UNIT_COSTS"] == {name: cost for name, cost in WORTH.items() if name != "rd_grant"}


def test_the_file_that_ships_is_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "unit_costs.py"
    calibration_page.write_costs(calibration.current_costs(Scenario()), path)
    assert path.read_text("utf-8") == calibration_page.COSTS_FILE.read_text("utf-8")


def test_the_committed_table_is_of_the_costs_that_ship() -> None:
    table = pd.read_csv(calibration_page.TABLE).set_index("instrument")
    assert table["unit_cost"].to_dict() == pytest.approx({"rd_grant": 1.0} | UNIT_COSTS)
    assert table["last_seed"].max() < 1000


def test_the_page_shows_the_committed_table() -> None:
    assert calibration_page.PAGE.read_text("utf-8") == calibration_page.page(
        pd.read_csv(calibration_page.TABLE)
    )
