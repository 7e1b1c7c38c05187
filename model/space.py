"""The knowledge space: domains, sectors, relatedness, complexity, frontier and demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.measured_space import measure_space
from model.spec.knowledge_space import KnowledgeSpaceSpec
from model.streams import Streams, uniforms

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CROSS_CUTTING = -1


@dataclass
class KnowledgeSpace:
    """Knowledge domains and how they are related.

    Attributes
    ----------
    domain_names, sector_names
        Names, shapes (domains,) and (sectors,).
    home
        Home sector of each domain, -1 for a cross-cutting one, shape (domains,).
    relatedness
        phi in [0, 1], symmetric with unit diagonal, shape (domains, domains).
    relatedness_total
        Row sums of ``relatedness``, shape (domains,).
    complexity
        c in [0, 1], shape (domains,).
    frontier, frontier_growth
        World frontier W in frontier units and its growth per quarter, shape (domains,).
    demand, demand_drift
        Demand V in wages per quarter and the drift of its log, shape (domains,).
    latent
        True where nobody in the region is founded with the domain, shape (domains,).
    base_demand
        Demand that each domain would meet in its prime, against the others, shape (domains,).
    places, domain_age, generation, opened
        Place of each domain in the turn of life-cycles, its age in quarters of life, how many domains had the
        place before, and whether the world has opened it, shape (domains,).
    potential
        Hidden potential: log of what an offer from the region is worth, against the mean, shape (domains,).
    sector_weight, start_up_weight
        How often start-ups begin in a sector, and in a domain among those they may begin in, relative to the
        others, shapes (sectors,) and (domains,).
    """

    domain_names: tuple[str, ...]
    sector_names: tuple[str, ...]
    home: Integers
    relatedness: Floats
    relatedness_total: Floats
    complexity: Floats
    frontier: Floats
    frontier_growth: Floats
    demand: Floats
    demand_drift: Floats
    latent: NDArray[np.bool_]
    base_demand: Floats
    places: Floats
    domain_age: Floats
    generation: Integers
    opened: NDArray[np.bool_]
    potential: Floats
    sector_weight: Floats
    start_up_weight: Floats

    @property
    def domains(self) -> int:
        """Number of domains."""
        return len(self.home)

    @property
    def sectors(self) -> int:
        """Number of sectors."""
        return len(self.sector_names)


def home_sectors(spec: KnowledgeSpaceSpec) -> Integers:
    """Share the domains out over the sectors; cross-cutting ones come last.

    Parameters
    ----------
    spec
        Parameters of the knowledge space.

    Returns
    -------
    numpy.ndarray
        Home sector of each domain, -1 for cross-cutting ones, shape (domains,).
    """
    rooted = spec.domains - spec.cross_cutting_domains
    homes = np.arange(rooted) * spec.sectors // rooted
    return np.concatenate([homes, np.full(spec.cross_cutting_domains, CROSS_CUTTING)]).astype(np.int64)


def _relatedness(spec: KnowledgeSpaceSpec, home: Integers, streams: Streams) -> Floats:
    """Generate phi: high inside a sector, medium for cross-cutting pairs, low elsewhere."""
    domains = len(home)
    index = np.arange(domains)
    cross = home == CROSS_CUTTING
    mean = np.where(
        home[:, None] == home[None, :], spec.relatedness_within_sector, spec.relatedness_elsewhere
    )
    # A cross-cutting domain reaches some sectors, the nearest in its own random order.
    wanted = round(spec.cross_cutting_reach * spec.sectors)
    order = uniforms(streams.key("space.reach", 0), index[:, None], np.arange(spec.sectors)[None, :])
    reaches = np.argsort(np.argsort(order, axis=1, kind="stable"), axis=1, kind="stable") < wanted
    linked = cross[:, None] & ~cross[None, :] & reaches[index[:, None], np.maximum(home, 0)[None, :]]
    mean = np.where(cross[:, None] | cross[None, :], spec.relatedness_elsewhere, mean)
    mean = np.where(linked | linked.T, spec.relatedness_cross_cutting, mean)
    mean = np.where(cross[:, None] & cross[None, :], spec.relatedness_cross_cutting, mean)
    noise = uniforms(streams.key("space.relatedness", 0), index[:, None], index[None, :])
    noise = np.triu(noise, 1) + np.triu(noise, 1).T
    phi = mean + spec.relatedness_spread * (2 * noise - 1) * np.minimum(mean, 1 - mean)
    np.fill_diagonal(phi, 1.0)
    clipped: Floats = np.clip(phi, 0.0, 1.0)
    return clipped


def _latent(spec: KnowledgeSpaceSpec, home: Integers, streams: Streams) -> NDArray[np.bool_]:
    """Choose latent domains; every sector keeps at least one domain that is not latent."""
    wanted = round(spec.latent_share * spec.domains)
    order = np.argsort(uniforms(streams.key("space.latent", 0), np.arange(spec.domains), 0), kind="stable")
    latent = np.isin(np.arange(spec.domains), spec.latent_numbers)
    for domain in order[~latent[order]]:
        if latent.sum() >= wanted:
            break
        same = home == home[domain]
        if home[domain] == CROSS_CUTTING or (same & ~latent).sum() > 1:
            latent[domain] = True
    return latent


def build_space(spec: KnowledgeSpaceSpec, streams: Streams) -> KnowledgeSpace:
    """Generate a knowledge space, and put what was measured, if anything was, in its place.

    Parameters
    ----------
    spec
        Parameters of the knowledge space.
    streams
        Streams from which it is drawn.

    Returns
    -------
    KnowledgeSpace
        Space with a frontier of 1 and a mean demand of 1 in every domain.
    """
    if spec.seed >= 0:
        streams = Streams(spec.seed)
    home = home_sectors(spec)
    index = np.arange(spec.domains)

    def spread(name: str) -> Any:
        return 2 * uniforms(streams.key(f"space.{name}", 0), index, 0) - 1

    phi = _relatedness(spec, home, streams)
    space = KnowledgeSpace(
        domain_names=spec.domain_names or tuple(f"domain {d + 1}" for d in index),
        sector_names=spec.sector_names or tuple(f"sector {s + 1}" for s in range(spec.sectors)),
        home=home,
        relatedness=phi,
        relatedness_total=phi.sum(axis=1),
        complexity=np.clip(spec.complexity_mean + spec.complexity_spread * spread("complexity"), 0, 1),
        frontier=np.ones(spec.domains),
        frontier_growth=spec.frontier_growth * (1 + spec.frontier_growth_spread * spread("frontier")),
        demand=np.ones(spec.domains),
        demand_drift=spec.demand_drift_spread * spread("demand"),
        latent=_latent(spec, home, streams),
        base_demand=np.ones(spec.domains),
        places=np.zeros(spec.domains),
        domain_age=np.full(spec.domains, -1.0),
        generation=np.zeros(spec.domains, np.int64),
        opened=np.zeros(spec.domains, np.bool_),
        potential=np.zeros(spec.domains),
        sector_weight=np.ones(spec.sectors),
        start_up_weight=np.ones(spec.domains),
    )
    if spec.measured.given:
        measure_space(space, spec.measured)
    return space
