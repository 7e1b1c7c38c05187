"""A region in the EMA workbench: its results are ours, bit for bit."""

from __future__ import annotations

import logging
import pickle
import warnings
from typing import Any

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.statistics.workbench import workbench
from analysis.studies.sweep.ema import ema_model
from model.loading import ScenarioError, load_scenario
from model.region import run

pytestmark = pytest.mark.slow
"""The workbench takes half a minute to import on a slow machine."""

SEEDS = (1, 2)
FACTORS = {
    "budget": "0.005:0.04",
    "firms.number": "20:24:3",
    "ties.cost": "0.006:0.024",
    "absorption.exchange": ["gift", "barter"],
}


def perform(model: Any, **asked: Any) -> tuple[Any, Any]:
    with workbench():
        import ema_workbench as ema  # noqa: PLC0415 - takes 4 seconds

        return ema.perform_experiments(model, **asked)


@pytest.fixture(scope="module")
def model() -> Any:
    scenario = load_scenario("machine_building_meets_iot", ["steps=3"])
    return ema_model(scenario, FACTORS, ["none", "cluster"], SEEDS, ["knowledge_per_region", "breadth"])


def test_results_are_ours_bit_for_bit(model: Any) -> None:
    experiments, outcomes = perform(model, scenarios=3, policies=2)
    assert len(experiments) == 6
    assert set(experiments["regime"]) == {"none", "cluster"}
    for row, knowledge, breadth in zip(
        experiments.to_dict("records"), outcomes["knowledge_per_region"], outcomes["breadth"], strict=True
    ):
        settings = {
            "steps": 3, "policy.budget": row["budget"], "firms.number": int(row["firms_number"]),
            "ties.cost": row["ties_cost"], "absorption.exchange": str(row["absorption_exchange"]),
        }  # fmt: skip
        # The axis moves organisations along only under its own name, not as the parameter.
        scenario = load_scenario("machine_building_meets_iot", settings).with_regime(str(row["regime"]))
        own = [run(scenario, seed).outcomes for seed in SEEDS]
        assert knowledge == np.mean([each["knowledge_per_region"] for each in own])
        assert breadth == np.mean([each["breadth"] for each in own])


def test_parameters_keep_kind_and_range(model: Any) -> None:
    known = {parameter.name: parameter for parameter in model.uncertainties}
    assert set(known) == {"budget", "firms_number", "ties_cost", "absorption_exchange"}
    assert type(known["firms_number"]).__name__ == "IntegerParameter"
    assert (known["firms_number"].lower_bound, known["firms_number"].upper_bound) == (20, 24)
    assert known["budget"].lower_bound == pytest.approx(0.005)
    assert known["budget"].upper_bound == pytest.approx(0.04)
    # The budget is spread by ratio, as in our own designs: half of its draws lie below the geometric mean.
    assert known["budget"].dist.ppf(0.5) == pytest.approx(np.sqrt(0.005 * 0.04))


def test_it_can_be_sent_to_other_processes(model: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        copy = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own bytes
    given = {
        "regime": "cluster",
        "seed": 1,
        "budget": 0.01,
        "firms_number": 20,
        "ties_cost": 0.01,
        "absorption_exchange": "gift",
    }
    assert copy.function(**given) == model.function(**given)


def test_the_workbench_is_left_as_loud_as_it_was(model: Any) -> None:
    level = logging.getLogger("EMA").level
    perform(model, scenarios=1, policies=1)
    assert logging.getLogger("EMA").level == level


WRONG = [
    ({"factors": {"bugdet": None}}, RequestError, "Did you mean budget"),
    ({"factors": {}}, RequestError, "name one or more"),
    ({"regimes": ["clustr"]}, RequestError, "Did you mean 'cluster'"),
    ({"outcomes": ["bredth"]}, RequestError, "Did you mean breadth"),
    ({"seeds": []}, RequestError, "name one or more"),
    ({"scenario": "thin_rural"}, ScenarioError, "thin_rural_region"),
]


@pytest.mark.parametrize(("asked", "error", "hint"), WRONG, ids=[hint for _, _, hint in WRONG])
def test_what_is_wrong_is_said_at_once(asked: dict[str, Any], error: type[Exception], hint: str) -> None:
    with pytest.raises(error, match=hint):
        ema_model(**{"scenario": "thin_rural_region", "factors": {"budget": None}, **asked})
