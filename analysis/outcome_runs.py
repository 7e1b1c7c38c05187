"""Runs of which nothing is kept but outcomes, through a store: memory stays flat, what was made stays made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.execution import Attempt, Record, lost
from analysis.experiment import Task
from analysis.run_store import RunStore
from analysis.streaming import MOST_IN_A_BATCH, Stream
from analysis.workers import LocalWorkers, available_cores
from model.record import OBSERVABLES, OUTCOMES
from model.region import run as run_region
from model.scenario import Scenario

_COLUMNS = [list(OBSERVABLES).index(name) for name in OUTCOMES]


@dataclass(frozen=True)
class Measurement:
    """Outcomes of a run at some of its steps.

    Attributes
    ----------
    values
        Shape (steps, outcomes).
    """

    values: npt.NDArray[np.float64]

    @property
    def outcomes(self) -> dict[str, float]:
        """Outcomes at the last of the steps; not a number where one at any step is none."""
        return {name: float(self.values[-1, place] + 0 * self.values[:, place].sum())
                for place, name in enumerate(OUTCOMES)}  # fmt: skip


@dataclass(frozen=True)
class MeasureAt:
    """Makes a run and keeps its outcomes at some steps.

    Attributes
    ----------
    steps
        Steps to read outcomes at, none beyond the horizon of the scenario.
    """

    steps: tuple[int, ...]

    def __call__(self, scenario: Scenario, seed: int) -> Measurement:
        """Make one run."""
        series = run_region(scenario, seed).record.series
        return Measurement(series[np.ix_(self.steps, _COLUMNS)])


def make_missing(
    tasks: Sequence[Task], runs: Sequence[str], steps: Sequence[int], store: RunStore, jobs: int | None = None
) -> Stream[tuple[int, Task], Record[Measurement]]:
    """Make the runs that a store lacks, and put them into it.

    Parameters
    ----------
    tasks
        Runs that are wanted.
    runs
        Their names in the store.
    steps
        Steps at which outcomes are read.
    store
        Where they are kept; what is there already is not run again.
    jobs
        Processes to use; all cores by default.

    Returns
    -------
    Stream
        Records as they are stored; only those of runs that failed must not be forgotten. Whatever ends it, what was
        finished is in the store after this and the store were left.
    """
    missing = store.missing(runs, steps)
    make: Any = MeasureAt(tuple(steps))

    def keep(record: Record[Measurement]) -> None:
        if record.result is not None:
            task = record.task
            store.add(runs[record.index], task.regime, task.seed, steps, record.result.values)

    return Stream(
        ((place, tasks[place]) for place in missing),
        Attempt(make),
        lost,
        LocalWorkers(max(1, min(jobs or available_cores(), len(missing)))),
        most=MOST_IN_A_BATCH,
        total=len(missing),
        keep=keep,
    )
