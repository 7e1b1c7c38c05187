"""Ties over time: who forms them, which of them recombine, which dissolve."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from analysis.studies.facts.watchers.watcher import Array, Table, Watcher, stack
from model.kernels.constants import FIRM
from model.world import World

INCUMBENT = 20
"""Quarters from which a firm counts as an incumbent."""


class TieEvents(Watcher):
    """Note all ties at the end of every quarter; from them follow births and deaths of ties."""

    name: ClassVar[str] = "ties"
    after: ClassVar[tuple[str, ...]] = ("survey",)

    def __init__(self) -> None:
        self._parts: list[Table] = []

    def look(self, process: str, world: World) -> None:
        """Copy each tie once, with the persistent ids of both sides."""
        carriers = world.carriers
        firm = carriers.kind == FIRM
        held = np.arange(carriers.partners.shape[1]) < carriers.degree[:, None]
        first, slot = np.nonzero(held & firm[:, None])
        second = carriers.partners[first, slot]
        once = first < second
        first, slot, second = first[once], slot[once], second[once]
        incumbent = carriers.age >= INCUMBENT
        self._parts.append(
            {
                "step": np.full(len(first), world.step),
                "first": carriers.id[first].copy(),
                "second": carriers.id[second].copy(),
                "age": carriers.tie_age[first, slot].astype(np.int64),
                "successes": carriers.tie_success[first, slot].astype(np.int64),
                "value": np.minimum(
                    carriers.tie_value[first, slot],
                    carriers.tie_value[second, _back(carriers.partners, first, second)],
                ).astype(np.float64),
                "incumbents": incumbent[first].astype(np.int64) + incumbent[second],
            }
        )

    def table(self) -> Table:
        """Give one row for every tie and quarter."""
        return stack(self._parts)


def _back(partners: Array, first: Array, second: Array) -> Array:
    """Slot in which the second firm holds its tie with the first."""
    back: Array = (partners[second] == first[:, None]).argmax(axis=1)
    return back
