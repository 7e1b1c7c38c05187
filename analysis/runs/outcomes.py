"""Runs of which nothing is kept but outcomes, through a store: memory stays flat, what was made stays made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.runs.execution import Attempt, Record, by_start, lost
from analysis.runs.experiment import Task
from analysis.runs.records import pack
from analysis.runs.store import RecordStore, RunStore
from analysis.runs.streaming import MOST_IN_A_BATCH, Stream
from analysis.runs.workers import LocalWorkers, available_cores
from model.policy.ledger import SPENT
from model.record import OBSERVABLES, OUTCOMES
from model.region import run as run_region
from model.scenario import Scenario

_COLUMNS = [list(OBSERVABLES).index(name) for name in OUTCOMES]


@dataclass(frozen=True)
class Measurement:
    """What is kept of a run at some of its steps.

    Attributes
    ----------
    values
        Shape (steps, len(KEPT)).
    packed
        The whole record, where it is kept, see `analysis.runs.records`.
    """

    values: npt.NDArray[np.float64]
    packed: bytes | None = None

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
    whole
        Whether the whole record is kept as well, with what became of every firm.
    """

    steps: tuple[int, ...]
    whole: bool = False

    def __call__(self, scenario: Scenario, seed: int) -> Measurement:
        """Make one run."""
        result = run_region(scenario, seed, follow_firms=self.whole)
        outcomes = result.record.series[np.ix_(self.steps, _COLUMNS)]
        spent = [
            sum(float(entries[: step + 1, :, SPENT].sum()) for entries in result.ledgers.values())
            for step in self.steps
        ]
        return Measurement(np.column_stack([outcomes, spent]), pack(result) if self.whole else None)


@dataclass(frozen=True)
class AttemptWhole:
    """Makes one run, of which the whole record is kept if it is among the first that are asked for.

    Attributes
    ----------
    steps
        See `MeasureAt`.
    whole
        How many runs from the first on are kept whole.
    """

    steps: tuple[int, ...]
    whole: int

    def __call__(self, item: tuple[int, Task]) -> Record[Measurement]:
        """Make one run."""
        return Attempt(MeasureAt(self.steps, whole=item[0] < self.whole))(item)


def make_missing(
    tasks: Sequence[Task],
    runs: Sequence[str],
    steps: Sequence[int],
    store: RunStore,
    jobs: int | None = None,
    *,
    records: RecordStore | None = None,
    whole: int = 0,
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
    records
        Where whole records are kept.
    whole
        How many runs from the first on are to be kept whole.

    Returns
    -------
    Stream
        Records as they are stored; only those of runs that failed must not be forgotten. Whatever ends it, what was
        finished is in the store after this and the store were left.
    """
    lacking = set(store.missing(runs, steps))
    kept = records.names(runs[:whole]) if records is not None and whole else set()
    unkept = (
        {place for place, run in enumerate(runs[:whole]) if run not in kept} if records is not None else set()
    )
    missing = sorted(lacking | unkept)

    def keep(record: Record[Measurement]) -> None:
        if record.result is not None:
            run, regime, seed = runs[record.index], record.task.regime, record.task.seed
            # Where a disk was full, one of both may be there.
            if record.index in lacking:
                store.add(run, regime, seed, steps, record.result.values)
            if records is not None and record.result.packed is not None and record.index in unkept:
                records.add(run, regime, seed, record.result.packed)

    workers = LocalWorkers(max(1, min(jobs or available_cores(), len(missing))))
    return Stream(
        ((place, tasks[place]) for place in missing),
        AttemptWhole(tuple(steps), whole),
        lost,
        workers,
        most=MOST_IN_A_BATCH,
        total=len(missing),
        keep=keep,
        together=by_start([tasks[place] for place in missing], workers.size),
    )
