"""Thirty phones and a wall: how long a vote or a lever takes to be confirmed, whether one is lost, and memory.

Run with ``python -m benchmarks.classroom_load --minutes 10``; an hour is ``--minutes 60``. It starts a server on this
machine with the command that trainers use. The wall and some phones are pages in Chromium, the others sockets that
speak as a phone does. Everybody votes for half of the time and moves a lever for the other half, each every
``--pause`` seconds, and at times leaves and comes back. The clock starts when a phone sends and stops when the server
has confirmed, in a page when the confirmed state is drawn; the result of a lever, which takes runs, is timed apart. At
the end, what the wall counts has to be what the phones last did.
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import psutil

from model.scenario import REGIME_NAMES
from tests.dashboard.browser import chromium, class_server
from tests.dashboard.room_server import Page

GIVEN_UP = 30.0
"""Seconds after which what was not confirmed counts as lost."""

POSITIONS = 5
COMES_BACK = 0.03
"""Share of actions before which a phone leaves and comes back."""

COUNTED = """() => Object.fromEntries([...document.querySelectorAll('[data-votes]')].map(
    each => [each.dataset.votes, Number(each.textContent)]))"""

CONFIRMED = """([selector, limit]) => new Promise(done => {
    const start = performance.now(), node = document.querySelector(selector);
    if (!node) return done(-2);
    node.click();
    const look = () => {
        const now = document.querySelector(selector), waited = (performance.now() - start) / 1000;
        if (now && now.getAttribute("aria-pressed") === "true") done(waited);
        else if (waited > limit) done(-1);
        else setTimeout(look, 5);
    };
    look();
})"""


@dataclass
class Times:
    """What was measured, in seconds; -1 for what was lost."""

    votes: list[float] = field(default_factory=list)
    levers: list[float] = field(default_factory=list)
    results: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    back: int = 0


class Phone:
    """A phone that is a socket."""

    def __init__(self, port: int, code: str) -> None:
        self._port, self._code = port, code
        self.page = Page(port, f"join/{code}/socket?token=")
        self.guess, self.place = "", -1

    def come_back(self) -> None:
        """Leave, and come back to the same seat."""
        token, number = self.page.told["token"], self.page.number
        self.page.leave()
        self.page = Page(self._port, f"join/{self._code}/socket?token={token}")
        self.page.number = number

    def act(self, doing: str, value: Any) -> float:
        """Do something; gives the seconds until it was confirmed."""
        self.page.number += 1
        number, start = self.page.number, time.perf_counter()
        self.page.send({"n": number, "do": doing, "value": value})
        while self.page.told.get("n", 0) < number:
            if time.perf_counter() - start > GIVEN_UP:
                return -1.0
            time.sleep(0.002)
        return time.perf_counter() - start

    def vote(self, times: Times, draw: random.Random) -> None:
        """Guess something else."""
        self.guess = draw.choice([name for name in REGIME_NAMES if name != self.guess])
        times.votes.append(self.act("guess", self.guess))

    def move(self, times: Times, draw: random.Random) -> None:
        """Move the lever, and wait for what comes out."""
        self.place = draw.choice([place for place in range(POSITIONS) if place != self.place])
        start = time.perf_counter()
        times.levers.append(self.act("lever", self.place))
        while not self.page.screen.get("bars"):
            if time.perf_counter() - start > GIVEN_UP:
                times.results.append(-1.0)
                return
            time.sleep(0.005)
        times.results.append(time.perf_counter() - start)


def main() -> None:
    """Let a class take part, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=30)
    parser.add_argument(
        "--browsers", type=int, default=3, help="of the phones, how many are pages in Chromium"
    )
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--pause", type=float, default=10.0, help="seconds between two actions of one phone")
    parser.add_argument("--story", default="thin_rural_region")
    arguments = parser.parse_args()
    with class_server() as (address, key), chromium() as browser:
        process = next(each for each in psutil.Process().children() if "run.py" in each.cmdline())
        port = urlsplit(address).port or 0
        wall = browser.new_page(viewport={"width": 1920, "height": 1080})
        wall.goto(f"{address}class?key={key}&story={arguments.story}")
        wall.wait_for_selector(".code")
        code = wall.inner_text(".code").strip()
        pages = [
            browser.new_context(viewport={"width": 390, "height": 844}).new_page()
            for _ in range(arguments.browsers)
        ]
        for page in pages:
            page.goto(f"{address}join/{code}")
            page.wait_for_selector("h1")
        phones = [Phone(port, code) for _ in range(arguments.phones - arguments.browsers)]
        wall.wait_for_function(
            "most => document.querySelector('#here').textContent.startsWith(most)", arg=str(arguments.phones)
        )
        say(process, f"{arguments.phones} phones are in, {arguments.browsers} of them pages")
        times, memory = Times(), []
        for step, doing in (("guess", Phone.vote), ("settings", Phone.move)):
            go_to(wall, step)
            take_part(phones, pages, step, doing, arguments, times, lambda: memory.append(sample(process)))
            check(wall, phones, pages, step)
        report(times, memory)
        say(process, "at the end")


def go_to(wall: Any, step: str) -> None:
    """Lead the class to a step, and open it."""
    while step not in wall.evaluate("() => document.body.className").split():
        wall.click("[data-do=next]")
        wall.wait_for_timeout(400)
    wall.click("[data-do=open]")
    wall.wait_for_selector("[data-do=close]")


def take_part(
    phones: list[Phone], pages: list[Any], step: str, doing: Any, arguments: Any, times: Times, look: Any
) -> None:
    """Let everybody do something for half of the time."""
    end = time.monotonic() + 30 * arguments.minutes

    def live(place: int, phone: Phone) -> None:
        draw = random.Random(place)  # noqa: S311 - who does what next is no secret
        time.sleep(draw.random() * arguments.pause)
        while time.monotonic() < end:
            if draw.random() < COMES_BACK:
                phone.come_back()
                times.back += 1
            doing(phone, times, draw)
            time.sleep(draw.uniform(0.5, 1.5) * arguments.pause)

    threads = [threading.Thread(target=live, args=each, daemon=True) for each in enumerate(phones)]
    for thread in threads:
        thread.start()
    turn = 0
    while time.monotonic() < end:
        look()
        if step == "guess" and pages:
            page, regime = pages[turn % len(pages)], REGIME_NAMES[(turn // len(pages)) % len(REGIME_NAMES)]
            times.pages.append(page.evaluate(CONFIRMED, [f"[data-value={regime}]", GIVEN_UP]))
            turn += 1
        time.sleep(min(arguments.pause / max(1, len(pages)), max(0.0, end - time.monotonic())))
    for thread in threads:
        thread.join(GIVEN_UP + 2 * arguments.pause)


def check(wall: Any, phones: list[Phone], pages: list[Any], step: str) -> None:
    """Compare what the wall counts with what the phones did last; raises if anything was lost."""
    wall.wait_for_timeout(1000)
    if step == "guess":
        mine = [phone.guess for phone in phones]
        mine += [
            page.get_attribute("[aria-pressed=true]", "data-value")
            for page in pages
            if page.query_selector("[aria-pressed=true]")
        ]
        wanted = {name: mine.count(name) for name in REGIME_NAMES}
        end = time.monotonic() + GIVEN_UP
        # Read in one go, and again for a while: the wall is drawn a moment after a vote is confirmed.
        while (counted := wall.evaluate(COUNTED)) != wanted:
            if time.monotonic() > end:
                raise SystemExit(f"votes were lost: the wall says {counted}, phones said {wanted}")
            wall.wait_for_timeout(200)
        print(f"votes on the wall: {counted}, all that were given")
    elif any(phone.place >= 0 and phone.page.screen["lever"]["place"] != phone.place for phone in phones):
        raise SystemExit("a lever does not stand where it was moved to")


def sample(process: psutil.Process) -> tuple[float, float]:
    """Give the minute and the memory of the server with its workers in MB."""
    family = [process, *process.children(recursive=True)]
    return time.monotonic() / 60, sum(each.memory_info().rss for each in family) / 1e6


def report(times: Times, memory: list[tuple[float, float]]) -> None:
    """Print what was measured."""
    for name, seconds in (
        ("a vote, confirmed", times.votes), ("a vote in a page, drawn", times.pages),
        ("a lever, confirmed", times.levers), ("a lever, first result", times.results),
    ):  # fmt: skip
        kept = sorted(each for each in seconds if each >= 0)
        if kept:
            print(
                f"{name}: median {statistics.median(kept):.3f} s, p95 {kept[int(0.95 * (len(kept) - 1))]:.3f} s, "
                f"slowest {kept[-1]:.3f} s, of {len(seconds)}; lost or given up: {len(seconds) - len(kept)}"
            )
    print(f"phones that left and came back: {times.back}")
    later = memory[len(memory) // 2 :]
    if len(later) > 2:
        slope = statistics.linear_regression(*zip(*later, strict=True)).slope
        print(f"memory in the second half: {slope:+.1f} MB a minute, {later[-1][1]:.0f} MB at the end")


def say(process: psutil.Process, what: str) -> None:
    """Print the memory of the server with its workers, and how busy the machine is."""
    print(f"{what}: {sample(process)[1]:.0f} MB; load {psutil.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
