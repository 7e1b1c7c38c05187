"""A sweep on disk that survives anything: whole parts, finished blocks, one writer.

Runs have places in one list. Blocks are files of ``BLOCK`` consecutive runs in ``runs/``, written once all of
them are made: equal to the byte however often the sweep was stopped. What is made of blocks that are not full
yet waits in ``unfinished/``. A crash at any moment leaves runs in both at worst, and blocks count.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from filelock import FileLock, Timeout
from pyarrow import compute

from analysis.runs.parts import DAMAGED, FLUSH_EVERY, Parts, StoreError
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.kept import folder as layout
from analysis.studies.sweep.kept.folder import BLOCK, EARLIER, LOG, RUNS, UNFINISHED
from analysis.studies.sweep.kept.measuring import Row
from analysis.studies.sweep.kept.table import FAILED, schema_of, to_rows, to_table


class SweepStore:
    """A store that is being filled; a context manager, in which no other process can fill it.

    Parameters
    ----------
    folder
        Where it is; it need not exist.
    design
        What is run.
    update
        Whether the store of another sweep may become one of this; runs that are the same are kept.
    retry_failed
        Whether runs that failed are forgotten, and so made again.
    flush_every
        Seconds of work that a crash may cost.
    warn
        Told what was found damaged.

    Raises
    ------
    StoreError
        On entering it, if the folder holds something else, or another process writes to it.
    """

    def __init__(
        self,
        folder: Path,
        design: SweepDesign,
        *,
        update: bool = False,
        retry_failed: bool = False,
        flush_every: float = FLUSH_EVERY,
        warn: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.folder = folder
        self.design = design
        self._update = update
        self._retry_failed = retry_failed
        self._full, self._unfinished, self._earlier = (
            Parts(folder / part, folder / DAMAGED, flush_every=flush_every, warn=warn)
            for part in (RUNS, UNFINISHED, EARLIER)
        )
        self._known = np.zeros(len(design), dtype=bool)
        self._blocks: dict[int, dict[int, Row]] = {}
        self._parts: dict[Path, set[int]] = {}
        self._waiting: list[int] = []
        self._held = ExitStack()
        self._schema = schema_of(design)
        self.failed = 0

    def __enter__(self) -> Self:
        layout.check(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / layout.LOCK, timeout=0)
        try:
            self._held.enter_context(lock)
        except Timeout:
            raise StoreError(
                f"{self.folder}: another process writes to this sweep ({self._writer()}); wait until it is done, "
                f"or stop it with Ctrl-C."
            ) from None
        try:
            self._open()
        except BaseException:
            self._held.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._held:
            self.flush()
            self.note({"stopped": _now(), "made": self.made, "failed": self.failed})

    @property
    def made(self) -> int:
        """How many runs are in the store, failed ones included."""
        return int(self._known.sum())

    def missing(self) -> Iterator[int]:
        """Give the places of the runs that are not in the store, in order."""
        for start in range(0, len(self._known), BLOCK):
            yield from (start + int(at) for at in np.flatnonzero(~self._known[start : start + BLOCK]))

    def add(self, row: Row) -> None:
        """Take a run in; every few seconds what was taken in is written, and every block that is full."""
        number = row.run.number
        if self._known[number]:
            return
        self._keep(row)
        self._waiting.append(number)
        self._finish(number // BLOCK)
        if self._unfinished.due:
            self.flush()

    def flush(self) -> None:
        """Write what was taken in and is in no block yet as a part of its own."""
        self._unfinished.rest()
        rows = [
            self._blocks[number // BLOCK][number]
            for number in self._waiting
            if number // BLOCK in self._blocks
        ]
        if rows:
            path = self._unfinished.add(to_table(rows, self.design))
            self._parts[path] = {row.run.number // BLOCK for row in rows}
        self._waiting.clear()

    def note(self, entry: Mapping[str, Any]) -> None:
        """Add a line to the log of the sweep: who worked at it and when, which no result depends on."""
        with (self.folder / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"process": os.getpid(), **entry}) + "\n")

    def _open(self) -> None:
        manifest = layout.read_manifest(self.folder)
        if manifest is None:
            # A crash may have left runs here between one sweep and the next.
            layout.demote(self.folder)
            layout.create(self.folder, self.design)
        else:
            self._check_same(manifest)
        self.note({"started": _now(), "host": platform.node(), "runs": len(self.design)})
        for parts in (self._full, self._unfinished):
            parts.sweep_out()
        for path in self._full.paths():
            self._take_block(path)
        for path in self._unfinished.paths():
            self._take_part(path)
        for block in list(self._blocks):
            self._finish(block)
        for path in self._earlier.paths():
            self._take_earlier(path)

    def _check_same(self, manifest: Mapping[str, Any]) -> None:
        changed = layout.changes(manifest["description"], self.design.description())
        if changed and not self._update:
            raise StoreError(
                f"{self.folder} holds another sweep: {'; '.join(changed)}. Name another folder with --out, or make "
                f"it this sweep with --update, which keeps the runs that both have and drops the others."
            )
        if changed:
            layout.demote(self.folder)
            layout.create(self.folder, self.design)

    def _take_block(self, path: Path) -> None:
        """Note what is in a block, if it can be read from end to end."""
        table = self._full.read(path, self._schema)
        if table is None:
            return
        numbers = table.column("number").to_numpy()
        block = int(path.stem)
        expected = np.arange(block * BLOCK, min((block + 1) * BLOCK, len(self.design)))
        failed = table.column("status").to_pylist().count(FAILED)
        if not np.array_equal(numbers, expected):
            self._full.set_aside(path, "its runs are not those that belong there")
        elif failed and self._retry_failed:
            kept = table.filter(compute.not_equal(table.column("status"), FAILED))
            if len(kept):
                self._unfinished.add(kept)
            path.unlink()
        else:
            self._known[expected] = True
            self.failed += failed

    def _take_part(self, path: Path) -> None:
        """Take in what is in a part and in no block."""
        table = self._unfinished.read(path, self._schema)
        if table is None:
            return
        rows = [row for row in to_rows(table, self.design) if self._wanted(row)]
        if not rows:
            path.unlink()
            return
        for row in rows:
            self._keep(row)
        self._parts[path] = {row.run.number // BLOCK for row in rows}

    def _take_earlier(self, path: Path) -> None:
        """Take over runs of another sweep that this one has, too."""
        table = self._earlier.read(path)
        if table is None:
            return
        try:
            rows = to_rows(table, self.design)
        except KeyError:
            # The other sweep kept less of its runs.
            rows = []
        for row, name in zip(rows, table.column("run").to_pylist() if rows else [], strict=True):
            number = self.design.numbers.get(name)
            if number is not None:
                own = row._replace(run=self.design.run(number))
                if self._wanted(own):
                    self.add(own)
        self.flush()
        path.unlink()

    def _wanted(self, row: Row) -> bool:
        return not self._known[row.run.number] and not (row.error is not None and self._retry_failed)

    def _keep(self, row: Row) -> None:
        number = row.run.number
        self._known[number] = True
        self._blocks.setdefault(number // BLOCK, {})[number] = row
        self.failed += row.error is not None

    def _finish(self, block: int) -> None:
        """Write a block if it is full, and then let go of the parts that only had runs of full blocks."""
        rows = self._blocks[block]
        if len(rows) < min(BLOCK, len(self.design) - block * BLOCK):
            return
        self._full.add(to_table(list(rows.values()), self.design), layout.block_name(block))
        del self._blocks[block]
        for path in [path for path, blocks in self._parts.items() if block in blocks]:
            self._parts[path].discard(block)
            if not self._parts[path]:
                path.unlink(missing_ok=True)
                del self._parts[path]

    def _writer(self) -> str:
        entries = layout.read_log(self.folder)
        started = [entry for entry in entries if "started" in entry]
        if not started:
            return "just started"
        last = started[-1]
        return f"process {last['process']} on {last.get('host', '?')}, since {last['started']}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
