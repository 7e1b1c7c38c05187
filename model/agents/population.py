"""Who is in a region: Mesa's registry of agents, into which carriers come once somebody looks."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from model.agents.carrier import Carrier, Firm
from model.agents.mesa_core import Agent, Model
from model.agents.organisation import MesoOrganisation, kind_name
from model.agents.policymaker import Policymaker
from model.building import found_organisation
from model.kernels import constants
from model.meso.account import Account
from model.world import World


class Population(Model):  # type: ignore[misc]
    """A Mesa model whose agents are the carriers of a world, its policymakers, and what a user adds.

    Views on carriers are registered with Mesa at the first look at the agents, and kept up to date from
    then on; where nobody looks there are none. Agents are in the order policymakers, a user's own agents,
    carriers from the oldest to the youngest, whenever the first look was.

    Parameters
    ----------
    world
        State of the run.
    seed
        Seed of the run; ``random`` and ``rng`` start from it and are for a user's own agents: the region
        itself draws from named streams only.
    """

    firm_type: ClassVar[type[Firm]] = Firm
    """Class of the views on firms; a region whose firms can do more names a subclass here."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(rng=seed)
        self.world = world
        self.accounts: dict[int, tuple[str, Account]] = {}
        self._firms: dict[int, Firm] = {}
        self._organisations = {
            int(identity): MesoOrganisation(self, int(identity), kind_name(int(kind)))
            for identity, kind in zip(world.carriers.id, world.carriers.kind, strict=True)
            if kind != constants.FIRM
        }
        self._found: dict[tuple[str, tuple[tuple[int, int], ...]], list[MesoOrganisation]] = {}
        self._registered: dict[int, Carrier] = {}
        self._watched = False
        self._shown = -1
        self._unsorted = False
        self.policymakers: tuple[Policymaker, ...] = ()
        self._next_own = -1
        for number, spec in enumerate(world.scenario.policy.policymakers):
            self.policymakers += (Policymaker(self, spec, number),)
            self.register_agent(self.policymakers[number])

    @property
    def agents(self) -> Any:
        """All agents, as a set that follows the region."""
        self._show()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """Agents by class, as sets that follow the region."""
        self._show()
        return super().agents_by_type

    @property
    def agent_types(self) -> Any:
        """Classes of agents that are or were in the region."""
        self._show()
        return super().agent_types

    def register_agent(self, agent: Agent) -> None:
        """Take in an agent that is no carrier; Mesa calls this when one is made.

        Parameters
        ----------
        agent
            Agent; its id is below zero, where no carrier has one.
        """
        self._register(agent, self._next_own)
        self._next_own -= 1
        self._unsorted = True
        self._shown = -1

    def _register(self, agent: Agent, identity: int) -> None:
        # Mesa 3.5 numbers agents with this counter while it registers them, Mesa 3.3 before.
        self.agent_id_counter = agent.unique_id = identity
        super().register_agent(agent)
        # The counters of Mesa 3.3 would keep every region alive for ever.
        getattr(Agent, "_ids", {}).pop(self, None)

    def deregister_agent(self, agent: Agent) -> None:
        """Let an agent go; a policymaker acts no more, what it spent stays recorded.

        Parameters
        ----------
        agent
            Agent.
        """
        super().deregister_agent(agent)
        self.policymakers = tuple(p for p in self.policymakers if p is not agent)

    def remove_all_agents(self) -> None:
        """Let all agents leave."""
        self._show()
        super().remove_all_agents()

    def _show(self) -> None:
        """Register new carriers with Mesa, and let go of those that have left."""
        carriers = self.world.carriers
        if self._shown == carriers.version:
            return
        self._watched = True
        self._shown = carriers.version
        live = {identity: row for row, identity in enumerate(carriers.id.tolist())}
        for identity in sorted(self._registered.keys() - live.keys()):
            self.deregister_agent(self._registered.pop(identity))
        for identity in sorted(live.keys() - self._registered.keys()):
            is_firm = carriers.kind[live[identity]] == constants.FIRM
            view = self.firm(identity) if is_firm else self._organisations.get(identity)
            # An organisation that is about to close has left already.
            if view is not None:
                self._registered[identity] = view
                self._register(view, identity)
        if self._unsorted:
            super().agents.sort(_carriers_last, ascending=True, inplace=True)
            self._unsorted = False

    def _keep_up(self) -> None:
        """Follow what a step has changed, for those who hold agents or sets of them."""
        if self._watched:
            self._show()
        if self._firms:
            live = set(self.world.carriers.id.tolist())
            self._firms = {identity: firm for identity, firm in self._firms.items() if identity in live}

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

    def organisations_in(self, kind: str, cells: tuple[tuple[int, int], ...]) -> list[MesoOrganisation]:
        """Meso-organisations of one kind that work in some sectors and places, oldest first.

        Parameters
        ----------
        kind
            Name of the kind.
        cells
            Sectors and places.
        """
        known = self._found.get((kind, cells))
        if known is None:
            known = self._found[kind, cells] = [o for o in self.organisations_of(kind) if o.cell in cells]
        return known

    def _let_go(self, identity: int) -> None:
        """Forget a meso-organisation that closes or leaves."""
        self._organisations.pop(identity, None)
        self._found.clear()

    def found_cluster(self, sector: int, place: int) -> None:
        """Found a cluster organisation, unless the sector and place have one.

        Parameters
        ----------
        sector, place
            Where it works.
        """
        if not self.world.scenario.organisations.cluster_organisation.may_be_founded:
            return
        if any(o.cell == (sector, place) for o in self.organisations_of("cluster_organisation")):
            return
        identity = found_organisation(self.world, "cluster_organisation", sector, place)
        self._organisations[identity] = MesoOrganisation(self, identity, "cluster_organisation")
        self._found.clear()

    def open_account(self, identity: int, kind: str) -> Account:
        """Open the account of a meso-organisation; it stays when the organisation has closed.

        Parameters
        ----------
        identity
            Persistent id of the organisation.
        kind
            Name of its kind.
        """
        account = Account(self.world.scenario.steps)
        self.accounts[identity] = (kind, account)
        return account

    def firm(self, identity: int) -> Firm:
        """View on a firm; the same object every time.

        Parameters
        ----------
        identity
            Persistent id.

        Raises
        ------
        LookupError
            If there is no such firm, or it has left.
        """
        view = self._firms.get(identity)
        if view is None:
            view = self.firm_type(self, identity)
            if self.world.carriers.kind[view.row] != constants.FIRM:
                raise LookupError(f"carrier {identity} is no firm")
            self._firms[identity] = view
        return view

    def remove_carrier(self, identity: int) -> None:
        """Let a firm or meso-organisation leave at once; booked as exit.

        Parameters
        ----------
        identity
            Persistent id.

        Raises
        ------
        LookupError
            If there is no such carrier.
        """
        world = self.world
        carriers = world.carriers
        gone = carriers.id == identity
        if not gone.any():
            raise LookupError(f"there is no carrier {identity}")
        firm = gone & (carriers.kind == constants.FIRM)
        lost = carriers.knowledge[firm].sum(axis=1, dtype=np.float64)
        world.account[constants.EXIT] -= (lost.sum(), (lost * carriers.size[firm]).sum())
        world.counts[constants.EXITS] += 1
        carriers.retire(gone)
        self._firms.pop(identity, None)
        self._let_go(identity)
        if identity in self._registered:
            self.deregister_agent(self._registered.pop(identity))


def _carriers_last(agent: Agent) -> int:
    return 1 + agent.unique_id if isinstance(agent, Carrier) else 0
