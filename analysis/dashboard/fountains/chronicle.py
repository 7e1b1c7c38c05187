"""What happened in a quarter, as facts that any language can tell: who found what with whom, who took it up."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.dashboard.fountains.filmed_region import SPRINGS, FilmedRegion
from model.kernels.constants import FIRM

Event = dict[str, Any]


class Chronicle:
    """Keeps what was there a quarter before, and tells what is new.

    Attributes
    ----------
    events
        What happened in the last quarter: dictionaries with ``kind`` and what belongs to it.
    """

    def __init__(self, region: FilmedRegion) -> None:
        self.events: list[Event] = []
        self._holders = holders(region)
        self._organisations = self._open(region)
        self._discovered = region.world.discovered.copy()
        self._told = 0

    def look(self, region: FilmedRegion) -> None:
        """Compare with the quarter before."""
        step, now = region.world.step, holders(region)
        found = region.world.discovered
        replaced = np.flatnonzero((self._discovered >= 0) & (found < 0))
        lost = np.flatnonzero((now.sum(axis=1) == 0) & (self._holders.sum(axis=1) > 0) & (found >= 0))
        # Only of what was found in the run: what was always there spreads unnoticed.
        spread = [each for each in np.argwhere((now > 0) & (self._holders == 0)) if 0 < found[each[0]] < step]
        events: list[Event] = [
            *(self._finding(region, int(domain)) for domain in np.flatnonzero(found == step)),
            *({"kind": "replaced", "domain": int(domain)} for domain in replaced),
            *(
                {"kind": "taken_up", "domain": int(domain), "sector": int(sector)}
                for domain, sector in spread
            ),
            *({"kind": "lost", "domain": int(domain)} for domain in lost),
        ]
        events += self._policy(region)
        events += self._clusters(region)
        self.events = events
        self._holders, self._discovered = now, found.copy()

    def _finding(self, region: FilmedRegion, domain: int) -> Event:
        """Say how a domain came to be held: through the firm that gained most there."""
        world, gains = region.world, region.gains
        carriers = world.carriers
        level = world.scenario.recombination.held_level * world.space.frontier[domain]
        rows = np.flatnonzero((carriers.kind == FIRM) & (carriers.knowledge[:, domain] >= level))
        event: Event = {"kind": "found", "domain": domain, "how": "founded", "sectors": [], "firms": []}
        if not len(rows):
            return event
        best, most = int(rows[0]), -1.0
        for row in rows:
            then = np.flatnonzero(gains.ids == carriers.id[row])
            gained = np.array([gains.gained[spring][then, domain].sum() for spring in SPRINGS])
            if len(then) and gained.max() > most:
                best, most = int(row), float(gained.max())
                event["how"] = SPRINGS[int(gained.argmax())] if gained.max() > 0 else "researched"
        event["firms"], event["sectors"] = [int(carriers.id[best])], [int(carriers.sector[best])]
        if event["how"] == "recombined":
            self._name_partner(region, event, domain)
        return event

    def _name_partner(self, region: FilmedRegion, event: Event, domain: int) -> None:
        gains, carriers = region.gains, region.world.carriers
        row = int(np.flatnonzero(gains.ids == event["firms"][0])[0])
        for slot in np.flatnonzero(gains.joined[row] > 0):
            partner = int(gains.teachers[row, slot])
            then = np.flatnonzero(gains.ids == partner)
            there = np.flatnonzero(carriers.id == partner)
            if len(then) and len(there) and gains.gained["recombined"][then[0], domain] > 0:
                event["firms"].append(partner)
                event["sectors"].append(int(carriers.sector[there[0]]))
                return

    def _policy(self, region: FilmedRegion) -> list[Event]:
        entries = [entry for policymaker in region.policymakers for entry in policymaker.log]
        fresh = [entry for entry in entries if entry.step == region.world.step]
        told = {
            event: list(
                dict.fromkeys((entry.priority, entry.name) for entry in fresh if entry.event == event)
            )
            for event in ("supported", "piloted", "stopped")
        }
        return [{"kind": "policy", **told}] if any(told.values()) else []

    def _clusters(self, region: FilmedRegion) -> list[Event]:
        now = self._open(region)
        events: list[Event] = [
            {"kind": kind, "sector": cell[0], "place": cell[1]}
            for kind, some, others in (
                ("cluster_founded", now, self._organisations), ("cluster_closed", self._organisations, now),
            )
            for identity, cell in some.items()
            if identity not in others
        ]  # fmt: skip
        self._organisations = now
        return events

    def _open(self, region: FilmedRegion) -> dict[int, tuple[int, int]]:
        return {
            each.unique_id: each.cell for each in region.organisations_of("cluster_organisation")
        }  # fmt: skip


def holders(region: FilmedRegion) -> npt.NDArray[np.int64]:
    """Count the firms that hold each domain as the model counts them, but by sector, shape (domains, sectors)."""
    world, carriers = region.world, region.world.carriers
    held = world.scenario.recombination.held_level * world.space.frontier
    holds = (carriers.knowledge >= held) & (carriers.kind == FIRM)[:, None]
    counts = np.zeros((world.space.domains, world.space.sectors), np.int64)
    for sector in range(world.space.sectors):
        counts[:, sector] = holds[carriers.sector == sector].sum(axis=0)
    return counts
