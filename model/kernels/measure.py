"""Observables that loop over firms, ties and domains."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel, part
from model.kernels.constants import FIRM

(
    VALUE_WEIGHTED_KNOWLEDGE, KNOWLEDGE_PER_REGION, KNOWLEDGE_OF_FIRMS, BREADTH, DEPTH, OUTPUT, RELATED_VARIETY,
    UNRELATED_VARIETY, COMPLEXITY, FIRMS, EMPLOYMENT, SKILL, TIES, DEGREE, CROSS_SECTOR_TIES, MEMBERS, SIMILARITY,
    CAPACITY,
) = range(18)  # fmt: skip
"""Places of the observables that :func:`measure_firms` writes."""


@kernel
def measure_firms(
    kind,
    sector,
    place,
    size,
    skill,
    cluster,
    revenue,
    degree,
    partners,
    knowledge,
    frontier,
    demand,
    complexity,
    home,
    sectors,
    places,
    capacity,
    packed,
    totals,
):
    """Totals over firms, and three quantities of each firm packed for sorting.

    Parameters
    ----------
    kind, sector, place, size, skill, cluster, revenue, degree
        Columns, shape (rows,).
    partners
        Rows of partners, shape (rows, slots).
    knowledge
        K, shape (rows, domains).
    frontier, demand, complexity, home
        W, V, c and home sectors, shape (domains,).
    sectors, places
        Numbers of sectors and places.
    capacity
        A, shape (rows,).
    packed
        Written: ``max_d K_id / W_d``, A and size of each firm, packed to the left, shape (3, rows).
    totals
        Written: observables at the places given above; depth is left at 0.
    """
    rows, domains = knowledge.shape
    mean_demand = 0.0
    for d in range(domains):
        mean_demand += demand[d] / domains
    regional = np.zeros(domains)
    strength = np.empty(domains)
    cells = np.zeros((sectors * places, domains))
    for number in range(CAPACITY + 1):
        totals[number] = 0.0
    firms = 0
    for i in range(rows):
        if kind[i] != FIRM:
            continue
        cell = sector[i] * places + place[i]
        for d in range(domains):
            regional[d] += size[i] * knowledge[i, d]
            cells[cell, d] += knowledge[i, d]
        for d in range(domains):
            strength[d] = knowledge[i, d] / frontier[d]
        packed[0, firms] = _highest(strength)
        packed[1, firms] = capacity[i]
        totals[CAPACITY] += capacity[i]
        packed[2, firms] = size[i]
        firms += 1
        totals[EMPLOYMENT] += size[i]
        totals[OUTPUT] += revenue[i]
        totals[SKILL] += size[i] * skill[i]
        totals[MEMBERS] += cluster[i] >= 0
        for slot in range(degree[i]):
            totals[TIES] += 0.5
            totals[CROSS_SECTOR_TIES] += 0.5 * (sector[partners[i, slot]] != sector[i])
    totals[FIRMS] = firms
    if firms == 0:
        return
    for cell in range(cells.shape[0]):
        for d in range(domains):
            totals[KNOWLEDGE_OF_FIRMS] += cells[cell, d]
    for d in range(domains):
        totals[VALUE_WEIGHTED_KNOWLEDGE] += regional[d] * demand[d] / mean_demand
    totals[SKILL] /= totals[EMPLOYMENT]
    totals[DEGREE] = 2.0 * totals[TIES] / firms
    totals[CAPACITY] /= firms
    if totals[TIES] > 0.0:
        totals[CROSS_SECTOR_TIES] /= totals[TIES]
    _variety(regional, home, complexity, sectors, totals)
    totals[SIMILARITY] = _similarity(kind, sector, place, knowledge, cells, places)


@kernel
def measure_spread(packed, firms, totals):
    """Depth, deciles of absorptive capacity and inequality of size, from quantities sorted over firms.

    Parameters
    ----------
    packed
        What :func:`measure_firms` packed, each sorted in itself, shape (3, rows).
    firms
        Number of firms, at least 1.
    totals
        Written: depth and the four observables from ``CAPACITY + 1`` on; employment is read.
    """
    top = max(1, firms // 10)
    best = 0.0
    for place in range(firms - top, firms):
        best += packed[0, place]
    totals[DEPTH] = best / top
    totals[CAPACITY + 1] = packed[1, firms // 10]
    totals[CAPACITY + 2] = packed[1, firms // 2]
    totals[CAPACITY + 3] = packed[1, min(firms - 1, 9 * firms // 10)]
    weighted = 0.0
    for place in range(firms):
        weighted += packed[2, place] * (place + 1.0)
    totals[CAPACITY + 4] = 2.0 * weighted / (firms * totals[EMPLOYMENT]) - (firms + 1.0) / firms


@part
def _highest(values):
    """The highest of some numbers, and 0 at least, in four strands that do not wait for each other."""
    a = b = c = d = 0.0
    whole = values.shape[0] - values.shape[0] % 4
    for n in range(0, whole, 4):
        a = max(a, values[n])
        b = max(b, values[n + 1])
        c = max(c, values[n + 2])
        d = max(d, values[n + 3])
    for n in range(whole, values.shape[0]):
        a = max(a, values[n])
    return max(a, b, c, d)


@part
def _variety(regional, home, complexity, sectors, totals):
    """Breadth, related and unrelated variety (Frenken et al. 2007) and complexity of regional knowledge."""
    by_sector = np.zeros(sectors + 1)
    total = 0.0
    for d in range(regional.shape[0]):
        total += regional[d]
        by_sector[home[d]] += regional[d]
    totals[KNOWLEDGE_PER_REGION] = total
    if total <= 0.0:
        return
    entropy = 0.0
    between = 0.0
    for d in range(regional.shape[0]):
        share = regional[d] / total
        totals[COMPLEXITY] += share * complexity[d]
        if share > 0.0:
            entropy -= share * math.log(share)
    for s in range(sectors + 1):
        if by_sector[s] > 0.0:
            share = by_sector[s] / total
            between -= share * math.log(share)
    totals[BREADTH] = math.exp(entropy)
    totals[UNRELATED_VARIETY] = between
    totals[RELATED_VARIETY] = entropy - between


@part
def _similarity(kind, sector, place, knowledge, cells, places):
    """Mean cosine similarity of a firm's knowledge with that of its sector and place."""
    total = 0.0
    count = 0
    for i in range(kind.shape[0]):
        if kind[i] != FIRM:
            continue
        cell = sector[i] * places + place[i]
        product = 0.0
        own = 0.0
        other = 0.0
        for d in range(knowledge.shape[1]):
            k = float(knowledge[i, d])
            rest = cells[cell, d] - k
            product += k * rest
            own += k * k
            other += rest * rest
        if own > 0.0 and other > 1e-12:
            total += product / math.sqrt(own * other)
            count += 1
    return total / count if count > 0 else 0.0


@kernel
def measure_network(kind, sector, degree, partners, sources):
    """Clustering, path length and modularity of the network of ties.

    Parameters
    ----------
    kind, sector, degree
        Columns, shape (rows,).
    partners
        Rows of partners, shape (rows, slots).
    sources
        Firms from which path length is sampled, evenly spread over rows.

    Returns
    -------
    tuple[float, float, float]
        Mean local clustering of firms with two ties or more (Watts & Strogatz 1998), mean length of the
        shortest paths found from the sampled firms, modularity of the partition by sector (Newman 2006);
        0 where undefined.
    """
    rows = kind.shape[0]
    if rows == 0:
        return 0.0, 0.0, 0.0
    clustering = 0.0
    counted = 0
    ends = 0.0
    inside = 0.0
    last = np.int64(0)
    mark = np.empty(rows, np.int64)
    for i in range(rows):
        last = max(last, sector[i])
        mark[i] = -1
    by_sector = np.zeros(last + 1)
    for i in range(rows):
        ties = degree[i]
        ends += ties
        by_sector[sector[i]] += ties
        for slot in range(ties):
            mark[partners[i, slot]] = i
            inside += sector[partners[i, slot]] == sector[i]
        if ties < 2:
            continue
        closed = 0.0
        for slot in range(ties):
            j = partners[i, slot]
            for other in range(degree[j]):
                closed += mark[partners[j, other]] == i
        clustering += closed / (ties * (ties - 1.0))
        counted += 1
    expected = 0.0
    for s in range(by_sector.shape[0]):
        expected += (by_sector[s] / ends) ** 2 if ends > 0.0 else 0.0
    modularity = inside / ends - expected if ends > 0.0 else 0.0
    length = _path_length(kind, degree, partners, sources)
    return clustering / counted if counted > 0 else 0.0, length, modularity


@part
def _path_length(kind, degree, partners, sources):
    """Mean length of shortest paths from evenly sampled firms to all that can be reached, by breadth first."""
    rows = kind.shape[0]
    distance = np.empty(rows, np.int64)
    queue = np.empty(rows, np.int64)
    total = 0.0
    count = 0.0
    for sample in range(min(sources, rows)):
        start = sample * rows // min(sources, rows)
        if kind[start] != FIRM:
            continue
        for i in range(rows):
            distance[i] = -1
        distance[start] = 0
        queue[0] = start
        head, tail = 0, 1
        while head < tail:
            i = queue[head]
            head += 1
            for slot in range(degree[i]):
                j = partners[i, slot]
                if distance[j] < 0:
                    distance[j] = distance[i] + 1
                    queue[tail] = j
                    tail += 1
        for index in range(1, tail):
            total += distance[queue[index]]
            count += 1.0
    return total / count if count > 0.0 else 0.0
