"""Thirty people at the dashboard at once: how long they wait, and whether memory stays flat.

Run with ``python -m benchmarks.dashboard_load --minutes 10``. It starts a server on this machine and opens that many
pages in Chromium, every one on a seed of its own, so that nobody finds what another one ran. Then everybody moves a
slider every ``--pause`` seconds, at times switches charts, watches, or leaves and comes back, while the memory of
the server and its workers is sampled. At last all leave, and pages are opened and closed one after the other.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from dataclasses import dataclass, field
from typing import Any

import psutil

from tests.dashboard.browser import Visitor, chromium, server

STORY = "machine_building_meets_iot"
NOTCHES = range(5, 38)
GIVEN_UP = 60.0
"""Seconds after which a change that shows nothing counts as lost."""

MOVE = """([notch, limit]) => {
    /* Not waited for here: many pages wait at the same time. */
    window.kfWaits = window.kfWaits || [];
    const canvas = document.querySelector('[data-chart=curves] .kf-canvas');
    const slider = document.querySelector('#kf-budget');
    if (!canvas || !canvas.kfChart || !slider || Number(slider.value) === notch) return false;
    const lines = () => canvas.kfChart.getOption().series.filter(s => s.id.startsWith('line:'));
    const shown = () => JSON.stringify(lines().map(s => s.data));
    const before = shown(), start = performance.now();
    slider.value = String(notch);
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    const look = () => {
        const waited = (performance.now() - start) / 1000;
        if (!canvas.isConnected) return;
        if (shown() !== before && lines().every(s => s.data[1] !== null)) window.kfWaits.push(waited);
        else if (waited > limit) window.kfWaits.push(-1);
        else setTimeout(look, 20);
    };
    look();
    return true;
}"""


@dataclass
class Class:
    """People at the dashboard, and what was noticed about them."""

    browser: Any
    address: str
    process: psutil.Process
    people: list[Visitor] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    came: int = 0

    def memory(self) -> tuple[float, float]:
        """Give the memory of the server and of its workers in MB."""
        workers = [each.memory_info().rss for each in self.process.children(recursive=True)]
        return self.process.memory_info().rss / 1e6, sum(workers) / 1e6

    def come(self) -> Visitor:
        """Let somebody come in, on a seed that nobody else has."""
        self.came += 1
        visitor = Visitor(self.browser, self.address)
        visitor.open(f"story={STORY}&seed={20_000 + 16 * self.came}")
        return visitor

    def gather(self, visitor: Visitor) -> None:
        """Take down how long somebody waited."""
        self.waits += visitor.page.evaluate("() => (window.kfWaits || []).splice(0)")

    def leave(self, visitor: Visitor) -> None:
        """Let somebody go."""
        self.gather(visitor)
        self.complaints += visitor.complaints
        # A window that is closed at once does not say goodbye.
        with visitor.page.expect_event("close"):
            visitor.page.close(run_before_unload=True)
        visitor.leave()


def main() -> None:
    """Let people come, work and go, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--pause", type=float, default=20.0, help="seconds between two moves of one person")
    parser.add_argument("--visits", type=int, default=20)
    arguments = parser.parse_args()
    with server(most_sessions=arguments.people + 5) as address, chromium() as browser:
        here = psutil.Process()
        process = next(each for each in here.children() if "run.py" in each.cmdline())
        crowd = Class(browser, address, process)
        say(crowd, "nobody there yet")
        begun = time.perf_counter()
        crowd.people = [crowd.come() for _ in range(arguments.people)]
        for visitor in crowd.people:
            visitor.settled()
        say(crowd, f"{arguments.people} pages open after {time.perf_counter() - begun:.0f} s")
        work(crowd, arguments.minutes, arguments.pause)
        for visitor in crowd.people:
            crowd.leave(visitor)
        time.sleep(10)
        say(crowd, "all have left")
        come_and_go(crowd, arguments.visits)
        print(f"errors in the browser: {len(crowd.complaints)} {crowd.complaints[:3]}")


def work(crowd: Class, minutes: float, pause: float) -> None:
    """Let everybody do something every so often, and sample memory."""
    draw = random.Random(1)  # noqa: S311 - who does what next is no secret
    begun = sampled = time.perf_counter()
    samples: list[tuple[float, float]] = []
    while (now := time.perf_counter()) - begun < 60 * minutes:
        place = draw.randrange(len(crowd.people))
        act(crowd, place, draw)
        if now - sampled > 15:
            sampled = now
            samples.append(((now - begun) / 60, sum(crowd.memory())))
            if len(samples) % 4 == 0:
                say(crowd, f"minute {samples[-1][0]:.1f}")
        time.sleep(max(0.0, pause / len(crowd.people) - (time.perf_counter() - now)))
    time.sleep(min(GIVEN_UP, pause))
    for visitor in crowd.people:
        crowd.gather(visitor)
    lost = sum(wait < 0 for wait in crowd.waits)
    waits = sorted(wait for wait in crowd.waits if wait >= 0)
    if waits:
        print(
            f"a change to first curves in the browser, of {len(waits)}: median {statistics.median(waits):.2f} s, p95 "
            f"{waits[int(0.95 * len(waits))]:.2f} s, slowest {waits[-1]:.2f} s; lost: {lost}"
        )
    later = samples[len(samples) // 2 :]
    if len(later) > 2:
        slope = statistics.linear_regression(*zip(*later, strict=True)).slope
        print(
            f"memory in the second half: {slope:+.1f} MB a minute, from {later[0][1]:.0f} to {later[-1][1]:.0f} MB"
        )


def act(crowd: Class, place: int, draw: random.Random) -> None:
    """Move a slider; at times switch charts, watch and come back, or leave and let another one come."""
    visitor, chance = crowd.people[place], draw.random()
    if chance < 0.05:
        crowd.leave(visitor)
        crowd.people[place] = crowd.come()
    elif chance < 0.1:
        other = "compare" if "page=watch" in visitor.search() else "watch"
        visitor.page.evaluate("page => document.querySelector(`[data-page=${page}]`).click()", other)
    elif chance < 0.15:
        visitor.page.evaluate(
            "() => { const e = document.querySelector('[data-tool=chart][aria-pressed=false]'); if (e) e.click(); }"
        )
    else:
        visitor.page.evaluate(MOVE, [draw.choice(NOTCHES), GIVEN_UP])


def come_and_go(crowd: Class, visits: int) -> None:
    """Open a page, look, close it, again and again."""
    for visit in range(visits):
        visitor = crowd.come()
        visitor.settled()
        crowd.leave(visitor)
        if visit % max(1, visits // 4) == 0 or visit == visits - 1:
            say(crowd, f"after {visit + 1} visits")


def say(crowd: Class, what: str) -> None:
    """Print what memory there is, and how busy the machine."""
    ours, workers = crowd.memory()
    print(
        f"{what}: memory of the server {ours:.0f} MB, of workers {workers:.0f} MB; load "
        f"{psutil.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
