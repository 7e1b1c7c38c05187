"""Employment that runs ended with, on disk: what was run once is not run again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analysis.experiment import Task
from analysis.provenance import model_digest, run_id, scenario_digest
from analysis.regions.europe import Employment
from analysis.run_store import KeptRuns
from model.scenario import Scenario

MEASURE = "employment 1"
"""What is counted of a run; another number when that changes, so that nothing counted otherwise is found."""

FIELDS = ("before", "after", "kept", "resampled")
_SCHEMA = pa.schema([("run", pa.string()), *((field, pa.list_(pa.float64())) for field in FIELDS)])


def names_of(tasks: Sequence[Task[Scenario]]) -> list[str]:
    """Name runs by scenario, seed and model; what they are called in a design is beside the point."""
    model = model_digest()
    return [run_id(scenario_digest(task.scenario), MEASURE, task.seed, model) for task in tasks]


class EmploymentStore(KeptRuns[tuple[str, Employment]]):
    """Employment that runs ended with, see `KeptRuns`."""

    beside_results = "employment_store"

    def read(self, names: Sequence[str]) -> dict[str, Employment]:
        """Read those of some runs that are there.

        Parameters
        ----------
        names
            Names, see `names_of`.

        Returns
        -------
        dict
            Employment by name.
        """
        wanted = set(names)
        found = {name: made for name, made in self._waiting if name in wanted}
        for path in self._parts.paths():
            table = self._parts.read(path, schema=_SCHEMA)
            for row in [] if table is None else table.to_pylist():
                if row["run"] in wanted:
                    found[row["run"]] = Employment(*(np.array(row[field], np.float64) for field in FIELDS))
        return found

    def add(self, name: str, employment: Employment) -> None:
        """Take a run in; every few seconds what was taken in is written."""
        self._take((name, employment))

    def _table(self, entries: Sequence[tuple[str, Employment]]) -> pa.Table:
        columns: dict[str, list[object]] = {"run": [name for name, _ in entries]}
        columns |= {field: [getattr(run, field).tolist() for _, run in entries] for field in FIELDS}
        return pa.Table.from_pydict(columns, schema=_SCHEMA)
