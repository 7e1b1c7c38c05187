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
from analysis.dashboard.session import Session
from analysis.dashboard.traces import Shelf
from analysis.dashboard.view import View
from tests.unit.analysis.dashboard.test_session import PretendedDesk


def main() -> None:
    """Let sessions work, and look at memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    few_arenas()
    shelf = Shelf()
    people = [_session(shelf, seed) for seed in range(arguments.people)]
    for number in range(arguments.rounds):
        for session, desk in people:
            session.set_control("budget", round(0.002 + 0.0005 * number, 6))
            desk.answer()
        if number % 10 == 9:
            memory = psutil.Process().memory_info().rss / 1e6
            print(f"{(number + 1) * len(people)} changes: {memory:.0f} MB, {len(shelf)} runs kept")
    for session, desk in people:  # noqa: B007 - the names are deleted below
        session.close()
    people.clear()
    del session, desk
    tidy()
    left = sum(isinstance(each, Session) for each in gc.get_objects())
    print(f"all closed: {psutil.Process().memory_info().rss / 1e6:.0f} MB, {left} sessions left")


def _session(shelf: Shelf, seed: int) -> tuple[Session, PretendedDesk]:
    desk: Any = PretendedDesk()
    return Session(desk, shelf, View(seed=seed), lambda _: None, lambda _receiver, _content: None), desk


if __name__ == "__main__":
    main()
