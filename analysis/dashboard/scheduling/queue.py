"""Who is served next: bounded, fair to everybody, and of what one asks for twice only the latest counts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.dashboard.scheduling.jobs import Job

URGENT = ("look", "animation")
"""Lanes whose answer somebody waits for with a hand on a slider."""

LANES = (*URGENT, "bands", "attribution", "surface", "mission")

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
    _left: list[int] = field(init=False)
    _begun: set[int] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self._left = list(range(len(self.jobs)))

    @property
    def urgent(self) -> bool:
        """Whether somebody waits for it with a hand on a slider."""
        return self.lane in URGENT

    def following(self, near: int | None = None) -> int:
        """Give the place of the next job.

        Parameters
        ----------
        near
            Seed of which a worker has built the start: its runs come first, then those of a seed that nobody has
            begun, so that no start is built twice without need; in order by default.
        """
        place = self._left[0]
        if near is not None:
            alike = (at for at in self._left if self.jobs[at].seed == near)
            fresh = (at for at in self._left if self.jobs[at].seed not in self._begun)
            place = next(alike, next(fresh, place))
        self._left.remove(place)
        self._begun.add(self.jobs[place].seed)
        self.handed_out += 1
        return place

    @property
    def exhausted(self) -> bool:
        """Whether all its jobs are handed out."""
        return self.handed_out >= len(self.jobs)


class Queue:
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

    def take(self, *, urgent: bool, near: int | None = None) -> tuple[Request, int] | None:
        """Give the next job as its request and its place therein; None if nobody wants anything.

        Parameters
        ----------
        urgent
            Whether it is to be one for which somebody waits.
        near
            See `Request.following`.
        """
        turns = self._turns[urgent]
        while turns:
            owner = turns[0]
            request = self._next_of(owner, urgent=urgent)
            if request is None:
                turns.popleft()
                continue
            place = request.following(near)
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
