"""The records of an experiment as tables: every row names its regime and its seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.runs.execution import Record
from analysis.runs.experiment import Experiment
from model.result import RunResult


@dataclass(frozen=True)
class Results:
    """What an experiment brought.

    Attributes
    ----------
    experiment
        What was asked for.
    records
        What became of it, run by run; fewer than asked for when it was stopped early.
    """

    experiment: Experiment
    records: tuple[Record, ...]

    @property
    def failed(self) -> tuple[Record, ...]:
        """Runs that ended in an error."""
        return tuple(record for record in self.records if record.result is None)

    @property
    def finished(self) -> tuple[Record, ...]:
        """Runs that have a result, regime by regime in the order of the experiment."""
        place = {regime: position for position, regime in enumerate(self.experiment.regimes)}
        done = [record for record in self.records if record.result is not None]
        return tuple(sorted(done, key=lambda record: (place[record.task.regime], record.index)))

    @property
    def complete(self) -> bool:
        """Whether every run that was asked for was tried."""
        return len(self.records) == len(self.experiment.regimes) * len(self.experiment.seeds)

    def outcomes(self) -> pd.DataFrame:
        """One row a run: regime, seed and every outcome at its end."""
        return self._stack(lambda result: pd.DataFrame([result.outcomes]))

    def series(self) -> pd.DataFrame:
        """One row a step of a run: regime, seed, step and every observable."""
        return self._stack(RunResult.series)

    def account(self) -> pd.DataFrame:
        """The growth account: regime, seed, step, source and what that source added."""
        return self._stack(RunResult.account)

    def memo_items(self) -> pd.DataFrame:
        """Parts of the growth account that policy induced: regime, seed, step, item and what it added."""
        return self._stack(RunResult.memo_items)

    def ledger(self) -> pd.DataFrame:
        """What policymakers spent: regime, seed, step, policymaker, instrument and sums of money."""
        return self._stack(RunResult.ledger)

    def organisations(self) -> pd.DataFrame:
        """Accounts of meso-organisations: regime, seed, step, organisation, kind and sums of money."""
        return self._stack(RunResult.organisations)

    def domains(self) -> pd.DataFrame:
        """Knowledge domains over time: regime, seed, step, domain and what is known of it."""
        return self._stack(RunResult.domains)

    def priorities(self) -> pd.DataFrame:
        """What policymakers proposed, tried, supported, kept and stopped: regime, seed and one row an event."""
        return self._stack(RunResult.priorities)

    def firms(self) -> pd.DataFrame:
        """What became of every firm: regime, seed, who it is, its support, and values at the start and later."""
        return self._stack(RunResult.firms)

    def _stack(self, table_of: Callable[[RunResult], pd.DataFrame]) -> pd.DataFrame:
        tables = []
        for record in self.finished:
            if record.result is not None:
                table = table_of(record.result)
                table.insert(0, "regime", record.task.regime)
                table.insert(1, "seed", record.task.seed)
                tables.append(table)
        return pd.concat(tables, ignore_index=True)
