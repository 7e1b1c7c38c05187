"""A sweep as it lies on disk, finished or not, as frames: `open_results(folder)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import RequestError
from analysis.extras import needs
from analysis.runs.parts import UNREADABLE, read_whole
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.factors import Factor
from analysis.studies.sweep.kept import folder as layout
from analysis.studies.sweep.kept.folder import RUNS, UNFINISHED
from analysis.studies.sweep.kept.measuring import NAMES
from analysis.studies.sweep.kept.table import (
    FACTOR_PREFIX,
    FAILED,
    FINISHED,
    SERIES_PREFIX,
    schema_of,
)
from analysis.studies.sweep.sampling import Sampling
from model.spec.problem import listed, nearest

if TYPE_CHECKING:
    import xarray

KEYS = ("scenario", "point", "regime", "seed")

TRIES = 5
"""Times that a folder is looked at again when a writer has just replaced what was listed."""


def open_results(folder: Path | str) -> SweepResults:
    """Open a sweep to read it; another process may still be filling it.

    Parameters
    ----------
    folder
        Folder of the sweep.

    Returns
    -------
    SweepResults
        What is in it.

    Raises
    ------
    RequestError
        If it holds no sweep.
    """
    path = Path(folder)
    return SweepResults(path, layout.open_design(path))


class SweepResults:
    """What a sweep has brought so far.

    Parameters
    ----------
    folder
        Where it is.
    design
        What is run.
    """

    def __init__(self, folder: Path, design: SweepDesign) -> None:
        self.folder = folder
        self.design = design

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was written when the sweep began: description, versions, commit."""
        return layout.read_manifest(self.folder) or {}

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What is varied."""
        return self.design.factors

    @property
    def sampling(self) -> Sampling:
        """How points were chosen."""
        return self.design.sampling

    @property
    def regimes(self) -> tuple[str, ...]:
        """Names of regimes, in order."""
        return self.design.regimes

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of scenarios, in order."""
        return tuple(self.design.scenarios)

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds, in order."""
        return self.design.seeds

    @property
    def made(self) -> int:
        """How many runs there are, failed ones included."""
        return sum(len(table) for table in self.tables(["number"]))

    @property
    def missing(self) -> int:
        """How many runs are still to be made."""
        return len(self.design) - self.made

    @property
    def complete(self) -> bool:
        """Whether every run was made, or tried."""
        return self.missing == 0

    def facts(self) -> dict[str, Any]:
        """Say how far it is, as plain data for JSON."""
        made = self.made
        return {
            "sweep": self.design.name, "results": str(self.folder), "runs": len(self.design), "stored": made,
            "failed": len(self.failed()), "complete": made == len(self.design),
        }  # fmt: skip

    def points(self) -> pd.DataFrame:
        """Give the design: ``point`` and a column for each factor."""
        return self.design.points.copy()

    def columns(self) -> tuple[str, ...]:
        """Name all columns of the runs."""
        return tuple(schema_of(self.design).names)

    def schema(self, columns: Sequence[str]) -> pa.Schema:
        """Give names and types of certain columns."""
        self._check_columns(columns)
        whole = schema_of(self.design)
        return pa.schema([whole.field(name) for name in columns])

    def tables(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Read the runs in pieces, so that memory stays flat however many there are.

        Parameters
        ----------
        columns
            Columns to read; all by default.

        Yields
        ------
        pyarrow.Table
            Some of the runs, each in one table only; those of finished blocks in order.

        Raises
        ------
        RequestError
            If there is no such column, or a file is damaged.
        """
        self._check_columns(columns)
        asked = None if columns is None else list(dict.fromkeys([*columns, "number"]))
        seen = np.zeros(len(self.design), dtype=bool)
        for table in self._files(asked):
            numbers = table.column("number").to_numpy()
            fresh = ~seen[numbers]
            seen[numbers] = True
            kept = table if fresh.all() else table.filter(pa.array(fresh))
            if len(kept):
                yield kept if columns is None else kept.select(list(columns))

    def runs(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Give one row a run.

        Parameters
        ----------
        columns
            Columns to read; by default all but the series.

        Returns
        -------
        pandas.DataFrame
            ``number``, ``run``, ``scenario``, ``point``, ``regime``, ``seed``, ``status`` (``finished`` or
            ``failed``), ``error``, a column ``factor_NAME`` for each factor, every observable at the end of the
            run, and ``growth_SOURCE``, the knowledge per region that a source added over the run.
        """
        wanted = [name for name in self.columns() if not name.startswith(SERIES_PREFIX)]
        wanted = wanted if columns is None else list(columns)
        read = list(dict.fromkeys([*wanted, "number"]))
        tables = list(self.tables(read))
        whole = pa.concat_tables(tables) if tables else self.schema(read).empty_table()
        frame: pd.DataFrame = whole.sort_by("number").select(wanted).to_pandas()
        return frame

    def finished(self, columns: Sequence[str]) -> pd.DataFrame:
        """Give certain columns of the runs that did not fail."""
        frame = self.runs(list(dict.fromkeys([*columns, "status"])))
        return frame.loc[frame["status"] == FINISHED, list(columns)].reset_index(drop=True)

    def failed(self) -> pd.DataFrame:
        """Give the runs that failed: what they were, and why."""
        factors = [FACTOR_PREFIX + factor.name for factor in self.factors]
        frame = self.runs(["number", *KEYS, "status", "error", *factors])
        return frame.loc[frame["status"] == FAILED].drop(columns="status").reset_index(drop=True)

    def series(self, name: str) -> pd.DataFrame:
        """Give an observable step by step.

        Parameters
        ----------
        name
            One of the observables that the sweep kept.

        Returns
        -------
        pandas.DataFrame
            One row a run and step: ``number``, ``scenario``, ``point``, ``regime``, ``seed``, ``step`` and it.
        """
        self._check_series(name)
        keys = ["number", *KEYS]
        frame = self.finished([*keys, SERIES_PREFIX + name])
        steps = [np.arange(len(values)) for values in frame[SERIES_PREFIX + name]]
        long = frame.explode(SERIES_PREFIX + name, ignore_index=True)
        long.insert(len(keys), "step", np.concatenate([*steps, np.arange(0)]))
        return long.rename(columns={SERIES_PREFIX + name: name}).astype({name: float})

    def to_xarray(self, names: Sequence[str] = ()) -> xarray.Dataset:
        """Give the runs as an xarray Dataset with the dimensions ``run`` and ``time``.

        Parameters
        ----------
        names
            Series to put in; by default all that were kept.

        Returns
        -------
        xarray.Dataset
            Numbers at the end over ``run``; series over ``run`` and ``time``, not a number beyond a run's end;
            what a run was as coordinates.

        Raises
        ------
        RequestError
            If xarray is not installed, or the sweep kept no such series.
        """
        with needs("research", "xarray", "xarray"):
            import xarray  # noqa: PLC0415 - only who asks for it needs it
        chosen = list(names) or list(self.design.series)
        for name in chosen:
            self._check_series(name)
        ends = [name for name in NAMES if name in self.columns()]
        heads = ["number", "run", *KEYS, *(FACTOR_PREFIX + factor.name for factor in self.factors)]
        frame = self.finished([*heads, *ends, *(SERIES_PREFIX + name for name in chosen)])
        data: dict[str, Any] = {name: ("run", frame[name].to_numpy()) for name in ends}
        for name in chosen:
            data[SERIES_PREFIX + name] = (("run", "time"), _padded(frame[SERIES_PREFIX + name].tolist()))
        named = {"run_id" if name == "run" else name: ("run", frame[name].to_numpy()) for name in heads}
        return xarray.Dataset(data, named, {"title": self.design.title})

    def _files(self, columns: list[str] | None) -> Iterator[pa.Table]:
        """Read the files that are there, each once; a writer may meanwhile replace parts by a block."""
        read: set[Path] = set()
        for _ in range(TRIES):
            found = [*layout.files(self.folder, RUNS), *layout.files(self.folder, UNFINISHED)]
            gone = False
            for path in found:
                if path in read:
                    continue
                try:
                    table = read_whole(path, columns, schema_of(self.design))
                except FileNotFoundError:
                    gone = True
                    continue
                except UNREADABLE as error:
                    raise RequestError(
                        f"{path} cannot be read ({str(error).splitlines()[0]}). run.py resume {self.folder} sets it "
                        f"aside and makes its runs again."
                    ) from None
                read.add(path)
                yield table
            if not gone:
                return

    def _check_columns(self, columns: Sequence[str] | None) -> None:
        known = self.columns()
        for name in columns or ():
            if name not in known:
                meant = nearest(name, known)
                hint = f" Did you mean {meant}?" if meant else ""
                raise RequestError(f"The sweep has no column {name!r}.{hint} Columns: {listed(known)}")

    def _check_series(self, name: str) -> None:
        if name not in self.design.series:
            kept = ", ".join(self.design.series) or "none"
            raise RequestError(
                f"The sweep kept no series {name!r} (kept: {kept}); name it under series, and run it again."
            )


def _padded(series: Sequence[Sequence[float]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    longest = max(map(len, series), default=0)
    padded = np.full((len(series), longest), np.nan)
    for at, values in enumerate(series):
        padded[at, : len(values)] = values
    return padded
