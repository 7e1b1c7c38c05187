"""Members of clusters and how alike they are."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from analysis.facts.watchers.watcher import Floats, Table, Watcher
from model.kernels.constants import FIRM
from model.world import World


class Members(Watcher):
    """Note in every quarter how many members clusters have and how alike members of a cluster are."""

    name: ClassVar[str] = "members"
    after: ClassVar[tuple[str, ...]] = ("survey",)

    def __init__(self) -> None:
        self._steps: list[int] = []
        self._members: list[int] = []
        self._similarity: list[float] = []

    def look(self, process: str, world: World) -> None:
        """Count members and compare what they know."""
        carriers = world.carriers
        rows = np.flatnonzero((carriers.kind == FIRM) & (carriers.cluster >= 0))
        self._steps.append(world.step)
        self._members.append(len(rows))
        self._similarity.append(
            similarity_inside(carriers.knowledge[rows].astype(np.float64), carriers.cluster[rows])
        )

    def table(self) -> Table:
        """Give one row for every quarter."""
        return {
            "step": np.array(self._steps),
            "members": np.array(self._members),
            "similarity": np.array(self._similarity),
        }


def similarity_inside(knowledge: Floats, groups: np.ndarray) -> float:
    """Mean cosine of all pairs of the same group, each group weighted by its pairs; NaN without pairs.

    Parameters
    ----------
    knowledge
        Shape (firms, domains).
    groups
        Group of each firm, shape (firms,).
    """
    lengths = np.sqrt((knowledge**2).sum(axis=1))
    directions = knowledge / np.maximum(lengths, 1e-12)[:, None]
    total, pairs = 0.0, 0
    for group in np.unique(groups):
        inside = directions[(groups == group) & (lengths > 0)]
        count = len(inside)
        # The squared sum of unit vectors counts every pair twice and every firm with itself once.
        total += (float((inside.sum(axis=0) ** 2).sum()) - count) / 2
        pairs += count * (count - 1) // 2
    return total / pairs if pairs else np.nan
