"""Employment that runs ended with, on disk: what was run once is not run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa

from analysis.experiment import Task
from analysis.parts import Parts
from analysis.provenance import model_digest, run_id, scenario_digest
from analysis.regions.europe import Employment
from model.scenario import Scenario

FOLDER = "employment_store"

MEASURE = "employment 1"
"""What is counted of a run; another number when that changes, so that nothing counted otherwise is found."""

FIELDS = ("before", "after", "kept", "resampled")
_SCHEMA = pa.schema([("run", pa.string()), *((field, pa.list_(pa.float64())) for field in FIELDS)])


def names_of(tasks: Sequence[Task[Scenario]]) -> list[str]:
    """Name runs by scenario, seed and model; what they are called in a design is beside the point."""
    model = model_digest()
    return [run_id(scenario_digest(task.scenario), MEASURE, task.seed, model) for task in tasks]


class EmploymentStore:
    """Employment by names of runs; a context manager, after which all that was taken in is on disk.

    Several processes may use one store at a time.

    Parameters
    ----------
    folder
        Where the parts are; it need not exist.
    warn
        Told what was found damaged.
    """

    def __init__(self, folder: Path, warn: Callable[[str], None] = lambda _: None) -> None:
        self._parts = Parts(folder, warn=warn)
        self._waiting: dict[str, Employment] = {}

    @classmethod
    def beside(cls, results: Path, warn: Callable[[str], None] = lambda _: None) -> Self:
        """Give the store of this model in the folder in which a folder of results is."""
        return cls(results.parent / FOLDER / model_digest(), warn)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()

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
        found = {name: made for name, made in self._waiting.items() if name in wanted}
        for path in self._parts.paths():
            table = self._parts.read(path, schema=_SCHEMA)
            for row in [] if table is None else table.to_pylist():
                if row["run"] in wanted:
                    found[row["run"]] = Employment(*(np.array(row[field], np.float64) for field in FIELDS))
        return found

    def add(self, name: str, employment: Employment) -> None:
        """Take a run in; every few seconds what was taken in is written."""
        self._waiting[name] = employment
        if self._parts.due:
            self.flush()

    def flush(self) -> None:
        """Write what was taken in."""
        if self._waiting:
            self._parts.add(_table(self._waiting))
        self._parts.rest()
        self._waiting.clear()


def _table(runs: Mapping[str, Employment]) -> pa.Table:
    columns: dict[str, list[object]] = {"run": list(runs)}
    columns |= {field: [getattr(run, field).tolist() for run in runs.values()] for field in FIELDS}
    return pa.Table.from_pydict(columns, schema=_SCHEMA)
