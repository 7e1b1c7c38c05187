"""What goes wrong around the dashboard while a page computes, and what the page shows then; run by `benchmarks.faults`.

The dashboard keeps nothing, so that what can be lost is what a page shows. After each fault the page must come to every
run of every policy that it shows when nothing happens, to the last digit, and no process may be left over.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Self
from urllib.request import urlopen

import psutil

from benchmarks.damage import CLOCK, FaultError, small_disk
from tests.dashboard.browser import SMALL, Visitor, chromium, free_port

RUN = Path(__file__).resolve().parents[1] / "run.py"
HOMES = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR")
"""Where programs write that are told of no other place."""

SLOWEST = 900.0


class Served:
    """A server of the dashboard that may be killed and started again at the same address.

    Parameters
    ----------
    place
        Folder in which it works.
    **environment
        Added to its environment.
    """

    def __init__(self, place: Path, **environment: str) -> None:
        self.place, self.environment, self.port = place, environment, free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self._said: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises
        ------
        FaultError
            If it ends, or never does.
        """
        self._process = self.command()
        end = time.monotonic() + SLOWEST
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            with suppress(OSError), urlopen(self.address, timeout=5):  # noqa: S310 - our own server
                return
            time.sleep(0.1)
        raise FaultError(f"the server does not answer: {self.said()}")

    def command(self) -> subprocess.Popen[bytes]:
        """Give the command that serves, begun in a group of its own."""
        return subprocess.Popen(
            [sys.executable, str(RUN), "dashboard", "--port", str(self.port)],
            cwd=self.place,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=self._said,
            start_new_session=True,
        )

    def said(self) -> str:
        """Give what it printed."""
        self._said.seek(0)
        return self._said.read()[-800:]

    @property
    def workers(self) -> list[psutil.Process]:
        """Processes that make its runs."""
        return psutil.Process(self._process.pid).children(recursive=True)

    def kill(self) -> None:
        """Kill the server alone; its workers must then end by themselves."""
        left = self.workers
        self._process.kill()
        self._process.wait()
        _, alive = psutil.wait_procs(left, timeout=30)
        for each in alive:
            each.kill()
        if alive:
            raise FaultError(f"{len(alive)} processes outlived the server that was killed")

    def stop(self) -> None:
        """Stop it as a service manager does."""
        if self._process.poll() is None:
            left = self.workers
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                raise FaultError("the server does not stop") from None
            finally:
                for each in psutil.wait_procs(left, timeout=10)[1]:
                    each.kill()
        if "Traceback" in self.said():
            raise FaultError(f"the server said {self.said()}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._said.close()


def _computes(process: psutil.Process) -> bool:
    """Whether a child is alive and no mere watcher over others."""
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def shown(visitor: Visitor) -> str:
    """Wait until a page is up to date, and give every run that it shows, as the page saves them."""
    visitor.settled()
    with visitor.page.expect_download() as download:
        visitor.page.locator("[data-chart=curves]").get_by_text("CSV", exact=True).click()
    return Path(download.value.path()).read_text("utf-8")


class DashboardFaults:
    """Faults of the dashboard, one after the other; what its page shows after each is compared.

    Parameters
    ----------
    place
        Folder for everything.
    luck
        Draws the moments.
    browser
        That of a caller who has one already: playwright drives one a process.
    """

    def __init__(self, place: Path, luck: random.Random, browser: Any = None) -> None:
        self.place, self.luck = place, luck
        self._held = ExitStack()
        self._browser = browser or self._held.enter_context(chromium())
        self._number = 0
        begun = time.monotonic()
        with Served(self._fresh()) as served, self._visit(served) as visitor:
            opened = time.monotonic()
            self.expected = shown(visitor)
            self.seconds = time.monotonic() - opened
        self.took = time.monotonic() - begun

    def close(self) -> None:
        """Close the browser, if it was opened here."""
        self._held.close()

    def _fresh(self) -> Path:
        self._number += 1
        folder = self.place / f"served-{self._number:04d}"
        folder.mkdir(parents=True)
        return folder

    @contextmanager
    def _visit(self, served: Served) -> Iterator[Visitor]:
        visitor = Visitor(self._browser, served.address)
        try:
            yield visitor.open(SMALL)
        finally:
            visitor.leave()

    def _wait(self) -> None:
        time.sleep(self.luck.uniform(0.05, 0.9) * self.seconds)

    def _compare(self, visitor: Visitor, fault: str) -> None:
        found = shown(visitor)
        if found != self.expected:
            raise FaultError(f"dashboard, {fault}: the page shows other runs")
        lines = found.splitlines()
        if len({line.rsplit(",", maxsplit=len(lines[0].split(",")) - 3)[0] for line in lines}) != len(lines):
            raise FaultError(f"dashboard, {fault}: runs are shown twice")

    def suffer(self, fault: str) -> int:
        """Let a fault happen; gives how often it did.

        Raises
        ------
        FaultError
            If the page then lacks anything, or shows anything else.
        """
        from playwright.sync_api import Error  # noqa: PLC0415 - only where there is a browser

        try:
            return DASHBOARD_FAULTS[fault](self, fault)
        except (Error, AssertionError) as error:
            raise FaultError(f"dashboard, {fault}: {str(error)[:400]}") from error

    def killed(self, fault: str) -> int:
        """Kill the server while a page computes, and start it anew: the page comes back by itself."""
        times = self.luck.randint(1, 2)
        with Served(self._fresh()) as served, self._visit(served) as visitor:
            for _ in range(times):
                self._wait()
                served.kill()
                visitor.tool("lost").wait_for()
                served.start()
                visitor.page.wait_for_function("() => !document.querySelector('[data-tool=lost]')")
                visitor.page.wait_for_selector(".kf-bar")
            self._compare(visitor, fault)
        return times

    def worker_killed(self, fault: str) -> int:
        """Kill workers, one after the other, while they compute."""
        with Served(self._fresh()) as served, self._visit(served) as visitor:
            times = 0
            for _ in range(2):
                self._wait()
                running = [each for each in served.workers if _computes(each)]
                if running:
                    self.luck.choice(running).kill()
                    times += 1
            self._compare(visitor, fault)
        return times

    def full_disk(self, fault: str) -> int:
        """Serve where no byte is left: in its folder, at home, for what is temporary."""
        with small_disk(self._fresh(), kilobytes=64) as disk:
            filler = disk.folder / "filler"
            with suppress(OSError):
                filler.write_bytes(bytes(10**6))
            self._without_a_disk(disk.folder, fault)
        return 1

    def read_only(self, fault: str) -> int:
        """Serve where nothing can be written: in its folder, at home, for what is temporary."""
        with small_disk(self._fresh(), kilobytes=64) as disk:
            disk.remount("ro")
            self._without_a_disk(disk.folder, fault)
        return 1

    def _without_a_disk(self, folder: Path, fault: str) -> None:
        with (
            Served(folder, **dict.fromkeys(HOMES, str(folder))) as served,
            self._visit(served) as visitor,
        ):
            self._compare(visitor, fault)

    def jumping_clock(self, fault: str) -> int:
        """Serve while the clock jumps by days."""
        folder = self._fresh()
        (folder / "sitecustomize.py").write_text(CLOCK, "utf-8")
        with Served(folder, PYTHONPATH=str(folder)) as served, self._visit(served) as visitor:
            self._compare(visitor, fault)
        return 1

    def two_servers(self, fault: str) -> int:
        """Start another server in the same folder, and one at the same address, which is turned away in words."""
        folder = self._fresh()
        with Served(folder) as first, self._visit(first) as visitor, Served(folder) as second:
            with self._visit(second) as other:
                third = first.command()
                if third.wait(SLOWEST) != 2 or f"{first.port}" not in first.said():
                    raise FaultError(f"dashboard, {fault}: the third ended with {third.returncode}")
                self._compare(other, fault)
            self._compare(visitor, fault)
        return 1


DASHBOARD_FAULTS: dict[str, Callable[[DashboardFaults, str], int]] = {
    "killed": DashboardFaults.killed,
    "worker killed": DashboardFaults.worker_killed,
    "full disk": DashboardFaults.full_disk,
    "read-only folder": DashboardFaults.read_only,
    "jumping clock": DashboardFaults.jumping_clock,
    "two writers": DashboardFaults.two_servers,
}
