"""Members of clusters and how alike they are."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from analysis.studies.facts.watchers.watcher import Array, Floats, Table, Watcher
from model.kernels.constants import FIRM
from model.world import World

WINDOW = 8
"""Quarters over which those who stay are compared with themselves."""


class Members(Watcher):
    """Note in every quarter how many members clusters have and how alike members of a cluster are.

    Every eighth quarter, also by how much those grew alike who were members of the same cluster all the
    while: who joins and who leaves then makes no difference.
    """

    name: ClassVar[str] = "members"
    after: ClassVar[tuple[str, ...]] = ("survey",)

    def __init__(self) -> None:
        self._steps: list[int] = []
        self._members: list[int] = []
        self._similarity: list[float] = []
        self._stayers: list[float] = []
        self._former: tuple[Array, Array, Floats] | None = None

    def look(self, process: str, world: World) -> None:
        """Count members and compare what they know."""
        carriers = world.carriers
        rows = np.flatnonzero((carriers.kind == FIRM) & (carriers.cluster >= 0))
        knowledge = carriers.knowledge[rows].astype(np.float64)
        self._steps.append(world.step)
        self._members.append(len(rows))
        self._similarity.append(similarity_inside(knowledge, carriers.cluster[rows]))
        self._stayers.append(np.nan)
        if world.step % WINDOW == 0:
            now = (carriers.id[rows].copy(), carriers.cluster[rows].copy(), knowledge)
            if self._former is not None:
                self._stayers[-1] = growth_alike(self._former, now)
            self._former = now

    def table(self) -> Table:
        """Give one row for every quarter."""
        return {
            "step": np.array(self._steps),
            "members": np.array(self._members),
            "similarity": np.array(self._similarity),
            "stayers": np.array(self._stayers),
        }


def growth_alike(before: tuple[Array, Array, Floats], after: tuple[Array, Array, Floats]) -> float:
    """Rise of similarity among those who were in the same group before and after; NaN without pairs.

    Parameters
    ----------
    before, after
        Persistent ids, groups and knowledge of members.
    """
    _, first, second = np.intersect1d(before[0], after[0], return_indices=True)
    stayed = before[1][first] == after[1][second]
    first, second = first[stayed], second[stayed]
    return similarity_inside(after[2][second], after[1][second]) - similarity_inside(
        before[2][first], before[1][first]
    )


def similarity_inside(knowledge: Floats, groups: Array) -> float:
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
