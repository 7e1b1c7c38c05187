"""A room whose runs are made up at once, so that what a room does is seen without a model."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from analysis.dashboard.classroom.messages import Message
from analysis.dashboard.classroom.room import Room
from analysis.dashboard.classroom.seat import Seat
from analysis.dashboard.scheduling.jobs import Chunk
from analysis.dashboard.scheduling.run_cache import RunCache
from analysis.dashboard.state.seeds import SEEDS
from analysis.dashboard.state.view import View
from analysis.runs.seeds import FIRST_SEED
from model.record import ACCOUNT_SOURCES, OBSERVABLES
from model.scenario import REGIME_NAMES

STORY = View(story="thin_rural_region", changes=(("horizon", 4),))


class MadeUpRuns:
    """Keeps what is asked for; when told to answer, each regime ends as high as `ends` says of regime and seed."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._asked: dict[tuple[Any, str], tuple[list[Any], Any]] = {}
        self.made = 0

    @property
    def asked(self) -> list[tuple[str, list[Any]]]:
        """Lanes and jobs of what is asked for."""
        return [(lane, jobs) for (_, lane), (jobs, _) in self._asked.items()]

    def ends(self, regime: str, seed: int) -> float:
        # In front cluster ends highest; on every third seed beyond that it does not.
        place = REGIME_NAMES.index(regime)
        turned = seed >= FIRST_SEED + SEEDS and seed % 3 == 0
        return 100.0 + (place if turned or regime != "cluster" else 10.0) + seed % 5

    def submit(self, owner: Any, lane: str, jobs: Any, deliver: Any) -> None:
        with self._lock:
            self._asked[owner, lane] = list(jobs), deliver

    def drop(self, owner: Any, lane: str | None = None) -> None:
        with self._lock:
            for key in [key for key in self._asked if key[0] == owner and lane in {None, key[1]}]:
                del self._asked[key]

    def take(self, *lanes: str) -> list[tuple[list[Any], Any]]:
        """Give what is asked for in some lanes, in all by default; it is asked for no more."""
        with self._lock:
            chosen = [key for key in self._asked if not lanes or key[1] in lanes]
            return [self._asked.pop(key) for key in chosen]

    def answer(self, *lanes: str) -> None:
        while chosen := self.take(*lanes):
            for jobs, deliver in chosen:
                for place, job in enumerate(jobs):
                    self.made += 1
                    regime = job.scenario.policy.policymakers[0].regime
                    value = self.ends(regime, job.seed) * (1 + job.scenario.policy.budget)
                    rows = job.scenario.steps + 1
                    series = np.full((rows, len(OBSERVABLES)), value)
                    deliver(place, Chunk(0, series, np.zeros((rows, len(ACCOUNT_SOURCES), 2))), False, None)
                    deliver(place, None, True, None)


class Class:
    """A room and its made-up runs."""

    def __init__(self, phones: int = 0, view: View = STORY) -> None:
        self.runs = MadeUpRuns()
        scheduler: Any = self.runs
        self._woken: list[Any] = []
        self.room = Room("BCDFG", view, scheduler, RunCache(), self._woken.append)
        self.phones = [self.come() for _ in range(phones)]

    def come(self, token: str = "") -> Seat:
        seat = self.room.seat(token)
        assert seat is not None
        self.room.arrive(seat)
        return seat

    def settle(self, *lanes: str) -> None:
        """Make all runs up, and let the room take them in."""
        for _ in range(300):
            self.runs.answer(*lanes)
            woken, self._woken[:] = list(self._woken), []
            for each in woken:
                each()
            if not self._woken and not self.runs.asked:
                return

    def go(self, *moves: str) -> None:
        for move in moves:
            self.room.steer(move)

    def do(self, seat: Seat, doing: str, value: str | int = "") -> None:
        self.room.hear(seat, Message(1, doing, value))
