"""What is observed in every step: preallocated arrays, turned into frames when somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.kernels import constants
from model.kernels import measure as m
from model.kernels.constants import FIRM
from model.policy.potential import log_potential
from model.world import World

if TYPE_CHECKING:
    from model.agents import Policymaker

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Observable:
    """One quantity that is recorded in every step.

    Attributes
    ----------
    name, label
        Name in tables and code, and name for people.
    unit
        Unit of its values.
    description
        One sentence.
    outcome, primary
        Whether it is one of the outcomes fixed beforehand, and the primary one.
    """

    name: str
    label: str
    unit: str
    description: str
    outcome: bool = False
    primary: bool = False


@dataclass(frozen=True)
class Moment:
    """What observables are measured from.

    Attributes
    ----------
    world
        State of the run.
    policymakers
        Those who act.
    before
        Values of the step before, by number of observable; NaN at the start.
    """

    world: World
    policymakers: tuple[Policymaker, ...]
    before: Floats


@dataclass(frozen=True)
class ObservableGroup:
    """Observables that are measured together.

    Attributes
    ----------
    observables
        What is measured.
    measure
        Gives their values in the same order; gets the moment and the values of the step before.
    """

    observables: tuple[Observable, ...]
    measure: Callable[[Moment, Floats], Any]


def _firms(moment: Moment, before: Floats) -> Any:
    world = moment.world
    carriers, space = world.carriers, world.space
    best = np.empty(carriers.rows)
    t = np.empty(m.TOTALS)
    m.measure_firms(
        carriers.kind, carriers.sector, carriers.place, carriers.size, carriers.skill, carriers.cluster,
        carriers.revenue, carriers.degree, carriers.partners, carriers.knowledge, space.frontier, space.demand,
        space.complexity, space.home, space.sectors, world.scenario.firms.places, best, t,
    )  # fmt: skip
    firms, ties = max(1.0, t[m.FIRMS]), t[m.TIES]
    strongest = np.sort(best[: int(t[m.FIRMS])])
    depth = strongest[-max(1, len(strongest) // 10) :].mean() if len(strongest) else 0.0
    return (
        t[m.KNOWLEDGE_PER_REGION], t[m.KNOWLEDGE_OF_FIRMS], t[m.VALUE_WEIGHTED_KNOWLEDGE], t[m.BREADTH], depth,
        t[m.OUTPUT], t[m.RELATED_VARIETY], t[m.UNRELATED_VARIETY], t[m.COMPLEXITY], t[m.FIRMS], t[m.EMPLOYMENT],
        t[m.SKILL] / max(1e-9, t[m.EMPLOYMENT]), ties, 2 * ties / firms,
        t[m.CROSS_SECTOR_TIES] / ties if ties else 0.0, t[m.MEMBERS], t[m.SIMILARITY],
    )  # fmt: skip


FIRM_OBSERVABLES = ObservableGroup(
    (
        Observable("knowledge_per_region", "Knowledge of the region", "frontier units x employees",
                   "Employment-weighted knowledge of firms: the primary outcome.", True, True),
        Observable("knowledge_of_firms", "Knowledge of firms", "frontier units",
                   "Plain sum of knowledge over firms and domains.", True),
        Observable("value_weighted_knowledge", "Value-weighted knowledge", "frontier units",
                   "Sum over firms of knowledge weighted by demand against its mean.", True),
        Observable("breadth", "Breadth", "domains", "Effective number of domains (exp of entropy).", True),
        Observable("depth", "Depth", "share of frontier",
                   "Mean over the best tenth of firms of their best domain against the frontier.", True),
        Observable("output", "Output", "wages/quarter", "Revenue of all firms.", True),
        Observable("related_variety", "Related variety", "nats", "Entropy of knowledge within sectors."),
        Observable("unrelated_variety", "Unrelated variety", "nats", "Entropy of knowledge between sectors."),
        Observable("complexity", "Complexity", "1", "Mean complexity of the region's knowledge."),
        Observable("firms", "Firms", "firms", "Number of firms."),
        Observable("employment", "Employment", "employees", "Employees of all firms."),
        Observable("skill", "Skill", "1", "Employment-weighted skill."),
        Observable("ties", "Ties", "ties", "Number of ties between firms."),
        Observable("degree", "Mean degree", "ties/firm", "Mean number of ties of a firm."),
        Observable("cross_sector_ties", "Cross-sector ties", "share", "Share of ties between sectors."),
        Observable("cluster_members", "Cluster members", "firms", "Firms that have bought in to a cluster."),
        Observable("similarity", "Similarity", "cosine",
                   "Mean similarity of a firm's knowledge with that of its sector and place."),
    ),
    _firms,
)  # fmt: skip


def _distribution(moment: Moment, before: Floats) -> Any:
    carriers = moment.world.carriers
    firms = carriers.kind == FIRM
    capacity = np.sort(carriers.absorptive_capacity[firms])
    size = np.sort(carriers.size[firms])
    count = len(size)
    if count == 0:
        return (0.0,) * 5
    rank = np.arange(1, count + 1)
    gini = 2 * float((rank * size).sum()) / (count * float(size.sum())) - (count + 1) / count
    return (
        capacity.mean(), capacity[count // 10], capacity[count // 2], capacity[min(count - 1, 9 * count // 10)], gini,
    )  # fmt: skip


DISTRIBUTION_OBSERVABLES = ObservableGroup(
    (
        Observable("absorptive_capacity", "Absorptive capacity", "1", "Mean absorptive capacity of firms."),
        Observable("absorptive_capacity_lowest_decile", "Absorptive capacity, lowest decile", "1",
                   "Absorptive capacity below which a tenth of firms lie."),
        Observable("absorptive_capacity_median", "Absorptive capacity, median", "1",
                   "Absorptive capacity below which half of firms lie."),
        Observable("absorptive_capacity_highest_decile", "Absorptive capacity, highest decile", "1",
                   "Absorptive capacity above which a tenth of firms lie."),
        Observable("size_gini", "Inequality of size", "Gini", "Gini coefficient of firm size."),
    ),
    _distribution,
)  # fmt: skip


def _network(moment: Moment, before: Floats) -> Any:
    world = moment.world
    spec, carriers = world.scenario.recording, world.carriers
    if world.step % spec.network_every and world.step != world.scenario.steps:
        return before
    return m.measure_network(
        carriers.kind, carriers.sector, carriers.degree, carriers.partners, spec.path_length_sources
    )


NETWORK_OBSERVABLES = ObservableGroup(
    (
        Observable("clustering", "Clustering", "1", "Mean local clustering of firms with two ties or more."),
        Observable("path_length", "Path length", "ties", "Mean length of sampled shortest paths."),
        Observable("modularity", "Modularity", "1", "Modularity of the network by sector."),
    ),
    _network,
)


def _events(moment: Moment, before: Floats) -> Any:
    world = moment.world
    counts = world.counts
    discovered = world.discovered >= 0
    beyond, supported = counts[constants.BEYOND_REACH], counts[constants.SUPPORTED]
    networked = counts[constants.NETWORKED_SUCCESSES]
    return (
        (world.holders > 0).sum(), (discovered & world.space.latent).sum(),
        counts[constants.ENTRIES], counts[constants.EXITS], counts[constants.TIES_FORMED],
        counts[constants.TIES_DROPPED], counts[constants.INTERNAL_ATTEMPTS], counts[constants.INTERNAL_SUCCESSES],
        counts[constants.INTERNAL_GAIN], counts[constants.NETWORKED_ATTEMPTS], networked,
        counts[constants.NETWORKED_GAIN], counts[constants.REPEATED_SUCCESSES] / networked if networked else 0.0,
        world.wage, beyond / supported if supported else 0.0,
    )  # fmt: skip


EVENT_OBSERVABLES = ObservableGroup(
    (
        Observable("active_domains", "Active domains", "domains", "Domains that at least one firm holds."),
        Observable("discovered_domains", "Discovered domains", "domains",
                   "Domains that were latent at the start and have been discovered."),
        Observable("entries", "Entry", "firms/quarter", "Firms that entered."),
        Observable("exits", "Exit", "firms/quarter", "Firms that left."),
        Observable("ties_formed", "Ties formed", "ties/quarter", "Ties that came about."),
        Observable("ties_dropped", "Ties dropped", "ties/quarter", "Ties that were given up."),
        Observable("internal_attempts", "Internal attempts", "1/quarter", "Internal recombinations tried."),
        Observable("internal_successes", "Internal successes", "1/quarter", "Internal recombinations achieved."),
        Observable("internal_gain", "Internal gain", "frontier units/quarter", "Knowledge from internal ones."),
        Observable("networked_attempts", "Networked attempts", "1/quarter", "Networked recombinations tried."),
        Observable("networked_successes", "Networked successes", "1/quarter", "Networked ones achieved."),
        Observable("networked_gain", "Networked gain", "frontier units/quarter", "Knowledge from networked ones."),
        Observable("repeat_tie_share", "Repeat ties", "share",
                   "Share of networked recombinations on ties that had recombined before."),
        Observable("wage", "Wage", "wages at the start", "Wage level."),
        Observable("beyond_reach_share", "Unrealistic leaps", "share",
                   "Share of support spent beyond what the firms supported can reach."),
    ),
    _events,
)  # fmt: skip


def _policy(moment: Moment, before: Floats) -> Any:
    step = moment.world.step
    spending = sum(float(p.ledger.entries[step, :, 1].sum()) for p in moment.policymakers)
    budget = sum(float(p.ledger.budget[step]) for p in moment.policymakers)
    matches = [p.priority_match for p in moment.policymakers if p.active and np.isfinite(p.priority_match)]
    return budget, spending, sum(matches) / len(matches) if matches else 0.0


POLICY_OBSERVABLES = ObservableGroup(
    (
        Observable("budget", "Budget", "wages/quarter", "Budget of all policymakers."),
        Observable("spending", "Spending", "wages/quarter", "Money spent by all policymakers."),
        Observable("priority_match", "Match of priorities", "share",
                   "Share of priority domains that are among as many with the highest true potential."),
    ),
    _policy,
)  # fmt: skip

GROUPS: tuple[ObservableGroup, ...] = (
    FIRM_OBSERVABLES,
    DISTRIBUTION_OBSERVABLES,
    NETWORK_OBSERVABLES,
    EVENT_OBSERVABLES,
    POLICY_OBSERVABLES,
)
"""All that is recorded: a new observable is a group in a file of its own and a line here."""

OBSERVABLES: dict[str, Observable] = {o.name: o for group in GROUPS for o in group.observables}
OUTCOMES: tuple[str, ...] = tuple(name for name, observable in OBSERVABLES.items() if observable.outcome)

ACCOUNT_SOURCES: tuple[str, ...] = (
    "research",
    "absorption_same_sector",
    "absorption_cross_sector",
    "absorption_from_organisations",
    "recombination_internal_same_sector",
    "recombination_internal_cross_sector",
    "recombination_networked_same_sector",
    "recombination_networked_cross_sector",
    "discovery_pilots",
    "forgetting",
    "employment",
    "exit",
    "entry",
)
MEMO_ITEMS: tuple[str, ...] = (
    "policy_induced_research",
    "training_induced_absorption",
    "transfer_induced_absorption",
    "brokered_absorption",
    "brokered_recombination",
)


class Record:
    """Arrays of a run, one row a step, row 0 for the start.

    Parameters
    ----------
    steps
        Horizon.
    domains
        Number of domains.
    """

    def __init__(self, steps: int, domains: int) -> None:
        self.series = np.full((steps + 1, len(OBSERVABLES)), np.nan)
        self.account = np.zeros((steps + 1, constants.SOURCES, 2))
        self.memos = np.zeros((steps + 1, constants.MEMOS, 2))
        self.domain_knowledge = np.zeros((steps + 1, domains))
        self.domain_holders = np.zeros((steps + 1, domains))
        self.domain_demand = np.zeros((steps + 1, domains))
        self.domain_potential = np.zeros((steps + 1, domains))

    def take(self, world: World, policymakers: tuple[Policymaker, ...]) -> None:
        """Record the current step.

        Parameters
        ----------
        world
            State of the run.
        policymakers
            Those who act.
        """
        step = world.step
        row = self.series[step]
        before = self.series[max(0, step - 1)]
        moment = Moment(world, policymakers, before)
        first = 0
        for group in GROUPS:
            last = first + len(group.observables)
            row[first:last] = group.measure(moment, before[first:last])
            first = last
        self.account[step] = world.account
        self.memos[step] = world.memos
        self.domain_knowledge[step] = world.domain_knowledge
        self.domain_holders[step] = world.holders
        self.domain_demand[step] = world.space.demand
        self.domain_potential[step] = log_potential(world)
