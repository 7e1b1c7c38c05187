"""What Mesa's tools read from a region: its record, as a data collector that costs nothing until it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from model.record import OBSERVABLES

if TYPE_CHECKING:
    from model.region import Region


class RecordedSeries(mesa.DataCollector):  # type: ignore[misc]
    """A data collector whose model variables are the observables that a region records anyway.

    Parameters
    ----------
    region
        Region whose record is read.
    """

    def __init__(self, region: Region) -> None:
        self._region = region
        super().__init__()

    @property
    def model_vars(self) -> dict[str, list[float]]:
        """Observables over the steps so far."""
        recorded = self._region.record.series[: self._region.world.step + 1]
        return {name: recorded[:, number].tolist() for number, name in enumerate(OBSERVABLES)}

    @model_vars.setter
    def model_vars(self, value: Any) -> None:
        """Mesa sets an empty dictionary; the record is read instead."""

    @property
    def _collection_steps(self) -> list[int]:
        return list(range(self._region.world.step + 1))

    @_collection_steps.setter
    def _collection_steps(self, value: Any) -> None:
        """Mesa sets an empty list; the record is read instead."""

    def collect(self, model: Any) -> None:
        """Do nothing: every step is recorded already."""
