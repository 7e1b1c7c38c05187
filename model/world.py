"""The whole state of a run at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.kernels import constants
from model.space import KnowledgeSpace
from model.state import Carriers
from model.streams import Streams

if TYPE_CHECKING:
    from model.scenario import Scenario

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
        Constant mass of competitors in the world, in units of offer.
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
    """

    scenario: Scenario
    streams: Streams
    carriers: Carriers
    space: KnowledgeSpace
    step: int = 0
    wage: float = 1.0
    world_mass: float = 0.0
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
