"""Where domains lie on the page: related ones beside each other, the same way every time."""

from __future__ import annotations

import networkx as nx
import numpy as np
import numpy.typing as npt

RELATED = 0.3
"""Relatedness from which two domains are drawn as linked."""

FEWEST = 2
"""Links for each domain that are drawn even where little is related, the strongest first."""

OUTER = 0.06
"""Share of domains on each side that may lie far out: they are drawn at the edge."""


def positions(relatedness: npt.NDArray[np.float64]) -> list[list[float]]:
    """Lay out domains by their relatedness (Fruchterman & Reingold 1991).

    Parameters
    ----------
    relatedness
        phi, shape (domains, domains).

    Returns
    -------
    list
        Coordinates from 0 to 1 of each domain.
    """
    weights = np.where(relatedness >= _threshold(relatedness), relatedness, 0.05 * relatedness)
    np.fill_diagonal(weights, 0.0)
    graph = nx.from_numpy_array(weights)
    found = nx.spring_layout(graph, seed=1, iterations=150, weight="weight")
    places = np.array([found[domain] for domain in range(len(weights))])
    # Ranks half-way: crowded middles are pulled apart, neighbours stay neighbours.
    ranks = places.argsort(axis=0).argsort(axis=0) / max(1, len(places) - 1)
    low, high = np.quantile(places, [OUTER, 1 - OUTER], axis=0)
    scaled = np.clip((places - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
    mixed = 0.5 * ranks + 0.5 * scaled
    return [[round(float(x), 4), round(float(y), 4)] for x, y in mixed]


def links(relatedness: npt.NDArray[np.float64]) -> list[list[int]]:
    """List the pairs of domains that are drawn as linked."""
    one, other = np.nonzero(np.triu(relatedness >= _threshold(relatedness), 1))
    return [[int(first), int(second)] for first, second in zip(one, other, strict=True)]


def _threshold(relatedness: npt.NDArray[np.float64]) -> float:
    """Give the relatedness from which pairs are linked: lower where hardly anything would be."""
    pairs = np.sort(relatedness[np.triu_indices(len(relatedness), 1)])[::-1]
    if len(pairs) == 0:
        return RELATED
    return float(max(min(RELATED, pairs[min(FEWEST * len(relatedness), len(pairs)) - 1]), 1e-9))
