"""The runs of a sweep in one file, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, parquet

from analysis.errors import RequestError
from analysis.studies.sweep.kept.results import SweepResults, open_results
from analysis.studies.sweep.kept.table import SERIES_PREFIX

SUFFIXES = (".csv", ".parquet", ".nc")


def export(folder: Path, to: Path, columns: Sequence[str] = (), series: str | None = None) -> int:
    """Write runs to one file.

    Parameters
    ----------
    folder
        Folder of a sweep.
    to
        The file: ``.csv``, ``.parquet`` or ``.nc``.
    columns
        Columns; by default all but series.
    series
        Series to write instead, one row a step.

    Returns
    -------
    int
        Rows that were written.

    Raises
    ------
    RequestError
        If the file cannot be of that kind, or written, or there is no such column.
    """
    if to.suffix not in SUFFIXES:
        raise RequestError(f"--to {to}: must end in {', '.join(SUFFIXES)}.")
    results = open_results(folder)
    try:
        return _write(results, to, columns, series)
    except OSError as error:
        raise RequestError(f"--to {to}: cannot be written ({error.strerror or error}).") from None


def _write(results: SweepResults, to: Path, names: Sequence[str], series: str | None) -> int:
    if to.suffix == ".nc":
        dataset = results.to_xarray([series] if series else ())
        dataset.to_netcdf(to, engine="h5netcdf")
        return int(dataset.sizes["run"])
    if series is not None:
        whole = pa.Table.from_pandas(results.series(series), preserve_index=False)
        tables, schema = iter([whole]), whole.schema
    else:
        wanted = names or [name for name in results.columns() if not name.startswith(SERIES_PREFIX)]
        tables, schema = results.tables(wanted), results.schema(wanted)
    kind = csv.CSVWriter if to.suffix == ".csv" else parquet.ParquetWriter
    rows = 0
    with kind(to, schema) as writer:
        for table in tables:
            writer.write_table(table)
            rows += len(table)
    return rows
