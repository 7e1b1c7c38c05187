"""Outcomes of runs on disk, found again by what was run: nothing is run twice, and nothing half written is read."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.provenance import ROOT, model_version
from model.record import OUTCOMES
from model.scenario import Scenario

FOLDER = "run_store"
KEYS = ("run", "regime", "seed", "step")
FLUSH_EVERY = 5.0
"""Seconds of work that a crash may cost."""


def model_digest() -> str:
    """Give a digest of the version and the source of the model: results of another model are other results."""
    digest = hashlib.blake2b(model_version().encode(), digest_size=8)
    for path in sorted((ROOT / "model").rglob("*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def scenario_digest(scenario: Scenario) -> bytes:
    """Give a digest of everything in a resolved scenario that a run depends on; its story is none of it."""
    content = scenario.model_dump_json(exclude={"story"})
    return hashlib.blake2b(content.encode(), digest_size=16).digest()


def run_id(scenario: bytes, regime: str, seed: int, model: str) -> str:
    """Name a run by its content.

    Parameters
    ----------
    scenario
        Digest of the resolved scenario.
    regime
        Label of the regime.
    seed
        Seed.
    model
        Digest of the model.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    digest = hashlib.blake2b(scenario, digest_size=16)
    digest.update(f"\n{regime}\n{seed}\n{model}".encode())
    return digest.hexdigest()


class RunStore:
    """A folder of parts, each written whole under a temporary name and then put in its place.

    Several processes may write to one store at a time: parts have names that occur once. A run that is
    in two parts has the same numbers in both.

    Parameters
    ----------
    folder
        Where the parts are; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: list[pd.DataFrame] = []
        self._flushed = time.monotonic()

    def read(self, runs: Collection[str], steps: Collection[int]) -> pd.DataFrame:
        """Read outcomes of certain runs at certain steps.

        Parameters
        ----------
        runs
            Names of runs, see `run_id`.
        steps
            Steps.

        Returns
        -------
        pandas.DataFrame
            ``run``, ``regime``, ``seed``, ``step`` and every outcome; rows that are in the store, sorted.
        """
        # Read late: who only looks at a screen does not wait for it.
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415

        wanted = [("run", "in", set(runs)), ("step", "in", set(steps))]
        found = [*self._waiting]
        for part in sorted(self.folder.glob("*.parquet")) if runs else []:
            try:
                found.append(parquet.read_table(part, filters=wanted).to_pandas())
            except (pa.ArrowException, OSError) as error:
                raise RequestError(
                    f"{part} cannot be read ({error}); delete it to run its runs again."
                ) from None
        table = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*KEYS, *OUTCOMES])
        table = table[table["run"].isin(set(runs)) & table["step"].isin(set(steps))]
        table = table.drop_duplicates(["run", "step"]).sort_values(["run", "step"])
        return table.reset_index(drop=True)

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
            Steps at which outcomes were read.
        values
            Outcomes, shape (steps, outcomes).
        """
        table = pd.DataFrame(values, columns=list(OUTCOMES))
        values_of_keys: tuple[Any, ...] = (run, regime, seed, list(steps))
        for place, (name, value) in enumerate(zip(KEYS, values_of_keys, strict=True)):
            table.insert(place, name, value)
        self._waiting.append(table)
        if time.monotonic() - self._flushed > FLUSH_EVERY:
            self.flush()

    def flush(self) -> None:
        """Write what was taken in as a part of its own."""
        import pyarrow as pa  # noqa: PLC0415 - as above
        from pyarrow import parquet  # noqa: PLC0415

        self._flushed = time.monotonic()
        if not self._waiting:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        name = uuid.uuid4().hex
        fresh = self.folder / f".{name}.new"
        table = pa.Table.from_pandas(pd.concat(self._waiting, ignore_index=True), preserve_index=False)
        try:
            parquet.write_table(table.replace_schema_metadata(None), fresh, compression="zstd")
            fresh.replace(self.folder / f"{name}.parquet")
        finally:
            fresh.unlink(missing_ok=True)
        self._waiting.clear()
