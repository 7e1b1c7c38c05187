"""Who is served next."""

from __future__ import annotations

from typing import Any

from analysis.dashboard.scheduling.jobs import Job
from analysis.dashboard.scheduling.queue import Queue, Request
from model.scenario import Scenario

SCENARIO = Scenario()


def request(owner: str, lane: str, jobs: int) -> Request:
    return Request(owner, lane, [Job("curves", SCENARIO, seed) for seed in range(jobs)], lambda *_: None)


def served(room: Queue, *, urgent: bool, most: int = 100) -> list[tuple[Any, int]]:
    found = []
    while len(found) < most and (following := room.take(urgent=urgent)) is not None:
        found.append((following[0].owner, following[1]))
    return found


def test_of_what_one_asks_for_twice_only_the_latest_is_done() -> None:
    room = Queue()
    first, second = request("ann", "look", 3), request("ann", "look", 2)
    room.put(first)
    room.put(second)
    taken = [room.take(urgent=True), room.take(urgent=True), room.take(urgent=True)]
    assert [each and each[0] for each in taken] == [second, second, None]
    assert len(room) == 0


def test_twenty_changes_of_one_owner_leave_one_request_to_do() -> None:
    room = Queue()
    for _ in range(20):
        room.put(request("ann", "look", 4))
    assert len(room) == 4


def test_urgent_requests_are_finished_one_after_the_other_in_turn() -> None:
    room = Queue()
    for owner in ("ann", "ben"):
        room.put(request(owner, "look", 2))
    assert served(room, urgent=True) == [("ann", 0), ("ann", 1), ("ben", 0), ("ben", 1)]


def test_who_asks_again_and_again_does_not_push_in() -> None:
    room = Queue()
    room.put(request("ann", "look", 1))
    room.put(request("ben", "look", 1))
    order = []
    for _ in range(6):
        following = room.take(urgent=True)
        assert following is not None
        order.append(following[0].owner)
        room.put(request(str(following[0].owner), "look", 1))
    assert order == ["ann", "ben"] * 3


def test_long_requests_share_job_by_job() -> None:
    room = Queue()
    room.put(request("ann", "surface", 100))
    room.put(request("ben", "bands", 3))
    assert served(room, urgent=False, most=6) == [
        ("ann", 0), ("ben", 0), ("ann", 1), ("ben", 1), ("ann", 2), ("ben", 2),
    ]  # fmt: skip


def test_long_requests_wait_while_only_urgent_ones_are_wanted() -> None:
    room = Queue()
    room.put(request("ann", "bands", 2))
    assert room.take(urgent=True) is None
    assert len(room) == 2


def test_who_leaves_is_forgotten() -> None:
    room = Queue()
    for lane in ("look", "bands", "surface"):
        room.put(request("ann", lane, 2))
    room.put(request("ben", "look", 1))
    room.forget("ann")
    assert served(room, urgent=True) == [("ben", 0)]
    assert served(room, urgent=False) == []


def test_runs_that_have_one_start_stay_with_one_worker() -> None:
    jobs = [Job("curves", SCENARIO, seed) for seed in (1, 1, 1, 2, 2, 3)]
    room = Queue()
    room.put(Request("ann", "bands", jobs, lambda *_: None))
    taken = [room.take(urgent=False, near=near) for near in (None, 9, 1, 2, 1, 1)]
    # The second worker begins another seed; each goes on with its own, and helps when nothing else is left.
    assert [each and each[1] for each in taken] == [0, 3, 1, 4, 2, 5]
    assert room.take(urgent=False, near=1) is None
