"""The table of runs in a store: its columns, and files of it that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from analysis.sweeps.design import Run, SweepDesign
from analysis.sweeps.factors import Factor
from analysis.sweeps.measuring import NAMES, Row

FINISHED, FAILED = "finished", "failed"
FACTOR_PREFIX, SERIES_PREFIX = "factor_", "series_"

UNREADABLE = (pa.ArrowException, OSError, ValueError)
"""What reading a damaged file may raise: a name in it may not even be text."""

_PLAIN = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), str: pa.string()}


def schema_of(design: SweepDesign) -> pa.Schema:
    """Give the columns of a design: the run, its factors, numbers at its end, and a list for each series."""
    return pa.schema(
        [
            ("number", pa.int64()),
            ("run", pa.string()),
            ("scenario", pa.string()),
            ("point", pa.int64()),
            ("regime", pa.string()),
            ("seed", pa.int64()),
            ("status", pa.string()),
            ("error", pa.string()),
            *((FACTOR_PREFIX + factor.name, _type_of(factor)) for factor in design.factors),
            *((name, pa.float64()) for name in NAMES),
            *((SERIES_PREFIX + name, pa.list_(pa.float64())) for name in design.series),
        ]
    )


def _type_of(factor: Factor) -> pa.DataType:
    if factor.values is None:
        return pa.int64() if factor.whole else pa.float64()
    kinds = {type(value) for value in factor.values}
    return _PLAIN[kinds.pop()] if len(kinds) == 1 else pa.string()


def to_table(rows: Sequence[Row], design: SweepDesign) -> pa.Table:
    """Make a table of rows, sorted, equal to the bit for equal rows.

    Parameters
    ----------
    rows
        Rows of runs of the design.
    design
        The design.

    Returns
    -------
    pyarrow.Table
        One row a run.
    """
    rows = sorted(rows, key=lambda row: row.run.number)
    runs = [row.run for row in rows]
    columns: list[Sequence[object]] = [
        [run.number for run in runs],
        [design.run_id(run) for run in runs],
        [run.scenario for run in runs],
        [run.point for run in runs],
        [run.regime for run in runs],
        [run.seed for run in runs],
        [FINISHED if row.error is None else FAILED for row in rows],
        [row.error for row in rows],
    ]
    schema = schema_of(design)
    for factor in design.factors:
        as_text = schema.field(FACTOR_PREFIX + factor.name).type == pa.string()
        values = [design.value(factor, run.point) for run in runs]
        columns.append([str(value) if as_text and value is not None else value for value in values])
    columns += [
        [None if row.values is None else float(row.values[at]) for row in rows] for at in range(len(NAMES))
    ]
    columns += [
        [None if row.series is None else row.series[at] for row in rows] for at in range(len(design.series))
    ]
    arrays = [pa.array(column, type=kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def to_rows(table: pa.Table, design: SweepDesign) -> list[Row]:
    """Read rows back from a table.

    Parameters
    ----------
    table
        What `to_table` made, for this design or one that keeps the same of a run.
    design
        The design.

    Returns
    -------
    list of Row
        The rows.
    """
    values = np.column_stack(
        [table.column(name).to_numpy(zero_copy_only=False).astype(float) for name in NAMES]
    )
    series = [table.column(SERIES_PREFIX + name).to_pylist() for name in design.series]
    heads = table.select(["number", "point", "scenario", "regime", "seed", "error"]).to_pylist()
    rows = []
    for at, head in enumerate(heads):
        run = Run(head["number"], head["point"], head["scenario"], head["regime"], head["seed"])
        if head["error"] is not None:
            rows.append(Row(run, head["error"]))
            continue
        chosen = np.array([each[at] for each in series], dtype=float) if series else np.empty((0, 0))
        rows.append(Row(run, None, values[at], chosen))
    return rows


def write_whole(table: pa.Table, path: Path) -> None:
    """Write a table so that after a crash at any moment the file is there in full or not at all.

    Parameters
    ----------
    table
        What to write.
    path
        Where; what is there is replaced.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("wb") as file:
            # One group of rows a file, and checksums: what a disk garbles is noticed when it is read.
            parquet.write_table(
                table, file, compression="zstd", row_group_size=max(1, len(table)), write_page_checksum=True
            )
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _settle(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def read_whole(path: Path, columns: Sequence[str] | None = None, schema: pa.Schema | None = None) -> pa.Table:
    """Read a table and check what it reads against its checksums.

    Parameters
    ----------
    path
        The file.
    columns
        Columns to read; all by default.
    schema
        Columns that it must have; not checked by default.

    Returns
    -------
    pyarrow.Table
        The columns.

    Raises
    ------
    pyarrow.ArrowException, OSError, ValueError
        If it cannot be read, see `UNREADABLE`, or has other columns.
    """
    wanted = None if columns is None else list(columns)
    table = parquet.read_table(path, columns=wanted, page_checksum_verification=True, partitioning=None)
    # Names and types of columns have no checksum.
    if schema is not None and not table.schema.equals(
        schema if wanted is None else pa.schema([schema.field(name) for name in wanted])
    ):
        raise ValueError("its columns are not those of this sweep")
    return table


def _settle(folder: Path) -> None:
    """Have a new name on the disk, not only in memory, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
