"""A room: its seats, its course, and the runs for both; used by one event loop and by nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from analysis.dashboard.classroom import regions
from analysis.dashboard.classroom.course import GUESS, LUCK, PLAYED, ROLES, SETTINGS, STEPS, TOGETHER, Course
from analysis.dashboard.classroom.levers import ROLES as ROLE_CARDS
from analysis.dashboard.classroom.messages import Message
from analysis.dashboard.classroom.results import highest, middle
from analysis.dashboard.classroom.runs import Runs, Wanted
from analysis.dashboard.classroom.seat import MOST_DRAWS, Seat
from analysis.dashboard.scheduling.run_cache import OWN_ROOM, RunCache
from analysis.dashboard.scheduling.scheduler import Scheduler
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.reading import Reading, read
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.settings import EVERYBODYS, Settings, is_private
from analysis.dashboard.state.view import View

MOST_SEATS = 60
"""Phones of a room."""

SPARE_SEATS = 4
"""Phones that may still come, for which regions are run ahead."""

AHEAD_AT_ONCE = 4
"""Regions that are asked for ahead in one go."""

Wake = Callable[[Callable[[], None]], None]
"""Has something called in the event loop, from whatever thread; soon, and once for all who ask meanwhile."""


class Room:
    """A class that takes part.

    Parameters
    ----------
    code
        What phones type.
    view
        What is shown in front.
    scheduler, cache
        Where runs are made, and where finished ones of everybody are.
    wake
        Brings calls into the event loop.
    """

    def __init__(self, code: str, view: View, scheduler: Scheduler, cache: RunCache, wake: Wake) -> None:
        self.code = code
        self.secret = secrets.token_urlsafe(16)
        self.course = Course()
        self.seats: dict[int, Seat] = {}
        self.ended = False
        self._scheduler, self._cache, self._wake = scheduler, cache, wake
        self._listeners: dict[object, Callable[[], None]] = {}
        self._prepared: tuple[str, int] = ("", 0)
        self._depth = 0
        self._coming: Iterator[Wanted] = iter(())
        self._read: tuple[int, Reading] | None = None
        self._open(view)

    def _open(self, view: View) -> None:
        own = is_private(view)
        self._settings = Settings(room=64) if own else EVERYBODYS
        self.runs = Runs(
            self._scheduler, RunCache(OWN_ROOM) if own else self._cache, self._settings, self._soon
        )
        self.session = Session(
            self._scheduler, self._cache, regions.prepared(view), lambda _: None, lambda *_: self._soon()
        )
        self.usual = self.session.picture.view
        self._prepared, self._read = ("", 0), None

    def _soon(self) -> None:
        self._wake(self.gather)

    @property
    def picture(self) -> Picture:
        """What is shown in front."""
        return self.session.picture

    @property
    def base(self) -> Any:
        """The scenario in front, without changes."""
        return self.picture.setting.base

    @property
    def reading(self) -> Reading:
        """What the runs in front say of the outcome."""
        picture = self.picture
        if self._read is None or self._read[0] != picture.version:
            self._read = picture.version, read(picture, self.usual.outcome)
        return self._read[1]

    @property
    def leader(self) -> str:
        """The policy that ends highest in front; empty while nobody knows."""
        reading = self.reading
        return reading.order[0] if reading.seeds and reading.order else ""

    def leader_on(self, draws: int) -> str:
        """Give the policy that ends highest in front on the first few draws of luck; empty while nobody knows."""
        return highest(self.picture.sample, self.usual.outcome, draws) or self.leader

    @property
    def present(self) -> list[Seat]:
        """Seats whose phone is there, or has done something."""
        return [seat for seat in self.seats.values() if not seat.idle]

    def listen(self, who: object, hear: Callable[[], None]) -> None:
        """Have somebody told when something that they see may have changed."""
        self._listeners[who] = hear

    def forget(self, who: object) -> None:
        """Tell somebody nothing any more."""
        self._listeners.pop(who, None)

    def tell(self) -> None:
        """Tell everybody that something changed."""
        for hear in list(self._listeners.values()):
            hear()

    def seat(self, token: str) -> Seat | None:
        """Give a phone its seat back, or a new one; None if all are taken."""
        if self.ended:
            return None
        for seat in self.seats.values():
            if token and secrets.compare_digest(seat.token.encode(), token.encode()):
                return seat
        number = next((each for each in range(1, MOST_SEATS + 1) if each not in self.seats), 0)
        if not number:
            # Of phones that looked in and left, seats are given away: nobody can fill a room by coming and going.
            number = next((each.number for each in self.seats.values() if each.idle), 0)
        if not number:
            return None
        self.seats[number] = Seat(number, secrets.token_urlsafe(16))
        return self.seats[number]

    def arrive(self, seat: Seat) -> None:
        """Note that a page of a phone is open."""
        seat.connections += 1
        self._prepare()
        self.tell()

    def leave(self, seat: Seat) -> None:
        """Note that a page of a phone is gone; its seat stays, so that it can come back."""
        seat.connections -= 1
        self.tell()

    def hear(self, seat: Seat, message: Message) -> None:
        """Do what a phone says, as far as that makes sense at this moment."""
        step, value = self.course.step, message.value
        if not self.course.open:
            return
        if step == GUESS and message.doing == "guess" and value in self.usual.regimes:
            seat.guess = str(value)
        elif step == LUCK and message.doing == "run":
            seat.ran = True
        elif step == SETTINGS and message.doing == "lever" and self._is_position(seat.lever, value):
            seat.setting = int(value)
        elif step == ROLES and seat.role.lever is None and message.doing == "draw":
            seat.draws = min(MOST_DRAWS, seat.draws + 1)
        elif step == ROLES and seat.role.lever is not None and message.doing == "lever":
            if self._is_position(seat.role.lever, value):
                seat.pulled = int(value)
        else:
            return
        if step in PLAYED and step != GUESS:
            self._ask(seat)
        self.tell()

    def _is_position(self, lever: Any, value: Any) -> bool:
        return isinstance(value, int) and 0 <= value < len(lever.positions(self.base))

    def _ask(self, seat: Seat) -> None:
        """Run what a phone's region needs, unless it is there."""
        needed = regions.wanted(self.course.step, seat, self.usual, self.base)
        self._gather(seat)
        if not regions.complete(self.course.step, self.result(seat)):
            for place, each in enumerate(needed):
                self.runs.ask((seat.number, place), each)

    def result(self, seat: Seat) -> Any:
        """Give what came out in a phone's region in this step, if it is that of where its lever stands."""
        result = seat.results.get(self.course.step)
        at = {SETTINGS: seat.setting, ROLES: seat.pulled if seat.role.lever else seat.draws}
        return result if result is not None and result.at == at.get(self.course.step, 0) else None

    def failed(self, seat: Seat) -> bool:
        """Whether a run of a phone's region failed."""
        needed = regions.wanted(self.course.step, seat, self.usual, self.base)
        return any(map(self.runs.failed, needed))

    def gather(self) -> None:
        """Take in what has been run since, and tell everybody."""
        if self.ended:
            return
        for seat in self.seats.values():
            self._gather(seat)
        self._prepare()
        self.tell()

    def _gather(self, seat: Seat) -> None:
        step = self.course.step
        if step not in {LUCK, SETTINGS, ROLES} or regions.complete(step, self.result(seat)):
            return
        found = regions.result_of(step, seat, self.usual, self.base, self.runs)
        if found is not None:
            seat.results[step] = found

    def _prepare(self) -> None:
        """Once the answer in front is whole, run ahead what the class may ask for in this step and in the next.

        A few at a time: naming runs takes milliseconds each, in which nobody else would be served.
        """
        if not self.picture.sample.settled().whole:
            return
        last = min(MOST_SEATS, max(self.seats, default=0) + SPARE_SEATS)
        if (self.course.step, last) != self._prepared:
            self._prepared, self._depth = (self.course.step, last), 0
            self._coming = self._ahead(last)
        asked = False
        for each in islice(self._coming, AHEAD_AT_ONCE):
            self.runs.ask_ahead(each)
            asked = True
        if not asked and not self.runs.left and self._depth == 0:
            self._depth, asked = 1, True
            self._coming = self._ahead(last)
        if asked:
            self._soon()

    def _ahead(self, last: int) -> Iterator[Wanted]:
        """List what may be wanted in the step that comes, or, where that is there, in the one after it."""
        place = STEPS.index(self.course.step)
        steps = [each for each in STEPS[place:] if each in {LUCK, SETTINGS, ROLES}][self._depth :][:1]
        seats = [self.seats.get(number) or Seat(number, "") for number in range(1, last + 1)]
        view, base = self.usual, self.base
        return (each for step in steps for seat in seats for each in regions.ahead(step, seat, view, base))

    def steer(self, move: str) -> None:
        """Do what the trainer says, if it is allowed now."""
        course = self.course.after(move)
        if course == self.course:
            return
        before, self.course = self.course, course
        if TOGETHER in {before.step, course.step}:
            self.session.visit(self._together() if course.step == TOGETHER else self.usual, "class")
        for seat in self.seats.values():
            self._gather(seat)
        self._prepare()
        self.tell()

    def levers(self) -> dict[str, int]:
        """Give the position in the middle of where the players of each role left its lever."""
        return {
            role.name: middle(
                (seat.pulled for seat in self.seats.values() if seat.role is role),
                role.lever.start(self.base),
            )
            for role in ROLE_CARDS
            if role.lever is not None
        }

    def _together(self) -> View:
        """Set the levers of all roles at once."""
        view, places = self.usual, self.levers()
        for role in ROLE_CARDS:
            if role.lever is not None:
                view = role.lever.moved(view, places[role.name], self.base)
        return view

    def choose(self, story: str) -> None:
        """Take another story, as long as nobody has guessed anything."""
        if self.course != Course() or story == self.usual.story:
            return
        self._close_runs()
        self._open(replace(self.usual, story=story, own="", region="", changes=(), regimes=View.regimes))
        self._prepare()
        self.tell()

    def _close_runs(self) -> None:
        self.session.close()
        self.runs.close()

    def close(self) -> None:
        """End the room: nothing of it is kept."""
        self.ended = True
        self._close_runs()
        self.tell()
        self.seats.clear()
        self._listeners.clear()
