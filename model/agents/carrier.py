"""Knowledge carriers as Mesa agents: views on rows, not copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from model.agents.mesa_core import Agent
from model.state import COLUMNS, Array

if TYPE_CHECKING:
    from model.agents.population import Population


class Carrier(Agent):  # type: ignore[misc]
    """A knowledge carrier: a persistent id and its row of the table of carriers.

    Parameters
    ----------
    region
        Region that the carrier belongs to.
    identity
        Persistent id.
    """

    model: Population

    def __init__(self, region: Population, identity: int) -> None:
        # Mesa's own constructor would give a new id and keep the region alive for ever (Mesa 3.3).
        self.model = region
        self.unique_id = int(identity)
        self.pos = None
        self._row = 0
        self._looked_up = -1

    @property
    def row(self) -> int:
        """Row of the carrier.

        Raises
        ------
        LookupError
            If the carrier has left the region.
        """
        carriers = self.model.world.carriers
        if self._looked_up == carriers.version:
            return self._row
        ids = carriers.id
        row = self._row
        if not 0 <= row < len(ids) or ids[row] != self.unique_id:
            row = self._row = carriers.row_of(self.unique_id)
            if row < 0:
                raise LookupError(f"{type(self).__name__} {self.unique_id} has left the region")
        self._looked_up = carriers.version
        return row

    @property
    def alive(self) -> bool:
        """Whether the carrier is still in the region."""
        return self.model.world.carriers.row_of(self.unique_id) >= 0

    @property
    def knowledge(self) -> Array:
        """Knowledge by domain in frontier units: a view, shape (domains,)."""
        values: Array = self.model.world.carriers.knowledge[self.row]
        return values

    @property
    def density(self) -> Array:
        """Relatedness density by domain: a view, shape (domains,)."""
        values: Array = self.model.world.carriers.density[self.row]
        return values

    @property
    def total_knowledge(self) -> float:
        """Sum of knowledge over domains, in frontier units."""
        return float(self.knowledge.sum(dtype=np.float64))

    def remove(self) -> None:
        """Leave the region at once, if still there; ties end and knowledge is lost."""
        if self.alive:
            self.model.remove_carrier(self.unique_id)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}>"


def _column(name: str, description: str, *, integer: bool) -> property:
    def read(self: Carrier) -> Any:
        value = getattr(self.model.world.carriers, name)[self.row]
        return int(value) if integer else float(value)

    def write(self: Carrier, value: float) -> None:
        getattr(self.model.world.carriers, name)[self.row] = value

    return property(read, write, doc=description)


for _declared in COLUMNS:
    if _declared.block in ("number", "integer") and _declared.name != "id":
        setattr(
            Carrier,
            _declared.name,
            _column(
                _declared.name,
                f"{_declared.description} Unit: {_declared.unit}.",
                integer=_declared.block == "integer",
            ),
        )


class Firm(Carrier):
    """A firm: a view on its row."""

    @property
    def partners(self) -> list[Firm]:
        """Firms that it is tied to."""
        carriers = self.model.world.carriers
        rows = carriers.partners[self.row, : carriers.degree[self.row]]
        return [self.model.firm(int(carriers.id[row])) for row in rows]

    @property
    def sector_name(self) -> str:
        """Name of its sector."""
        return self.model.world.space.sector_names[int(self.sector)]
