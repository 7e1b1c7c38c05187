"""What is read off a run: averages over the horizon, where it stood after some years, and what it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.runs.execution import Finished
from analysis.runs.store import KeptRuns
from model.policy.ledger import SPENT
from model.record import OBSERVABLES
from model.region import Region
from model.scenario import Scenario

QUARTERS = 4
YEARS = (5, 10, 20)
AVERAGED = ("value_weighted_knowledge", "output")
PRIMARY, BESIDE = AVERAGED
FOLLOWED = ("output", "employment")

READ = (
    *AVERAGED,
    "spent",
    *(f"{name}_{when}" for name in FOLLOWED for when in ("start", *YEARS)),
    "latent",
    *(f"opened_{years}" for years in YEARS),
    "seconds",
)
"""Averages over the horizon by the name of the outcome; ``latent`` domains at the start and how many of them
somebody has come to hold since, which may have been lost again; processor ``seconds`` that the run took."""


@dataclass(frozen=True)
class Reading:
    """What was read off a run.

    Attributes
    ----------
    values
        In the order of `READ`.
    """

    values: npt.NDArray[np.float64]

    @property
    def outcomes(self) -> dict[str, float]:
        """What must be finite."""
        return dict(zip(READ, self.values.tolist(), strict=True))


def read_run(scenario: Scenario, seed: int) -> Reading:
    """Make a run and read it.

    Parameters
    ----------
    scenario
        Resolved scenario.
    seed
        Seed of the run.

    Returns
    -------
    Reading
        What was read; years beyond the horizon are read at its end.
    """
    begun = time.process_time()
    region = Region(scenario, seed=seed)
    latent = region.world.discovered < 0
    opened, seen = [0], np.zeros_like(latent)
    while region.running:
        region.step()
        seen |= latent & (region.world.discovered >= 0)
        opened.append(int(seen.sum()))
    series = pd.DataFrame(region.record.series, columns=list(OBSERVABLES))
    places = {years: min(QUARTERS * years, len(series) - 1) for years in YEARS}
    values = [float(series[name].iloc[1:].mean()) for name in AVERAGED]
    ledgers = region.result().ledgers.values()
    values.append(sum(float(entries[:, :, SPENT].sum()) for entries in ledgers))
    for name in FOLLOWED:
        values += [float(series[name].iloc[place]) for place in (0, *places.values())]
    values += [float(latent.sum()), *(float(opened[place]) for place in places.values())]
    return Reading(np.array([*values, time.process_time() - begun]))


class ReadingStore(KeptRuns[pd.DataFrame]):
    """Readings of runs, by their names."""

    beside_results = "reading_store"
    required: ClassVar[tuple[str, ...]] = READ
    """What every reading has; some may have more."""

    def __init__(self, folder: Path, warn: Callable[[str], None] = lambda _: None) -> None:
        super().__init__(folder, warn)
        self._known: pd.DataFrame | None = None
        self._added: list[dict[str, Any]] = []

    def read(self, runs: Collection[str]) -> pd.DataFrame:
        """Return what is kept of certain runs, by the name of the run."""
        if self._known is None:
            found = [
                part.to_pandas()
                for path in self._parts.paths()
                if (part := self._parts.read(path)) is not None
            ]
            found = [part for part in found if {"run", *self.required} <= set(part.columns)]
            self._known = (
                pd.concat(found, ignore_index=True)
                if found
                else pd.DataFrame(columns=["run", *self.required])
            ).drop_duplicates("run")
        if self._added:
            added = pd.DataFrame(self._added)
            self._known = pd.concat([*([self._known] if len(self._known) else []), added], ignore_index=True)
            self._added.clear()
        wanted = self._known[self._known["run"].isin(set(runs))].drop_duplicates("run").set_index("run")
        return wanted.drop(columns=["regime", "seed"], errors="ignore").astype(np.float64)

    def add(self, run: str, regime: str, seed: int, reading: Finished) -> None:
        """Take a reading in; every few seconds what was taken in is written."""
        row = {"run": run, "regime": regime, "seed": seed, **reading.outcomes}
        self._added.append(row)
        self._take(pd.DataFrame([row]))

    def _table(self, entries: Sequence[pd.DataFrame]) -> pa.Table:
        table = pa.Table.from_pandas(pd.concat(entries, ignore_index=True), preserve_index=False)
        return table.replace_schema_metadata(None)
