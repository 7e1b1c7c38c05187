"""Who is served next: bounded, fair to everybody, and of what one asks for twice only the latest counts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.dashboard.jobs import Job

URGENT = ("look", "film")
"""Lanes whose answer somebody waits for with a hand on a slider."""

LANES = (*URGENT, "bands", "attribution", "surface")

Deliver = Callable[[int, Any, bool, str | None], None]
"""Told the place of a job in its request, a piece of its result, whether it is finished, and what went wrong."""


@dataclass(eq=False)
class Request:
    """Jobs that somebody wants.

    Attributes
    ----------
    owner
        Who wants them.
    lane
        What for; one of `LANES`.
    jobs
        The jobs.
    deliver
        Told what comes.
    """

    owner: Hashable
    lane: str
    jobs: Sequence[Job]
    deliver: Deliver
    handed_out: int = field(default=0, init=False)

    @property
    def urgent(self) -> bool:
        """Whether somebody waits for it with a hand on a slider."""
        return self.lane in URGENT

    def following(self) -> int:
        """Give the place of the next job."""
        self.handed_out += 1
        return self.handed_out - 1

    @property
    def exhausted(self) -> bool:
        """Whether all its jobs are handed out."""
        return self.handed_out >= len(self.jobs)


class WaitingRoom:
    """Requests that wait, at most one for each owner and lane.

    Owners take turns: with urgent requests after every request, as half an answer helps nobody, with others
    after every job, so that a long request delays nobody else by more than a job.
    """

    def __init__(self) -> None:
        self._waiting: dict[tuple[Hashable, str], Request] = {}
        self._turns: dict[bool, deque[Hashable]] = {True: deque(), False: deque()}

    def __len__(self) -> int:
        return sum(len(request.jobs) - request.handed_out for request in self._waiting.values())

    def put(self, request: Request) -> None:
        """Take a request in; what the owner wanted in this lane before is forgotten."""
        self._waiting[request.owner, request.lane] = request
        turns = self._turns[request.urgent]
        if request.owner not in turns:
            turns.append(request.owner)

    def forget(self, owner: Hashable, lane: str | None = None) -> None:
        """Forget what an owner wanted in a lane, or in all."""
        for each in LANES if lane is None else (lane,):
            self._waiting.pop((owner, each), None)

    def take(self, *, urgent: bool) -> tuple[Request, int] | None:
        """Give the next job as its request and its place therein; None if nobody wants anything."""
        turns = self._turns[urgent]
        while turns:
            owner = turns[0]
            request = self._next_of(owner, urgent=urgent)
            if request is None:
                turns.popleft()
                continue
            place = request.following()
            if request.exhausted:
                del self._waiting[owner, request.lane]
            if request.exhausted or not urgent:
                turns.rotate(-1)
            return request, place
        return None

    def _next_of(self, owner: Hashable, *, urgent: bool) -> Request | None:
        for lane in LANES:
            request = self._waiting.get((owner, lane))
            if request is not None and request.urgent == urgent and not request.exhausted:
                return request
        return None
