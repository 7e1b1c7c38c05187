"""What strangers may ask of the server: every limit is tried."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from analysis.dashboard import guard
from analysis.dashboard.guard import Guard, own_origin
from analysis.dashboard.state.view import MOST_FIELDS, View, from_search

SESSION = b"session_id=page"


async def _page(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer well, after all that was sent is read; echo over a WebSocket."""
    if scope["type"] == "http":
        if scope["path"] == "/broken":
            raise RuntimeError("a secret of the server")
        body = (await receive())["body"]
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]}
        )
        await send({"type": "http.response.body", "body": body + guard.nonce.get().encode()})
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


def ask(
    path: str = "/", query: bytes = b"", method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], str]:
    """Send a request through the guard: status, headers and text of the answer."""
    sent: list[dict[str, Any]] = []
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query,
             "headers": named, "scheme": "http"}  # fmt: skip

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def call() -> None:
        await Guard(_page)(scope, receive, send)

    if path == "/broken":
        with pytest.raises(RuntimeError):
            asyncio.run(call())
    else:
        asyncio.run(call())
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, sent[1]["body"].decode()


def connect(
    messages: list[str],
    query: bytes = SESSION,
    path: str = "/jupyter/api/kernels/1/channels",
    server: str = "0.0.0.0",  # noqa: S104
    **headers: str,
) -> list[dict[str, Any]]:
    """Open a WebSocket through the guard and send messages; gives what comes back."""
    sent: list[dict[str, Any]] = []
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "websocket", "path": path, "query_string": query, "headers": named,
             "scheme": "ws", "server": (server, 8765), "extensions": {"websocket.http.response": {}}}  # fmt: skip
    coming = iter(
        [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": text} for text in messages)]
    )

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return next(coming, {"type": "websocket.disconnect", "code": 1000})

    asyncio.run(Guard(_page)(scope, receive, send))
    return sent


def test_what_a_page_asks_for_passes() -> None:
    status, headers, text = ask(query=b"story=thin_rural_region&own=" + b"x" * 8_000)
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert f"'nonce-{text}'" in headers["content-security-policy"]
    script = headers["content-security-policy"].split("script-src ")[1].split(";")[0]
    assert "unsafe-inline" not in script
    assert ask()[2] != text


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ({"query": b"own=" + b"x" * guard.LONGEST_ADDRESS}, 414, "too long"),
        ({"path": "/" + "x" * guard.LONGEST_ADDRESS}, 414, "too long"),
        ({"query": b"&".join(b"a=%d" % each for each in range(MOST_FIELDS + 1))}, 400, "parts"),
        ({"query": b"story=%00"}, 400, "character"),
        ({"method": "DELETE"}, 405, "GET"),
        ({"method": "POST"}, 400, "session_id"),
        ({"method": "POST", "query": SESSION, "body": b"x" * (guard.MOST_BODY + 1)}, 413, "too long"),
        ({"method": "POST", "query": SESSION, "content_length": "99999999"}, 413, "too long"),
        ({"method": "POST", "query": SESSION, "content_length": "many"}, 413, "too long"),
        ({"method": "POST", "query": SESSION, "host": "here", "origin": "http://elsewhere"}, 403, "another site"),
        ({"x_script_name": '/"><script>alert(1)</script>'}, 400, "proxy"),
        ({"path": "/broken"}, 500, "open the page again"),
    ],
)  # fmt: skip
def test_what_no_page_asks_for_is_refused_in_words(asked: dict[str, Any], status: int, words: str) -> None:
    answered, headers, text = ask(**asked)
    assert answered == status
    assert words in text
    assert "secret" not in text
    assert headers["content-type"].startswith("text/plain")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://localhost:8765", "localhost:8765", True),
        ("https://example.org", "example.org", True),
        ("https://example.org", "example.org:443", True),
        ("http://[::1]:8765", "[::1]:8765", True),
        ("http://evil.example", "localhost:8765", False),
        ("http://localhost:9000", "localhost:8765", False),
        ("http://localhost:8765.evil.example", "localhost:8765", False),
        ("http://localhost:8765@evil.example", "localhost:8765", False),
        ("null", "localhost:8765", False),
        ("file://", "localhost:8765", False),
        ("http://a b", "localhost:8765", False),
        ("http://localhost:port", "localhost:8765", False),
    ],
)
def test_only_pages_of_this_server_open_a_connection(origin: str, host: str, own: bool) -> None:  # noqa: FBT001
    assert own_origin({"origin": origin, "host": host}, "ws") is own
    first = connect(["hello"], origin=origin, host=host)[0]
    assert first["type"] == ("websocket.accept" if own else "websocket.http.response.start")
    assert own or first["status"] == 403


def test_a_page_that_came_without_encryption_is_not_one_of_a_server_with_it() -> None:
    assert not own_origin({"origin": "http://example.org", "host": "example.org"}, "wss")


def test_a_proxy_may_say_by_which_name_somebody_came() -> None:
    told = {"origin": "https://example.org", "host": "127.0.0.1:8765", "x-forwarded-host": "example.org"}
    assert own_origin(told, "wss")


@pytest.mark.parametrize(
    ("server", "host", "more", "let_in"),
    [
        ("127.0.0.1", "evil.example:8765", {}, False),
        ("::1", "evil.example:8765", {}, False),
        ("127.0.0.1", "127.0.0.1.evil.example:8765", {}, False),
        ("127.0.0.1", "localhost:8765", {}, True),
        ("127.0.0.1", "127.0.0.1:8765", {}, True),
        ("::1", "[::1]:8765", {}, True),
        ("127.0.0.1", "example.org", {"x_forwarded_proto": "http"}, True),
        ("10.0.0.2", "example.org:8765", {}, True),
    ],
)
def test_a_name_that_leads_to_this_machine_is_no_way_in(
    server: str,
    host: str,
    more: dict[str, str],
    let_in: bool,  # noqa: FBT001
) -> None:
    first = connect(["hello"], server=server, host=host, origin=f"http://{host}", **more)[0]
    assert first["type"] == ("websocket.accept" if let_in else "websocket.http.response.start")


def test_a_connection_without_a_page_is_refused() -> None:
    assert connect(["hello"], query=b"")[0]["status"] == 400


@pytest.mark.parametrize("path", ["/class/socket", "/join/K3PXW/socket"])
def test_a_class_needs_no_session_but_comes_from_here(path: str) -> None:
    assert connect(["hello"], b"", path)[0]["type"] == "websocket.accept"
    assert connect(["hello"], b"", path, host="here", origin="http://here")[0]["type"] == "websocket.accept"
    assert connect(["hello"], b"", path, host="here", origin="http://evil.example")[0]["status"] == 403


@pytest.mark.parametrize(
    "path", ["/join/socket", "/join/a/b/socket", "/class/socket/more", "/else/class/socket"]
)
def test_nothing_else_goes_without_a_session(path: str) -> None:
    assert connect(["hello"], b"", path)[0]["status"] == 400


def test_messages_pass_up_to_a_rate() -> None:
    fine = connect(["move"] * int(guard.MESSAGES_AT_ONCE))
    assert sum(each["type"] == "websocket.send" for each in fine) == guard.MESSAGES_AT_ONCE
    flood = connect(["move"] * 10 * int(guard.MESSAGES_AT_ONCE))
    assert flood[-1]["type"] == "websocket.close"
    assert flood[-1]["code"] == guard.TOO_MANY
    assert "open the page again" in flood[-1]["reason"]
    assert sum(each["type"] == "websocket.send" for each in flood) < 2 * guard.MESSAGES_AT_ONCE


def test_uploads_pass_up_to_a_rate() -> None:
    large = "x" * 1_000_000
    assert connect([large] * 3)[-1]["type"] == "websocket.send"
    assert connect([large] * 8)[-1]["type"] == "websocket.close"


def test_a_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(guard.time, "monotonic", lambda: now[0])
    bucket = guard.Bucket(2, 1)
    assert [bucket.take(1) for _ in range(3)] == [True, True, False]
    now[0] += 2
    assert bucket.take(1)
    now[0] += 1_000
    assert [bucket.take(1) for _ in range(3)] == [True, True, False]


def test_an_address_of_too_many_parts_is_told_of() -> None:
    view, odd = from_search("&".join(f"a{each}=1" for each in range(MOST_FIELDS + 1)))
    assert view == View()
    assert odd == (f"more than {MOST_FIELDS} parts",)
