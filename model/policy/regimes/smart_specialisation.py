"""Smart specialisation: an ongoing entrepreneurial discovery of domains (Foray 2015)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from model.policy.observation import DOMAINS, Floats, Observation
from model.policy.orders import Order, Target
from model.policy.regimes.base import Memory, Regime, RegimeSpec
from model.spec.kinds import Shares
from model.spec.section import parameter

_UNRELATED = 1e-3


class SmartSpecialisationSpec(RegimeSpec):
    """How discovery proceeds, how many priorities it keeps and what they get."""

    kind: Literal["smart_specialisation"] = parameter(
        "smart_specialisation", "Which regime this is a variant of."
    )
    delivery: Shares = parameter(
        {
            "discovery_pilot": 0.15,
            "training": 0.2,
            "brokerage": 0.3,
            "technology_transfer": 0.15,
            "public_research": 0.1,
            "start_up_support": 0.1,
        },
        "Share of the money for each instrument.",
        unit="share",
    )
    priorities: int = parameter(
        3, "Domains supported at a time.", unit="domains", ge=1, le=64, source="Foray 2015"
    )
    pilots: int = parameter(
        3, "Domains tried out at a time.", unit="domains", ge=1, le=64, source="Foray 2015"
    )
    candidates: int = parameter(
        10,
        "Domains closest to existing capabilities that are considered; half as many come from firms' experiments.",
        unit="domains",
        ge=1,
        le=512,
        source="Balland et al. 2019",
    )
    mastery: float = parameter(
        0.25,
        "Regional knowledge against the frontier above which a domain needs no discovery.",
        unit="share",
        ge=0,
        le=1,
    )
    prior_deviation: float = parameter(
        1.0,
        "Standard deviation of beliefs about log potential before any pilot.",
        gt=0,
        le=10,
        source="Thompson 1933",
    )
    belief_drift: float = parameter(
        0.1, "Variance that beliefs gain between reviews, because the world moves on.", ge=0, le=10
    )
    stop_after: int = parameter(
        4,
        "Reviews after which a priority must have grown.",
        unit="reviews",
        ge=1,
        le=100,
        source="Foray 2015",
    )
    stop_growth: float = parameter(
        0.02,
        "Growth of regional knowledge against the frontier below which a priority is stopped.",
        ge=0,
        le=1,
        source="Foray 2015",
    )


@dataclass(frozen=True)
class DiscoveryMemory(Memory):
    """Beliefs about log potential, and how priorities have done.

    Attributes
    ----------
    mean, variance
        Normal beliefs about the log potential of each domain, shape (domains,).
    kept, knowledge_then
        Number of reviews that a priority has been kept, and regional knowledge when it was chosen.
    """

    mean: Floats = field(default_factory=lambda: np.zeros(0))
    variance: Floats = field(default_factory=lambda: np.zeros(0))
    kept: Floats = field(default_factory=lambda: np.zeros(0))
    knowledge_then: Floats = field(default_factory=lambda: np.zeros(0))


class SmartSpecialisation(Regime[SmartSpecialisationSpec]):
    """Find candidates near capabilities, try them, believe what pilots tell, support a few."""

    kind: ClassVar[str] = "smart_specialisation"
    spec_type: ClassVar[type[RegimeSpec]] = SmartSpecialisationSpec
    sees: ClassVar[frozenset[str]] = DOMAINS

    def review(self, observation: Observation, memory: Memory) -> Memory:
        """Update beliefs by Bayes, stop what fails; priorities by what is believed, pilots by Thompson sampling."""
        memory = self._learn(observation, memory)
        failed = self._failed(observation, memory)
        # A failure tells as much as a pilot: the domain is worth one deviation less than believed.
        mean = np.where(failed, memory.mean - self.spec.prior_deviation, memory.mean)
        candidate = self._candidates(observation) & ~failed
        priorities = _best(np.where(candidate, mean, -np.inf), self.spec.priorities)
        # Thompson (1933): try by a draw from beliefs, so that what is uncertain gets its chance.
        drawn = np.where(candidate, mean + np.sqrt(memory.variance) * observation.luck, -np.inf)
        drawn[list(priorities)] = -np.inf
        pilots = _best(drawn, self.spec.pilots)
        new = np.ones(len(mean), np.bool_)
        new[list(set(priorities) & set(memory.domains))] = False
        chosen = np.zeros(len(mean), np.bool_)
        chosen[list(priorities)] = True
        return DiscoveryMemory(
            domains=priorities,
            pilots=pilots,
            mean=mean,
            variance=memory.variance,
            kept=np.where(chosen, np.where(new, 0.0, memory.kept + 1), 0.0),
            knowledge_then=np.where(new, observation.domain_knowledge, memory.knowledge_then),
        )

    def _learn(self, observation: Observation, memory: Memory) -> DiscoveryMemory:
        spec, domains = self.spec, len(observation.domain_density)
        if not isinstance(memory, DiscoveryMemory):
            prior = np.log(np.maximum(observation.domain_density, _UNRELATED))
            memory = DiscoveryMemory(
                mean=prior,
                variance=np.full(domains, spec.prior_deviation**2),
                kept=np.zeros(domains),
                knowledge_then=observation.domain_knowledge.copy(),
            )
        variance = np.minimum(memory.variance + spec.belief_drift, spec.prior_deviation**2)
        precision = 1 / variance + observation.signal_precision
        mean = (memory.mean / variance + observation.signals * observation.signal_precision) / precision
        return DiscoveryMemory(
            domains=memory.domains,
            mean=mean,
            variance=1 / precision,
            kept=memory.kept,
            knowledge_then=memory.knowledge_then,
        )

    def _failed(self, observation: Observation, memory: DiscoveryMemory) -> np.ndarray:
        was_priority = np.zeros(len(memory.mean), np.bool_)
        was_priority[list(memory.domains)] = True
        growth = observation.domain_knowledge - memory.knowledge_then
        return was_priority & (memory.kept >= self.spec.stop_after) & (growth < self.spec.stop_growth)

    def _candidates(self, observation: Observation) -> np.ndarray:
        open_domain = observation.domain_knowledge < self.spec.mastery
        density = np.where(open_domain, observation.domain_density, -np.inf)
        candidate = np.zeros(len(density), np.bool_)
        candidate[list(_best(density, self.spec.candidates))] = True
        # Firms' own experiments point at domains that density does not show.
        tried = np.where(open_domain & (observation.experiments > 0), observation.experiments, -np.inf)
        candidate[list(_best(tried, self.spec.candidates // 2))] = True
        return candidate

    def allocate(self, memory: Memory) -> tuple[Order, ...]:
        """Order pilots for what is uncertain and networked support for priorities."""
        if not isinstance(memory, DiscoveryMemory) or not memory.domains:
            return ()
        weights = np.zeros(len(memory.mean))
        weights[list(memory.domains)] = 1.0
        orders = []
        for name, share in self.spec.delivery.items():
            domains = memory.pilots if name == "discovery_pilot" else memory.domains
            if domains:
                orders.append(Order(name, share, Target(domains=weights, scope="across"), domains))
        return tuple(orders)


def _best(merit: Floats, count: int) -> tuple[int, ...]:
    order = np.argsort(-merit, kind="stable")[:count]
    return tuple(int(domain) for domain in order if np.isfinite(merit[domain]))
