"""Knowledge carriers as ordinary Mesa agents: what a firm or a meso-organisation is, on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

Floats = NDArray[np.float64]
NOBODY = -1


def single(value: float) -> float:
    """Round to single precision, in which knowledge and what ties teach are kept."""
    return float(np.float32(value))


class ReferenceAgent(mesa.Agent):  # type: ignore[misc]
    """An agent with a persistent id."""

    model: ReferenceRegion

    def __init__(self, region: ReferenceRegion, identity: int) -> None:
        # As Mesa's own constructor, which keeps the region alive for ever (Mesa 3.3) and counts for itself.
        self.model = region
        self.pos = None
        self.unique_id = identity
        region.register_agent(self)
        self.unique_id = identity


@dataclass(eq=False)
class Tie:
    """One side of a tie: what the firm that holds it knows of it.

    Attributes
    ----------
    partner
        The firm at the other end.
    age
        Quarters since it came about.
    origin
        0 own search, 1 brokered.
    project
        Quarters left of a joint project.
    success, project_success
        Successful recombinations in all, and since the joint project began.
    value
        Smoothed learning, in frontier units per quarter.
    gain
        Learning in the step.
    """

    partner: ReferenceFirm
    age: int = 0
    origin: int = 0
    project: int = 0
    success: int = 0
    project_success: int = 0
    value: float = 0.0
    gain: float = 0.0

    def learn(self, gain: float) -> None:
        """Note what the tie has taught."""
        self.gain = single(self.gain + gain)


class ReferenceCarrier(ReferenceAgent):
    """Whatever holds knowledge; attributes are called like the columns of the table of carriers."""

    kind: int

    def __init__(self, region: ReferenceRegion, identity: int) -> None:
        super().__init__(region, identity)
        domains = region.space.domains
        self.knowledge: Floats = np.zeros(domains)
        self.density: Floats = np.zeros(domains)
        self.seat = identity
        self.sector = self.place = self.age = self.born = 0
        self.size = self.cash = self.revenue = self.margin = 0.0
        self.skill = self.skill_base = self.openness = 0.0
        self.rd_stock = self.rd_spending = self.rd_cost = 0.0
        self.absorptive_capacity = self.absorptive_capacity_untrained = 0.0
        self.absorptive_capacity_start = -1.0
        self.focus = 0
        self.learned = 0.0
        self.cluster = self.parent = NOBODY
        self.membership_age = self.members = 0
        self.membership_value = 0.0
        self.standing = 0.5
        self.ties: list[Tie] = []
        self.end_support()

    def end_support(self) -> None:
        """Lose the support of the last step."""
        self.subsidy = self.efficiency = self.transfer = self.survival = self.support = 0.0
        self.link: ReferenceOrganisation | None = None
        self.link_strength = 0.0
        self.clients = 0
        self.support_domain = self.earmark = NOBODY

    @property
    def is_firm(self) -> bool:
        """Whether it is a firm."""
        return self.kind == 0

    @property
    def degree(self) -> int:
        """Number of ties."""
        return len(self.ties)

    @property
    def total(self) -> float:
        """All that it knows."""
        return float(self.knowledge.sum())

    def know(self, domains: Any, levels: Any) -> None:
        """Set knowledge in some domains, in single precision."""
        self.knowledge[domains] = np.asarray(levels, np.float32)

    def gain(self, domain: int, gain: float) -> float:
        """Add to knowledge in a domain; give what was added after rounding."""
        before = self.knowledge[domain]
        self.know(domain, before + gain)
        return float(self.knowledge[domain] - before)

    def tie_to(self, partner: ReferenceCarrier) -> Tie | None:
        """The own side of the tie to a partner, if there is one."""
        return next((tie for tie in self.ties if tie.partner is partner), None)

    def back(self, tie: Tie) -> Tie:
        """The partner's side of one of the own ties."""
        other = tie.partner.tie_to(self)
        if other is None:
            raise LookupError(f"{tie.partner.unique_id} knows of no tie to {self.unique_id}")
        return other


class ReferenceFirm(ReferenceCarrier):
    """A firm; its luck is that of its seat, which it may have taken over from a firm that left."""

    kind = 0


class Vacancy(ReferenceCarrier):
    """The seat of a firm that has left, for an entrant to take over in the same step."""

    kind = 0

    def __init__(self, region: ReferenceRegion, seat: int) -> None:
        super().__init__(region, NOBODY)
        self.remove()
        self.seat = seat


class ReferenceOrganisation(ReferenceCarrier):
    """A meso-organisation as a carrier of knowledge; what it decides is in ``organisations``."""

    def __init__(self, region: ReferenceRegion, identity: int, kind: int) -> None:
        self.kind = kind
        super().__init__(region, identity)
