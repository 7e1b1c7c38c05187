"""Entrepreneurial discovery: what is believed of domains, tried out, stopped and scaled up (Foray 2015)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from model.policy.observation import Floats, Observation
from model.policy.regimes.base import Memory
from model.policy.regimes.composition import ComposedSpec

Flags = NDArray[np.bool_]

_UNRELATED = 1e-3
_MOST_TREND = 1.5
"""Most that a trend is thought to add to log demand."""
_TIE = 1e-3
"""Weight of merit and luck among what is known equally little."""


def _nothing() -> Floats:
    return np.zeros(0)


@dataclass(frozen=True)
class DiscoveryMemory(Memory):
    """What a policymaker remembers of priorities, and, where it discovers, believes of domains.

    Attributes
    ----------
    aims, weights
        Domains that the priorities stand for, and the weight of each domain, shape (domains,).
    homes
        Sectors in which priorities are at home, where support stays inside.
    networks
        Sector and place of cluster organisations that can carry priorities.
    mean, variance
        Normal beliefs about the hidden potential of each domain, shape (domains,).
    merit
        Log of what support of each domain seems worth, shape (domains,).
    proposed
        Domains that are candidates, by what the region knows or by what its firms try.
    kept, knowledge_then
        Number of reviews that a domain has been an aim, and regional knowledge when it became one.
    knowledge_last
        Regional knowledge at the last review, shape (domains,).
    past
        Observations that monitoring has not yet reported, oldest first.
    """

    aims: tuple[int, ...] = ()
    weights: Floats = field(default_factory=_nothing)
    homes: tuple[int, ...] = ()
    networks: tuple[tuple[int, int], ...] = ()
    proposed: tuple[int, ...] = ()
    mean: Floats = field(default_factory=_nothing)
    merit: Floats = field(default_factory=_nothing)
    variance: Floats = field(default_factory=_nothing)
    kept: Floats = field(default_factory=_nothing)
    knowledge_then: Floats = field(default_factory=_nothing)
    knowledge_last: Floats = field(default_factory=_nothing)
    past: tuple[Observation, ...] = ()


def learn(spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory) -> DiscoveryMemory:
    """Update beliefs by Bayes from what pilots told.

    Parameters
    ----------
    spec
        Parameters of the regime.
    observation
        What it sees.
    memory
        Beliefs so far; before the first review there are none, and all domains seem alike.

    Returns
    -------
    DiscoveryMemory
        Beliefs now.
    """
    if not len(memory.mean):
        domains = len(observation.domain_density)
        memory = replace(
            memory,
            mean=np.zeros(domains),
            variance=np.full(domains, spec.prior_deviation**2),
            kept=np.zeros(domains),
            knowledge_then=observation.domain_knowledge.copy(),
        )
    if spec.informed:
        return replace(memory, mean=observation.domain_potential.copy())
    if not spec.feedback:
        return memory
    variance = np.minimum(memory.variance + spec.belief_drift, spec.prior_deviation**2)
    precision = 1 / variance + observation.signal_precision
    mean = (memory.mean / variance + observation.signals * observation.signal_precision) / precision
    return replace(memory, mean=mean, variance=1 / precision)


def appraise(spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory) -> DiscoveryMemory:
    """Put together what can be seen of domains and what is believed of their hidden potential.

    ``ln V + trend + mean + ln sqrt(omega) + ln (1 - c) + ln room``: a growing demand, capabilities nearby, a
    domain that is not too complex, and room up to the frontier.

    Parameters
    ----------
    spec, observation, memory
        As for :func:`learn`.

    Returns
    -------
    DiscoveryMemory
        With the merit of each domain.
    """
    wanted = np.log(np.maximum(observation.domain_demand / observation.domain_demand.mean(), _UNRELATED))
    trend = np.clip(spec.trend_horizon * observation.domain_trend, -_MOST_TREND, _MOST_TREND)
    near = 0.5 * np.log(np.maximum(observation.domain_density, _UNRELATED))
    simple = np.log(np.maximum(1 - observation.domain_complexity, _UNRELATED))
    room = np.log(np.maximum(1 - observation.domain_knowledge, _UNRELATED))
    return replace(memory, merit=wanted + trend + memory.mean + near + simple + room)


def failed(spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory) -> Flags:
    """Tell which domains have been supported long enough, and have not grown.

    Parameters
    ----------
    spec, observation, memory
        As for :func:`learn`.

    Returns
    -------
    numpy.ndarray
        True for these, shape (domains,).
    """
    grown = observation.domain_knowledge - memory.knowledge_then
    old = _among(memory.aims, len(memory.mean)) & (memory.kept >= spec.stop_after)
    return old & (grown < spec.stop_growth) & spec.feedback


def candidates(spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory) -> Flags:
    """Find domains worth a try: close to what the region knows but not held, or where firms experiment themselves.

    What is a priority already stays one to choose from until the region is good at it.

    Parameters
    ----------
    spec, observation, memory
        As for :func:`learn`.

    Returns
    -------
    numpy.ndarray
        True for candidates, shape (domains,).
    """
    unmastered = (observation.domain_knowledge < spec.mastery) & admitted(spec, observation)
    from_above = round(spec.policy_driven * spec.candidates)
    near = np.where(unmastered, observation.domain_density, -np.inf)
    # Firms' own experiments point at domains that density does not show.
    tried = np.where(unmastered & (observation.experiments > 0), observation.experiments, -np.inf)
    chosen = (*best(near, from_above), *best(tried, spec.candidates - from_above))
    going_on = _among(memory.aims, len(near)) & (observation.domain_knowledge < spec.graduation)
    return _among(chosen, len(near)) | going_on


def admitted(spec: ComposedSpec, observation: Observation) -> Flags:
    """Tell which domains can be priorities: none that are left out, and inside sectors only those at home there."""
    if spec.scope == "inside":
        can = np.asarray(observation.domain_home >= 0)
    else:
        can = np.ones(len(observation.domain_knowledge), np.bool_)
    return can & ~observation.left_out if len(observation.left_out) else can


def draw_pilots(
    spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory, candidate: Flags
) -> tuple[int, ...]:
    """Choose what to try: what is known least, or by a draw from beliefs (Thompson 1933).

    Parameters
    ----------
    spec, observation, memory
        As for :func:`learn`; domains that are priorities need no pilot.
    candidate
        Domains worth a try, shape (domains,).

    Returns
    -------
    tuple of int
        Domains; a share ``captured`` are those that the largest firms know best.
    """
    taken = list(memory.domains)
    if spec.by_lot:
        merit = observation.lot[: len(memory.mean)]
    elif spec.pilots_by == "uncertainty":
        merit = memory.variance + _TIE * (memory.merit + observation.luck)
    else:
        merit = memory.merit + np.sqrt(memory.variance) * observation.luck
    drawn = np.where(candidate, merit, -np.inf)
    drawn[taken] = -np.inf
    captured: tuple[int, ...] = ()
    if spec.captured > 0:
        known = np.where(admitted(spec, observation), observation.incumbent_knowledge, -np.inf)
        known[taken] = -np.inf
        captured = best(known, round(spec.captured * spec.pilots))
        drawn[list(captured)] = -np.inf
    return (*captured, *best(drawn, spec.pilots - len(captured)))


def follow_up(
    spec: ComposedSpec, observation: Observation, before: DiscoveryMemory, memory: DiscoveryMemory
) -> DiscoveryMemory:
    """Note how long domains have been aims and where they stood, and give more weight to what has grown.

    Parameters
    ----------
    spec, observation
        As for :func:`learn`.
    before
        What was remembered from the last review.
    memory
        With the aims from now on.

    Returns
    -------
    DiscoveryMemory
        With what is to be remembered until the next review.
    """
    count = len(memory.mean)
    goes_on = _among(memory.aims, count) & _among(before.aims, count)
    grown = observation.domain_knowledge - memory.knowledge_then >= spec.scale_growth
    scaled = goes_on & grown & spec.feedback
    return replace(
        memory,
        weights=np.where(scaled, spec.scaling, 1.0) * memory.weights,
        kept=np.where(goes_on, memory.kept + 1, 0.0),
        knowledge_then=np.where(goes_on, memory.knowledge_then, observation.domain_knowledge),
    )


def best(merit: Floats, count: int) -> tuple[int, ...]:
    """Give the places of the highest finite merits, highest first."""
    order = np.argsort(-merit, kind="stable")[: max(0, count)]
    return tuple(order[np.isfinite(merit[order])].tolist())


def _among(places: tuple[int, ...], count: int) -> Flags:
    flags = np.zeros(count, np.bool_)
    flags[list(places)] = True
    return flags
