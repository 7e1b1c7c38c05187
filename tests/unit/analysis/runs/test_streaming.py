"""The loop over futures: what is handed out is answered once, whatever happens to those who work."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from analysis.runs.streaming import WORKER_DIED, Stream, WorkersLostError, carry_out
from analysis.runs.workers import LocalWorkers, Stopped

BAD = 7


def double(item: int) -> tuple[int, str]:
    return item, f"{2 * item}"


def dies_at_bad(item: int) -> tuple[int, str]:
    if item == BAD:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(item)


def unsendable_at_bad(item: int) -> Any:
    return (item, lambda: None) if item == BAD else double(item)


def lost(item: int, reason: str) -> tuple[int, str]:
    return item, reason


def answers(call: Callable[[int], Any], count: int, jobs: int, most: int = 1) -> list[tuple[int, str]]:
    with Stream(range(count), call, lost, LocalWorkers(jobs), most=most, total=count) as stream:
        return sorted(stream)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("most", [1, 5, 64])
def test_every_item_is_answered_once(jobs: int, most: int) -> None:
    assert answers(double, 100, jobs, most) == [double(item) for item in range(100)]


@pytest.mark.parametrize("most", [1, 5])
def test_only_the_item_that_kills_its_worker_is_lost(most: int) -> None:
    expected = [(item, WORKER_DIED) if item == BAD else double(item) for item in range(20)]
    assert answers(dies_at_bad, 20, 2, most) == expected


def test_an_answer_that_cannot_be_sent_costs_no_other_of_its_batch() -> None:
    found = answers(unsendable_at_bad, 20, 2, 10)
    assert [each for each in found if each[0] != BAD] == [double(item) for item in range(20) if item != BAD]
    assert "lambda" in found[BAD][1] or "pickle" in found[BAD][1]


class Hand:
    """Workers that do what they are given when the test says so."""

    die_together = False
    size = 2

    def __init__(self) -> None:
        self.given: list[tuple[Future[Any], Callable[[int], Any], list[int]]] = []

    def submit(self, _: Callable[..., Any], call: Callable[[int], Any], batch: list[int]) -> Future[Any]:
        future: Future[Any] = Future()
        self.given.append((future, call, list(batch)))
        if len(self.given) > 6:
            self.work()
        return future

    alone = submit

    def work(self) -> None:
        future, call, batch = self.given.pop(0)
        answered = carry_out(call, batch)
        future.set_result(type(answered)(answered.answers, 0.001 * len(batch)))

    def has_died(self, error: BaseException) -> bool:
        return isinstance(error, ConnectionError)

    def check(self) -> None: ...
    def renew(self) -> None: ...
    def close(self, *, at_once: bool) -> None: ...


def numbers(taken: list[int]) -> Iterator[int]:
    for number in range(10_000):
        taken.append(number)
        yield number


def test_items_are_taken_when_they_are_needed_and_batches_grow_with_what_is_quick() -> None:
    hand, taken = Hand(), list[int]()
    with Stream(numbers(taken), double, lost, hand, most=50) as stream:
        assert len(taken) == 6
        assert {len(batch) for _, _, batch in hand.given} == {1}
        hand.work()
        assert next(iter(stream)) == double(0)
        hand.work()
        next(iter(stream))
    # The first answer took a millisecond: 50 of them are worth handing over together.
    assert max(len(batch) for _, _, batch in hand.given) == 50
    assert len(taken) < 200


def test_a_cluster_that_drops_its_work_is_told_apart_from_a_run_that_fails() -> None:
    hand = Hand()
    with Stream(range(100), double, lost, hand) as stream:
        hand.given[0][0].cancel()
        hand.given[0][0].set_running_or_notify_cancel()
        with pytest.raises(WorkersLostError):
            list(stream)


def test_an_item_that_kills_workers_of_a_cluster_is_lost_and_no_other() -> None:
    hand = Hand()
    with Stream(range(3), double, lost, hand) as stream:
        found = iter(stream)
        hand.given.pop(1)[0].set_exception(ConnectionError("a worker died"))
        hand.submit(carry_out, double, [])
        hand.given[-1][0].cancel()
        while len(hand.given) > 1 and hand.given[0][2]:
            hand.work()
        assert next(found) in {double(0), double(2)}


class _Told:
    """A call that is told to stop at its third item."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, item: int) -> int:
        self.calls += 1
        if self.calls == 3:
            raise Stopped
        return item


def test_a_batch_that_is_stopped_sends_what_it_has() -> None:
    assert carry_out(_Told(), [5, 6, 7, 8]).answers == [5, 6]


def slow(item: int) -> int:
    time.sleep(0.03)
    return item


def test_what_was_finished_in_a_batch_is_not_lost_when_the_user_stops() -> None:
    kept: list[int] = []
    stream: Stream[int, Any] = Stream(range(1000), slow, lost, LocalWorkers(2), most=20, keep=kept.append)
    seen: list[int] = []

    def watch() -> None:
        with stream:
            for answer in stream:
                seen.append(answer)
                if len(seen) == 30:
                    time.sleep(0.15)
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch()
    assert kept[: len(seen)] == seen
    assert len(set(kept)) == len(kept) > len(seen)


def test_it_must_be_entered() -> None:
    with pytest.raises(RuntimeError, match="with statement"):
        next(iter(Stream(range(3), double, lost, LocalWorkers(1))))


class Prompt(Hand):
    """Workers that have done what they are given at once, and remember it."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[int]] = []

    def submit(self, _: Callable[..., Any], call: Callable[[int], Any], batch: list[int]) -> Future[Any]:
        future = super().submit(_, call, batch)
        self.batches.append(list(batch))
        self.work()
        return future


def test_items_that_belong_together_go_to_one_worker() -> None:
    hand = Prompt()
    with Stream(range(100), double, lost, hand, most=50, together=lambda item: item // 8) as stream:
        assert hand.batches == [list(range(8 * n, 8 * n + 8)) for n in range(6)]
        assert sorted(stream) == [double(item) for item in range(100)]


def test_what_belongs_together_is_bounded() -> None:
    hand = Prompt()
    with Stream(range(1000), double, lost, hand, most=50, together=lambda _: 0) as stream:
        assert max(len(batch) for batch in hand.batches) < 20
        assert len(list(stream)) == 1000
        assert max(len(batch) for batch in hand.batches) <= 50 + 16
