"""Tables that grow by parts while work goes on: each is written whole or not at all, and damage is set aside."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from analysis.errors import RequestError
from model.spec.phrases import value as shown

FLUSH_EVERY = 5.0
"""Seconds of work that a crash may cost."""

DAMAGED = "damaged"

UNREADABLE = (pa.ArrowException, OSError, ValueError)
"""What reading a damaged file may raise: a name in it may not even be text."""


class StoreError(RequestError):
    """A store that cannot be written or must not be; its text is the message for the user."""


class Parts:
    """A folder of tables; several processes may add to it at a time, as the names of parts occur once.

    Parameters
    ----------
    folder
        Where the parts are; it need not exist.
    aside
        Where damaged ones go; ``damaged`` beside the parts by default.
    flush_every
        Seconds of work that a crash may cost, see `due`.
    warn
        Told what was found damaged.
    """

    def __init__(
        self,
        folder: Path,
        aside: Path | None = None,
        *,
        flush_every: float = FLUSH_EVERY,
        warn: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.folder = folder
        self._aside = aside or folder / DAMAGED
        self._flush_every = flush_every
        self._warn = warn
        self._added = time.monotonic()

    @property
    def due(self) -> bool:
        """Whether what has been made since the last part should become one."""
        return time.monotonic() - self._added > self._flush_every

    def paths(self) -> list[Path]:
        """List the parts, in order."""
        return sorted(self.folder.glob("*.parquet"))

    def add(self, table: pa.Table, name: str | None = None) -> Path:
        """Write a part.

        Parameters
        ----------
        table
            What is in it.
        name
            What it is called; by default by a name that occurs once. What is there of that name is replaced.

        Returns
        -------
        pathlib.Path
            Its file.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        path = self.folder / f"{name or uuid.uuid4().hex}.parquet"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(table, path)
        except OSError as error:
            raise StoreError(
                f"{path}: cannot be written ({error.strerror or error}). What was written before is kept; make "
                f"room, and the same command goes on from there."
            ) from None
        self.rest()
        return path

    def rest(self) -> None:
        """Begin to count the seconds of `due` anew."""
        self._added = time.monotonic()

    def read(
        self,
        path: Path,
        schema: pa.Schema | None = None,
        filters: Any = None,
        columns: Sequence[str] | None = None,
    ) -> pa.Table | None:
        """Read a part, or set it aside.

        Parameters
        ----------
        path
            Its file.
        schema
            Columns that it must have; not checked by default.
        filters
            Rows that are wanted, as `pyarrow.parquet.read_table` takes them; all by default.
        columns
            Columns that are wanted; all by default.

        Returns
        -------
        pyarrow.Table or None
            What is in it; None if it cannot be read.
        """
        try:
            return read_whole(path, columns, schema=schema, filters=filters)
        except UNREADABLE as error:
            self.set_aside(path, str(error).splitlines()[0])
            return None

    def set_aside(self, path: Path, reason: str) -> None:
        """Move a part to where nobody reads it, and tell."""
        self._aside.mkdir(exist_ok=True)
        path.replace(self._aside / f"{uuid.uuid4().hex[:8]}-{path.name}")
        self._warn(
            f"{path} cannot be used ({shown(reason, 100)[1:-1]}); it is now in {self._aside}, and its runs are made "
            f"again."
        )

    def sweep_out(self) -> None:
        """Remove what a crash left half written; only where nobody else may be writing."""
        for path in self.folder.glob(".*.new"):
            path.unlink()


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


def read_whole(
    path: Path, columns: Sequence[str] | None = None, schema: pa.Schema | None = None, filters: Any = None
) -> pa.Table:
    """Read a table and check what it reads against its checksums.

    Parameters
    ----------
    path
        The file.
    columns
        Columns to read; all by default.
    schema
        Columns that it must have; not checked by default.
    filters
        Rows to read, as `pyarrow.parquet.read_table` takes them; all by default.

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
    table = parquet.read_table(
        path, columns=wanted, filters=filters, page_checksum_verification=True, partitioning=None
    )
    # Names and types of columns have no checksum.
    if schema is not None and not table.schema.equals(
        schema if wanted is None else pa.schema([schema.field(name) for name in wanted])
    ):
        raise ValueError("its columns are not those of this store")
    return table


def _settle(folder: Path) -> None:
    """Have a new name on the disk, not only in memory, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
