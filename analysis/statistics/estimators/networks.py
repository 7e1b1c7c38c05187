"""Small worlds against random networks of the same degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx

SWAPS_PER_TIE = 3
RANDOM_NETWORKS = 2


def small_world(ties: Sequence[tuple[int, int]], seed: int) -> tuple[float, float]:
    """Clustering and path length against random networks in which everybody has as many ties.

    The random networks come from the network itself by swapping ends of ties (Maslov & Sneppen 2002).
    Path length is that of the largest component (Watts & Strogatz 1998).

    Parameters
    ----------
    ties
        Pairs of nodes.
    seed
        Seed of the random networks.

    Returns
    -------
    tuple of float
        Ratio of clustering coefficients and ratio of mean path lengths; NaN where undefined.
    """
    graph = nx.Graph(list(ties))
    if graph.number_of_edges() < 10:
        return math.nan, math.nan
    clustering, length = nx.average_clustering(graph), _path_length(graph)
    twins = [_rewired(graph, 1_000 * seed + number) for number in range(RANDOM_NETWORKS)]
    by_chance = sum(nx.average_clustering(twin) for twin in twins) / len(twins)
    chance_length = sum(_path_length(twin) for twin in twins) / len(twins)
    return clustering / by_chance if by_chance > 0 else math.nan, length / chance_length


def _rewired(graph: nx.Graph, seed: int) -> nx.Graph:
    twin = graph.copy()
    swaps = SWAPS_PER_TIE * twin.number_of_edges()
    nx.double_edge_swap(twin, nswap=swaps, max_tries=100 * swaps, seed=seed)
    return twin


def _path_length(graph: nx.Graph) -> float:
    from scipy.sparse.csgraph import shortest_path  # noqa: PLC0415 - who only asks for help does not wait

    largest = max(nx.connected_components(graph), key=len)
    count = len(largest)
    # A hundred times as fast as the same in networkx.
    matrix = nx.to_scipy_sparse_array(graph.subgraph(largest), dtype=float)
    return float(shortest_path(matrix, unweighted=True).sum()) / (count * (count - 1))
