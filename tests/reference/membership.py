"""Buy-in: firms join a cluster, stay and leave as it pays them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.carriers import NOBODY, ReferenceFirm
from tests.reference.learning import expected_learning
from tests.reference.organisations import ReferenceOrganisation
from tests.reference.random_numbers import Luck

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_TRIES = 16


def membership(region: ReferenceRegion) -> None:
    """Let members judge what their cluster brings, and other firms of its sector and place whether to join."""
    luck = region.luck("membership.encounter")
    clusters = {o.cell: o for o in region.organisations if o.is_cluster}
    members = dict.fromkeys(clusters, 0)
    firms = region.firms
    for firm in firms:
        organisation = clusters.get((firm.sector, firm.place))
        if organisation is None or firm.cluster != organisation.unique_id:
            firm.cluster = NOBODY
        if organisation is None:
            continue
        if firm.cluster == NOBODY:
            consider_joining(firm, firms, organisation, luck)
        else:
            consider_leaving(firm)
        members[organisation.cell] += firm.cluster != NOBODY
    for organisation in region.organisations:
        if organisation.is_cluster:
            organisation.members = members[organisation.cell]


def consider_leaving(firm: ReferenceFirm) -> None:
    """Smooth what ties to other members teach; leave if it has long been less than the fee."""
    spec = firm.model.parameters.membership
    gain = sum(tie.value for tie in firm.ties if tie.partner.cluster == firm.cluster)
    firm.membership_value = (1 - spec.memory) * firm.membership_value + spec.memory * gain
    firm.membership_age += 1
    if firm.membership_age > spec.patience and firm.membership_value < spec.fee:
        firm.cluster = NOBODY


def consider_joining(
    firm: ReferenceFirm, firms: list[ReferenceFirm], organisation: ReferenceOrganisation, luck: Luck
) -> None:
    """Join if the best of some firms met in the own sector and place could teach more than the fee."""
    spec = firm.model.parameters.membership
    met = [meet(firm, firms, number * _TRIES, luck) for number in range(spec.encounters)]
    best = max((expected_learning(firm, other) for other in met if other is not None), default=0.0)
    if best > spec.fee:
        firm.cluster = organisation.unique_id
        firm.membership_age = 0
        firm.membership_value = best


def meet(firm: ReferenceFirm, firms: list[ReferenceFirm], draw: int, luck: Luck) -> ReferenceFirm | None:
    """Another firm of the own sector and place, if one is met in a few tries among all firms."""
    for number in range(_TRIES):
        other = firms[luck.index(firm.seat, draw + number, len(firms))]
        here = (other.sector, other.place) == (firm.sector, firm.place)
        if other is not firm and here:
            return other
    return None
