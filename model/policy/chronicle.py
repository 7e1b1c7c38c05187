"""The log of priorities: what was tried, believed, supported, kept and stopped, by name and date."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from model.policy.regimes.base import Memory
from model.policy.regimes.discovery import DiscoveryMemory
from model.world import World


class Entry(NamedTuple):
    """One line of the log.

    Attributes
    ----------
    step
        Quarter of the review.
    priority
        What it is about: ``domain``, ``sector`` or ``cluster``.
    name
        Its name.
    event
        ``proposed`` (a candidate from now on), ``piloted``, ``supported`` (from now on), ``kept``, ``scaled`` (given
        more weight) or ``stopped``.
    belief, deviation
        What is believed of the hidden potential of a domain and how surely; NaN where nothing is.
    knowledge
        Employment-weighted knowledge of the region there, against the frontier.
    delivered_by
        Who delivers what is tried or supported, with commas between: kinds of meso-organisations, or the
        policymaker's own ``agency``.
    """

    step: int
    priority: str
    name: str
    event: str
    belief: float
    deviation: float
    knowledge: float
    delivered_by: str = ""


def changes(before: Memory, after: Memory, world: World) -> Iterator[Entry]:
    """Tell what a review has changed, and what it has kept.

    Parameters
    ----------
    before, after
        What the policymaker remembered before the review, and does now.
    world
        State of the run.

    Yields
    ------
    Entry
        Domains proposed, then those tried, then priorities supported, kept or scaled, then those stopped.
    """
    yield from _of_domains(before, after, world)
    for priority, old, new in (
        ("sector", before.sectors, after.sectors),
        ("cluster", before.cells, after.cells),
    ):
        for place in new:
            event = "kept" if place in old else "supported"
            yield _of_sector(priority, place, event, world)
        for place in old:
            if place not in new:
                yield _of_sector(priority, place, "stopped", world)


def _of_domains(before: Memory, after: Memory, world: World) -> Iterator[Entry]:
    for event, old, new in (
        ("proposed", _proposed(before), _proposed(after)),
        ("piloted", before.pilots, after.pilots),
    ):
        for domain in new:
            if domain not in old:
                yield _of_domain(domain, event, after, world)
    for domain in after.domains:
        yield _of_domain(domain, _event(domain, before, after), after, world)
    for domain in before.domains:
        if domain not in after.domains:
            yield _of_domain(domain, "stopped", after, world)


def _proposed(memory: Memory) -> tuple[int, ...]:
    return memory.proposed if isinstance(memory, DiscoveryMemory) else ()


def _event(domain: int, before: Memory, after: Memory) -> str:
    if domain not in before.domains:
        return "supported"
    weights = after.weights if isinstance(after, DiscoveryMemory) else np.zeros(0)
    return "scaled" if len(weights) and weights[domain] > 1 else "kept"


def _of_domain(domain: int, event: str, memory: Memory, world: World) -> Entry:
    belief = deviation = math.nan
    if isinstance(memory, DiscoveryMemory) and len(memory.mean):
        belief, deviation = float(memory.mean[domain]), math.sqrt(float(memory.variance[domain]))
    name, knowledge = world.space.domain_names[domain], float(world.domain_knowledge[domain])
    return Entry(world.step, "domain", name, event, belief, deviation, knowledge)


def _of_sector(priority: str, place: int | tuple[int, int], event: str, world: World) -> Entry:
    sector = place if isinstance(place, int) else place[0]
    name = world.space.sector_names[sector]
    if not isinstance(place, int):
        name = f"{name}, place {place[1] + 1}"
    at_home = world.space.home == sector
    knowledge = float(world.domain_knowledge[at_home].mean()) if at_home.any() else 0.0
    return Entry(world.step, priority, name, event, math.nan, math.nan, knowledge)
