"""What is kept of runs on disk, found again by what was run: nothing is run twice, and nothing half written is read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Generic, NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.runs.parts import Parts
from analysis.runs.provenance import model_digest
from model.record import OUTCOMES

KEYS = ("run", "regime", "seed", "step")
KEPT = (*OUTCOMES, "spent")
"""What is kept of a run at a step: its outcomes, and the money that was spent until then."""
RECORDS = pa.schema(
    [("run", pa.string()), ("regime", pa.string()), ("seed", pa.int64()), ("packed", pa.large_binary())]
)

Entry = TypeVar("Entry")


class KeptRuns(ABC, Generic[Entry]):
    """What is kept of runs, by their names; a context manager, after which all that was taken in is on disk.

    Several processes may use one store at a time. A run that is in two parts has the same numbers in both.

    Parameters
    ----------
    folder
        Where the parts are; it need not exist.
    warn
        Told what was found damaged.
    """

    beside_results: ClassVar[str]
    """Name of the folder in which such stores are, beside folders of results."""

    def __init__(self, folder: Path, warn: Callable[[str], None] = lambda _: None) -> None:
        self._parts = Parts(folder, warn=warn)
        self._waiting: list[Entry] = []

    @classmethod
    def beside(cls, results: Path, warn: Callable[[str], None] = lambda _: None) -> Self:
        """Give the store of this model in the folder in which a folder of results is."""
        return cls.within(results.parent, warn)

    @classmethod
    def within(cls, folder: Path, warn: Callable[[str], None] = lambda _: None) -> Self:
        """Return the store of this model in a folder of folders of results."""
        return cls(folder / cls.beside_results / model_digest(), warn)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()

    def flush(self) -> None:
        """Write what was taken in as a part of its own."""
        if self._waiting:
            self._parts.add(self._table(self._waiting))
        self._parts.rest()
        self._waiting.clear()

    def _take(self, entry: Entry) -> None:
        """Take a run in; every few seconds what was taken in is written."""
        self._waiting.append(entry)
        if self._parts.due:
            self.flush()

    @abstractmethod
    def _table(self, entries: Sequence[Entry]) -> pa.Table:
        """Lay out what was taken in as a table."""


class PackedRun(NamedTuple):
    """A whole record of a run, see `analysis.runs.records`."""

    run: str
    regime: str
    seed: int
    packed: bytes


class RecordStore(KeptRuns[PackedRun]):
    """Whole records of runs under the names that their outcomes have, see `KeptRuns`."""

    beside_results = "record_store"

    def names(self, runs: Collection[str]) -> set[str]:
        """Return those of certain runs that are in the store."""
        found = {entry.run for entry in self._waiting}
        for path in self._parts.paths():
            names = self._parts.read(path, columns=["run"])
            found |= set() if names is None else set(names["run"].to_pylist())
        return found & set(runs)

    def read(self, runs: Collection[str]) -> dict[str, bytes]:
        """Read the records of certain runs.

        Parameters
        ----------
        runs
            Names of runs, see `analysis.runs.provenance.run_id`.

        Returns
        -------
        dict of str to bytes
            Packed records of those that are in the store, by name.
        """
        wanted = set(runs)
        found = {entry.run: entry.packed for entry in self._waiting if entry.run in wanted}
        for path in self._parts.paths():
            left = wanted - found.keys()
            if not left:
                break
            # Names first: records are large, and most parts hold those of other commands.
            names = self._parts.read(path, columns=["run"])
            if names is None or left.isdisjoint(names["run"].to_pylist()):
                continue
            part = self._parts.read(path, RECORDS, filters=[("run", "in", left)])
            if part is not None:
                found |= dict(zip(part["run"].to_pylist(), part["packed"].to_pylist(), strict=True))
        return found

    def add(self, run: str, regime: str, seed: int, packed: bytes) -> None:
        """Take a run in; every few seconds what was taken in is written."""
        self._take(PackedRun(run, regime, seed, packed))

    def _table(self, entries: Sequence[PackedRun]) -> pa.Table:
        return pa.Table.from_pylist([entry._asdict() for entry in entries], schema=RECORDS)


class RunStore(KeptRuns[pd.DataFrame]):
    """Outcomes of runs at some of their steps, see `KeptRuns`."""

    beside_results = "run_store"

    def read(
        self, runs: Collection[str], steps: Collection[int], columns: Sequence[str] = OUTCOMES
    ) -> pd.DataFrame:
        """Read what is kept of certain runs at certain steps.

        Parameters
        ----------
        runs
            Names of runs, see `analysis.runs.provenance.run_id`.
        steps
            Steps.
        columns
            Which of `KEPT`.

        Returns
        -------
        pandas.DataFrame
            ``run``, ``regime``, ``seed``, ``step`` and the columns; rows that are in the store, sorted.
        """
        wanted = [("run", "in", set(runs)), ("step", "in", set(steps))]
        found = [*self._waiting]
        for path in self._parts.paths() if runs else []:
            part = self._parts.read(path, filters=wanted)
            # Earlier versions kept less.
            if part is not None and set(KEPT) <= set(part.column_names):
                found.append(part.to_pandas())
        table = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*KEYS, *KEPT])
        table = table[table["run"].isin(set(runs)) & table["step"].isin(set(steps))]
        table = table.drop_duplicates(["run", "step"]).sort_values(["run", "step"])
        return table[[*KEYS, *columns]].reset_index(drop=True)

    def missing(self, runs: Sequence[str], steps: Collection[int]) -> list[int]:
        """Give the places in ``runs`` of those that the store does not have at all of the steps."""
        known = self.read(runs, steps)["run"].value_counts()
        complete = set(known.index[known == len(set(steps))])
        return [place for place, run in enumerate(runs) if run not in complete]

    def add(
        self, run: str, regime: str, seed: int, steps: Sequence[int], values: npt.NDArray[np.float64]
    ) -> None:
        """Take a run in; every few seconds what was taken in is written.

        Parameters
        ----------
        run
            Name of the run.
        regime, seed
            What it was, for people who look into the store.
        steps
            Steps at which it was looked at.
        values
            What is kept, shape (steps, len(KEPT)).
        """
        table = pd.DataFrame(values, columns=list(KEPT))
        table = table.assign(run=run, regime=regime, seed=seed, step=list(steps))[[*KEYS, *KEPT]]
        self._take(table)

    def _table(self, entries: Sequence[pd.DataFrame]) -> pa.Table:
        table = pa.Table.from_pandas(pd.concat(entries, ignore_index=True), preserve_index=False)
        return table.replace_schema_metadata(None)
