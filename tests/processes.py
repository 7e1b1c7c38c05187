"""Processes that tests start: none outlives its test."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any


@contextmanager
def running(*command: str, **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Start a process, without input, in a group of its own that is killed at the end, however a test ends.

    What is typed into a terminal reaches a group: `os.killpg(process.pid, signal.SIGINT)` is Ctrl-C.
    """
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **options)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        # It is gone: what it wrote into pipes is left to be read, and they are closed.
        process.communicate()
