"""The plain reference model: the processes of the simulation stated one Mesa agent at a time."""

from __future__ import annotations

from dataclasses import replace

import mesa
import numpy as np

from model.kernels import constants
from model.region import Region
from model.scenario import Scenario
from model.space import KnowledgeSpace
from model.world import World
from tests.reference import conversion
from tests.reference.carriers import ReferenceCarrier, ReferenceFirm
from tests.reference.measure import observables
from tests.reference.organisations import ReferenceOrganisation
from tests.reference.policymaker import ReferencePolicymaker
from tests.reference.random_numbers import Luck, stream_key
from tests.reference.schedule import SCHEDULE

CHANGING = ("frontier", "demand", "base_demand", "domain_age", "generation", "opened", "potential")
"""What changes in a knowledge space."""


class ReferenceRegion(mesa.Model):  # type: ignore[misc]
    """A region that follows the same schedule as :class:`model.region.Region`, without any kernel.

    It takes its start from a region or a world, draws the same keyed random numbers, and keeps knowledge
    in single precision as the table of carriers does.

    Parameters
    ----------
    scenario
        Resolved scenario.
    seed
        Seed of the run.
    space
        Knowledge space; what changes in it is copied.
    """

    def __init__(self, scenario: Scenario, seed: int, space: KnowledgeSpace) -> None:
        super().__init__(rng=seed)
        self.parameters = scenario
        self.run_seed = seed
        self.space = replace(space, **{name: getattr(space, name).copy() for name in CHANGING})
        self.prefix = ""
        self.domains = range(space.domains)
        self.carriers: list[ReferenceCarrier] = []
        self.policymakers: list[ReferencePolicymaker] = []
        self.next_id = 0
        self.now = 0
        self.wage = 1.0
        self.world_mass = 0.0
        self.demand_total = 0.0
        self.labour_force = 0.0
        self.lead = 0
        self.budget_factor = 1.0
        self.initial_wage_bill = 0.0
        self.price = np.zeros(space.domains)
        self.competition = np.ones(space.domains)
        self.competition_usual = np.ones(space.domains)
        self.belief = np.zeros(space.domains)
        self.belief_precision = np.zeros(space.domains)
        self.publicity = np.zeros(space.domains)
        self.effort = np.zeros(space.domains)
        self.discovered = np.full(space.domains, -1)
        self.experiments = np.zeros(space.domains)
        self.domain_density = np.zeros(space.domains)
        self.domain_knowledge = np.zeros(space.domains)
        self.holders = np.zeros(space.domains)
        self.account = np.zeros((constants.SOURCES, 2))
        self.memos = np.zeros((constants.MEMOS, 2))
        self.counts = np.zeros(constants.COUNTS)
        self.supported_entries: list[int] = []
        self.closing: list[int] = []
        self.series: list[dict[str, float]] = []

    @classmethod
    def from_world(cls, world: World) -> ReferenceRegion:
        """Copy the state of a world; it has no policymakers."""
        region = cls(world.scenario, world.streams.seed, world.space)
        conversion.copy_world(world, region)
        return region

    @classmethod
    def from_region(cls, region: Region) -> ReferenceRegion:
        """Copy a region, with its policymakers and what was recorded last."""
        copy = cls.from_world(region.world)
        conversion.copy_decisions(region, copy)
        return copy

    def to_world(self) -> World:
        """The state as a table of carriers, so that it can be compared with that of the simulation."""
        return conversion.to_world(self)

    @property
    def firms(self) -> list[ReferenceFirm]:
        """Firms, oldest first."""
        return [carrier for carrier in self.carriers if isinstance(carrier, ReferenceFirm)]

    @property
    def organisations(self) -> list[ReferenceOrganisation]:
        """Meso-organisations, oldest first."""
        return [carrier for carrier in self.carriers if isinstance(carrier, ReferenceOrganisation)]

    @property
    def network_evolves(self) -> bool:
        """Whether ties are formed and dropped: not with a fixed network or frozen ties."""
        parameters = self.parameters
        return parameters.ties.network == "evolving" and not parameters.channels.freeze_ties

    def luck(self, name: str, step: int | None = None) -> Luck:
        """The named random stream of the current step, or of another."""
        return Luck(stream_key(self.run_seed, self.prefix + name, self.now if step is None else step))

    def book(self, source: int, gain: float, firm: ReferenceCarrier) -> None:
        """Book a change of a firm's knowledge to a source, plainly and weighted by its employees."""
        self.account[source] += (gain, gain * firm.size)

    def note(self, item: int, gain: float, firm: ReferenceCarrier) -> None:
        """Note that policy induced a part of what is booked."""
        self.memos[item] += (gain, gain * firm.size)

    def new_identity(self) -> int:
        """Persistent id for a new carrier; ids are never used twice."""
        self.next_id += 1
        return self.next_id - 1

    def remove(self, gone: list[ReferenceCarrier]) -> None:
        """Let carriers leave; their ties end, and whoever they served is served no longer."""
        leaving = {carrier.unique_id for carrier in gone}
        self.carriers = [carrier for carrier in self.carriers if carrier.unique_id not in leaving]
        for carrier in self.carriers:
            carrier.ties = [tie for tie in carrier.ties if tie.partner.unique_id not in leaving]
            if carrier.link is not None and carrier.link.unique_id in leaving:
                carrier.link = None
        for carrier in gone:
            carrier.remove()

    def step(self) -> None:
        """Advance by one step, a quarter, and record it; what was booked stays to be looked at."""
        self.now += 1
        self.forget_what_was_booked()
        for process in SCHEDULE:
            process(self)
        self.series.append(observables(self, self.series[-1] if self.series else {}))

    def forget_what_was_booked(self) -> None:
        """Begin account, memo items and counts afresh."""
        for booked in (self.account, self.memos, self.counts):
            booked[:] = 0.0
