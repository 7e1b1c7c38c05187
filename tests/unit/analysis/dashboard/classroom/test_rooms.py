"""Codes that people type, rooms side by side, and when a room ends."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.dashboard.classroom.rooms import LETTERS, MOST_ROOMS, Rooms, read_code, waking
from analysis.dashboard.scheduling.run_cache import RunCache
from tests.unit.analysis.dashboard.classroom.pretended import STORY, MadeUpRuns


class Loop:
    """An event loop that does what is planned when it is told to."""

    def __init__(self) -> None:
        self.planned: list[Any] = []

    def is_closed(self) -> bool:
        return False

    def call_later(self, _seconds: float, what: Any, *values: Any) -> Any:
        self.planned.append((what, values))
        return self

    def call_soon_threadsafe(self, what: Any, *values: Any) -> None:
        what(*values)

    def cancel(self) -> None:
        self.planned.clear()

    def run(self) -> None:
        planned, self.planned = self.planned, []
        for what, values in planned:
            what(*values)


def begin() -> tuple[Rooms, Any]:
    runs: Any = MadeUpRuns()
    return Rooms(runs, RunCache()), Loop()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("bcdfg", "BCDFG"), (" bc dfg ", "BCDFG"), ("BC-DFG", "BCDFG"), ("BCDF", ""), ("BCDFGH", ""), ("AAAAA", ""),
     ("BCDF1", ""), ("<b>xx", ""), ("../../etc/passwd", ""), ("", ""), ("B" * 10_000, ""), ("ßßßßß", "")],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed: str, code: str) -> None:
    assert read_code(typed) == code


def test_two_rooms_know_nothing_of_each_other() -> None:
    rooms, loop = begin()
    one, two = rooms.open(STORY, loop), rooms.open(STORY, loop)
    assert one is not None
    assert two is not None
    assert one.code != two.code
    assert set(one.code) <= set(LETTERS)
    seat = one.seat("")
    assert seat is not None
    assert two.seat(seat.token) is not seat
    one.steer("next")
    assert (one.course.step, two.course.step) == ("guess", "lobby")
    rooms.end(one)
    assert rooms.find(one.code) is None
    assert rooms.find(two.code) is two
    assert not two.ended


def test_there_are_no_more_rooms_than_a_server_can_hold() -> None:
    rooms, loop = begin()
    assert all(rooms.open(STORY, loop) for _ in range(MOST_ROOMS))
    assert rooms.open(STORY, loop) is None


def test_a_room_waits_for_a_page_that_is_loaded_anew_and_ends_with_one_that_is_gone() -> None:
    rooms, loop = begin()
    room = rooms.open(STORY, loop)
    assert room is not None
    loop.planned.clear()
    rooms.wait(room, loop)
    assert rooms.come_back(room.code, "guessed") is None
    assert rooms.come_back(room.code, room.secret) is room
    rooms.stay(room)
    loop.run()
    assert not room.ended
    rooms.wait(room, loop)
    loop.run()
    assert room.ended
    assert len(rooms) == 0


def test_only_who_knows_the_key_is_the_trainer() -> None:
    rooms, _ = begin()
    assert rooms.is_trainer(rooms.key)
    assert not rooms.is_trainer("")
    assert not rooms.is_trainer(rooms.key[:-1])
    assert not rooms.is_trainer("ключ")


def test_what_comes_from_other_threads_is_gathered() -> None:
    loop, done = Loop(), []
    wake = waking(loop)

    def call() -> None:
        done.append(1)

    for _ in range(50):
        wake(call)
    loop.run()
    assert done == [1]
    wake(call)
    loop.run()
    assert done == [1, 1]
