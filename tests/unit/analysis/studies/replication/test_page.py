"""The page on the replication holds what was measured."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.runs.execution import execute
from analysis.runs.experiment import Task
from analysis.studies.replication.economy import EconomySpec, initial_levels, small_world, trade
from analysis.studies.replication.experiment import REWIRING
from analysis.studies.replication.statements import RECONSTRUCTION, STATEMENTS
from docs.writers.replication import PAGE, measured_parts, refill
from docs.writers.replication_regional import EXCHANGES, REGIONS, report, tasks
from docs.writers.replication_regional import REWIRING as REGIONAL_REWIRING

TEXT = "a\n<!-- measured: one -->\nold\n<!-- end of measured -->\nb\n<!-- measured: two -->\n<!-- end of measured -->\n"
ROWS = {
    "levels": len(REWIRING),
    "spread": len(REWIRING),
    "statements": len(STATEMENTS) + 1,
    "reconstruction": len(RECONSTRUCTION),
}


def part(name: str) -> str:
    found = re.search(
        rf"<!-- measured: {name} -->\n(.*?)<!-- end of measured -->", PAGE.read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    return found[1]


def test_only_the_named_part_changes() -> None:
    filled = refill(TEXT, {"two": "| \\1 |\n"})
    assert filled == TEXT.replace("two -->\n", "two -->\n| \\1 |\n")
    assert refill(filled, {"two": ""}) == TEXT
    assert refill(TEXT, {"one": "new\n"}) == TEXT.replace("old", "new")


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(LookupError, match="three"):
        refill(TEXT, {"three": ""})


def test_a_folder_of_something_else_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no results"):
        measured_parts(tmp_path)


@pytest.mark.parametrize("name", ROWS)
def test_every_table_is_whole(name: str) -> None:
    assert part(name).count("\n") == ROWS[name] + 2


def test_the_page_was_measured_on_a_hundred_seeds() -> None:
    assert part("statements").count("| 100 |") == ROWS["statements"]


def test_a_region_is_reported_in_pairs() -> None:
    rows = [
        {"region": region, "exchange": exchange, "rewiring": p, "seed": seed, "knowledge": 1 + p + seed}
        for region in REGIONS for exchange in EXCHANGES for p in REGIONAL_REWIRING for seed in (1, 2)
    ]  # fmt: skip
    text = report(pd.DataFrame(rows))
    # Seeds differ by one, so means are unsure; all pairs differ by the same, so differences are not.
    assert "| 0.3 | 2.800 ± 6.353 |" in text
    assert "| p = 0.09 less 1 | -0.910 ± 0.000 |" in text


def test_regions_stand_on_small_worlds_and_live_to_the_end() -> None:
    chosen = [
        Task(task.scenario.model_copy(update={"steps": 2}), task.regime, task.seed)
        for task in tasks((1,))
        if task.regime.endswith("|0.0")
    ]
    assert len(chosen) == len(REGIONS) * len(EXCHANGES)
    for record in execute(chosen, 1):
        assert record.result is not None, record.error
        assert record.result.series()["degree"].iloc[0] == 10


@pytest.mark.slow
def test_the_page_says_what_comes_out() -> None:
    spec = EconomySpec(rewiring=0.16)
    means = [
        trade(spec, small_world(spec, seed), initial_levels(spec, seed), seed).outcomes()["mean_level"]
        for seed in range(10_000, 10_100)
    ]
    assert f"| 0.16 | {np.mean(means):.2f} ± " in part("levels")
