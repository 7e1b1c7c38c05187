"""Runs of the desk are the runs of the model; what is dropped is dropped; a worker that dies is replaced."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from analysis.dashboard.desk import WORKER_DIED, Desk
from analysis.dashboard.film import COLUMNS, MOST_FIRMS, take_frame
from analysis.dashboard.jobs import Job
from analysis.dashboard.traces import Trace
from model.loading import load_scenario
from model.record import OUTCOMES
from model.region import Region, run
from model.scenario import Scenario

PATIENCE = 120.0


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    found = Desk(workers=1)
    assert found.until_ready()
    yield found
    found.close()


def small(steps: int = 12, **settings: Any) -> Scenario:
    return load_scenario("thin_rural_region", {"steps": steps, "firms.number": 24, **settings})


class Inbox:
    """What came for a request."""

    def __init__(self, jobs: int) -> None:
        self.content: list[tuple[int, Any]] = []
        self.errors: list[str | None] = []
        self._left = jobs
        self.complete = threading.Event()

    def deliver(self, place: int, content: Any, finished: bool, error: str | None) -> None:  # noqa: FBT001
        if content is not None:
            self.content.append((place, content))
        if finished:
            self.errors.append(error)
            self._left -= 1
            if self._left == 0:
                self.complete.set()

    def wait(self) -> None:
        assert self.complete.wait(PATIENCE)


def test_curves_come_in_pieces_and_are_those_of_the_model_to_the_bit(desk: Desk) -> None:
    scenario = small(steps=30).with_regime("cluster")
    inbox = Inbox(1)
    desk.submit("ann", "look", [Job("curves", scenario, 5)], inbox.deliver)
    inbox.wait()
    trace = Trace(30)
    for _, chunk in inbox.content:
        trace.take(chunk)
    wanted = run(scenario, 5).record
    assert len(inbox.content) > 2
    np.testing.assert_array_equal(trace.series, wanted.series)
    np.testing.assert_array_equal(trace.account, wanted.account)


def test_endings_are_outcomes(desk: Desk) -> None:
    scenario = small().with_regime("sector")
    inbox = Inbox(1)
    desk.submit("ann", "surface", [Job("ending", scenario, 5)], inbox.deliver)
    inbox.wait()
    ((_, values),) = inbox.content
    assert dict(zip(OUTCOMES, values.tolist(), strict=True)) == run(scenario, 5).outcomes


def test_all_runs_of_an_urgent_request_advance_together(desk: Desk) -> None:
    # Long enough that the second is at hand before the first is over, whatever else the machine does.
    jobs = [Job("curves", small(steps=600).with_regime(name), 1) for name in ("none", "cluster")]
    inbox = Inbox(2)
    desk.submit("ann", "look", jobs, inbox.deliver)
    inbox.wait()
    order = [place for place, _ in inbox.content]
    assert order.index(1) < len(order) - 1 - order[::-1].index(0)


def test_of_many_changes_only_the_last_is_run_to_its_end(desk: Desk) -> None:
    boxes = [Inbox(4) for _ in range(20)]
    for number, inbox in enumerate(boxes):
        scenario = small(steps=200, **{"policy.budget": 0.01 + 0.001 * number})
        desk.submit("ann", "look", [Job("curves", scenario, 1)] * 4, inbox.deliver)
    boxes[-1].wait()
    assert sum(inbox.complete.is_set() for inbox in boxes) < 5
    assert desk.load == 0


def test_who_leaves_gets_nothing_more(desk: Desk) -> None:
    inbox, other = Inbox(8), Inbox(1)
    desk.submit("ann", "bands", [Job("curves", small(steps=200), seed) for seed in range(8)], inbox.deliver)
    desk.drop("ann")
    desk.submit("ben", "bands", [Job("curves", small(), 1)], other.deliver)
    other.wait()
    assert not inbox.complete.is_set()
    assert desk.load == 0


def test_a_session_that_cannot_take_its_answer_disturbs_nobody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: Any) -> None:
        raise RuntimeError("no")

    desk.submit("ann", "look", [Job("curves", small(), 1)], refuse)
    inbox = Inbox(1)
    desk.submit("ben", "look", [Job("curves", small(), 1)], inbox.deliver)
    inbox.wait()
    until = time.monotonic() + 30
    while "could not take an answer" not in caplog.text and time.monotonic() < until:
        # Two work at a time: the other answer may come first.
        time.sleep(0.05)
    assert "could not take an answer" in caplog.text


def test_a_run_that_fails_is_told_and_the_next_one_runs(desk: Desk) -> None:
    scenario = small()
    broken = scenario.model_copy(update={"firms": None})
    bad, good = Inbox(1), Inbox(1)
    desk.submit("ann", "look", [Job("curves", broken, 1)], bad.deliver)
    bad.wait()
    desk.submit("ann", "look", [Job("curves", scenario, 1)], good.deliver)
    good.wait()
    assert bad.errors[0]
    assert good.errors == [None]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes cannot be killed here")
def test_a_worker_that_dies_is_replaced(desk: Desk) -> None:
    inbox = Inbox(1)
    desk.submit("ann", "look", [Job("curves", small(steps=390), 1)], inbox.deliver)
    os.kill(desk._workers[0].process.pid, signal.SIGKILL)
    inbox.wait()
    assert inbox.errors == [WORKER_DIED]
    again = Inbox(1)
    desk.submit("ann", "look", [Job("curves", small(), 1)], again.deliver)
    again.wait()
    assert again.errors == [None]


def test_of_many_firms_a_sample_is_drawn_that_stays_the_same() -> None:
    region = Region(small(steps=3, **{"firms.number": 2 * MOST_FIRMS}), seed=1)
    before = take_frame(region)
    region.step()
    after = take_frame(region)
    ids = [set(frame.firms[::COLUMNS]) for frame in (before, after)]
    assert len(ids[0]) <= MOST_FIRMS < before.count
    assert len(ids[0] & ids[1]) > 0.8 * len(ids[0])
    assert set(after.ties) <= ids[1]


def test_a_picture_counts_what_the_model_counts() -> None:
    region = Region(small(), regime="cluster", seed=1)
    for _ in range(6):
        region.step()
    frame = take_frame(region)
    assert frame.count == len(frame.firms) // COLUMNS == region.observed("firms")
    assert len(frame.ties) // 2 == region.observed("ties")
    assert [sum(each) for each in frame.holders] == region.world.holders.tolist()
