"""What happens in a step, in order: the same places as in :data:`model.schedule.SCHEDULE`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.reference.absorption import absorb, absorb_from_outside
from tests.reference.exogenous import advance_world, end_support, scheduled_events
from tests.reference.forgetting import forget
from tests.reference.learning import learn_to_learn
from tests.reference.life_cycles import turn
from tests.reference.market import grow, sell
from tests.reference.membership import membership
from tests.reference.recombination import recombine
from tests.reference.research import choose_focus, research
from tests.reference.survey import judge_support, survey
from tests.reference.ties import keep_or_drop_ties, seek_partners
from tests.reference.turnover import enter, leave

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion


def policymakers_act(region: ReferenceRegion) -> None:
    """Let policymakers observe and prioritise at a review, and fund."""
    for policymaker in region.policymakers:
        policymaker.act()


def organisations_act(region: ReferenceRegion) -> None:
    """Let meso-organisations serve firms."""
    for organisation in region.organisations:
        organisation.act()


SCHEDULE: tuple[Callable[[ReferenceRegion], None], ...] = (
    turn,
    advance_world,
    scheduled_events,
    end_support,
    learn_to_learn,
    policymakers_act,
    organisations_act,
    judge_support,
    choose_focus,
    research,
    absorb,
    absorb_from_outside,
    recombine,
    forget,
    keep_or_drop_ties,
    membership,
    seek_partners,
    sell,
    grow,
    leave,
    enter,
    survey,
)
