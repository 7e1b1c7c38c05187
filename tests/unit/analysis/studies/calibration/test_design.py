"""Unit costs: the procedure finds them, the committed table is of those that ship."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.commands.keeping import writer
from analysis.errors import RequestError
from analysis.runs.experiment import Task
from analysis.studies.calibration import procedure
from analysis.studies.calibration.findings import AdjustmentFindings, YieldFindings
from analysis.studies.calibration.words import verdict
from analysis.words.document import text_of
from docs.writers import calibration as written
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
    history = procedure.adjust(SCENARIO, made_up, rounds=8, seeds=12)
    start, end = history[0].costs, history[-1].costs
    assert start == procedure.current_costs(SCENARIO)
    for name in set(INSTRUMENTS) - {procedure.REFERENCE, procedure.EXCEPTED}:
        assert end[name] == pytest.approx(WORTH[name], rel=0.15), name
    assert end[procedure.REFERENCE] == 1.0
    assert end[procedure.EXCEPTED] == start[procedure.EXCEPTED]


def test_what_gains_nothing_keeps_its_cost() -> None:
    def gather(tasks: Sequence[Task]) -> pd.DataFrame:
        found = made_up(tasks)
        nothing = found["regime"].isin(["brokerage", "discovery_pilot"])
        found.loc[nothing, OUTCOMES[0]] = 99.5 + 0.01 * found.loc[nothing, "seed"]
        return found

    history = procedure.adjust(SCENARIO, gather, rounds=4, seeds=12)
    start, end = history[0].costs, history[-1].costs
    assert {name for name in INSTRUMENTS if end[name] == start[name]} == {
        procedure.REFERENCE, procedure.EXCEPTED, "brokerage", "discovery_pilot",
    }  # fmt: skip


def test_every_round_has_seeds_of_its_own() -> None:
    seen: list[set[int]] = []

    def gather(tasks: Sequence[Task]) -> pd.DataFrame:
        seen.append({task.seed for task in tasks})
        return made_up(tasks)

    procedure.adjust(SCENARIO, gather, rounds=3, seeds=4)
    assert seen == [set(range(4)), set(range(4, 8)), set(range(8, 12))]


def test_a_round_that_is_not_whole_ends_it() -> None:
    asked: list[Sequence[Task]] = []

    def gather(tasks: Sequence[Task]) -> pd.DataFrame | None:
        asked.append(tasks)
        return made_up(tasks) if len(asked) < 2 else None

    history = procedure.adjust(SCENARIO, gather, rounds=3, seeds=4)
    assert len(asked) == 2
    assert [len(each.yields) for each in history] == [len(INSTRUMENTS), 0]
    assert history[1].costs != history[0].costs


def test_verdicts_follow_from_the_tolerance() -> None:
    costs = {**WORTH, "training": 0.4, "brokerage": 5.5}
    tasks = procedure.tasks(SCENARIO, costs, range(40))
    yields = procedure.judge(made_up(tasks), costs)
    verdicts = dict(zip(yields["instrument"], yields["verdict"], strict=True))
    assert verdicts.pop("training") == "outside"
    assert verdicts.pop(procedure.REFERENCE) == "reference"
    assert verdicts.pop(procedure.EXCEPTED) == "excepted"
    assert set(verdicts.values()) == {"within"}
    assert "Outside it: training." in [text_of(each) for each in verdict(yields)]


def test_seeds_for_reports_are_refused() -> None:
    with pytest.raises(RequestError, match="below 1,000"):
        procedure.tasks(SCENARIO, WORTH, [999, 1000])


def test_costs_that_are_written_are_those_that_are_read() -> None:
    space: dict[str, dict[str, float]] = {}
    exec(written.costs_module(WORTH), space)  # noqa: S102 - just written
    assert space["UNIT_COSTS"] == {name: cost for name, cost in WORTH.items() if name != "rd_grant"}


def test_the_file_that_ships_is_as_it_is_written() -> None:
    text = written.costs_module(procedure.current_costs(Scenario()))
    assert text == written.COSTS_FILE.read_text("utf-8")


def test_what_was_found_becomes_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COSTS_FILE", "TABLE", "PAGE"):
        monkeypatch.setattr(written, name, tmp_path / name)
    yields = procedure.judge(made_up(procedure.tasks(SCENARIO, WORTH, range(40))), WORTH)
    costs = pd.DataFrame({"instrument": list(WORTH), "unit_cost": list(WORTH.values())})
    writer("calibration", "write_costs")(
        AdjustmentFindings(tables={"rounds": yields, "unit_costs": costs}, manifest={})
    )
    assert written.COSTS_FILE.read_text("utf-8") == written.costs_module(WORTH)
    writer("calibration", "write_page")(YieldFindings(tables={"yields": yields}, manifest={"seeds": [3, 42]}))
    assert "40 seeds, 3 to 42" in written.PAGE.read_text("utf-8")


def test_the_committed_table_is_of_the_costs_that_ship() -> None:
    table = pd.read_csv(written.TABLE).set_index("instrument")
    assert table["unit_cost"].to_dict() == pytest.approx({"rd_grant": 1.0} | UNIT_COSTS)
    assert table["last_seed"].max() < 1000


def test_the_page_shows_the_committed_table() -> None:
    assert written.PAGE.read_text("utf-8") == written.page(pd.read_csv(written.TABLE))
