"""Tests leave no process behind."""

from __future__ import annotations

import os
import signal
import sys
import time

import psutil
import pytest

from tests.processes import running

FAMILY = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"


@pytest.mark.skipif(os.name != "posix", reason="there are no groups of processes")
def test_a_test_that_fails_leaves_neither_child_nor_grandchild() -> None:
    family: list[psutil.Process] = []

    def fail() -> None:
        with running(sys.executable, "-c", FAMILY) as process:
            parent = psutil.Process(process.pid)
            until = time.monotonic() + 60
            while not parent.children():
                assert time.monotonic() < until
                time.sleep(0.01)
            family.extend([parent, *parent.children()])
            raise ValueError("made up")

    with pytest.raises(ValueError, match="made up"):
        fail()
    _, alive = psutil.wait_procs(family, timeout=60)
    assert not alive


def test_children_can_be_interrupted_however_these_tests_were_started() -> None:
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
