"""How long somebody at the dashboard waits: from a change to the first curves, a first band, and all of it.

Run with ``python -m benchmarks.dashboard_latency``; a session as the page has one, without a browser. The clock
starts when the session is told of a change, as the slider's event does, and stops when a picture is ready
that shows every regime beyond its start, or whole; drawing it takes the page about 10 ms more.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from collections.abc import Callable
from typing import Any

from analysis.dashboard.scheduling.scheduler import Scheduler
from analysis.dashboard.server import Server
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.seeds import SEEDS
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.view import View


class Watch:
    """Waits for pictures of a kind."""

    def __init__(self) -> None:
        self._seen = threading.Condition()
        self._latest: Picture | None = None

    def take(self, _receiver: Any, picture: Any) -> None:
        """Take a picture, as the page would."""
        with self._seen:
            self._latest = picture
            self._seen.notify_all()

    def until(self, true_of: Callable[[Picture], bool], seconds: float = 60.0) -> float:
        """Wait for a picture; gives the time at which it came."""
        with self._seen:
            self._seen.wait_for(lambda: self._latest is not None and true_of(self._latest), seconds)
        return time.perf_counter()


def begun(view: View) -> Callable[[Picture], bool]:
    """Tell pictures of a view in which the first run of every regime has left its start."""
    return lambda picture: (
        picture.view == view and all(runs[0].rows > 1 for runs in picture.sample.runs.values())
    )


def with_seeds(view: View, seeds: int) -> Callable[[Picture], bool]:
    """Tell pictures of a view that show so many seeds."""
    return lambda picture: picture.view == view and picture.sample.shown >= seeds


def percentile(values: list[float], share: float) -> float:
    """Give the value that a share of all lies below."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(name: str, seconds: list[float]) -> None:
    """Print median and 95th percentile in milliseconds."""
    middle, high = 1e3 * statistics.median(seconds), 1e3 * percentile(seconds, 0.95)
    print(f"{name}: median {middle:.0f} ms, p95 {high:.0f} ms, of {len(seconds)}")


def main() -> None:
    """Measure changes one by one, a drag of a slider, and undo."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=40)
    arguments = parser.parse_args()
    scheduler = Scheduler()
    scheduler.until_ready()
    watch = Watch()
    session = Session(scheduler, Server(scheduler).cache, View(), lambda _: None, watch.take)
    watch.until(with_seeds(session.picture.view, SEEDS))
    try:
        singles(session, watch, arguments.changes)
        drag(session, watch)
    finally:
        scheduler.close()


def singles(session: Session, watch: Watch, changes: int) -> None:
    """Change one thing at a time, and go back to what was seen."""
    waits: dict[int, list[float]] = {0: [], 1: [], 4: [], SEEDS: []}
    undone = []
    for change in range(changes):
        start = time.perf_counter()
        session.set_control("budget", 0.005 + 0.0005 * change)
        view = session.picture.view
        for seeds, seconds in waits.items():
            seconds.append(watch.until(with_seeds(view, seeds) if seeds else begun(view)) - start)
        start = time.perf_counter()
        session.undo()
        undone.append(watch.until(with_seeds(session.picture.view, SEEDS)) - start)
        session.redo()
    report("first curves of all four regimes", waits[0])
    report("whole curves of the first seed", waits[1])
    report("a first band, of 4 seeds", waits[4])
    report(f"bands of all {SEEDS} seeds", waits[SEEDS])
    report("undo, from what was run already", undone)


def drag(session: Session, watch: Watch) -> None:
    """Move a slider at 30 changes a second; only the last change has to be shown whole."""
    last = 0.0
    for step in range(30):
        last = time.perf_counter()
        session.set_control("absorptive_capacity", 0.7 + 0.02 * step)
        time.sleep(1 / 30)
    view = session.picture.view
    print(f"end of a drag to its first curves: {1e3 * (watch.until(begun(view)) - last):.0f} ms, "
          f"first seed whole {1e3 * (watch.until(with_seeds(view, 1)) - last):.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
