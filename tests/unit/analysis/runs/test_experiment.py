"""From a design to runs."""

from __future__ import annotations

import pytest

from analysis.errors import RequestError
from analysis.runs.experiment import AS_WRITTEN, Experiment
from model.scenario import Scenario
from tests.unit.analysis.runs.synthetic import experiment


def test_every_regime_meets_the_same_seeds() -> None:
    tasks = experiment(seeds=(5, 6), regimes=("none", "cluster")).tasks()
    assert [(task.seed, task.regime) for task in tasks] == [
        (5, "none"),
        (5, "cluster"),
        (6, "none"),
        (6, "cluster"),
    ]
    assert {task.scenario.policy.policymakers[0].regime for task in tasks if task.regime == "cluster"} == {
        "cluster"
    }


def test_as_written_leaves_the_scenario_alone() -> None:
    scenario = Scenario()
    (task,) = Experiment("story", scenario, (AS_WRITTEN,), (1,)).tasks()
    assert task.scenario is scenario


def test_an_unknown_regime_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(RequestError, match="Did you mean 'cluster'"):
        experiment(regimes=("none", "clusters"))


def test_a_regime_named_twice_is_refused() -> None:
    with pytest.raises(RequestError, match="named twice"):
        experiment(regimes=("none", "none"))


def test_identity_tells_experiments_apart() -> None:
    same, again = experiment(), experiment()
    others = [
        experiment(seeds=(1,)),
        experiment(regimes=("none",)),
        Experiment("made_up", Scenario(steps=13), same.regimes, same.seeds),
    ]
    assert same.identity() == again.identity()
    assert len({same.identity(), *(other.identity() for other in others)}) == 4
