"""Runs in one process and in several, some of which go wrong."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import pytest

from analysis.runs.execution import WORKER_DIED, Execution, execute
from analysis.runs.experiment import Task, arrange
from model.scenario import Scenario

BAD_SEED = 3
FOR_EVER = 60.0


class Outcome:
    """The one thing that execution looks at in a result."""

    def __init__(self, value: float) -> None:
        self.outcomes = {"knowledge": value}


def make(scenario: Any, seed: int) -> Any:
    """Run for a moment; the bad seed does what the scenario is called."""
    if seed == BAD_SEED and scenario == "raises":
        raise ValueError("no such luck")
    if seed == BAD_SEED and scenario == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if seed == BAD_SEED and scenario == "cannot be sent":
        return {"unpicklable": lambda: None}
    time.sleep(FOR_EVER if scenario == "takes for ever" else 0.002 * (seed % 3))
    return Outcome(float("nan") if seed == BAD_SEED and scenario == "is not finite" else float(seed))


def tasks(what: str, count: int = 8) -> tuple[Task, ...]:
    scenarios: Any = {"regime": what}
    return arrange(scenarios, range(count))


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    seen = []
    records = execute(tasks("goes well"), jobs, seen.append, make)
    assert [record.index for record in records] == list(range(8))
    assert sorted(record.index for record in seen) == list(range(8))
    assert [record.result.outcomes["knowledge"] for record in records if record.result] == list(range(8))


@pytest.mark.parametrize(
    ("what", "jobs", "message"),
    [
        ("raises", 1, "ValueError: no such luck"),
        ("raises", 2, "ValueError: no such luck"),
        ("is not finite", 1, "not a finite number at the end: knowledge"),
        ("dies", 2, WORKER_DIED),
    ],
)
def test_a_run_that_goes_wrong_is_recorded_and_takes_no_other_with_it(
    what: str, jobs: int, message: str
) -> None:
    records = execute(tasks(what), jobs, run=make)
    assert [record.index for record in records] == list(range(8))
    assert {record.index: record.error for record in records if record.result is None} == {BAD_SEED: message}


def test_an_unexpected_result_is_a_failed_run_too() -> None:
    errors = [record.error for record in execute(tasks("cannot be sent"), 2, run=make) if record.error]
    assert len(errors) == 1


def test_the_error_keeps_its_traceback() -> None:
    (failed,) = [record for record in execute(tasks("raises"), 1, run=make) if record.error]
    assert failed.trace is not None
    assert "in make" in failed.trace


@pytest.mark.parametrize("jobs", [1, 2])
def test_stopping_early_keeps_what_is_finished(jobs: int) -> None:
    execution = Execution(tasks("goes well", 50), jobs, make)

    def watch() -> None:
        with execution:
            for count, _ in enumerate(execution, start=1):
                if count == 5:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch()
    assert len(execution.records()) == 5
    assert all(record.result is not None for record in execution.records())


def test_stopping_early_does_not_wait_for_runs_that_are_under_way() -> None:
    execution = Execution(tasks("takes for ever", 2), 2, make)
    begun = time.monotonic()
    with execution:
        pass
    assert time.monotonic() - begun < FOR_EVER / 2


def test_it_must_be_entered() -> None:
    with pytest.raises(RuntimeError, match="with statement"):
        next(iter(Execution(tasks("goes well"), 1, make)))


def test_the_real_simulation_gives_the_same_bits_in_one_process_and_in_two() -> None:
    scenario = Scenario().model_copy(update={"steps": 3})
    asked = arrange(
        {"none": scenario.with_regime("none"), "cluster": scenario.with_regime("cluster")}, (1, 2)
    )
    here, there = execute(asked, 1), execute(asked, 2)
    assert [record.error for record in here] == [None] * 4
    for one, other in zip(here, there, strict=True):
        assert one.result is not None
        assert other.result is not None
        assert one.result.series().equals(other.result.series())
