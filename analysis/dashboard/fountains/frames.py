"""One quarter of a film, in numbers: springs, streams, firms, money, and the growth account that they add up to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.dashboard.fountains.chronicle import Chronicle, Event, holders
from analysis.dashboard.fountains.filmed_region import SOURCES, SPRINGS, FilmedRegion
from model.agents.organisation import kind_name
from model.kernels import constants
from model.scenario import Scenario

MOST_FIRMS = 1_000
"""Firms that are drawn; of more, a sample that stays the same over time."""

MOST_DOTS = 160_000
"""Firms that are drawn over all steps: of a long run fewer, so that its film fits into a browser."""

MOST_TIES = 2_000
MOST_STREAMS = 140
"""Ties on which droplets run: those on which most is offered."""

MOST_FLASHES = 40
COLUMNS = 10
"""Numbers of each firm in `Frame.firms`."""


@dataclass(frozen=True)
class Frame:
    """One quarter of a film.

    Attributes
    ----------
    firms
        Persistent id, sector, place, knowledge, employees, absorptive capacity in hundredths, cluster (-1 none),
        ties, share in hundredths of what partners offered that it took in, and policy money that
        reached it, of every firm that is drawn, one after the other.
    organisations
        Persistent id, kind, sector, place, clients, standing and policy money, a row an organisation.
    ties
        Ids of the two firms of every tie that is drawn, one after the other.
    streams
        Teacher, learner, what was learnt and what splashed off, of the ties on which most is offered.
    flashes
        Firm, partner (-1 none), domain and gain of recombinations, the largest first.
    springs
        Employment-weighted knowledge gained, by domain and spring: shape (domains, springs).
    counts
        What is written on screen, by name in `SOURCES`: sums of the growth account of the step.
    level
        Employment-weighted knowledge of all firms.
    spent
        Policy money of the step; ``aims`` says on what: kind, where (one or two numbers), money.
    knowledge
        Employment-weighted knowledge of each domain against the world frontier.
    holders
        Firms that hold each domain, by sector: shape (domains, sectors).
    found
        Step in which each domain was discovered, -1 while latent.
    count, offered, taken
        Firms that there are; knowledge that ties offered to all of them, and that they took in.
    events
        What happened, see `Chronicle`.
    """

    firms: list[float]
    organisations: list[list[Any]]
    ties: list[int]
    streams: list[float]
    flashes: list[float]
    springs: list[list[float]]
    counts: dict[str, float]
    level: float
    spent: float
    aims: list[list[Any]]
    knowledge: list[float]
    holders: list[list[int]]
    found: list[int]
    count: int
    offered: float
    taken: float
    events: list[Event]


class Camera:
    """Films a run.

    Parameters
    ----------
    scenario
        Resolved scenario of one regime.
    seed
        Seed of the run.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.region = FilmedRegion(scenario, seed=seed)
        self._chronicle = Chronicle(self.region)

    @property
    def running(self) -> bool:
        """Whether there is more to film."""
        return bool(self.region.running)

    def step(self) -> None:
        """Let a quarter pass."""
        self.region.step()
        self._chronicle.look(self.region)

    def take(self) -> Frame:
        """Film the quarter that has passed."""
        region = self.region
        world, carriers, gains = region.world, region.world.carriers, region.gains
        is_firm = carriers.kind == constants.FIRM
        drawn = _sample(
            carriers.id, is_firm, max(1, min(MOST_FIRMS, MOST_DOTS // (world.scenario.steps + 1)))
        )
        account = region.record.account[world.step, :, 1]
        shown = set(carriers.id[drawn].tolist())
        return Frame(
            firms=_firms(region, drawn),
            organisations=_organisations(region),
            ties=_ties(carriers, drawn).ravel().tolist(),
            streams=_streams(region, shown),
            flashes=_flashes(region, shown),
            springs=np.round(_springs(region), 3).tolist(),
            counts={name: round(float(account[list(rows)].sum()), 6) for name, rows in SOURCES.items()},
            level=round(region.observed("knowledge_per_region"), 6),
            spent=round(region.observed("spending"), 6),
            aims=[
                [*aim, *([0] * (3 - len(aim))), round(money, 4)] for aim, money in sorted(region.aims.items())
            ],
            knowledge=[round(float(value), 3) for value in world.domain_knowledge],
            holders=holders(region).tolist(),
            found=[int(step) for step in world.discovered],
            count=int(is_firm.sum()),
            offered=round(float(gains.offered.sum()), 4),
            taken=round(float(gains.taught.sum()), 4),
            events=self._chronicle.events,
        )


def written(frame: Frame) -> str:
    """Write a quarter for the browser, once and where it was filmed: servers only pass it on."""
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


def _firms(region: FilmedRegion, drawn: npt.NDArray[np.bool_]) -> list[float]:
    carriers, gains = region.world.carriers, region.gains
    rows = np.flatnonzero(drawn)
    taken = dict(zip(gains.ids.tolist(), gains.taught.sum(axis=1).tolist(), strict=True))
    offered = dict(zip(gains.ids.tolist(), gains.offered.sum(axis=1).tolist(), strict=True))
    ids = carriers.id[rows].tolist()
    share = [
        round(100 * min(1.0, taken[each] / offered[each])) if offered.get(each, 0.0) > 0 else 100
        for each in ids
    ]
    columns: list[list[Any]] = [
        ids, carriers.sector[rows].tolist(), carriers.place[rows].tolist(),
        np.round(carriers.knowledge[rows].sum(axis=1, dtype=np.float64), 1).tolist(),
        np.round(carriers.size[rows]).astype(int).tolist(),
        np.round(100 * carriers.absorptive_capacity[rows]).astype(int).tolist(), carriers.cluster[rows].tolist(),
        carriers.degree[rows].tolist(), share, [round(region.money.get(each, 0.0), 2) for each in ids],
    ]  # fmt: skip
    return [value for firm in zip(*columns, strict=True) for value in firm]


def _organisations(region: FilmedRegion) -> list[list[Any]]:
    carriers = region.world.carriers
    return [
        [
            int(carriers.id[row]), kind_name(int(carriers.kind[row])), int(carriers.sector[row]),
            int(carriers.place[row]), int(carriers.clients[row] + carriers.members[row]),
            round(float(carriers.standing[row]), 2), round(region.money.get(int(carriers.id[row]), 0.0), 2),
        ]
        for row in np.flatnonzero(carriers.kind > constants.FIRM)
    ]  # fmt: skip


def _ties(carriers: Any, drawn: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    slots = np.arange(carriers.partners.shape[1])
    used = (slots < carriers.degree[:, None]) & drawn[:, None]
    one, slot = np.nonzero(used)
    other = carriers.partners[one, slot]
    # A tie stands on both rows: it is drawn once.
    kept = (other > one) & drawn[other]
    return np.column_stack([carriers.id[one[kept]], carriers.id[other[kept]]])[:MOST_TIES]


def _streams(region: FilmedRegion, shown: set[int]) -> list[float]:
    gains = region.gains
    if not len(gains.ids):
        return []
    learner, slot = np.nonzero(gains.teachers >= 0)
    wanted = np.maximum(gains.offered[learner, slot], gains.taught[learner, slot])
    found: list[float] = []
    for place in np.argsort(-wanted, kind="stable"):
        row, each = learner[place], slot[place]
        teacher, pupil = int(gains.teachers[row, each]), int(gains.ids[row])
        if teacher not in shown or pupil not in shown:
            continue
        taken = float(gains.taught[row, each])
        found += [teacher, pupil, round(taken, 4), round(float(wanted[place]) - taken, 4)]
        if len(found) >= 4 * MOST_STREAMS:
            break
    return found


def _flashes(region: FilmedRegion, shown: set[int]) -> list[float]:
    """List recombinations: those with a partner by the tie that they happened on, others by the firm alone."""
    gains = region.gains
    gained = gains.gained.get("recombined")
    if gained is None:
        return []
    row_of = {identity: row for row, identity in enumerate(gains.ids.tolist())}
    networked: npt.NDArray[np.bool_] = np.any(gains.joined > 0, axis=1)
    found: list[tuple[float, int, int, int]] = []
    for row, slot in np.argwhere(gains.joined > 0):
        partner = row_of[int(gains.teachers[row, slot])]
        if partner < row:
            continue
        both = gained[row] + gained[partner]
        found.append((float(both.max()), row, partner, int(both.argmax())))
    found += [
        (float(gained[row, domain]), row, -1, int(domain))
        for row, domain in np.argwhere(gained > 0)
        if not networked[row]
    ]
    flat: list[float] = []
    for gain, row, partner, domain in sorted(found, reverse=True)[:MOST_FLASHES]:
        one, other = int(gains.ids[row]), int(gains.ids[partner]) if partner >= 0 else -1
        if one in shown and (other < 0 or other in shown) and gain > 0:
            flat += [one, other, domain, round(gain, 3)]
    return flat


def _springs(region: FilmedRegion) -> npt.NDArray[np.float64]:
    gains, domains = region.gains, region.world.space.domains
    if not gains.gained:
        return np.zeros((domains, len(SPRINGS)))
    return np.column_stack([gains.size @ gains.gained[spring] for spring in SPRINGS])
