"""Memory of the dashboard's server over many changes: thirty sessions, without pages and with made-up runs.

Run with ``python -m benchmarks.dashboard_memory``. Every session moves a slider again and again to values that nobody
had before; what is kept of runs, settings and histories must stop growing, and sessions that close must leave nothing.
"""

from __future__ import annotations

import argparse
import gc
from typing import Any

import psutil

from analysis.dashboard.memory import few_arenas, tidy
from analysis.dashboard.scheduling.run_cache import RunCache
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.view import View
from tests.unit.analysis.dashboard.state.test_session import PretendedScheduler


def main() -> None:
    """Let sessions work, and look at memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    few_arenas()
    cache = RunCache()
    people = [_session(cache, seed) for seed in range(arguments.people)]
    for number in range(arguments.rounds):
        for session, scheduler in people:
            session.set_control("budget", round(0.002 + 0.0005 * number, 6))
            scheduler.answer()
            scheduler.answer()
        if number % 10 == 9:
            memory = psutil.Process().memory_info().rss / 1e6
            print(f"{(number + 1) * len(people)} changes: {memory:.0f} MB, {len(cache)} runs kept")
    for session, scheduler in people:  # noqa: B007 - the names are deleted below
        session.close()
    people.clear()
    del session, scheduler
    tidy()
    left = sum(isinstance(each, Session) for each in gc.get_objects())
    print(f"all closed: {psutil.Process().memory_info().rss / 1e6:.0f} MB, {left} sessions left")


def _session(cache: RunCache, seed: int) -> tuple[Session, PretendedScheduler]:
    scheduler: Any = PretendedScheduler()
    return Session(
        scheduler, cache, View(seed=seed), lambda _: None, lambda _receiver, _content: None
    ), scheduler


if __name__ == "__main__":
    main()
