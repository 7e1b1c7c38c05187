"""Runs of the scheduler are the runs of the model; what is dropped is dropped; a worker that dies is replaced."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from analysis.dashboard.scheduling.jobs import Job
from analysis.dashboard.scheduling.run_cache import Trace
from analysis.dashboard.scheduling.scheduler import WORKER_DIED, Scheduler
from model.loading import load_scenario
from model.record import OUTCOMES
from model.region import run
from model.scenario import Scenario

PATIENCE = 120.0


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Scheduler]:
    found = Scheduler(workers=1)
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


def test_curves_come_in_pieces_and_are_those_of_the_model_to_the_bit(scheduler: Scheduler) -> None:
    scenario = small(steps=30).with_regime("cluster")
    inbox = Inbox(1)
    scheduler.submit("ann", "look", [Job("curves", scenario, 5)], inbox.deliver)
    inbox.wait()
    trace = Trace(30)
    for _, chunk in inbox.content:
        trace.take(chunk)
    wanted = run(scenario, 5).record
    assert len(inbox.content) > 2
    np.testing.assert_array_equal(trace.series, wanted.series)
    np.testing.assert_array_equal(trace.account, wanted.account)


def test_endings_are_outcomes(scheduler: Scheduler) -> None:
    scenario = small().with_regime("sector")
    inbox = Inbox(1)
    scheduler.submit("ann", "surface", [Job("ending", scenario, 5)], inbox.deliver)
    inbox.wait()
    ((_, values),) = inbox.content
    assert dict(zip(OUTCOMES, values.tolist(), strict=True)) == run(scenario, 5).outcomes


def test_all_runs_of_an_urgent_request_advance_together(scheduler: Scheduler) -> None:
    # Long enough that the second is at hand before the first is over, whatever else the machine does.
    jobs = [Job("curves", small(steps=600).with_regime(name), 1) for name in ("none", "cluster")]
    inbox = Inbox(2)
    scheduler.submit("ann", "look", jobs, inbox.deliver)
    inbox.wait()
    order = [place for place, _ in inbox.content]
    assert order.index(1) < len(order) - 1 - order[::-1].index(0)


def test_of_many_changes_only_the_last_is_run_to_its_end(scheduler: Scheduler) -> None:
    boxes = [Inbox(4) for _ in range(20)]
    for number, inbox in enumerate(boxes):
        scenario = small(steps=200, **{"policy.budget": 0.01 + 0.001 * number})
        scheduler.submit("ann", "look", [Job("curves", scenario, 1)] * 4, inbox.deliver)
    boxes[-1].wait()
    assert sum(inbox.complete.is_set() for inbox in boxes) < 5
    assert scheduler.load == 0


def test_who_leaves_gets_nothing_more(scheduler: Scheduler) -> None:
    inbox, other = Inbox(8), Inbox(1)
    scheduler.submit(
        "ann", "bands", [Job("curves", small(steps=200), seed) for seed in range(8)], inbox.deliver
    )
    scheduler.drop("ann")
    scheduler.submit("ben", "bands", [Job("curves", small(), 1)], other.deliver)
    other.wait()
    assert not inbox.complete.is_set()
    assert scheduler.load == 0


def test_a_session_that_cannot_take_its_answer_disturbs_nobody(
    scheduler: Scheduler, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: Any) -> None:
        raise RuntimeError("no")

    scheduler.submit("ann", "look", [Job("curves", small(), 1)], refuse)
    inbox = Inbox(1)
    scheduler.submit("ben", "look", [Job("curves", small(), 1)], inbox.deliver)
    inbox.wait()
    until = time.monotonic() + 30
    while "could not take an answer" not in caplog.text and time.monotonic() < until:
        # Two work at a time: the other answer may come first.
        time.sleep(0.05)
    assert "could not take an answer" in caplog.text


def test_a_run_that_fails_is_told_and_the_next_one_runs(scheduler: Scheduler) -> None:
    scenario = small()
    broken = scenario.model_copy(update={"firms": None})
    bad, good = Inbox(1), Inbox(1)
    scheduler.submit("ann", "look", [Job("curves", broken, 1)], bad.deliver)
    bad.wait()
    scheduler.submit("ann", "look", [Job("curves", scenario, 1)], good.deliver)
    good.wait()
    assert bad.errors[0]
    assert good.errors == [None]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes cannot be killed here")
def test_what_a_worker_had_that_dies_is_run_again(scheduler: Scheduler) -> None:
    scenario = small(steps=390)
    inbox = Inbox(1)
    scheduler.submit("ann", "look", [Job("curves", scenario, 1)], inbox.deliver)
    _kill_the_worker(scheduler)
    inbox.wait()
    assert inbox.errors == [None]
    trace = Trace(390)
    for _, chunk in inbox.content:
        trace.take(chunk)
    np.testing.assert_array_equal(trace.series, run(scenario, 1).record.series)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes cannot be killed here")
def test_a_run_that_kills_twice_is_given_up(scheduler: Scheduler) -> None:
    inbox = Inbox(1)
    scheduler.submit("ann", "look", [Job("curves", small(steps=9_000), 1)], inbox.deliver)
    _kill_the_worker(scheduler)
    _kill_the_worker(scheduler)
    inbox.wait()
    assert inbox.errors == [WORKER_DIED]
    again = Inbox(1)
    scheduler.submit("ann", "look", [Job("curves", small(), 1)], again.deliver)
    again.wait()
    assert again.errors == [None]


def _kill_the_worker(scheduler: Scheduler) -> None:
    """Kill it once it has something to do."""
    deadline = time.monotonic() + PATIENCE
    while not scheduler._workers[0].given:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    victim = scheduler._workers[0]
    os.kill(victim.process.pid, signal.SIGKILL)
    while scheduler._workers[0] is victim:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_film_comes_whole_and_tells_what_happened(scheduler: Scheduler) -> None:
    inbox = Inbox(1)
    scheduler.submit("me", "animation", [Job("animation", small().with_regime("cluster"), 1)], inbox.deliver)
    inbox.wait()
    assert inbox.errors == [None]
    frames = [json.loads(frame) for _, piece in inbox.content for frame in piece.frames]
    assert len(frames) == 13
    assert [frame["events"] for frame in frames] == [
        json.loads(json.dumps(events)) for _, piece in inbox.content for events in piece.events
    ]
    assert any(event["kind"] == "cluster_founded" for frame in frames for event in frame["events"])
