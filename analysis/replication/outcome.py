"""Everything that a replication brought: its tables, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.execution import Record
from analysis.provenance import environment
from analysis.replication import statements
from analysis.replication.economy import EconomySpec
from analysis.replication.experiment import (
    NAME,
    REWIRING,
    TREATMENTS,
    NetworkRun,
    identity,
    means_table,
    runs_table,
)


@dataclass(frozen=True)
class Replication:
    """What the replication brought.

    Attributes
    ----------
    spec
        Parameters, but for the rewiring.
    seeds
        Seeds that were asked for.
    records
        What became of the runs; fewer than asked for when it was stopped early.
    """

    spec: EconomySpec
    seeds: tuple[int, ...]
    records: tuple[Record[NetworkRun], ...]

    @property
    def finished(self) -> tuple[Record[NetworkRun], ...]:
        """Runs that have a result."""
        return tuple(record for record in self.records if record.result is not None)

    @property
    def failed(self) -> tuple[Record[NetworkRun], ...]:
        """Runs that ended in an error."""
        return tuple(record for record in self.records if record.result is None)

    @property
    def complete(self) -> bool:
        """Whether every run that was asked for was tried."""
        return len(self.records) == len(REWIRING) * len(self.seeds)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """Every treatment in every run."""
        return runs_table(self.records)

    @cached_property
    def means(self) -> pd.DataFrame:
        """Means over seeds with intervals."""
        return means_table(self.runs)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """The supposed peak against both ends, in pairs."""
        return statements.differences_table(self.runs)

    @cached_property
    def reconstruction(self) -> pd.DataFrame:
        """Mean levels against those of the earlier reconstruction; empty under other parameters."""
        rows = statements.reconstruction_table(self.means)
        return rows if self.spec == EconomySpec() else rows.iloc[:0]

    @cached_property
    def statements(self) -> pd.DataFrame:
        """Every statement and its verdict."""
        return statements.statements_table(self.differences, self.reconstruction)

    @property
    def small_world(self) -> tuple[float, float] | None:
        """First and last rewiring of the small-world region."""
        return statements.small_world_region(self.means)

    @property
    def sentence(self) -> str:
        """What came out, in one sentence."""
        return statements.sentence(self.statements, self.means)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Name all tables as their files are named."""
        return {
            "runs": self.runs,
            "means": self.means,
            "differences": self.differences,
            "reconstruction": self.reconstruction,
            "statements": self.statements,
        }

    def manifest(self, seconds: float) -> dict[str, Any]:
        """Say what was run, what became of it, and with what.

        Parameters
        ----------
        seconds
            Time that it took.

        Returns
        -------
        dict
            Plain content for JSON.
        """
        return {
            "study": NAME,
            "title": "Cowan & Jonard (2004), Network structure and the diffusion of knowledge",
            "identity": identity(self.spec, self.seeds),
            "complete": self.complete,
            "sentence": self.sentence,
            "treatments": {name: treatment.label for name, treatment in TREATMENTS.items()},
            "rewiring": list(REWIRING),
            "seeds": list(self.seeds),
            "runs_finished": len(self.finished),
            "runs_failed": [self.failure(record) | {"trace": record.trace} for record in self.failed],
            "seconds": seconds,
            "parameters": self.spec.model_dump(mode="json", exclude={"rewiring"}),
            **environment(),
        }

    @staticmethod
    def failure(record: Record[NetworkRun]) -> dict[str, Any]:
        """Tell which run failed and why."""
        return {
            "rewiring": record.task.scenario.rewiring,
            "seed": record.task.seed,
            "error": record.error,
        }
