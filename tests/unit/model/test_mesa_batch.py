"""Mesa's batch runner makes the same runs of a region as `run` does.

Seeds are given as the parameter ``rng``, which works on every Mesa 3: Mesa 3.5 puts an argument of its own in
place of a parameter ``seed``, and Mesa 3.3 has no such argument.
"""

from __future__ import annotations

import inspect
import multiprocessing
from collections.abc import Iterator
from typing import Any

import mesa
import pandas as pd
import pytest

from model.loading import ScenarioError, load_scenario
from model.record import OBSERVABLES
from model.region import Region, run
from tests.unit.model.mesa_regions import SMALL, STEPS, small_scenario

STORY = "machine_building_meets_iot"
PARAMETERS: dict[str, Any] = {
    "scenario": STORY,
    "regime": ["none", "smart_specialisation"],
    "firms.number": range(30, 50, 10),
    "firms.places": 3,
    "steps": STEPS,
    "rng": [5, 6],
}


@pytest.fixture(autouse=True)
def _start_method_of_others() -> Iterator[None]:
    """Mesa sets the start method of processes for everybody."""
    method = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(method, force=True)


def batch(parameters: dict[str, Any], **options: Any) -> pd.DataFrame:
    """Run a batch; rows may come in any order."""
    rows = mesa.batch_run(Region, parameters, display_progress=False, **options)
    return pd.DataFrame(rows).sort_values(["RunId", "Step"], ignore_index=True)


@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_the_end_of_every_run_is_that_of_run(processes: int) -> None:
    frame = batch(PARAMETERS, number_processes=processes)
    assert len(frame) == frame["RunId"].nunique() == 8
    for row in frame.to_dict("records"):
        settings = {name: row[name] for name in ("firms.number", "firms.places", "steps")}
        scenario = load_scenario(row["scenario"], settings).with_regime(row["regime"])
        series = run(scenario, row["rng"]).series()
        assert [row[name] for name in OBSERVABLES] == series[list(OBSERVABLES)].iloc[-1].tolist()


def test_every_step_of_a_run_is_that_of_run() -> None:
    frame = batch({"scenario": [small_scenario()], "rng": [5]}, data_collection_period=1)
    series = run(small_scenario(), 5).series()
    assert len(frame) == STEPS
    assert frame[list(OBSERVABLES)].equals(series[list(OBSERVABLES)].iloc[1:].reset_index(drop=True))


def test_a_batch_may_end_before_the_horizon() -> None:
    # Mesa 3.3 takes one step more than it is told.
    too_many = 0 if "rng" in inspect.signature(mesa.batch_run).parameters else 1
    frame = batch({"scenario": [small_scenario()], "rng": [5]}, max_steps=4 - too_many)
    series = run(small_scenario(), 5).series()
    assert frame[list(OBSERVABLES)].iloc[0].tolist() == series[list(OBSERVABLES)].iloc[4].tolist()


def test_a_batch_without_seeds_draws_them() -> None:
    repeated: dict[str, Any] = {"iterations": 3}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        repeated = {"rng": [None] * 3}
    frame = batch({"scenario": STORY, **{name: [value] for name, value in SMALL.items()}}, **repeated)
    assert frame["knowledge_of_firms"].nunique() == len(frame) == 3


def test_seeds_as_an_argument_where_mesa_has_one() -> None:
    seeds: dict[str, Any] = {"parameters": {"seed": [5, 6]}, "options": {}}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        seeds = {"parameters": {}, "options": {"rng": [5, 6]}}
    frame = batch({"scenario": [small_scenario()], **seeds["parameters"]}, **seeds["options"])
    for row in frame.to_dict("records"):
        assert row["output"] == run(small_scenario(), row["seed"]).outcomes["output"]


def test_a_mistake_is_told() -> None:
    with pytest.raises(ScenarioError, match=r"did you mean firms\.number"):
        batch({"scenario": STORY, "firms.numbr": [30, 40]})
