"""One open page: it is sent what it shows when that changes, the latest only, however slow it is."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

_LOG = logging.getLogger(__name__)

PAUSE = 0.08
"""Seconds between two messages to a page."""

GONE = (WebSocketDisconnect, RuntimeError, OSError)
"""What a socket raises when the other end is gone."""


class Connection:
    """A page that is shown something.

    Parameters
    ----------
    socket
        Accepted socket.
    render
        Gives what it has to be told now.
    """

    def __init__(self, socket: WebSocket, render: Callable[[], dict[str, Any]]) -> None:
        self._socket, self._render = socket, render
        self._changed = asyncio.Event()
        self._sent = ""

    def touch(self) -> None:
        """Note that there may be something new to see."""
        self._changed.set()

    async def write(self) -> None:
        """Send what is new until the page is gone or has been told its last."""
        try:
            await self._write()
        except Exception:  # noqa: BLE001 - whatever it is, it is logged, and the page comes back by itself
            _LOG.exception("a page of a class could not be laid out")
            with suppress(*GONE):
                await self._socket.close(1011)

    async def _write(self) -> None:
        with suppress(*GONE):
            while True:
                await self._changed.wait()
                self._changed.clear()
                told = self._render()
                text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
                if text != self._sent:
                    self._sent = text
                    await self._socket.send_text(text)
                if told.get("screen", {}).get("ended"):
                    await self._socket.close(4000)
                    return
                await asyncio.sleep(PAUSE)

    async def follow(self, hear: Callable[[str], bool]) -> None:
        """Send and listen until the page is gone.

        Parameters
        ----------
        hear
            Told what the page says; False shows it out.
        """
        self.touch()
        writer = asyncio.create_task(self.write())
        try:
            while True:
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                if not hear(message.get("text") or ""):
                    await self._socket.close(1008)
                    return
        except GONE:
            return
        finally:
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer
