"""Where the pages of a class are: the trainer's under ``class``, those of phones under ``join``."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from analysis.dashboard.classroom.connection import GONE, Connection
from analysis.dashboard.classroom.messages import LONGEST, Allowance, NonsenseError, read_message
from analysis.dashboard.classroom.pages import language_of, page, root_of, scan, sheet
from analysis.dashboard.classroom.phone import phone_screen
from analysis.dashboard.classroom.room import MOST_SEATS, Room
from analysis.dashboard.classroom.rooms import MOST_ROOMS, Rooms, read_code
from analysis.dashboard.classroom.seat import Seat
from analysis.dashboard.classroom.wall import wall_screen
from analysis.dashboard.state.view import LANGUAGES, from_search
from analysis.dashboard.texts import Texts
from model.loading import library

OVER, REFUSED = 4000, 4003
"""Codes with which a socket is closed for good: the page does not try again."""


class Classroom:
    """The pages of all rooms of a server.

    Parameters
    ----------
    rooms
        The rooms.
    """

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self._walls: dict[str, int] = {}

    def routes(self) -> list[Any]:
        """List where the pages are."""
        return [
            Route("/class", self.wall),
            WebSocketRoute("/class/socket", self.wall_socket),
            Route("/sheet", self.sheet),
            Route("/join", self.type_code),
            Route("/join/{code}", self.phone),
            WebSocketRoute("/join/{code}/socket", self.phone_socket),
        ]

    async def wall(self, request: Request) -> Response:
        """Give the page for the wall to whoever knows the key."""
        language, root = language_of(request), root_of(request)
        texts = Texts(language)
        key = request.query_params.get("key", "")
        if not self.rooms.is_trainer(key):
            told = texts("classroom.not_trainer", address=f"{root}/join")
            return page("wall", language, told=told, status=403)
        search = "&".join(each for each in request.url.query.split("&") if not each.startswith("key="))
        given = {
            "key": key, "search": search, "socket": f"{_path(request)}/class/socket", "lost": texts("classroom.lost"),
            "address": f"{root}/join",
        }  # fmt: skip
        return page("wall", language, given=given)

    async def sheet(self, request: Request) -> Response:
        """Give the sheet for participants, to be printed."""
        return sheet(language_of(request))

    async def type_code(self, request: Request) -> Response:
        """Ask for the code of a room."""
        typed = request.query_params.get("code", "")
        if typed:
            code = read_code(typed) or "-"
            return RedirectResponse(f"{_path(request)}/join/{code}", 303)
        return page("phone", language_of(request), form=f"{_path(request)}/join")

    async def phone(self, request: Request) -> Response:
        """Give the page of a phone, or ask for another code."""
        language, code = language_of(request), read_code(request.path_params["code"])
        texts = Texts(language)
        if self.rooms.find(code) is None:
            told = texts("classroom.unknown", code=code or "…")
            return page("phone", language, told=told, form=f"{_path(request)}/join", status=404)
        given = {
            "code": code, "language": language, "socket": f"{_path(request)}/join/{code}/socket",
            "lost": texts("classroom.lost"),
        }  # fmt: skip
        return page("phone", language, given=given)

    async def phone_socket(self, socket: WebSocket) -> None:
        """Serve a phone for as long as its page is open."""
        await socket.accept()
        texts = Texts(language_of(socket))
        room = self.rooms.find(socket.path_params["code"])
        if room is None:
            await _say_last(socket, texts("classroom.ended"))
            return
        seat = room.seat(socket.query_params.get("token", "")[:60])
        if seat is None:
            await _say_last(socket, texts("classroom.full", most=MOST_SEATS))
            return
        await Phone(socket, room, seat, texts).serve()

    async def wall_socket(self, socket: WebSocket) -> None:
        """Serve the wall: its room opens with the page, and ends soon after the page has gone."""
        await socket.accept()
        query, loop = socket.query_params, asyncio.get_running_loop()
        if not self.rooms.is_trainer(query.get("key", "")):
            await socket.close(OVER)
            return
        view = from_search(query.get("search", ""))[0]
        room = self.rooms.come_back(query.get("room", ""), query.get("secret", ""))
        room = room or self.rooms.open(view, loop)
        language = query.get("language", "") if query.get("language", "") in LANGUAGES else view.language
        if room is None:
            await _say_last(socket, Texts(language)("classroom.busy", most=MOST_ROOMS), wall=True)
            return
        self.rooms.stay(room)
        self._walls[room.code] = self._walls.get(room.code, 0) + 1
        try:
            await Wall(socket, room, language, self.rooms).serve()
        finally:
            self._walls[room.code] -= 1
            if not self._walls[room.code]:
                del self._walls[room.code]
                if not room.ended:
                    self.rooms.wait(room, loop)


def _path(request: Request) -> str:
    return request.headers.get("x-script-name", "")[:100].rstrip("/")


async def _say_last(socket: WebSocket, told: str, *, wall: bool = False) -> None:
    """Say why nothing more will come, and close."""
    screen = {"ended": True, "said": [told]} if wall else {"ended": True, "lines": [told]}
    try:
        await socket.send_text(json.dumps({"screen": screen}))
        await socket.close(OVER)
    except GONE:
        return


class Phone:
    """A phone's page that is open.

    Parameters
    ----------
    socket
        Its socket.
    room, seat
        Where it sits.
    texts
        Messages in its language.
    """

    def __init__(self, socket: WebSocket, room: Room, seat: Seat, texts: Texts) -> None:
        self._room, self._seat, self._texts = room, seat, texts
        self._heard = 0
        self._allowance = Allowance()
        self._connection = Connection(socket, self._render)

    def _render(self) -> dict[str, Any]:
        screen = phone_screen(self._room, self._seat, self._texts)
        if not self._room.ended:
            screen["other"] = self._texts("classroom.language")
        return {"n": self._heard, "token": self._seat.token, "screen": screen}

    def _hear(self, text: str) -> bool:
        if not self._allowance.take():
            return not self._allowance.exhausted
        try:
            message = read_message(text)
        except NonsenseError:
            self._allowance.offend()
            return len(text) <= LONGEST and not self._allowance.exhausted
        self._heard = max(self._heard, message.number)
        if message.doing == "language":
            if message.value in LANGUAGES:
                self._texts = Texts(str(message.value))
        else:
            self._room.hear(self._seat, message)
        self._connection.touch()
        return True

    async def serve(self) -> None:
        """Serve it until it is gone."""
        self._room.listen(self, self._connection.touch)
        self._room.arrive(self._seat)
        try:
            await self._connection.follow(self._hear)
        finally:
            self._room.forget(self)
            self._room.leave(self._seat)


class Wall:
    """The wall of a room.

    Parameters
    ----------
    socket
        Its socket.
    room
        The room.
    language
        Of what it shows.
    rooms
        Where the room is ended.
    """

    def __init__(self, socket: WebSocket, room: Room, language: str, rooms: Rooms) -> None:
        self._room, self._rooms, self._texts = room, rooms, Texts(language)
        self._stamp: Any = None
        self._root = scan(f"{root_of(socket)}/join/{room.code}")
        self._connection = Connection(socket, self._render)

    def _render(self) -> dict[str, Any]:
        texts, screen = self._texts, wall_screen(self._room, self._texts)
        if self._room.ended:
            return {"screen": screen}
        curves = screen.get("curves")
        if curves is not None:
            # Curves are long, and the same while votes come in.
            stamp = (curves["stamp"], texts.language, screen["step"])
            if stamp == self._stamp:
                del screen["curves"]
                screen["same"] = True
            self._stamp = stamp
        screen["words"] = {
            "other": texts("classroom.language"), "light": texts("classroom.light"), "dark": texts("classroom.dark"),
            "end": texts("classroom.end"), "sure": texts("classroom.end_sure"), "keys": texts("classroom.keys"),
            "story": texts("classroom.story"),
        }  # fmt: skip
        return {
            "code": self._room.code, "secret": self._room.secret, "qr": self._root,
            "to_join": texts("classroom.to_join"), "screen": screen,
        }  # fmt: skip

    def _hear(self, text: str) -> bool:
        try:
            told = json.loads(text)
            doing, value = str(told["do"]), told.get("value")
        except (ValueError, TypeError, KeyError, AttributeError):
            return False
        if doing == "end":
            self._rooms.end(self._room)
        elif doing == "language" and value in LANGUAGES:
            self._texts = Texts(value)
        elif doing == "story" and value in library():
            self._room.choose(value)
        else:
            self._room.steer(doing)
        self._connection.touch()
        return True

    async def serve(self) -> None:
        """Serve it until it is gone."""
        self._room.listen(self, self._connection.touch)
        try:
            await self._connection.follow(self._hear)
        finally:
            self._room.forget(self)
