"""Where everything lies in the basin: a bay for each sector, its domains inside, what serves all in the middle."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from model.space import KnowledgeSpace

Layout = dict[str, Any]

INNER, OUTER = 0.36, 0.9
"""Radii between which the domains of a sector lie; the shore is at 1."""

MIDDLE = 0.22
"""Radius within which domains lie that belong to no sector."""

GAP = 0.06
"""Share of a bay that is left free on either side."""


def layout_of(space: KnowledgeSpace) -> Layout:
    """Lay the basin out: the same space lies the same way every time.

    Parameters
    ----------
    space
        Knowledge space.

    Returns
    -------
    dict
        Names of ``domains`` and ``sectors``; ``bays``, the angles at which the bay of each sector begins and ends;
        ``springs``, angle and radius of each domain; ``homes``, the sector of each domain, -1 for none.
    """
    bays = _bays(space)
    spots = np.zeros((space.domains, 2))
    for sector in range(space.sectors):
        mine = np.flatnonzero(space.home == sector)
        spots[mine] = _in_bay(mine, bays, sector, space)
    everybodys = np.flatnonzero(space.home < 0)
    spots[everybodys] = _in_the_middle(everybodys, bays, space)
    return {
        "domains": list(space.domain_names),
        "sectors": list(space.sector_names),
        "bays": [[round(float(a), 4), round(float(b), 4)] for a, b in bays],
        "springs": [[round(float(a), 4), round(float(r), 4)] for a, r in spots],
        "homes": [int(home) for home in space.home],
    }


def _bays(space: KnowledgeSpace) -> npt.NDArray[np.float64]:
    """Share the shore out: the more domains a sector has, the wider its bay, though less than in proportion."""
    counts = np.array([(space.home == sector).sum() for sector in range(space.sectors)])
    width = (1.0 + counts) ** 0.6
    ends = np.cumsum(2 * math.pi * width / width.sum())
    # The first bay begins on the left, at the back.
    start = -math.pi
    return start + np.column_stack([np.concatenate([[0.0], ends[:-1]]), ends])


def _pull(
    domains: npt.NDArray[np.int64], bays: npt.NDArray[np.float64], space: KnowledgeSpace
) -> npt.NDArray[np.complex128]:
    """Where domains are drawn to: to the sectors whose domains they are related to."""
    middle = np.exp(1j * bays.mean(axis=1))
    rooted = space.home >= 0
    weights = space.relatedness[np.ix_(domains, np.flatnonzero(rooted))]
    return np.asarray(weights @ middle[space.home[rooted]])


def _in_bay(
    domains: npt.NDArray[np.int64], bays: npt.NDArray[np.float64], sector: int, space: KnowledgeSpace
) -> npt.NDArray[np.float64]:
    """Rows along the shore; the nearer a domain is to others' business, the nearer it lies to the middle."""
    count = len(domains)
    if count == 0:
        return np.zeros((0, 2))
    begin, end = bays[sector]
    margin = GAP * (end - begin)
    begin, end = begin + margin, end - margin
    rows = max(1, min(4, round(math.sqrt(count / max(0.3, (end - begin) * 1.3)))))
    radii = np.linspace(INNER, OUTER, rows + 2)[1:-1] if rows < 3 else np.linspace(INNER + 0.05, OUTER, rows)
    room = radii / radii.sum() * count
    sizes = np.floor(room).astype(int)
    for row in np.argsort(sizes - room, kind="stable")[: count - sizes.sum()]:
        sizes[row] += 1
    outside = space.relatedness[domains].sum(axis=1)
    inwards = domains[np.argsort(-outside, kind="stable")]
    sides = np.angle(_pull(domains, bays, space) * np.exp(-1j * (begin + end) / 2))
    side = dict(zip(domains.tolist(), sides.tolist(), strict=True))
    spots, first = {}, 0
    for radius, size in zip(radii, sizes, strict=True):
        row = sorted(inwards[first : first + size].tolist(), key=side.__getitem__)
        first += size
        for place, domain in enumerate(row):
            # Neighbours of a row stand a little before and behind each other, so that names do not touch.
            spots[domain] = (
                begin + (end - begin) * (place + 0.5) / size,
                radius + (0.035 if place % 2 else -0.035),
            )
    return np.array([spots[int(domain)] for domain in domains])


def _in_the_middle(
    domains: npt.NDArray[np.int64], bays: npt.NDArray[np.float64], space: KnowledgeSpace
) -> npt.NDArray[np.float64]:
    """A ring around the centre, in the order of the sectors that each is nearest to."""
    if len(domains) == 0:
        return np.zeros((0, 2))
    order = np.argsort(np.angle(_pull(domains, bays, space)), kind="stable")
    radius = 0.0 if len(domains) == 1 else MIDDLE
    spots = np.zeros((len(domains), 2))
    spots[order, 0] = -math.pi + 2 * math.pi * (np.arange(len(domains)) + 0.5) / len(domains)
    spots[:, 1] = radius
    return spots
