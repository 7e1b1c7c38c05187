"""Makes runs while somebody looks on, and keeps what is finished when they stop it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from analysis.console.terminal import Terminal
from analysis.execution import Execution


def carry_out(execution: Execution[Any], name: str, runs: int, terminal: Terminal) -> bool:
    """Make runs until they are done or the user stops them.

    Parameters
    ----------
    execution
        What is to be run.
    name
        What stands beside the bar.
    runs
        How many there are.
    terminal
        Where progress is shown.

    Returns
    -------
    bool
        Whether the user stopped them.
    """
    try:
        # The bar has a thread of its own, so it starts after the workers.
        with execution, terminal.progress() as bar:
            line = bar.add_task(name, total=runs)
            for _ in execution:
                bar.advance(line)
    except KeyboardInterrupt:
        return True
    return False


@contextmanager
def uninterrupted(*, wanted: bool = True) -> Iterator[None]:
    """Let no Ctrl-C break off what must be done as a whole."""
    if not wanted:
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
