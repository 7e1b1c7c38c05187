"""Outcomes, and what firms know, learn and look like."""

from __future__ import annotations

import numpy as np

from model.kernels import measure as m
from model.observables.observable import Floats, Moment, Observable, ObservableGroup


def _firms(moment: Moment, out: Floats) -> None:
    world = moment.world
    carriers, space = world.carriers, world.space
    packed = np.empty((3, carriers.rows))
    m.measure_firms(
        carriers.kind, carriers.sector, carriers.place, carriers.size, carriers.skill, carriers.cluster,
        carriers.revenue, carriers.degree, carriers.partners, carriers.knowledge, space.frontier, space.demand,
        space.complexity, space.home, space.sectors, world.scenario.firms.places, carriers.absorptive_capacity,
        packed, out,
    )  # fmt: skip
    firms = int(out[m.FIRMS])
    if firms == 0:
        out[:] = 0.0
        return
    packed[:, :firms].sort(axis=1)
    m.measure_spread(packed, firms, out)


FIRM_OBSERVABLES = ObservableGroup(
    (
        Observable("value_weighted_knowledge", "Knowledge at what it is worth", "expert equivalents",
                   "Employment-weighted knowledge of firms, weighted by demand against its mean: the primary outcome.",
                   True, True),
        Observable("knowledge_per_region", "Knowledge of the region", "expert equivalents",
                   "Employment-weighted knowledge of firms, whatever it is worth.", True),
        Observable("knowledge_of_firms", "Knowledge of firms", "frontier units",
                   "Plain sum of knowledge over firms and domains.", True),
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
        Observable("absorptive_capacity", "Absorptive capacity", "1", "Mean absorptive capacity of firms."),
        Observable("absorptive_capacity_lowest_decile", "Absorptive capacity, lowest decile", "1",
                   "Absorptive capacity below which a tenth of firms lie."),
        Observable("absorptive_capacity_median", "Absorptive capacity, median", "1",
                   "Absorptive capacity below which half of firms lie."),
        Observable("absorptive_capacity_highest_decile", "Absorptive capacity, highest decile", "1",
                   "Absorptive capacity above which a tenth of firms lie."),
        Observable("size_gini", "Inequality of size", "Gini", "Gini coefficient of firm size."),
    ),
    _firms,
)  # fmt: skip
