"""A panel of firms: what each knows, how large it is, with how many it is tied."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from analysis.studies.facts.watchers.watcher import Table, Watcher, stack
from model.kernels.constants import FIRM
from model.world import World

EVERY = 4
"""Quarters between two waves of the panel."""


class FirmPanel(Watcher):
    """Note every firm at the end of every fourth quarter."""

    name: ClassVar[str] = "firms"
    after: ClassVar[tuple[str, ...]] = ("survey",)

    def __init__(self) -> None:
        self._waves: list[Table] = []

    def look(self, process: str, world: World) -> None:
        """Copy the columns of firms."""
        if world.step % EVERY:
            return
        carriers = world.carriers
        rows = np.flatnonzero(carriers.kind == FIRM)
        knowledge = carriers.knowledge[rows].astype(np.float64)
        self._waves.append(
            {
                "step": np.full(len(rows), world.step),
                "id": carriers.id[rows].copy(),
                "sector": carriers.sector[rows].copy(),
                "size": carriers.size[rows].copy(),
                "age": carriers.age[rows].copy(),
                "degree": carriers.degree[rows].copy(),
                "absorptive_capacity": carriers.absorptive_capacity[rows].copy(),
                "knowledge": knowledge,
                "strength": np.minimum(1.0, knowledge / world.space.frontier),
                "focus": carriers.focus[rows].copy(),
                "density": zero_diagonal_density(
                    np.minimum(1.0, knowledge / world.space.frontier), world.space.relatedness
                ),
            }
        )

    def table(self) -> Table:
        """Give one row for every firm and wave."""
        return stack(self._waves)


def zero_diagonal_density(strength: np.ndarray, relatedness: np.ndarray) -> np.ndarray:
    """Relatedness density in which a domain does not count for itself (Boschma et al. 2015).

    Parameters
    ----------
    strength
        Knowledge against the frontier, at most 1, shape (carriers, domains).
    relatedness
        phi, shape (domains, domains).

    Returns
    -------
    numpy.ndarray
        ``sum_(e != d) phi_de strength_ie / sum_(e != d) phi_de``, shape (carriers, domains).
    """
    phi = relatedness - np.diag(np.diag(relatedness))
    density: np.ndarray = strength @ phi / np.maximum(phi.sum(axis=0), 1e-12)
    return density
