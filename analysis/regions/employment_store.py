"""Employment that runs ended with, on disk: what was run once is not run again."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from analysis.errors import RequestError
from analysis.experiment import Task
from analysis.regions.europe import Employment
from analysis.run_store import model_digest, run_id, scenario_digest
from analysis.sweeps.table import UNREADABLE, read_whole, write_whole
from model.scenario import Scenario

FOLDER = "employment_store"
FLUSH_EVERY = 10.0
"""Seconds of work that a crash may cost."""

MEASURE = "employment 1"
"""What is counted of a run; another number when that changes, so that nothing counted otherwise is found."""

FIELDS = ("before", "after", "kept", "resampled")
_SCHEMA = pa.schema([("run", pa.string()), *((field, pa.list_(pa.float64())) for field in FIELDS)])


def names_of(tasks: Sequence[Task[Scenario]]) -> list[str]:
    """Name runs by scenario, seed and model; what they are called in a design is beside the point."""
    model = model_digest()
    return [run_id(scenario_digest(task.scenario), MEASURE, task.seed, model) for task in tasks]


class EmploymentStore:
    """A folder of parts, each of which is there in full or not at all.

    Several processes may write to it at a time.

    Parameters
    ----------
    folder
        Where the parts are; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: dict[str, Employment] = {}
        self._flushed = time.monotonic()

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

        Raises
        ------
        RequestError
            If a part is damaged.
        """
        wanted = set(names)
        found: dict[str, Employment] = {}
        for part in sorted(self.folder.glob("*.parquet")):
            try:
                table = read_whole(part, schema=_SCHEMA)
            except UNREADABLE as error:
                reason = str(error).splitlines()[0]
                raise RequestError(
                    f"{part} cannot be read ({reason}); delete it to run its runs again."
                ) from None
            for place, name in enumerate(table.column("run").to_pylist()):
                if name in wanted:
                    found[name] = Employment(
                        *(np.array(table.column(field)[place].as_py(), np.float64) for field in FIELDS)
                    )
        return {**found, **{name: made for name, made in self._waiting.items() if name in wanted}}

    def add(self, name: str, employment: Employment) -> None:
        """Take a run in; every few seconds what was taken in is written."""
        self._waiting[name] = employment
        if time.monotonic() - self._flushed > FLUSH_EVERY:
            self.flush()

    def flush(self) -> None:
        """Write what was taken in."""
        self._flushed = time.monotonic()
        if not self._waiting:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(_table(self._waiting), self.folder / f"{uuid.uuid4().hex}.parquet")
        self._waiting.clear()


def _table(runs: Mapping[str, Employment]) -> pa.Table:
    columns = {"run": list(runs)}
    columns |= {field: [getattr(run, field).tolist() for run in runs.values()] for field in FIELDS}
    return pa.Table.from_pydict(columns, schema=_SCHEMA)
