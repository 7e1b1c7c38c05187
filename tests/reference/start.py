"""A steady start: the model itself, run without policy before the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.reference.exogenous import scheduled_events
from tests.reference.learning import learn_to_learn
from tests.reference.market import sell
from tests.reference.schedule import SCHEDULE, organisations_act, policymakers_act
from tests.reference.survey import survey

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

LATER = (scheduled_events, policymakers_act)
"""What does not happen before the run."""


def run_up(region: ReferenceRegion) -> None:
    """Run for the quarters of the run-up, with luck of its own; then count money in wages of the start.

    In the first half, wages stay and the market is opened anew in every quarter.
    """
    quarters = region.parameters.start.run_up
    region.prefix = "run_up."
    for region.now in range(1, quarters + 1):
        guided = region.now <= quarters / 2
        for process in SCHEDULE:
            if process in LATER:
                continue
            if process is organisations_act:
                for organisation in region.organisations:
                    organisation.prepare()
                continue
            process(region)
            if guided and process is sell:
                open_market(region)
        if guided:
            region.wage = 1.0
    region.prefix = ""
    if quarters:
        begin(region)


def open_market(region: ReferenceRegion) -> None:
    """Scale competitors to the region's mean offer, and demand so that it pays wages, R&D and the target margin."""
    parameters, space = region.parameters, region.space
    theta = parameters.market.knowledge_elasticity
    offer = sum(firm.size * (firm.knowledge / space.frontier) ** theta for firm in region.firms)
    scale = np.mean(offer) / region.competition.mean()
    region.world_mass = float(parameters.market.world_competition * scale)
    sell(region)
    kept = 1 - parameters.market.margin_target - parameters.firms.rd_intensity
    revenue = sum(firm.revenue for firm in region.firms)
    space.demand *= region.initial_wage_bill / max(0.1, kept) / max(1e-12, revenue)
    region.demand_total = float(space.demand.sum())
    sell(region)


def begin(region: ReferenceRegion) -> None:
    """Make the end of the run-up the start: nothing is booked yet, and everybody has always been there."""
    region.now = region.lead = 0
    region.labour_force *= region.wage**region.parameters.market.labour_supply
    region.space.demand /= region.wage
    region.demand_total = float(region.space.demand.sum())
    for carrier in region.carriers:
        carrier.cash /= region.wage
        carrier.rd_spending /= region.wage
        carrier.born = 0
        carrier.absorptive_capacity_start = -1.0
    for organisation in region.organisations:
        organisation.own_money = 0.0
        organisation.account.clear()
    region.wage = 1.0
    region.initial_wage_bill = sum(firm.size for firm in region.firms)
    region.discovered[region.discovered >= 0] = 0
    region.forget_what_was_booked()
    region.experiments[:] = 0.0
    for process in (sell, learn_to_learn, survey):
        process(region)
    region.forget_what_was_booked()
