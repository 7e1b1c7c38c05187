"""A region as a Mesa model: built from a scenario and a seed, stepped, looked into, run."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from model.agents import Firm, MesoOrganisation, Policymaker, kind_name
from model.building import build_world, found_organisation
from model.collection import RecordedSeries
from model.kernels import constants
from model.processes.process import Process
from model.record import Record
from model.result import RunResult
from model.scenario import Scenario
from model.schedule import SCHEDULE, Agents

DEFAULT_SCENARIO = "machine_building_meets_iot"


class Region(mesa.Model):  # type: ignore[misc]
    """A region in which firms, meso-organisations and policymakers interact.

    Parameters
    ----------
    scenario
        Scenario, name of a story of the library, or path of a TOML file.
    seed, rng
        Seed of the run (``rng`` is Mesa's newer name for it); drawn afresh if neither is given.
    **settings
        Parameters that differ, by dotted key, such as ``**{"firms.number": 100}``; ``regime="cluster"``
        gives the whole budget to that regime.

    Raises
    ------
    model.loading.ScenarioError
        If the scenario or a setting is wrong.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path = DEFAULT_SCENARIO,
        *,
        seed: int | None = None,
        rng: int | None = None,
        **settings: Any,
    ) -> None:
        chosen = seed if seed is not None else rng
        self.seed = int(secrets.randbits(32) if chosen is None else chosen)
        super().__init__(rng=self.seed)
        self.world = build_world(_resolve(scenario, settings), self.seed)
        resolved = self.world.scenario
        self._organisations = {
            int(identity): MesoOrganisation(self, int(identity), kind_name(int(kind)))
            for identity, kind in zip(self.world.carriers.id, self.world.carriers.kind, strict=True)
            if kind != constants.FIRM
        }
        self.policymakers = tuple(
            Policymaker(self, spec, number) for number, spec in enumerate(resolved.policy.policymakers)
        )
        self._firms: dict[int, Firm] = {}
        self._seen: tuple[int, AgentSet] | None = None
        self._plan = tuple(self._act(entry) for entry in SCHEDULE)
        self.record = Record(resolved.steps, self.world.space.domains)
        self.record.take(self.world, self.policymakers)
        self.datacollector = RecordedSeries(self)

    @property
    def scenario(self) -> Scenario:
        """Resolved scenario."""
        return self.world.scenario

    @scenario.setter
    def scenario(self, value: Any) -> None:
        # Mesa 3.5 sets a scenario of its own here, of which a region has no need.
        self._mesa_scenario = value

    def step(self) -> None:
        """Advance by one step, a quarter."""
        world = self.world
        world.step += 1
        world.account[:] = 0.0
        world.memos[:] = 0.0
        world.counts[:] = 0.0
        for act in self._plan:
            act()
        self.record.take(world, self.policymakers)
        if world.step >= world.scenario.steps:
            self.running = False

    def _act(self, entry: Process | Agents) -> Callable[[], None]:
        if isinstance(entry, Process):
            return partial(entry.function, self.world)
        return self._policymakers_act if entry.who == "policymakers" else self._organisations_act

    def _policymakers_act(self) -> None:
        for policymaker in self.policymakers:
            policymaker.act()

    def _organisations_act(self) -> None:
        for organisation in self.organisations:
            organisation.act()
        for identity in self.world.closing:
            del self._organisations[identity]

    @property
    def organisations(self) -> tuple[MesoOrganisation, ...]:
        """Meso-organisations, oldest first."""
        return tuple(self._organisations.values())

    def organisations_of(self, kind: str) -> list[MesoOrganisation]:
        """Meso-organisations of one kind, oldest first.

        Parameters
        ----------
        kind
            Name of the kind.
        """
        return [o for o in self._organisations.values() if o.kind_name == kind]

    def found_cluster(self, sector: int, place: int) -> None:
        """Found a cluster organisation, unless the sector and place have one.

        Parameters
        ----------
        sector, place
            Where it works.
        """
        if any(o.cell == (sector, place) for o in self.organisations_of("cluster_organisation")):
            return
        identity = found_organisation(self.world, "cluster_organisation", sector, place)
        self._organisations[identity] = MesoOrganisation(self, identity, "cluster_organisation")

    def firm(self, identity: int) -> Firm:
        """View on a firm; the same object every time.

        Parameters
        ----------
        identity
            Persistent id.
        """
        if identity not in self._firms:
            self._firms[identity] = Firm(self, identity)
        return self._firms[identity]

    def remove_carrier(self, identity: int) -> None:
        """Let a firm or meso-organisation leave at once; booked as exit.

        Parameters
        ----------
        identity
            Persistent id.
        """
        world = self.world
        gone = world.carriers.id == identity
        firm = gone & (world.carriers.kind == constants.FIRM)
        lost = world.carriers.knowledge[firm].sum(axis=1, dtype=np.float64)
        world.account[constants.EXIT] -= (lost.sum(), (lost * world.carriers.size[firm]).sum())
        world.carriers.retire(gone)
        self._organisations.pop(identity, None)

    @property
    def agents(self) -> AgentSet:
        """All agents: carriers in the order of their rows, then policymakers."""
        version = self.world.carriers.version
        if self._seen is None or self._seen[0] != version:
            live: list[mesa.Agent] = [
                self._organisations.get(identity) or self.firm(identity)
                for identity in self.world.carriers.id.tolist()
            ]
            self._firms = {agent.unique_id: agent for agent in live if isinstance(agent, Firm)}
            self._seen = (version, AgentSet([*live, *self.policymakers], random=self.random))
        return self._seen[1]

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], AgentSet]:
        """Agents by class."""
        return {
            kind: self.agents.select(agent_type=kind)
            for kind in (Firm, MesoOrganisation, Policymaker)
            if any(isinstance(agent, kind) for agent in self.agents)
        }

    @property
    def agent_types(self) -> list[type]:
        """Classes of agents in the region."""
        return list(self.agents_by_type)

    def result(self, seconds: float = 0.0) -> RunResult:
        """What has been recorded so far.

        Parameters
        ----------
        seconds
            Time that the run took.
        """
        return RunResult(
            scenario=self.scenario,
            seed=self.seed,
            seconds=seconds,
            record=self.record,
            discovered=self.world.discovered,
            domain_names=self.world.space.domain_names,
            ledgers={policymaker.name: policymaker.ledger.entries for policymaker in self.policymakers},
        )


def _resolve(scenario: Scenario | str | Path, settings: Mapping[str, Any]) -> Scenario:
    settings = dict(settings)
    regime = settings.pop("regime", None)
    if not isinstance(scenario, Scenario) or settings:
        from model.loading import load_scenario

        scenario = load_scenario(scenario, settings)
    return scenario if regime is None else scenario.with_regime(regime)


def run(scenario: Scenario, seed: int) -> RunResult:
    """Run a scenario to its horizon.

    Parameters
    ----------
    scenario
        Resolved scenario.
    seed
        Seed of the run.

    Returns
    -------
    RunResult
        Everything recorded; the same scenario and seed give the same bits.
    """
    begun = time.perf_counter()
    region = Region(scenario, seed=seed)
    while region.running:
        region.step()
    return region.result(time.perf_counter() - begun)
