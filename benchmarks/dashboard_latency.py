"""How long somebody at the dashboard waits: from a change on the server to the first curves, and to all of them.

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

from analysis.dashboard.desk import Desk
from analysis.dashboard.house import House
from analysis.dashboard.session import BAND_SEEDS, Picture, Session
from analysis.dashboard.view import View


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
    """Tell pictures of a view in which every regime has left its start."""
    return lambda picture: picture.view == view and all(run.rows > 1 for run in picture.runs.values())


def whole(view: View) -> Callable[[Picture], bool]:
    """Tell pictures of a view in which every regime has come to its end."""
    return lambda picture: picture.view == view and picture.finished


def banded(view: View) -> Callable[[Picture], bool]:
    """Tell pictures of a view with all its bands."""
    return lambda picture: (
        picture.view == view and all(run.finished for runs in picture.bands.values() for run in runs)
        and len(picture.bands) == len(view.regimes)
    )  # fmt: skip


def percentile(values: list[float], share: float) -> float:
    """Give the value that a share of all lies below."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(name: str, seconds: list[float]) -> None:
    """Print median and 95th percentile in milliseconds."""
    middle, high = 1e3 * statistics.median(seconds), 1e3 * percentile(seconds, 0.95)
    print(f"{name}: median {middle:.0f} ms, p95 {high:.0f} ms, of {len(seconds)}")


def main() -> None:
    """Measure changes one by one, a drag of a slider, undo, and bands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument("--bands", type=int, default=4)
    arguments = parser.parse_args()
    desk = Desk()
    desk.until_ready()
    watch = Watch()
    session = Session(desk, House(desk).shelf, View(), lambda _: None, watch.take)
    watch.until(whole(session.picture.view))
    try:
        singles(session, watch, arguments.changes)
        drag(session, watch)
        bands(session, watch, arguments.bands)
    finally:
        desk.close()


def singles(session: Session, watch: Watch, changes: int) -> None:
    """Change one thing at a time, and go back to what was seen."""
    first, complete, undone = [], [], []
    for change in range(changes):
        start = time.perf_counter()
        session.set_control("budget", 0.005 + 0.0005 * change)
        view = session.picture.view
        first.append(watch.until(begun(view)) - start)
        complete.append(watch.until(whole(view)) - start)
        start = time.perf_counter()
        session.undo()
        undone.append(watch.until(whole(session.picture.view)) - start)
        session.redo()
    report("first curves of all four regimes", first)
    report("whole curves of all four regimes", complete)
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
          f"whole {1e3 * (watch.until(whole(view)) - last):.0f} ms")  # fmt: skip


def bands(session: Session, watch: Watch, repeats: int) -> None:
    """Ask for bands over all seeds of settings not run before."""
    seconds = []
    for repeat in range(repeats):
        session.change(bands=False)
        session.set_control("openness", 0.2 + 0.01 * repeat)
        watch.until(whole(session.picture.view))
        start = time.perf_counter()
        session.change(bands=True)
        seconds.append(watch.until(banded(session.picture.view)) - start)
    report(f"bands over {len(BAND_SEEDS)} seeds", seconds)


if __name__ == "__main__":
    main()
