"""Compiling ahead: Ctrl-C waits for the kernel under way, and nothing is left to compile."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import warming
from model.building import found
from model.scenario import Scenario

ROOT = Path(__file__).resolve().parents[3]

NOTHING_LEFT = """
from model.kernels.compilation import KERNELS
from model.region import run, warm_up
from model.scenario import REGIME_NAMES, Scenario

warm_up()
before = [len(kernel.signatures) for kernel in KERNELS]
assert sum(before) > 20
scenario = Scenario.model_validate({"steps": 12, "firms": {"number": 60}})
for regime in (*REGIME_NAMES, "lottery"):
    run(scenario.with_regime(regime), 1)
late = [k.py_func.__name__ for k, count in zip(KERNELS, before) if len(k.signatures) != count]
assert not late, late
"""


def test_an_interrupt_waits_for_the_task_under_way() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    done = []

    def interrupted() -> None:
        signal.raise_signal(signal.SIGINT)
        done.append("interrupted")

    try:
        with pytest.raises(KeyboardInterrupt), warming._interrupts_between_tasks() as carry_out:
            carry_out([interrupted, lambda: done.append("next")])
        assert done == ["interrupted"]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_whoever_looks_after_interrupts_goes_on_doing_so() -> None:
    heard = []
    before = signal.signal(signal.SIGINT, lambda *_: heard.append("mine"))
    try:
        with warming._interrupts_between_tasks() as carry_out:
            carry_out([lambda: signal.raise_signal(signal.SIGINT), lambda: heard.append("next")])
    finally:
        signal.signal(signal.SIGINT, before)
    assert heard == ["mine", "next"]


def test_nothing_is_left_to_compile() -> None:
    command = [sys.executable, "-c", NOTHING_LEFT]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr


def test_a_process_that_may_have_no_children_compiles_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    # As a worker of the dashboard does whose cache went away.
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    monkeypatch.setattr(warming, "_cached", lambda: False)
    told: list[str] = []
    far: list[tuple[int, int]] = []
    warming.warm_up(told.append, lambda done, total: far.append((done, total)))
    assert told == [warming.MESSAGE]
    assert far[-1] == (len(warming.KERNELS),) * 2


@settings(max_examples=150)
@given(st.data())
def test_two_may_share_the_work_in_any_way(data: st.DataObject) -> None:
    tasks = warming._tasks(found(Scenario.model_validate(warming._SMALL), 0))
    mine = data.draw(st.lists(st.booleans(), min_size=len(tasks), max_size=len(tasks)))
    for task, taken in zip(tasks, mine, strict=True):
        if taken:
            task()
