"""Where domains lie on the page: related ones beside each other, the same way every time."""

from __future__ import annotations

import networkx as nx
import numpy as np
import numpy.typing as npt

RELATED = 0.3
"""Relatedness from which two domains are drawn as linked."""


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
    weights = np.where(relatedness >= RELATED, relatedness, 0.05 * relatedness)
    np.fill_diagonal(weights, 0.0)
    graph = nx.from_numpy_array(weights)
    found = nx.spring_layout(graph, seed=1, iterations=150, weight="weight")
    places = np.array([found[domain] for domain in range(len(weights))])
    # Ranks half-way: crowded middles are pulled apart, neighbours stay neighbours.
    ranks = places.argsort(axis=0).argsort(axis=0) / max(1, len(places) - 1)
    span = np.ptp(places, axis=0)
    scaled = (places - places.min(axis=0)) / np.where(span > 0, span, 1.0)
    mixed = 0.5 * ranks + 0.5 * scaled
    return [[round(float(x), 4), round(float(y), 4)] for x, y in mixed]


def links(relatedness: npt.NDArray[np.float64]) -> list[list[int]]:
    """List the pairs of domains that are drawn as linked."""
    one, other = np.nonzero(np.triu(relatedness >= RELATED, 1))
    return [[int(first), int(second)] for first, second in zip(one, other, strict=True)]
