"""What Mesa's tools read from a region: its record, as a data collector that costs nothing until read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import mesa
import pandas as pd

from model.record import OBSERVABLES

if TYPE_CHECKING:
    from model.region import Region


class RecordedSeries(mesa.DataCollector):  # type: ignore[misc]
    """A data collector whose model variables are the observables that a region records anyway.

    ``get_model_vars_dataframe`` gives the start and every step so far. ``model_vars``, which
    ``mesa.batch_run`` reads, has one entry a step, the start left out: Mesa 3.3 takes the entry before the
    number of steps to be the last one.

    Parameters
    ----------
    region
        Region whose record is read.
    """

    def __init__(self, region: Region) -> None:
        self._region = region
        super().__init__()
        self.model_reporters = {name: partial(_observed, name) for name in OBSERVABLES}

    def get_model_vars_dataframe(self) -> pd.DataFrame:
        """Observables so far.

        Returns
        -------
        pandas.DataFrame
            One column an observable, one row a step; row 0 is the start.
        """
        rows = self._region.world.step + 1
        recorded = self._region.record.series[:rows].copy()
        return pd.DataFrame(recorded, pd.RangeIndex(rows, name="Step"), list(OBSERVABLES))

    @property
    def model_vars(self) -> dict[str, list[float]]:
        """Observables at the end of each step so far."""
        recorded = self._region.record.series[1 : self._region.world.step + 1]
        return {name: recorded[:, number].tolist() for number, name in enumerate(OBSERVABLES)}

    @model_vars.setter
    def model_vars(self, value: Any) -> None:
        """Mesa sets an empty dictionary; the record is read instead."""

    @property
    def _collection_steps(self) -> list[int]:
        return list(range(1, self._region.world.step + 1))

    @_collection_steps.setter
    def _collection_steps(self, value: Any) -> None:
        """Mesa sets an empty list; the record is read instead."""

    def collect(self, model: Any) -> None:
        """Do nothing: every step is recorded already."""


def _observed(name: str, region: Region) -> float:
    return region.observed(name)
