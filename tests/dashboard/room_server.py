"""Rooms on a guarded server of their own whose runs are made up, so that sockets and pages are real and quick."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from analysis.dashboard.classroom.rooms import Rooms
from analysis.dashboard.classroom.routes import Classroom
from analysis.dashboard.guard import Guard
from analysis.dashboard.scheduling.run_cache import RunCache
from tests.dashboard.browser import free_port
from tests.unit.analysis.dashboard.classroom.pretended import MadeUpRuns

STORY = "story=thin_rural_region&set=horizon:4"
PATIENCE = 120.0
"""Seconds in which something must happen on a machine that does much else."""


@dataclass
class RoomServer:
    """A server, and what is behind it."""

    port: int
    rooms: Rooms

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wall(self, **query: str) -> Page:
        pairs = {"key": self.rooms.key, "search": STORY.replace("&", "%26"), **query}
        return Page(self.port, "class/socket?" + "&".join(f"{name}={value}" for name, value in pairs.items()))

    def phone(self, code: str, token: str = "") -> Page:
        return Page(self.port, f"join/{code}/socket?token={token}")


@contextmanager
def room_server() -> Iterator[RoomServer]:
    runs: Any = MadeUpRuns()
    rooms, port, done = Rooms(runs, RunCache()), free_port(), threading.Event()
    app = Guard(Starlette(routes=Classroom(rooms).routes()))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))

    def answer() -> None:
        while not done.wait(0.02):
            runs.answer()

    threads = [threading.Thread(target=each, daemon=True) for each in (server.run, answer)]
    for thread in threads:
        thread.start()
    until(lambda: server.started)
    try:
        yield RoomServer(port, rooms)
    finally:
        done.set()
        server.should_exit = True
        for thread in threads:
            thread.join(10)


def until(true: Callable[[], Any], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


class Page:
    """A page without a browser: it keeps the latest that it was told."""

    def __init__(self, port: int, path: str) -> None:
        self._held = ExitStack()
        self.socket: ClientConnection = self._held.enter_context(
            connect(f"ws://127.0.0.1:{port}/{path}", max_size=None)
        )
        self.told: dict[str, Any] = {}
        self.closed: int | None = None
        self.number = 0
        threading.Thread(target=self._read, daemon=True).start()
        until(lambda: self.told or self.closed is not None)

    def _read(self) -> None:
        try:
            for text in self.socket:
                self.told = json.loads(text)
        except ConnectionClosed:
            pass
        self.closed = self.socket.close_code

    @property
    def screen(self) -> dict[str, Any]:
        return self.told["screen"]  # type: ignore[no-any-return]

    def send(self, told: Any) -> None:
        self.socket.send(told if isinstance(told, str) else json.dumps(told))

    def do(self, doing: str, value: Any = None) -> None:
        """Do something as a phone does, and wait until it is confirmed."""
        self.number += 1
        self.send({"n": self.number, "do": doing} | ({} if value is None else {"value": value}))
        until(lambda: self.told.get("n", 0) >= self.number)

    def steer(self, *moves: str) -> None:
        for move in moves:
            before = (self.screen["step"], self.screen["stage"])
            self.send({"do": move})
            until(lambda before=before: (self.screen["step"], self.screen["stage"]) != before)  # type: ignore[misc]

    def leave(self) -> None:
        self._held.close()
