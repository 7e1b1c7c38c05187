"""What all switched regimes do: one engine, in which a built-in regime is a point like any other."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from model.policy import observation as fields
from model.policy.observation import Floats, Observation
from model.policy.orders import Order, Target
from model.policy.regimes import choice, discovery
from model.policy.regimes.base import Memory, Regime
from model.policy.regimes.composition import ComposedSpec
from model.policy.regimes.discovery import DiscoveryMemory
from model.policy.regimes.switches import NETWORKED, PILOT, SwitchedSpec, divide

T = TypeVar("T", bound=SwitchedSpec)


def settings(spec: SwitchedSpec) -> dict[str, Any]:
    """Give what the parameters of a regime say, but for its kind."""
    return {name: getattr(spec, name) for name in type(spec).model_fields if name != "kind"}


class SwitchedRegime(Regime[T]):
    """A regime whose switches say all: what it sees, what it prioritises, and what it orders for whom.

    Parameters
    ----------
    spec
        Parameters of the regime.

    Attributes
    ----------
    composition
        The same as a point in the space of all switches.
    shares
        Share of the money for each instrument.
    """

    def __init__(self, spec: T) -> None:
        super().__init__(spec)
        self.composition = self.compose(spec)
        self.shares = divide(self.composition.delivery, self.composition.links, self.composition.search)
        self.spots = self.composition.spotting_share > 0 and self.composition.links != "isolated"
        self.sees = sees(self.composition)

    @staticmethod
    @abstractmethod
    def compose(spec: T) -> ComposedSpec:
        """Say where in the space of all switches a regime is.

        Parameters
        ----------
        spec
            Its own parameters.

        Returns
        -------
        ComposedSpec
            All parameters.
        """

    def review(self, observation: Observation, memory: Memory) -> Memory:
        """Update beliefs, choose priorities and pilots, and note what these stand for."""
        spec = self.composition
        before = memory if isinstance(memory, DiscoveryMemory) else DiscoveryMemory()
        past = (*before.past, observation)[-1 - spec.monitoring_lag :]
        # What is out of date is everything but one's own luck.
        observation = replace(past[0], step=observation.step, luck=observation.luck)
        made = replace(before, past=past if spec.monitoring_lag else (), pilots=())
        if spec.search == "discovering":
            return self._discover(observation, before, made)
        made = self._prioritise(observation, made, np.zeros(0, np.bool_))
        return replace(made, knowledge_last=observation.domain_knowledge.copy())

    def _discover(
        self, observation: Observation, before: DiscoveryMemory, made: DiscoveryMemory
    ) -> DiscoveryMemory:
        spec = self.composition
        made = discovery.learn(spec, observation, made)
        failed = discovery.failed(spec, observation, made)
        # A failure tells as much as a pilot: the domain is worth one deviation less than believed.
        made = replace(made, mean=np.where(failed, made.mean - spec.prior_deviation, made.mean))
        made = discovery.appraise(spec, observation, made)
        candidate = discovery.candidates(spec, observation, before) & ~failed
        # Nobody proposes what is drawn by lot.
        proposed = () if spec.by_lot else tuple(np.flatnonzero(candidate).tolist())
        if spec.by_lot:
            candidate = discovery.admitted(spec, observation)
        made = replace(made, proposed=proposed)
        made = self._prioritise(observation, made, candidate)
        made = replace(made, pilots=discovery.draw_pilots(spec, observation, made, candidate))
        return discovery.follow_up(spec, observation, before, made)

    def _prioritise(
        self, observation: Observation, memory: DiscoveryMemory, candidate: discovery.Flags
    ) -> DiscoveryMemory:
        """Choose priorities, and look up the sectors and domains that they stand for."""
        spec, homes = self.composition, observation.domain_home
        sectors: tuple[int, ...] = ()
        domains: tuple[int, ...] = ()
        cells: tuple[tuple[int, int], ...] = ()
        if spec.prioritise == "sectors":
            sectors = choice.choose_sectors(spec, observation, memory)
        elif spec.prioritise == "clusters":
            cells = choice.choose_cells(spec, observation, memory)
        else:
            domains = choice.choose_domains(spec, observation, memory, candidate)
        at_home = sectors or tuple(dict.fromkeys(sector for sector, _ in cells))
        aims = domains or tuple(np.flatnonzero(np.isin(homes, at_home)).tolist())
        if domains and len(homes):
            at_home = tuple(dict.fromkeys(int(homes[d]) for d in domains if homes[d] >= 0))
        if self.spots:
            cells = choice.spot_cells(spec, observation)
        weights = np.zeros(len(homes))
        weights[list(aims)] = 1.0
        return replace(
            memory, sectors=sectors, domains=domains, cells=cells, aims=aims, weights=weights, homes=at_home,
            networks=self._networks(observation, at_home),
        )  # fmt: skip

    def _networks(self, observation: Observation, homes: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        """Existing cluster organisations that can carry priorities: inside, those at home with them."""
        if self.composition.through_clusters == 0:
            return ()
        fits = observation.cell_organised > 0
        if self.composition.scope == "inside":
            fits &= np.isin(observation.cell_sector, homes)
        return tuple(
            (int(observation.cell_sector[c]), int(observation.cell_place[c])) for c in np.flatnonzero(fits)
        )

    def allocate(self, memory: Memory) -> tuple[Order, ...]:
        """Order the instruments for whom the switches mean."""
        if not isinstance(memory, DiscoveryMemory) or not _priorities(self.composition, memory):
            return ()
        orders: list[Order] = []
        share = 1.0 - self.composition.spotting_share if self.spots else 1.0
        for name, part in self.shares.items():
            orders += self._orders(name, share * part, memory)
        if self.spots and memory.cells:
            spotted = Target(scope="inside")
            orders.append(Order("brokerage", self.composition.spotting_share, spotted, cells=memory.cells))
        return tuple(orders)

    def _orders(self, name: str, share: float, memory: DiscoveryMemory) -> list[Order]:
        spec = self.composition
        target, domains = self._target(name, memory), self._domains(name, memory)
        if name == PILOT and not domains:
            return []
        earmarked = spec.targeting == "earmarked"
        if spec.prioritise == "clusters":
            if name != "brokerage" or spec.scope == "across":
                return [Order(name, share, target, domains, memory.cells, earmarked)]
            parts = (("inside", 1 - spec.outward), ("across", spec.outward))
            return [
                Order(name, share * part, replace(target, scope=scope), domains, memory.cells, earmarked)  # type: ignore[arg-type]
                for scope, part in parts
                if part > 0
            ]
        carried = spec.through_clusters if name in NETWORKED and memory.networks else 0.0
        orders = []
        if carried < 1:
            orders.append(Order(name, share * (1 - carried), target, domains, earmarked=earmarked))
        if carried > 0:
            orders.append(Order(name, share * carried, target, domains, memory.networks, earmarked))
        return orders

    def _domains(self, name: str, memory: DiscoveryMemory) -> tuple[int, ...]:
        """Domains that an instrument aims at, one a step; what is scaled up has its turn more often."""
        if name == PILOT:
            return memory.pilots
        if self.composition.targeting == "generic":
            return ()
        return tuple(domain for domain in memory.aims for _ in range(int(memory.weights[domain])))

    def _target(self, name: str, memory: DiscoveryMemory) -> Target:
        spec = self.composition
        near: Floats | None = None
        sectors: Floats | None = None
        if spec.targeting != "generic" and memory.aims:
            near = memory.weights
        if spec.scope == "inside" and spec.prioritise != "clusters":
            sectors = np.zeros(max(memory.homes, default=0) + 1)
            sectors[list(memory.homes)] = 1.0
        if spec.scope == "across":
            return Target(sectors, near, scope="across")
        # For an instrument that serves one firm at a time, the scope is a matter of its sectors only.
        pairs = name in NETWORKED or spec.prioritise == "clusters"
        return Target(sectors, near, scope="inside" if pairs else "any")


def _priorities(spec: ComposedSpec, memory: DiscoveryMemory) -> tuple[Any, ...]:
    return {"sectors": memory.sectors, "clusters": memory.cells, "domains": memory.domains}[spec.prioritise]


def sees(spec: ComposedSpec) -> frozenset[str]:
    """Name what a regime needs to see for its choices, and so what it is let see.

    Parameters
    ----------
    spec
        Its parameters.

    Returns
    -------
    frozenset of str
        Fields of the observation.
    """
    discovers = spec.search == "discovering"
    of_sectors, of_clusters, of_domains = (
        spec.prioritise == what for what in ("sectors", "clusters", "domains")
    )
    from_below = spec.policy_driven < 1 and not of_domains
    spots = spec.spotting_share > 0 and spec.links != "isolated"
    needed = (
        (fields.DOMAINS, discovers),
        (fields.STRENGTHS, of_domains and not discovers),
        (fields.SECTORS, of_sectors or (of_clusters and spec.policy_driven > 0 and not discovers)),
        (fields.CELLS, of_clusters or spots or spec.through_clusters > 0 or (from_below and not discovers)),
        (fields.INITIATIVE, from_below and (of_clusters or not discovers)),
        (fields.ORGANISED, of_clusters or spec.through_clusters > 0),
        (fields.CLASSIFICATION, discovers or of_domains or spec.targeting != "generic" or spec.captured > 0),
        (fields.INCUMBENTS, spec.captured > 0),
        (fields.LOT, spec.by_lot),
        (fields.TRUTH, discovers and spec.informed),
    )
    return frozenset().union(*(names for names, wanted in needed if wanted))
