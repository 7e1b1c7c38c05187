"""Every recombination that is tried: how familiar its parents are, and what it really brought."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from analysis.studies.facts.watchers.watcher import Array, Floats, Table, Watcher, stack
from model.kernels.constants import FIRM
from model.state import Carriers
from model.streams import uniforms
from model.world import World

STREAM = "recombination.attempt"
_TRIES, _OPEN, _PARTNER, _OWN, _OTHER = range(5)


class Recombinations(Watcher):
    """Note the first try of every firm in every quarter.

    What was tried follows from the run's own random numbers, which depend on seed, firm and step alone;
    what came of it is read from the state. Where knowledge of a firm changed because another firm's try
    included it, its own try is left out: its gain could not be told from theirs.

    Raises
    ------
    RuntimeError
        If firms gained in quarters in which, by these numbers, they tried nothing: the model draws
        otherwise than this watcher believes, and what it notes would mean nothing.
    """

    name: ClassVar[str] = "recombinations"
    after: ClassVar[tuple[str, ...]] = ("absorb_from_outside", "recombine")

    def __init__(self) -> None:
        self._parts: list[Table] = []
        self._before: Array = np.zeros(0)
        self._successes: Array = np.zeros(0)

    def look(self, process: str, world: World) -> None:
        """Copy knowledge before, and gains after."""
        if process == "absorb_from_outside":
            self._before = world.carriers.knowledge.copy()
            self._successes = world.carriers.tie_success.copy()
        else:
            self._note(world)

    def _note(self, world: World) -> None:
        carriers, spec, phi = world.carriers, world.scenario.recombination, world.space.relatedness
        firms = np.flatnonzero(carriers.kind == FIRM)
        ids, key = carriers.id[firms], world.key(STREAM)
        luck = {
            draw: uniforms(key, carriers.seat[firms], draw)
            for draw in (_TRIES, _OPEN, _PARTNER, _OWN, _OTHER)
        }
        tries = luck[_TRIES] < spec.attempts
        gained = carriers.knowledge.astype(np.float64) - self._before
        changed = (gained != 0).any(axis=1)
        partner, slot = _partners(world, firms, luck)
        involved = _involved(carriers.rows, partner[tries], carriers)
        alone = ~involved[firms]
        if (changed[firms] & alone & ~tries).any():
            raise RuntimeError(f"the model draws otherwise than the watcher {self.name!r} believes")
        knowledge = self._before.astype(np.float64)
        d = _drawn(knowledge[firms], luck[_OWN])
        closeness = phi[d] * (1.0 - phi[d])
        own = np.where(np.arange(len(phi)) == d[:, None], 0.0, knowledge[firms] * closeness)
        theirs = np.maximum(0.0, knowledge[partner] - knowledge[firms]) * closeness
        networked = partner >= 0
        weights = np.where(networked[:, None], theirs, own)
        e = _drawn(weights, luck[_OTHER])
        noted = tries & alone & (weights.sum(axis=1) > 0)
        other = np.where(networked, knowledge[partner, e], 1.0)
        self._parts.append(
            {
                "step": np.full(int(noted.sum()), world.step),
                "firm": ids[noted],
                "familiarity": phi[d, e][noted],
                "networked": networked[noted],
                "cross_sector": (networked & (carriers.sector[partner] != carriers.sector[firms]))[noted],
                "former": np.where(networked, self._successes[firms, slot], 0)[noted].astype(np.int64),
                "novelty": np.where(
                    networked, 1 - np.minimum(1, knowledge[firms, e] / np.maximum(other, 1e-12)), np.nan
                )[noted],
                "gain": gained[firms].sum(axis=1)[noted],
                "partner_gain": _partner_gain(gained, partner, tries, firms)[noted],
            }
        )

    def table(self) -> Table:
        """Give one row for every try."""
        return stack(self._parts)


def _partners(world: World, firms: Array, luck: dict[int, Floats]) -> tuple[Array, Array]:
    """Partner of each firm's try, -1 for its own, and the slot of the tie."""
    carriers = world.carriers
    degree = carriers.degree[firms]
    asks = world.scenario.channels.networked_recombination & (degree > 0)
    asks = asks & (luck[_OPEN] < carriers.openness[firms])
    slot = np.minimum(np.maximum(degree - 1, 0), (luck[_PARTNER] * degree).astype(np.int64))
    return np.where(asks, carriers.partners[firms, slot], -1), np.where(asks, slot, 0)


def _partner_gain(gained: Floats, partner: Array, tries: Array, firms: Array) -> Floats:
    """Gain of each try's partner; NaN where the partner tried something, or was asked, by others too."""
    asked = np.bincount(partner[tries & (partner >= 0)], minlength=len(gained))
    busy = asked > 1
    busy[firms[tries]] = True
    theirs = np.where(busy[partner], np.nan, gained[partner].sum(axis=1))
    gain: Floats = np.where(partner >= 0, theirs, 0.0)
    return gain


def _involved(rows: int, partners: Array, carriers: Carriers) -> Array:
    """Firms that somebody else's try, or a joint project, may have changed."""
    involved = np.zeros(rows, np.bool_)
    involved[partners[partners >= 0]] = True
    held = np.arange(carriers.tie_project.shape[1]) < carriers.degree[:, None]
    involved |= ((carriers.tie_project > 0) & held).any(axis=1)
    return involved


def _drawn(weights: Floats, luck: Floats) -> Array:
    """Index drawn in proportion to weights, one for each row."""
    running = weights.cumsum(axis=1)
    drawn: Array = (running > luck[:, None] * running[:, -1:]).argmax(axis=1)
    return drawn
