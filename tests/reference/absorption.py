"""Absorption of knowledge from partners and from meso-organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from tests.reference.carriers import Floats, ReferenceCarrier, ReferenceFirm, Tie
from tests.reference.learning import attention, gaps, length, novelty, reach, understood
from tests.reference.recombination import draw_index
from tests.reference.research import believed_worth, price_without_potential

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

_WHETHER, _WHICH = 0, 1
_TRAINED = 0.995
"""Training is credited where it has raised absorptive capacity by half a percent or more."""


def absorb(region: ReferenceRegion) -> None:
    """Let every firm learn from all its sources at once, from knowledge as it stood before."""
    learned = [(firm, learn_from_all(firm)) for firm in region.firms]
    for firm, gain in learned:
        firm.know(slice(None), firm.knowledge + gain)


def absorb_from_outside(region: ReferenceRegion) -> None:
    """Let firms pick up a domain that is common in the world, near to what they know and worth their while.

    A firm does with probability ``rate A``; the domain is drawn in proportion to density and expected price.
    """
    spec, space = region.parameters.absorption, region.space
    level = spec.outside_level * space.frontier
    luck = region.luck("absorption.outside")
    price = np.array([price_without_potential(region, d) * believed_worth(region, d) for d in region.domains])
    for firm in region.firms:
        if luck.uniform(firm.seat, _WHETHER) >= spec.outside_rate * firm.absorptive_capacity:
            continue
        new = (space.opened | (region.discovered >= 0)) & (firm.knowledge < level)
        domain = draw_index(np.where(new, firm.density * price, 0.0), luck.uniform(firm.seat, _WHICH))
        if domain is not None:
            gain = firm.gain(domain, level[domain] - firm.knowledge[domain])
            region.book(constants.ABSORPTION_FROM_OUTSIDE, gain, firm)


def learn_from_all(firm: ReferenceFirm) -> Floats:
    """What a firm learns in each domain from its ties and from whoever serves it."""
    region = firm.model
    spec = region.parameters.absorption
    gain = np.zeros(region.space.domains)
    sources = firm.degree + (firm.link is not None)
    share = attention(firm, sources)
    for tie in firm.ties:
        rate = spec.learning_rate * share
        if spec.exchange == "barter":
            rate *= reciprocity(firm, tie.partner)
        taught = learn_from(firm, tie.partner, rate, sources)
        gain += taught
        book_tie(firm, tie, float(taught.sum()))
    if firm.link is not None:
        rate = spec.learning_rate * share * firm.link_strength
        taught = learn_from(firm, firm.link, rate, sources)
        gain += taught
        region.book(constants.ABSORPTION_FROM_ORGANISATIONS, float(taught.sum()), firm)
    firm.learned = float(gain.sum())
    return gain


def learn_from(firm: ReferenceFirm, source: ReferenceCarrier, rate: float, sources: int) -> Floats:
    """What a source teaches; what transfer and training have added to it is noted."""
    region, gap = firm.model, gaps(firm, source)
    capacity, untrained, transfer = (
        firm.absorptive_capacity,
        firm.absorptive_capacity_untrained,
        firm.transfer,
    )
    taught = lesson(gap, reach(firm, capacity, transfer), rate, sources)
    total = float(taught.sum())
    if transfer > 0:
        without = lesson(gap, reach(firm, capacity, 0.0), rate, sources)
        region.note(constants.TRANSFER_INDUCED_ABSORPTION, total - float(without.sum()), firm)
    if untrained < capacity * _TRAINED:
        without = lesson(gap, reach(firm, untrained, transfer), rate, sources)
        region.note(constants.TRAINING_INDUCED_ABSORPTION, total - float(without.sum()), firm)
    return taught


def lesson(gap: Floats, far: Floats, rate: float, sources: int) -> Floats:
    """``u_d = rate f_d^2 / ||f||``, at most an even share of the gap for each source."""
    f = understood(gap, far)
    return np.minimum(rate * f * f / (length(f) or 1.0), gap / sources)


def reciprocity(firm: ReferenceFirm, partner: ReferenceFirm) -> float:
    """Share of its learning that a firm may take under barter: no more than it teaches (Cowan & Jonard 2004)."""
    own = length(novelty(firm, partner)) * attention(firm, firm.degree)
    other = length(novelty(partner, firm)) * attention(partner, partner.degree)
    return min(1.0, other / own) if own > 0 else 0.0


def book_tie(firm: ReferenceFirm, tie: Tie, total: float) -> None:
    """Book what a tie has taught."""
    region = firm.model
    same = firm.sector == tie.partner.sector
    source = constants.ABSORPTION_SAME_SECTOR if same else constants.ABSORPTION_CROSS_SECTOR
    region.book(source, total, firm)
    tie.learn(total)
    if tie.origin == constants.BROKERED:
        region.note(constants.BROKERED_ABSORPTION, total, firm)
