"""What stands between the pages and strangers: headers, limits, and answers in words.

ASGI middleware around everything else, so that nothing that it refuses reaches a session.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from analysis.dashboard.state.view import MOST_FIELDS

Scope = dict[str, Any]
Message = dict[str, Any]

LONGEST_ADDRESS = 16_000
"""Bytes of path and query; the longest own scenario takes half."""
MOST_BODY = 16_000
"""Bytes of what is posted: pages post nothing but that they are closed."""
MOST_MESSAGE = 2_000_000
"""Bytes of a message; the largest table that may be uploaded takes a third."""
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 300.0, 40.0
BYTES_AT_ONCE, BYTES_A_SECOND = 4_000_000.0, 200_000.0
TOO_MANY = 1008
"""Code with which a WebSocket is closed for what was sent over it."""

SCRIPT_NAME = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
_CLASS = re.compile(r"/(class|join/[^/]+)/socket$")
"""Sockets of a class, which know phones by their seats and not by sessions."""
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
_LOOPBACK = re.compile(r"127\.0\.0\.1|::1")
_ADDRESS = re.compile(r"\d+(\.\d+){3}|[0-9a-f]*:[0-9a-f:.]+|")
"""Numbers, which nobody can have lead elsewhere; or nothing, as programs without a page send."""
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}

nonce: ContextVar[str] = ContextVar("nonce")
"""What scripts of the page that is being answered are signed with."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # The address of a page holds what somebody works on.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def policy(signature: str, host: str) -> str:
    """Give the Content-Security-Policy of an answer.

    Templates of the page's parts are compiled in the browser, which takes 'unsafe-eval'; no inline script runs that is
    not signed, and none of another origin is loaded.

    Parameters
    ----------
    signature
        Nonce of the page's own inline scripts.
    host
        Host and port by which the visitor came; some browsers do not take 'self' for WebSockets.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{signature}' 'unsafe-eval'",
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-src 'none'",
            "frame-ancestors 'self'",
        )
    )


@dataclass
class Bucket:
    """An allowance that is used up and fills again.

    Attributes
    ----------
    room
        How much it holds.
    rate
        How much comes back in a second.
    """

    room: float
    rate: float
    level: float = field(init=False)
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.level, self.at = self.room, time.monotonic()

    def take(self, amount: float) -> bool:
        """Take from it; false if there is not as much."""
        now = time.monotonic()
        self.level, self.at = min(self.room, self.level + (now - self.at) * self.rate), now
        self.level -= amount
        return self.level >= 0


class Guard:
    """Middleware that refuses what no page of ours asks for, and says why.

    Parameters
    ----------
    app
        What is behind it.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer a request, or let it through."""
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Any, send: Any) -> None:
        headers = _headers(scope)
        signature = secrets.token_urlsafe(16)
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": [*message["headers"], *_added(signature, headers, message)]}
            await send(message)

        refusal = _refusal(scope, headers)
        body = None if refusal else await _body(headers, receive)
        if refusal is None and body is None:
            refusal = 413, f"What was sent is too long: at most {MOST_BODY} bytes."
        if refusal is not None:
            await _say(sent, *refusal)
            return
        parts = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def received() -> Any:
            return next(parts, None) or await receive()

        nonce.set(signature)
        try:
            await self.app(scope, received, sent)
        except Exception:
            # Its trace goes to the log of the server, and to nobody else.
            if not begun:
                await _say(sent, 500, "Something went wrong here; open the page again.")
            raise

    async def _connect(self, scope: Scope, receive: Any, send: Any) -> None:
        headers = _headers(scope)
        refusal = _refusal(scope, headers)
        if refusal is not None:
            await receive()
            await _refuse(scope, send, *refusal)
            return
        messages, amounts = Bucket(MESSAGES_AT_ONCE, MESSAGES_A_SECOND), Bucket(BYTES_AT_ONCE, BYTES_A_SECOND)
        over = False

        async def received() -> Any:
            nonlocal over
            message = await receive()
            if message["type"] != "websocket.receive" or over:
                return message if not over else {"type": "websocket.disconnect", "code": TOO_MANY}
            size = len(message.get("text") or message.get("bytes") or "")
            if messages.take(1) and amounts.take(size):
                return message
            over = True
            reason = "Too much was sent at once; open the page again."
            await send({"type": "websocket.close", "code": TOO_MANY, "reason": reason})
            return {"type": "websocket.disconnect", "code": TOO_MANY}

        async def sent(message: Message) -> None:
            if over:
                # It is closed; whoever sends on is told so by its next reading.
                await asyncio.sleep(0)
                return
            await send(message)

        await self.app(scope, received, sent)


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _added(signature: str, headers: dict[str, str], message: Message) -> Iterable[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in message["headers"]}
    host = headers.get("x-forwarded-host") or headers.get("host", "")
    added = {**HEADERS, "Content-Security-Policy": policy(signature, host)}
    for name, value in added.items():
        if name.lower().encode() not in there:
            yield name.lower().encode(), value.encode("latin-1", "replace")


def _refusal(scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
    """Say why a request is refused: status and words; None if it is not."""
    return _odd_address(scope) or _odd_proxy(headers) or _odd_request(scope, headers)


def _odd_address(scope: Scope) -> tuple[int, str] | None:
    whole = (scope.get("raw_path") or scope["path"].encode()) + scope.get("query_string", b"")
    if len(whole) > LONGEST_ADDRESS:
        told = "download the scenario (menu), and send that instead of the link"
        return 414, f"This address is too long: at most {LONGEST_ADDRESS} characters; {told}."
    if b"\x00" in whole or b"%00" in whole:
        return 400, "This address holds a character that no address has; ask for the link again."
    if _query(scope) is None:
        return 400, f"This address has more than {MOST_FIELDS} parts; ask for the link again."
    return None


def _odd_proxy(headers: dict[str, str]) -> tuple[int, str] | None:
    if SCRIPT_NAME.fullmatch(headers.get("x-script-name") or headers.get("script-name") or ""):
        return None
    return 400, "The proxy before this server names a path that is none: X-Script-Name."


def _odd_request(scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
    http = scope["type"] == "http"
    if http and scope["method"] in {"GET", "HEAD"}:
        return None
    if http and scope["method"] != "POST":
        return 405, "This server answers GET, HEAD and POST."
    if not own_origin(headers, scope["scheme"]):
        return 403, "This was sent from a page of another site."
    if _rebound(scope, headers):
        return 403, "This server listens on its own machine only; open it at 127.0.0.1 or localhost."
    if not _CLASS.match(scope["path"]) and not dict(_query(scope) or ()).get("session_id"):
        return 400, "A page names its session_id."
    return None


def _rebound(scope: Scope, headers: dict[str, str]) -> bool:
    """Whether a page came by a name that only seems to be that of this machine.

    Whoever owns a name may have it lead to 127.0.0.1, so that pages under it have the same origin as this server. Where
    it listens on the loopback alone and no proxy is before it, nobody comes by a name.
    """
    server = scope.get("server") or ("", None)
    if not _LOOPBACK.fullmatch(str(server[0])) or any(name.startswith("x-forwarded-") for name in headers):
        return False
    host = (urlsplit(f"//{headers.get('host', '')}").hostname or "").rstrip(".")
    return not (host == "localhost" or host.endswith(".localhost") or _ADDRESS.fullmatch(host))


def _query(scope: Scope) -> Any:
    """Read a query; None if it has too many parts."""
    try:
        text = scope.get("query_string", b"").decode("latin-1")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None


def own_origin(headers: dict[str, str], scheme: str) -> bool:
    """Whether a request comes from a page that this server gave, or from no page at all.

    Browsers name the origin of a page with every WebSocket and every POST, and pages cannot change it.

    Parameters
    ----------
    headers
        Of the request, names in lower case.
    scheme
        Of the request, as the last proxy that is trusted has it.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        page = urlsplit(origin)
        port = page.port or _DEFAULT_PORTS[page.scheme]
    except (ValueError, KeyError):
        return False
    if scheme in {"https", "wss"} and page.scheme != "https":
        return False
    for host in filter(None, (headers.get("host"), headers.get("x-forwarded-host"))):
        if not _HOST.fullmatch(host):
            continue
        here = urlsplit(f"//{host}")
        if here.hostname == page.hostname and (here.port or _DEFAULT_PORTS[page.scheme]) == port:
            return True
    return False


async def _body(headers: dict[str, str], receive: Any) -> bytes | None:
    """Read what was sent; None if it is too long."""
    try:
        if int(headers.get("content-length", "0")) > MOST_BODY:
            return None
    except ValueError:
        return None
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return body
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BODY:
            return None
    return body


async def _say(send: Any, status: int, text: str) -> None:
    content = text.encode()
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": content})


async def _refuse(scope: Scope, send: Any, status: int, text: str) -> None:
    """Refuse a WebSocket before it is one, with words where the server can carry them."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": TOO_MANY, "reason": text[:120]})
        return
    content = text.encode()
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(content)).encode())]
    await send({"type": "websocket.http.response.start", "status": status, "headers": head})
    await send({"type": "websocket.http.response.body", "body": content})
