"""The table of runs in a store: its columns, and how rows become one and are read back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analysis.studies.sweep.design import Run, SweepDesign
from analysis.studies.sweep.factors import Factor
from analysis.studies.sweep.kept.measuring import NAMES, Row

FINISHED, FAILED = "finished", "failed"
FACTOR_PREFIX, SERIES_PREFIX = "factor_", "series_"

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
