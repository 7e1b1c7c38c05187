"""Makes runs while somebody looks on, and keeps what is finished when they stop it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from analysis.console.terminal import Terminal
from analysis.execution import Execution
from analysis.streaming import Stream


def carry_out(
    execution: Execution[Any] | Stream[Any, Any],
    name: str,
    runs: int,
    terminal: Terminal,
    *,
    made: int = 0,
    rate: bool = False,
    look: Callable[[Any], None] = lambda _: None,
) -> bool:
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
    made
        How many of them were made before.
    rate
        Whether the bar tells how many are made in a second.
    look
        Called with what comes of each.

    Returns
    -------
    bool
        Whether the user stopped them.
    """
    try:
        # The bar has a thread of its own, so it starts after the workers.
        with execution, terminal.progress(rate=rate) as bar:
            line = bar.add_task(name, total=runs, completed=made)
            for answer in execution:
                look(answer)
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
