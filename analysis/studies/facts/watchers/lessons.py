"""What every firm learns on every tie, and how far its partner is."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from analysis.studies.facts.watchers.watcher import Array, Table, Watcher, cosines, stack
from model.kernels.constants import FIRM
from model.world import World

EVERY = 4


class Lessons(Watcher):
    """Note, on each tie and for each side, cognitive distance before and learning after the fact.

    Cognitive distance is one minus the cosine of what the two firms know, the measure closest to the
    correlation of patent profiles in Nooteboom et al. (2007).
    """

    name: ClassVar[str] = "lessons"
    after: ClassVar[tuple[str, ...]] = ("research", "absorb", "recombine")

    def __init__(self) -> None:
        self._parts: list[Table] = []
        self._before: Array = np.zeros(0)
        self._absorbed: Array = np.zeros(0)

    def look(self, process: str, world: World) -> None:
        """Copy knowledge before learning, and gains after absorption and after recombination."""
        if world.step % EVERY:
            return
        carriers = world.carriers
        if process == "research":
            self._before = carriers.knowledge.copy()
        elif process == "absorb":
            self._absorbed = carriers.tie_gain.copy()
        else:
            self._note(world)

    def _note(self, world: World) -> None:
        carriers = world.carriers
        held = np.arange(carriers.partners.shape[1]) < carriers.degree[:, None]
        learner, slot = np.nonzero(held & (carriers.kind == FIRM)[:, None])
        partner = carriers.partners[learner, slot]
        self._parts.append(
            {
                "step": np.full(len(learner), world.step),
                "learner": carriers.id[learner].copy(),
                "distance": 1.0 - cosines(self._before[learner], self._before[partner]),
                "degree": carriers.degree[learner].copy(),
                "absorptive_capacity": carriers.absorptive_capacity[learner].copy(),
                "openness": carriers.openness[learner].copy(),
                "absorbed": self._absorbed[learner, slot].astype(np.float64),
                "learned": carriers.tie_gain[learner, slot].astype(np.float64),
            }
        )

    def table(self) -> Table:
        """Give one row for every tie, side and wave."""
        return stack(self._parts)
