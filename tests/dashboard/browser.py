"""A server of its own, a browser that sees what people see, and what is done with both."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.request import urlopen

import pytest

from tests.processes import running

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    filter(
        None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    ),
    None,
)
PATIENCE = 120_000
"""Milliseconds in which something must happen on a machine that does much else."""

SMALL = "story=thin_rural_region&set=horizon:20&set=start.run_up:8"
"""A small region, a short run and a short past, which else is made anew for every cell of a map."""

NOT_OURS = ("falling back to old method",)
"""What the library's own parts write on the console of the browser."""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def server(*options: str, most_sessions: int = 40, port: int = 0) -> Iterator[str]:
    """Serve the dashboard with the command that people use."""
    port = port or free_port()
    command = [
        sys.executable,
        "run.py",
        "dashboard",
        "--port",
        str(port),
        "--max-sessions",
        str(most_sessions),
        *options,
    ]
    address = f"http://127.0.0.1:{port}/"
    # A file, not a pipe: nobody reads along, and a pipe that is full would stop the server.
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        running(*command, cwd=ROOT, stdout=said, stderr=said, text=True) as process,
    ):
        _wait_for(address, process, said)
        yield address
        process.terminate()
        process.wait(20)


@contextmanager
def class_server() -> Iterator[tuple[str, str]]:
    """Serve the dashboard for a class with the command that trainers use; gives address and trainer's key."""
    port = free_port()
    command = [sys.executable, "run.py", "dashboard", "--class", "--host", "127.0.0.1", "--port", str(port)]
    address = f"http://127.0.0.1:{port}/"
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        running(*command, cwd=ROOT, stdout=said, stderr=said, text=True) as process,
    ):
        _wait_for(address, process, said)
        said.seek(0)
        key = re.search(r"/class\?key=(\S+)", said.read())
        assert key is not None
        yield address, key[1]
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[str], said: IO[str]) -> None:
    for _ in range(3_000):
        if process.poll() is not None:
            said.seek(0)
            raise AssertionError(said.read())
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the system's browser; skip where there is none, unless there has to be one."""
    if CHROMIUM is None:
        reason = "no Chromium on this machine: install the package chromium of the system to run these tests"
        assert not os.environ.get("BROWSER_REQUIRED"), reason
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """Somebody at the dashboard, with a browser window that is watched."""

    def __init__(self, browser: Any, address: str, **settings: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url.replace("ws://", "http://")))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not any(each in message.text for each in NOT_OURS):
            self.complaints.append(message.text)

    def open(self, search: str = "") -> Visitor:
        self.page.goto(self.address + (f"?{search}" if search else ""))
        self.page.wait_for_selector(".kf-bar")
        return self

    def tool(self, name: str) -> Any:
        return self.page.locator(f"[data-tool={name}]")

    def control(self, name: str) -> Any:
        return self.page.locator(f"[data-control='{name}']")

    def settled(self) -> None:
        """Wait until all curves are there."""
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('[data-tool=status]')]
                .some(e => /up to date|aktuell/.test(e.textContent))"""
        )
        self.page.wait_for_selector("[data-chart=curves] canvas")

    def option(self, chart: str = "curves") -> dict[str, Any]:
        """Give what a chart shows, as the chart itself has it."""
        return self.page.evaluate(
            """name => {
                const canvas = document.querySelector(`[data-chart=${name}] .kf-canvas`);
                const option = canvas.kfChart.getOption();
                return {series: option.series.map(s => ({id: s.id, data: s.data, color: s.color})),
                        background: option.backgroundColor};
            }""",
            chart,
        )

    def curve(self, regime: str, kind: str = "line") -> list[float]:
        return next(each["data"] for each in self.option()["series"] if each["id"] == f"{kind}:{regime}")

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds that is read off the page."""
        for _ in range(PATIENCE // 200):
            if condition():
                return
            self.page.wait_for_timeout(200)
        raise AssertionError("it did not come to that")

    def search(self) -> str:
        # Not page.url, which lags behind what scripts do to the address.
        return self.page.evaluate("() => window.location.search")

    def leave(self) -> None:
        self.context.close()
