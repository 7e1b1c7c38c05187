"""What a policymaker can see: a read-only summary, never the state."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def _nothing() -> Floats:
    return np.zeros(0)


def _no_integers() -> Integers:
    return np.zeros(0, np.int64)


def _no_flags() -> Flags:
    return np.zeros(0, np.bool_)


@dataclass(frozen=True)
class Observation:
    """What is known at a review; a field that a regime does not see is empty.

    Attributes
    ----------
    step
        Current step.
    sector_employment, sector_growth
        Employees and their growth since the last review, shape (sectors,).
    sector_trend
        Generic trend: mean demand of the sector's home domains, shape (sectors,).
    cell_sector, cell_place, cell_firms, cell_cooperation
        Groups of firms of one sector and place: how many firms, and how much each learns from
        the others already (their own initiative), shape (cells,).
    cell_organised, cell_members
        1 where a cluster organisation exists, and its members, shape (cells,).
    domain_home
        Classification: sector that is home of a domain, -1 for none, shape (domains,).
    domain_demand
        Demand for each domain, shape (domains,).
    domain_trend
        Growth of its log per quarter since the last review, shape (domains,).
    domain_complexity
        Complexity of each domain, shape (domains,).
    domain_potential
        Hidden potential of each domain, for whom it is told, shape (domains,).
    domain_density
        Employment-weighted relatedness density of firms, shape (domains,).
    domain_knowledge
        Employment-weighted knowledge against the frontier, shape (domains,).
    experiments
        Successful recombinations into each domain since the last review, shape (domains,).
    signals, signal_precision
        Mean of what pilots told about hidden potential since the last review, and its precision
        (0 where there was no pilot), shape (domains,).
    incumbent_knowledge
        Employment-weighted knowledge of the largest tenth of firms against the frontier, shape (domains,).
    luck
        Standard normal numbers for choices by chance, shape (domains,).
    lot
        Uniform numbers that stay for a programme of some years, for choices by lot, shape (sectors x most places or
        domains, whichever are more,).
    left_out, sectors_left_out
        Whether a domain, or a sector, cannot be a priority; empty where all can, shapes (domains,) and (sectors,).
        A rule, not something seen: it holds for every regime.
    """

    step: int
    sector_employment: Floats = field(default_factory=_nothing)
    sector_growth: Floats = field(default_factory=_nothing)
    sector_trend: Floats = field(default_factory=_nothing)
    cell_sector: Integers = field(default_factory=_no_integers)
    cell_place: Integers = field(default_factory=_no_integers)
    cell_firms: Integers = field(default_factory=_no_integers)
    cell_cooperation: Floats = field(default_factory=_nothing)
    cell_organised: Integers = field(default_factory=_no_integers)
    cell_members: Integers = field(default_factory=_no_integers)
    domain_home: Integers = field(default_factory=_no_integers)
    domain_demand: Floats = field(default_factory=_nothing)
    domain_trend: Floats = field(default_factory=_nothing)
    domain_complexity: Floats = field(default_factory=_nothing)
    domain_potential: Floats = field(default_factory=_nothing)
    domain_density: Floats = field(default_factory=_nothing)
    domain_knowledge: Floats = field(default_factory=_nothing)
    experiments: Floats = field(default_factory=_nothing)
    signals: Floats = field(default_factory=_nothing)
    signal_precision: Floats = field(default_factory=_nothing)
    incumbent_knowledge: Floats = field(default_factory=_nothing)
    luck: Floats = field(default_factory=_nothing)
    lot: Floats = field(default_factory=_nothing)
    left_out: Flags = field(default_factory=_no_flags)
    sectors_left_out: Flags = field(default_factory=_no_flags)


MOST_PLACES = 256
"""Places that a region can have, so that each group of firms has a lot of its own."""
SECTORS = frozenset({"sector_employment", "sector_growth", "sector_trend"})
CELLS = frozenset({"cell_sector", "cell_place", "cell_firms"})
INITIATIVE = frozenset({"cell_cooperation"})
ORGANISED = frozenset({"cell_organised", "cell_members"})
CLASSIFICATION = frozenset({"domain_home"})
STRENGTHS = frozenset({"domain_knowledge", "domain_demand", "experiments"})
DOMAINS = frozenset(
    {
        "domain_demand",
        "domain_trend",
        "domain_complexity",
        "domain_density",
        "domain_knowledge",
        "experiments",
        "signals",
        "signal_precision",
        "luck",
    }
)
LOT = frozenset({"lot"})
TRUTH = frozenset({"domain_potential"})
INCUMBENTS = frozenset({"incumbent_knowledge"})
