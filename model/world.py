"""The whole state of a run at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.kernels import constants
from model.life_cycles import Quarters, quarters
from model.space import KnowledgeSpace
from model.state import Carriers
from model.streams import Streams

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.spec.life_cycles import LifeCyclesSpec

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass
class World:
    """State that processes work on.

    Attributes
    ----------
    scenario
        Resolved scenario.
    streams
        Named random streams of the run.
    carriers
        Firms and meso-organisations.
    space
        Knowledge space.
    step
        Current step, 0 at the start.
    wage
        Wage level, 1 at the start.
    price
        Revenue per unit of offer in each domain at the last sale, shape (domains,).
    world_mass
        Mean mass of competitors in the world, in units of offer.
    competition
        Competitors in each domain against their mean, shape (domains,).
    competition_usual
        Demand against its mean at which competition is at its mean, shape (domains,).
    demand_total
        Demand over all domains, in wages per quarter.
    lead
        Quarters that the run-up to the start still has before it; 0 in a run.
    belief, belief_precision
        Mean and precision of what the region believes of hidden potentials, shape (domains,).
    publicity
        How much is heard of a published success in each domain, shape (domains,).
    effort
        Smoothed R&D in related domains, in wages per quarter, shape (domains,).
    discovered
        Step in which a domain was first held in the region, -1 while latent, shape (domains,).
    experiments
        Successful recombinations into each domain since they were last looked at, shape (domains,).
    domain_density, domain_knowledge, holders
        Last survey: employment-weighted density and knowledge against the frontier, firms that hold a
        domain, shape (domains,).
    account
        Growth account of the step: source x (knowledge, employment-weighted knowledge).
    memos
        Parts of the account that policy induced, same columns.
    counts
        Events of the step, see :mod:`model.kernels.constants`.
    supported_entries
        Domains in which support has paid for a start-up this step.
    closing
        Persistent ids of meso-organisations that close at the end of the step.
    budget_factor
        Factor on the policy budget set by scheduled events.
    initial_wage_bill
        Wage bill at the start, in wages per quarter.
    labour_force
        People who want to work in the region at a wage of 1.
    """

    scenario: Scenario
    streams: Streams
    carriers: Carriers
    space: KnowledgeSpace
    step: int = 0
    wage: float = 1.0
    world_mass: float = 0.0
    competition: Floats = field(default_factory=lambda: np.zeros(0))
    competition_usual: Floats = field(default_factory=lambda: np.zeros(0))
    demand_total: float = 0.0
    lead: int = 0
    belief: Floats = field(default_factory=lambda: np.zeros(0))
    belief_precision: Floats = field(default_factory=lambda: np.zeros(0))
    publicity: Floats = field(default_factory=lambda: np.zeros(0))
    effort: Floats = field(default_factory=lambda: np.zeros(0))
    price: Floats = field(default_factory=lambda: np.zeros(0))
    discovered: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    experiments: Floats = field(default_factory=lambda: np.zeros(0))
    domain_density: Floats = field(default_factory=lambda: np.zeros(0))
    domain_knowledge: Floats = field(default_factory=lambda: np.zeros(0))
    holders: Floats = field(default_factory=lambda: np.zeros(0))
    account: Floats = field(default_factory=lambda: np.zeros((constants.SOURCES, 2)))
    memos: Floats = field(default_factory=lambda: np.zeros((constants.MEMOS, 2)))
    counts: Floats = field(default_factory=lambda: np.zeros(constants.COUNTS))
    supported_entries: list[int] = field(default_factory=list)
    closing: list[int] = field(default_factory=list)
    budget_factor: float = 1.0
    initial_wage_bill: float = 0.0
    labour_force: float = 0.0
    _lives: tuple[Quarters, Floats, LifeCyclesSpec] | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what was looked up: a copy looks it up for itself."""
        return {name: value for name, value in self.__dict__.items() if name != "_lives"}

    def lives(self) -> tuple[Quarters, int]:
        """Where in their lives domains are: quarters that hold the current one, and its place among them."""
        time, places, spec = self.step - self.lead, self.space.places, self.scenario.life_cycles
        known = self._lives
        if known is None or known[1] is not places or known[2] is not spec or not known[0].holds(time):
            known = self._lives = (quarters(places, spec, time), places, spec)
        return known[0], time - known[0].first

    @property
    def network_evolves(self) -> bool:
        """Whether ties are formed and dropped: not with a fixed network or frozen ties."""
        return self.scenario.ties.network == "evolving" and not self.scenario.channels.freeze_ties

    def key(self, name: str) -> np.uint64:
        """Key of the named stream at the current step.

        Parameters
        ----------
        name
            ``"process.decision"``.
        """
        return self.streams.key(name, self.step)
