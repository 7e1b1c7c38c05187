"""Runs of which nothing is kept but outcomes, through a store: memory stays flat, what was made stays made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from analysis.execution import Execution, Record
from analysis.experiment import Task
from analysis.run_store import RunStore
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


class Gathering:
    """Runs that are to be made and kept in a store; a context manager to iterate over, as `Execution` is.

    Whatever ends it, what was finished is in the store afterwards.

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
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        runs: Sequence[str],
        steps: Sequence[int],
        store: RunStore,
        jobs: int | None = None,
    ) -> None:
        missing = store.missing(runs, steps)
        self.missing = len(missing)
        self.failed: list[Record] = []
        self._names = [runs[place] for place in missing]
        self._steps = tuple(steps)
        self._store = store
        make: Any = MeasureAt(self._steps)
        self._execution = Execution([tasks[place] for place in missing], jobs, make)

    def make(self, advance: Callable[[], None]) -> None:
        """Make the runs that are missing.

        Parameters
        ----------
        advance
            Called after each of them.
        """
        try:
            for record in self._execution:
                self._take(record)
                advance()
        finally:
            self._store.flush()

    def __enter__(self) -> Self:
        self._execution.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._execution.__exit__(kind, error, trace)

    def _take(self, record: Record) -> None:
        result: Any = record.result
        if result is None:
            self.failed.append(record)
            return
        task = record.task
        self._store.add(self._names[record.index], task.regime, task.seed, self._steps, result.values)
