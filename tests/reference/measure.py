"""What is observed in a step, measured firm by firm and with networkx."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from model.kernels import constants
from tests.reference.carriers import NOBODY, Floats, ReferenceFirm
from tests.reference.observation import log_potential

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

NETWORK = ("clustering", "path_length", "modularity")


def observables(region: ReferenceRegion, before: dict[str, float]) -> dict[str, float]:
    """All observables of a step; costly ones are carried forward between measurements."""
    every = region.parameters.recording.network_every
    due = region.now % every == 0 or region.now == region.parameters.steps
    return {
        **outcomes(region),
        **varieties(region),
        **people_and_ties(region),
        **distribution(region),
        **(network(region) if due or not before else {name: before[name] for name in NETWORK}),
        **events(region),
        **policy(region),
    }


def mean(values: Sequence[float] | Floats) -> float:
    """Mean; 0 of nothing."""
    return float(np.mean(values)) if len(values) else 0.0


def entropy(shares: Floats) -> float:
    """``-sum p ln p``."""
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())


def outcomes(region: ReferenceRegion) -> dict[str, float]:
    """Knowledge of region and firms, its value, depth and output."""
    firms, space = region.firms, region.space
    value = space.demand / space.demand.mean()
    weighted = sum(firm.size * (firm.knowledge * value).sum() for firm in firms)
    best = sorted(float((firm.knowledge / space.frontier).max()) for firm in firms)
    return {
        "knowledge_per_region": float(sum(firm.size * firm.total for firm in firms)),
        "knowledge_of_firms": float(sum(firm.total for firm in firms)),
        "value_weighted_knowledge": float(weighted),
        "depth": mean(best[-max(1, len(best) // 10) :]),
        "output": float(sum(firm.revenue for firm in firms)),
    }


def varieties(region: ReferenceRegion) -> dict[str, float]:
    """Breadth, related and unrelated variety (Frenken et al. 2007) and complexity of what the region knows."""
    space = region.space
    regional = np.zeros(space.domains)
    for firm in region.firms:
        regional += firm.size * firm.knowledge
    if regional.sum() <= 0:
        return {"breadth": 0.0, "related_variety": 0.0, "unrelated_variety": 0.0, "complexity": 0.0}
    shares = regional / regional.sum()
    between = entropy(np.array([shares[space.home == sector].sum() for sector in np.unique(space.home)]))
    return {
        "breadth": math.exp(entropy(shares)),
        "related_variety": entropy(shares) - between,
        "unrelated_variety": between,
        "complexity": float((shares * space.complexity).sum()),
    }


def people_and_ties(region: ReferenceRegion) -> dict[str, float]:
    """Firms, employees, their skill, ties, members of clusters and similarity within sector and place."""
    firms = region.firms
    employment = sum(firm.size for firm in firms)
    pairs = [(firm, tie.partner) for firm in firms for tie in firm.ties]
    at_home: dict[tuple[int, int], Floats] = {}
    for firm in firms:
        cell = (firm.sector, firm.place)
        at_home[cell] = at_home.get(cell, 0.0) + firm.knowledge
    similarities = [similarity(firm, at_home[firm.sector, firm.place] - firm.knowledge) for firm in firms]
    return {
        "firms": len(firms),
        "employment": employment,
        "skill": sum(firm.size * firm.skill for firm in firms) / max(1e-9, employment),
        "ties": len(pairs) / 2,
        "degree": len(pairs) / max(1, len(firms)),
        "cross_sector_ties": mean([firm.sector != partner.sector for firm, partner in pairs]),
        "cluster_members": sum(firm.cluster != NOBODY for firm in firms),
        "similarity": mean([value for value in similarities if value is not None]),
    }


def similarity(firm: ReferenceFirm, others: Floats) -> float | None:
    """Cosine of a firm's knowledge and that of all other firms of its sector and place."""
    own, rest = float((firm.knowledge**2).sum()), float((others**2).sum())
    if own <= 0 or rest <= 1e-12:
        return None
    return float((firm.knowledge * others).sum()) / math.sqrt(own * rest)


def distribution(region: ReferenceRegion) -> dict[str, float]:
    """Deciles of absorptive capacity and the Gini coefficient of size."""
    capacity = sorted(firm.absorptive_capacity for firm in region.firms)
    size = sorted(firm.size for firm in region.firms)
    count = len(size)
    ranked = sum(rank * value for rank, value in enumerate(size, start=1))
    return {
        "absorptive_capacity": mean(capacity),
        "absorptive_capacity_lowest_decile": capacity[count // 10] if count else 0.0,
        "absorptive_capacity_median": capacity[count // 2] if count else 0.0,
        "absorptive_capacity_highest_decile": capacity[min(count - 1, 9 * count // 10)] if count else 0.0,
        "size_gini": 2 * ranked / (count * sum(size)) - (count + 1) / count if count else 0.0,
    }


def network(region: ReferenceRegion) -> dict[str, float]:
    """Mean clustering of firms with two ties or more, modularity by sector, sampled path length."""
    graph = nx.Graph()
    graph.add_nodes_from(firm.unique_id for firm in region.firms)
    graph.add_edges_from(
        (firm.unique_id, tie.partner.unique_id) for firm in region.firms for tie in firm.ties
    )
    connected = [firm.unique_id for firm in region.firms if firm.degree >= 2]
    by_sector: dict[int, set[int]] = {}
    for firm in region.firms:
        by_sector.setdefault(firm.sector, set()).add(firm.unique_id)
    return {
        "clustering": mean(list(nx.clustering(graph, connected).values())),
        "path_length": path_length(region, graph),
        "modularity": nx.community.modularity(graph, by_sector.values()) if graph.edges else 0.0,
    }


def path_length(region: ReferenceRegion, graph: nx.Graph) -> float:
    """Mean length of the shortest paths found from firms evenly spread over all carriers."""
    count = len(region.carriers)
    sources = min(region.parameters.recording.path_length_sources, count)
    sampled = [region.carriers[number * count // sources] for number in range(sources)]
    lengths: list[int] = []
    for firm in sampled:
        if firm.is_firm:
            found = nx.single_source_shortest_path_length(graph, firm.unique_id)
            lengths += [distance for distance in found.values() if distance > 0]
    return mean(lengths)


def events(region: ReferenceRegion) -> dict[str, float]:
    """What happened in the step."""
    counts = region.counts
    repeated, networked = counts[constants.REPEATED_SUCCESSES], counts[constants.NETWORKED_SUCCESSES]
    beyond, supported = counts[constants.BEYOND_REACH], counts[constants.SUPPORTED]
    return {
        "active_domains": counts[constants.ACTIVE_DOMAINS],
        "discovered_domains": counts[constants.DISCOVERED_DOMAINS],
        "entries": counts[constants.ENTRIES],
        "exits": counts[constants.EXITS],
        "ties_formed": counts[constants.TIES_FORMED],
        "ties_dropped": counts[constants.TIES_DROPPED],
        "internal_attempts": counts[constants.INTERNAL_ATTEMPTS],
        "internal_successes": counts[constants.INTERNAL_SUCCESSES],
        "internal_gain": counts[constants.INTERNAL_GAIN],
        "networked_attempts": counts[constants.NETWORKED_ATTEMPTS],
        "networked_successes": networked,
        "networked_gain": counts[constants.NETWORKED_GAIN],
        "repeat_tie_share": repeated / networked if networked else 0.0,
        "wage": region.wage,
        "beyond_reach_share": beyond / supported if supported else 0.0,
    }


def policy(region: ReferenceRegion) -> dict[str, float]:
    """Budget, spending, and how well priorities match true potential."""
    pages = [policymaker.ledger.pages[-1] for policymaker in region.policymakers]
    matches = [p.priority_match for p in region.policymakers if p.active and not math.isnan(p.priority_match)]
    return {
        "budget": sum(policymaker.ledger.budgets[-1] for policymaker in region.policymakers),
        "spending": sum(entry.spent for page in pages for entry in page.values()),
        "priority_match": mean(matches),
    }


def domain_records(region: ReferenceRegion) -> dict[str, Floats]:
    """What is recorded of every domain."""
    return {
        "domain_knowledge": region.domain_knowledge,
        "domain_holders": region.holders,
        "domain_demand": region.space.demand,
        "domain_potential": log_potential(region),
    }
