"""Pictures of a run for those who watch it: who is there, who is tied to whom, who knows which domain."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from model.agents.organisation import kind_name
from model.kernels import constants
from model.region import Region

MOST_FIRMS = 1_000
"""Firms that are drawn; of more, a sample that stays the same over time."""

MOST_DOTS = 160_000
"""Firms that are drawn over all steps: of a long run fewer, so that its pictures fit into a browser."""

MOST_TIES = 4_000
COLUMNS = 8
"""Numbers of each firm in `Frame.firms`."""


@dataclass(frozen=True)
class Frame:
    """One step as a picture.

    Attributes
    ----------
    firms
        Persistent id, sector, place, knowledge, employees, absorptive capacity in hundredths, cluster
        (-1 none) and number of ties of every firm that is drawn, one after the other.
    organisations
        Persistent id, kind, sector, place, clients and standing, a row an organisation.
    ties
        Ids of the two firms of every tie that is drawn, one after the other.
    knowledge
        Employment-weighted knowledge of each domain against the world frontier.
    holders
        Firms that hold each domain, by sector: shape (domains, sectors).
    found
        Step in which each domain was discovered, -1 while latent.
    count
        Firms that there are.
    """

    firms: list[float]
    organisations: list[list[Any]]
    ties: list[int]
    knowledge: list[float]
    holders: list[list[int]]
    found: list[int]
    count: int


def take_frame(region: Region) -> Frame:
    """Take a picture of a region.

    Parameters
    ----------
    region
        Region; only looked at.

    Returns
    -------
    Frame
        Plain numbers, ready for the page.
    """
    world, carriers = region.world, region.world.carriers
    is_firm = carriers.kind == constants.FIRM
    most = max(1, min(MOST_FIRMS, MOST_DOTS // (world.scenario.steps + 1)))
    drawn = _sample(carriers.id, is_firm, most)
    rows = np.flatnonzero(drawn)
    total = carriers.knowledge[rows].sum(axis=1, dtype=np.float64)
    firms: list[list[Any]] = [
        carriers.id[rows].tolist(), carriers.sector[rows].tolist(), carriers.place[rows].tolist(),
        np.round(total, 1).tolist(), np.round(carriers.size[rows]).astype(int).tolist(),
        np.round(100 * carriers.absorptive_capacity[rows]).astype(int).tolist(), carriers.cluster[rows].tolist(),
        carriers.degree[rows].tolist(),
    ]  # fmt: skip
    return Frame(
        firms=[value for firm in zip(*firms, strict=True) for value in firm],
        organisations=_organisations(region),
        ties=_ties(carriers, drawn).ravel().tolist(),
        knowledge=[round(float(value), 3) for value in world.domain_knowledge],
        holders=_holders(region, is_firm).tolist(),
        found=[int(step) for step in world.discovered],
        count=int(is_firm.sum()),
    )


def written(frame: Frame) -> str:
    """Write a picture for the browser, once and where it was taken: servers only pass it on."""
    return json.dumps(asdict(frame), separators=(",", ":"))


def _sample(
    identity: npt.NDArray[np.int64], is_firm: npt.NDArray[np.bool_], most: int
) -> npt.NDArray[np.bool_]:
    """Choose firms to draw by numbers that only their ids decide on, so that the same are seen all the time."""
    chosen = is_firm.copy()
    if is_firm.sum() > most:
        # Multiplying by an odd number spreads ids evenly over all numbers of 32 bits (Knuth 1973, 6.4).
        lots = np.where(is_firm, identity * 2_654_435_761 % 2**32, 2**32)
        chosen &= lots <= np.partition(lots, most - 1)[most - 1]
    return chosen


def _organisations(region: Region) -> list[list[Any]]:
    carriers = region.world.carriers
    rows = np.flatnonzero(carriers.kind != constants.FIRM)
    return [
        [
            int(carriers.id[row]), kind_name(int(carriers.kind[row])), int(carriers.sector[row]),
            int(carriers.place[row]), int(carriers.clients[row] + carriers.members[row]),
            round(float(carriers.standing[row]), 2),
        ]
        for row in rows
    ]  # fmt: skip


def _ties(carriers: Any, drawn: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    slots = np.arange(carriers.partners.shape[1])
    used = (slots < carriers.degree[:, None]) & drawn[:, None]
    one, slot = np.nonzero(used)
    other = carriers.partners[one, slot]
    # A tie stands on both rows: it is drawn once.
    kept = (other > one) & drawn[other]
    return np.column_stack([carriers.id[one[kept]], carriers.id[other[kept]]])[:MOST_TIES]


def _holders(region: Region, is_firm: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Count the firms that hold each domain as the model counts them, but by sector."""
    world, carriers = region.world, region.world.carriers
    held = world.scenario.recombination.held_level * world.space.frontier
    holds = (carriers.knowledge >= held) & is_firm[:, None]
    counts = np.zeros((world.space.domains, world.space.sectors), np.int64)
    for sector in range(world.space.sectors):
        counts[:, sector] = holds[carriers.sector == sector].sum(axis=0)
    return counts
