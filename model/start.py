"""A steady start: a region begins where it would be if nothing had happened for forty years."""

from __future__ import annotations

import numpy as np

from model.kernels.constants import FIRM
from model.measured import balance_demand
from model.meso import KIND_CODES
from model.meso.institution import Institution
from model.processes.learning import learn_to_learn
from model.processes.market import sell
from model.processes.process import Process
from model.processes.survey import survey
from model.schedule import SCHEDULE
from model.streams import Streams
from model.world import World

_LATER = ("scheduled_events", "policymakers_act")
"""What does not happen before the start."""


class RenamedStreams(Streams):
    """Streams whose names begin with a prefix, so that what was before the start shares no luck with the steps.

    Parameters
    ----------
    seed
        Seed of the run.
    prefix
        What the names begin with.
    """

    def __init__(self, seed: int, prefix: str) -> None:
        super().__init__(seed)
        self._prefix = prefix

    def key(self, name: str, step: int) -> np.uint64:
        """Give the key of a stream at a step; see :meth:`model.streams.Streams.key`."""
        return super().key(self._prefix + name, step)


def open_market(world: World, *, balance: bool = False) -> None:
    """Scale world competition and demand so that revenue pays wages, R&D and the target margin.

    Parameters
    ----------
    world
        State of the run; changed in place.
    balance
        Whether demand is set so that an offer earns the same in every domain, as in a measured region.
    """
    spec, space, carriers = world.scenario.market, world.space, world.carriers
    world.world_mass = 0.0
    sell(world)
    offered = float((space.demand / np.where(world.price > 0, world.price, np.inf)).sum())
    world.world_mass = spec.world_competition * offered / space.domains / float(world.competition.mean())
    sell(world)
    if balance:
        balance_demand(world)
        sell(world)
    costs = world.initial_wage_bill / max(0.1, 1 - spec.margin_target - world.scenario.firms.rd_intensity)
    space.demand *= costs / max(1e-12, float(carriers.revenue.sum()))
    world.demand_total = float(space.demand.sum())
    sell(world)


class Programmes:
    """What meso-organisations do with money of their own, before there is anybody who makes policy.

    Parameters
    ----------
    world
        State of a region that was founded.
    """

    def __init__(self, world: World) -> None:
        kinds = {code: name for name, code in KIND_CODES.items()}
        ids, codes = world.carriers.id.tolist(), world.carriers.kind.tolist()
        self._institutions = [
            Institution(world, identity, kinds[code], row)
            for row, (identity, code) in enumerate(zip(ids, codes, strict=True))
            if code != FIRM
        ]
        self._kept = [0.0] * len(self._institutions)

    def carry_out(self, world: World) -> None:
        """Let every organisation receive its funding, and once a year spend it.

        Parameters
        ----------
        world
            State of the region; changed in place.
        """
        for number, institution in enumerate(self._institutions):
            self._kept[number] += institution.spec.funding
            row = world.carriers.row_of(institution.identity)
            delivery = institution.carry_out_programme(
                world, row, self._kept[number], institution.spec.capacity
            )
            self._kept[number] -= delivery.spent


def run_up(world: World) -> None:
    """Let the model itself run before the start, without policy, until the region stands where it can stay.

    Meso-organisations are part of the region: with money of their own they serve firms as they will in the
    run, so that what they add to skill and knowledge is there when it starts. In the first half of the
    quarters the wage level stays and the market is scaled to what firms offer; in the second half both move
    freely, as they will in the run. The clock of life-cycles runs all the time and comes to the start when
    the run does. Money is then counted in wages of the start.

    Parameters
    ----------
    world
        State of a region that was founded and has found its first partners; changed in place.
    """
    quarters = world.scenario.start.run_up
    if quarters == 0:
        return
    streams = world.streams
    world.streams = RenamedStreams(streams.seed, "run_up.")
    programmes = Programmes(world)
    plan = [
        entry.function if isinstance(entry, Process) else programmes.carry_out
        for entry in SCHEDULE
        if entry.name not in _LATER
    ]
    for step in range(1, quarters + 1):
        world.step = step
        guided = 2 * step <= quarters
        for act in plan:
            act(world)
            if guided and act is sell.function:
                open_market(world)
        if guided:
            world.wage = 1.0
    world.streams = streams
    _begin(world)


def _begin(world: World) -> None:
    """Make the end of the run-up the start of the run."""
    carriers, space = world.carriers, world.space
    world.step = world.lead = 0
    world.labour_force *= world.wage**world.scenario.market.labour_supply
    for money in (carriers.cash, carriers.rd_spending, space.demand):
        np.divide(money, world.wage, out=money)
    world.demand_total = float(space.demand.sum())
    world.wage = 1.0
    world.initial_wage_bill = float(carriers.size[carriers.kind == FIRM].sum())
    carriers.born[:] = 0
    carriers.absorptive_capacity_start[:] = -1.0
    world.discovered[world.discovered > 0] = 0
    world.account[:] = 0.0
    world.memos[:] = 0.0
    world.experiments[:] = 0.0
    sell(world)
    learn_to_learn(world)
    survey(world)
