"""Firms give a meso-organisation a hearing by its standing, and accept contact if it is worth their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.carriers import ReferenceFirm
from tests.reference.learning import attention, length, novelty

if TYPE_CHECKING:
    from tests.reference.organisations import ReferenceOrganisation

_NEWCOMER = 0.5
_HEARING = 8


def listeners(organisation: ReferenceOrganisation | None, wanted: int) -> int:
    """Firms that can be asked: eight for every client wanted, if standing is full."""
    standing = _NEWCOMER if organisation is None else organisation.standing
    return int(_HEARING * standing * wanted)


def win_clients(
    asked: list[ReferenceFirm],
    wanted: int,
    organisation: ReferenceOrganisation | None,
    strength: float,
    reach: float,
) -> tuple[list[ReferenceFirm], float]:
    """Ask firms in turn until enough accept; link those that do, and give the share that accepted."""
    if organisation is None:
        return asked[:wanted], float(bool(asked))
    clients: list[ReferenceFirm] = []
    heard = 0
    for firm in asked:
        if len(clients) == wanted:
            break
        heard += 1
        if accepts(firm, organisation, strength, reach):
            clients.append(firm)
    for firm in clients:
        firm.link, firm.link_strength = organisation, strength
    organisation.clients += len(clients)
    return clients, len(clients) / heard if heard else 0.0


def accepts(firm: ReferenceFirm, organisation: ReferenceOrganisation, strength: float, reach: float) -> bool:
    """Whether contact beats the cost of a tie, what other sources lose, and the contact that there is."""
    parameters = firm.model.parameters
    offer = strength * length(novelty(firm, organisation, added_reach=reach))
    share = attention(firm, firm.degree + 1)
    lost = firm.learned * (1 - share / attention(firm, firm.degree))
    if parameters.absorption.learning_rate * share * offer - lost <= parameters.ties.cost:
        return False
    if firm.link is None or firm.link is organisation:
        return True
    return firm.link_strength * length(novelty(firm, firm.link)) < offer
