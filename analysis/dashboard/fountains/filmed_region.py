"""A region that is filmed: what knowledge springs from, domain by domain, and where a policy's money goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from analysis.studies.facts.laboratory import WatchedRegion
from analysis.studies.facts.watchers.watcher import Table, Watcher
from model.kernels.constants import FIRM
from model.policy.orders import Delivery, Order
from model.scenario import Scenario
from model.world import World

Floats = npt.NDArray[np.float64]

SPRINGS: tuple[str, ...] = ("researched", "learnt", "recombined", "piloted")
"""What knowledge springs from; each gathers sources of the growth account, see `SOURCES`."""

SOURCES: dict[str, tuple[int, ...]] = {
    "researched": (0,), "learnt": (1, 2, 3, 4), "recombined": (5, 6, 7, 8), "piloted": (9,),
    "forgotten": (10,), "obsolete": (11,), "moved": (12, 13, 14),
}  # fmt: skip
"""Counts that are shown, and the sources of the growth account that each of them adds up."""

_SPRING_OF = {
    "judge_support": "piloted", "research": "researched", "absorb": "learnt", "absorb_from_outside": "learnt",
    "recombine": "recombined",
}  # fmt: skip
"""Process after which knowledge that has come about belongs to a spring."""


class Gains(Watcher):
    """Note what every firm gained in every domain in the step, by what it sprang from.

    Attributes
    ----------
    ids, size
        Persistent id and employees of each row while knowledge was gained.
    gained
        Knowledge gained by spring, each of shape (rows, domains).
    taught
        Learning on each tie, shape (rows, slots), and who taught, -1 for nobody.
    offered
        What each tie would have taught a firm of unlimited absorptive capacity, same shape.
    joined
        Successful recombinations on each tie, same shape.
    """

    name: ClassVar[str] = "gains"
    after: ClassVar[tuple[str, ...]] = ("learn_to_learn", *_SPRING_OF)

    def __init__(self) -> None:
        self.ids: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self.size: Floats = np.zeros(0)
        self.gained: dict[str, Floats] = {}
        self.taught = self.offered = self.from_organisations = self.joined = np.zeros((0, 0))
        self.teachers: npt.NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._before: npt.NDArray[np.float32] = np.zeros((0, 0), np.float32)

    def look(self, process: str, world: World) -> None:
        """Compare knowledge with what it was before the process."""
        carriers = world.carriers
        if process == "learn_to_learn":
            self.gained = {spring: np.zeros(carriers.knowledge.shape) for spring in SPRINGS}
            self._before = carriers.knowledge.copy()
            return
        firm = (carriers.kind == FIRM)[:, None]
        rows = len(self._before)
        gain = np.where(firm[:rows], carriers.knowledge[:rows].astype(np.float64) - self._before, 0.0)
        self.gained[_SPRING_OF[process]] += gain
        if process == "research":
            self._expect(world)
        elif process == "absorb":
            self._note_lessons(world)
        elif process == "recombine":
            self.joined = carriers.tie_success - self.joined
        self._before = carriers.knowledge.copy()
        if process == "judge_support":
            # Organisations that were founded in the step have rows of their own from here on.
            more = carriers.rows - rows
            self.gained = {name: np.pad(each, ((0, more), (0, 0))) for name, each in self.gained.items()}

    def _expect(self, world: World) -> None:
        """Note, before firms learn, what they are offered."""
        carriers, spec = world.carriers, world.scenario.absorption
        self.ids, self.size = carriers.id.copy(), carriers.size.copy()
        held = np.arange(carriers.partners.shape[1]) < carriers.degree[:, None]
        held &= (carriers.kind == FIRM)[:, None]
        self.teachers = np.where(held, carriers.id[np.where(held, carriers.partners, 0)], -1)
        self.taught, self.joined = carriers.tie_gain.astype(np.float64), carriers.tie_success.copy()
        self.offered = np.zeros(held.shape)
        learner, slot = np.nonzero(held)
        gap = carriers.knowledge[carriers.partners[learner, slot]] - carriers.knowledge[learner]
        np.maximum(gap, 0.0, out=gap)
        sources = (carriers.degree + (carriers.link >= 0))[learner].astype(np.float64)
        norm = np.sqrt((gap.astype(np.float64) ** 2).sum(axis=1))
        scale = spec.learning_rate * sources**-spec.attention_sharing / np.maximum(norm, 1e-12)
        lesson = np.minimum(scale[:, None] * gap * gap, gap / sources[:, None])
        self.offered[learner, slot] = lesson.sum(axis=1)

    def _note_lessons(self, world: World) -> None:
        carriers = world.carriers
        self.taught = carriers.tie_gain - self.taught
        self.from_organisations = carriers.learned - self.taught.sum(axis=1)

    def table(self) -> Table:
        """Give nothing: what was noted is looked at step by step."""
        return {}


class FilmedRegion(WatchedRegion):
    """A region that notes gains, and whom the money of its policymakers reaches.

    Parameters
    ----------
    scenario, seed
        As for :class:`model.region.Region`.

    Attributes
    ----------
    gains
        What was gained in the step.
    money
        Policy money that reached each carrier in the step, by persistent id.
    aims
        Policy money of the step by what it was meant for: ``("domain", d)``, ``("pilot", d)``,
        ``("cell", sector, place)``, ``("sector", s)`` or ``("anybody",)``. It sums to the ledger's.
    """

    def __init__(self, scenario: Scenario, *, seed: int) -> None:
        self.gains = Gains()
        self.money: dict[int, float] = {}
        self.aims: dict[tuple[Any, ...], float] = {}
        self._support: Floats = np.zeros(0)
        super().__init__(scenario, seed=seed, watchers=(self.gains,))
        for policymaker in self.policymakers:
            policymaker.book = partial(self._book, policymaker.book)  # type: ignore[method-assign]

    def step(self) -> None:
        """Advance by one step, a quarter."""
        self.money, self.aims = {}, {}
        super().step()

    def _policymakers_act(self) -> None:
        self._support = self.world.carriers.support.copy()
        super()._policymakers_act()

    def _organisations_act(self) -> None:
        for organisation in self.organisations:
            # What it did with money of its own before is not the policymaker's.
            self._support = self.world.carriers.support.copy()
            organisation.act()
        for identity in self.world.closing:
            del self._organisations[identity]

    def _book(self, book: Callable[[Order, Delivery], None], order: Order, delivery: Delivery) -> None:
        book(order, delivery)
        carriers = self.world.carriers
        reached = carriers.support.copy()
        reached[: len(self._support)] -= self._support
        self._support = carriers.support.copy()
        rows = np.flatnonzero(reached > 0)
        for row in rows:
            identity = int(carriers.id[row])
            self.money[identity] = self.money.get(identity, 0.0) + float(reached[row])
        if delivery.spent > 0:
            for aim, part in self._meant(order, rows, reached[rows]).items():
                self.aims[aim] = self.aims.get(aim, 0.0) + part * delivery.spent

    def _meant(
        self, order: Order, rows: npt.NDArray[np.int64], reached: Floats
    ) -> dict[tuple[Any, ...], float]:
        """Share out an order's money over what it was meant for."""
        if order.domains:
            if order.instrument == "discovery_pilot":
                return {("pilot", order.domain(self.world.step)): 1.0}
            return {
                ("domain", domain): order.domains.count(domain) / len(order.domains)
                for domain in order.domains
            }
        carriers = self.world.carriers
        parts: dict[tuple[Any, ...], float] = {}
        for row, money in zip(rows, reached, strict=True):
            sector, place = int(carriers.sector[row]), int(carriers.place[row])
            if order.cells:
                aim: tuple[Any, ...] = ("cell", sector, place)
            else:
                aim = ("sector", sector) if order.target.sectors is not None else ("anybody",)
            parts[aim] = parts.get(aim, 0.0) + float(money)
        total = sum(parts.values())
        if total > 0:
            return {aim: money / total for aim, money in parts.items()}
        if order.cells:
            return {("cell", *cell): 1 / len(order.cells) for cell in order.cells}
        return {("anybody",): 1.0}
