"""What happens in a step, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.processes import (
    absorption,
    exogenous,
    forgetting,
    learning,
    life_cycles,
    market,
    membership,
    recombination,
    research,
    survey,
    ties,
    turnover,
)
from model.processes.process import Process


@dataclass(frozen=True)
class Agents:
    """A place in the schedule where agents decide one by one, in their own methods.

    Attributes
    ----------
    name
        Name of the place.
    who
        Which agents act.
    summary
        What they do.
    """

    name: str
    who: Literal["policymakers", "organisations"]
    summary: str


SCHEDULE: tuple[Process | Agents, ...] = (
    life_cycles.turn,
    exogenous.advance_world,
    exogenous.scheduled_events,
    exogenous.end_support,
    learning.learn_to_learn,
    Agents(
        "policymakers_act", "policymakers", "Let policymakers observe and prioritise at a review, and fund."
    ),
    Agents("organisations_act", "organisations", "Let meso-organisations serve firms."),
    survey.judge_support,
    research.choose_focus,
    research.research,
    absorption.absorb,
    absorption.absorb_from_outside,
    recombination.recombine,
    forgetting.forget,
    ties.keep_or_drop_ties,
    membership.membership,
    ties.seek_partners,
    market.sell,
    market.grow,
    turnover.leave,
    turnover.enter,
    survey.survey,
)
