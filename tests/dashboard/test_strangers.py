"""The dashboard among strangers: the real server, a real browser, and a real proxy under a path."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from analysis.dashboard import guard
from tests.dashboard.browser import ROOT, SMALL, Visitor, free_port
from tests.processes import running

pytestmark = pytest.mark.slow

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
HARMLESS = json.dumps(
    {"header": {"msg_id": "1", "msg_type": "comm_msg"}, "parent_header": {}, "metadata": {},
     "content": {"comm_id": "nobody", "data": {}}, "channel": "shell"}
)  # fmt: skip
"""A message that is well formed, to a part of the page that is not there."""


def _path(address: str) -> str:
    """Give where a page that is new would connect; nobody gets into the session of another one."""
    return f"{address.replace('http', 'ws')}jupyter/api/kernels/{uuid4()}/channels?session_id=page"


def _socket(address: str, origin: str | None) -> Any:
    return connect(_path(address), origin=origin, open_timeout=60, close_timeout=5)


def test_a_socket_from_another_site_is_refused(address: str) -> None:
    for origin in ("http://evil.example", "null", address.replace("127.0.0.1", "localhost").rstrip("/")):
        with pytest.raises(InvalidStatus) as refused:
            _socket(address, origin)
        assert refused.value.response.status_code == 403
        assert b"another site" in refused.value.response.body
    with _socket(address, address.rstrip("/")):
        pass


def test_a_page_of_another_site_cannot_connect(browser: Any, address: str) -> None:
    """In a browser, from a page that somebody else serves."""
    page = browser.new_context().new_page()
    page.route("http://evil.example/", lambda route: route.fulfill(body="<p>hello", content_type="text/html"))
    page.goto("http://evil.example/")
    outcome = page.evaluate(
        """url => new Promise(done => {
            const socket = new WebSocket(url);
            socket.onopen = () => done('open'); socket.onerror = () => done('refused');
        })""",
        _path(address),
    )
    assert outcome == "refused"
    page.context.close()


def _end_of(socket: Any, *messages: str) -> int:
    """Send messages until the server ends it; gives its code."""
    try:
        for message in messages:
            socket.send(message)
        while True:
            socket.recv(timeout=60)
    except ConnectionClosed as closed:
        return int(closed.rcvd.code) if closed.rcvd is not None else 0


def test_a_message_that_is_too_long_or_one_too_many_ends_the_connection(address: str) -> None:
    with _socket(address, None) as socket:
        assert _end_of(socket, "x" * (guard.MOST_MESSAGE + 1)) == 1009
    with _socket(address, None) as socket:
        assert _end_of(socket, *[HARMLESS] * 20 * int(guard.MESSAGES_AT_ONCE)) == guard.TOO_MANY


def test_no_script_of_a_stranger_runs(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address)
    try:
        visitor.open(SMALL).settled()
        assert visitor.complaints == []
        ran = visitor.page.evaluate(
            """() => {
                const script = document.createElement('script');
                script.textContent = 'window.inline = 1';
                document.body.append(script);
                const other = document.createElement('script');
                other.src = 'http://evil.example/x.js';
                document.body.append(other);
                document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.handler = 1">');
                document.body.insertAdjacentHTML('beforeend', '<a id=j href="javascript:window.link = 1">x</a>');
                document.getElementById('j').click();
                return new Promise(done => setTimeout(() => done([window.inline, window.handler, window.link]), 500));
            }"""
        )
        assert ran == [None, None, None]
        blocked = [each for each in visitor.complaints if "Content Security Policy" in each]
        assert len(blocked) >= 4, visitor.complaints
    finally:
        visitor.leave()


def test_what_an_address_or_a_name_of_a_file_says_is_never_a_script(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address)
    try:
        evil = "%3Cimg%20src%3Dx%20onerror%3D%22window.evil%3D1%22%3E"
        visitor.open(f"{SMALL}&{evil}={evil}&set={evil}&story={evil}&region={evil}&own={evil}")
        visitor.page.wait_for_timeout(1_000)
        assert visitor.page.evaluate("() => window.evil") is None
        assert not [each for each in visitor.complaints if "Content Security Policy" in each]
    finally:
        visitor.leave()


def test_nobody_has_this_server_fetch_anything(visitor: Visitor) -> None:
    visitor.open(SMALL)
    for path in ("_solara/cdn/left-pad@1.3.0/index.js", "_solara/cdn/%2e%2e/%2e%2e/etc/passwd"):
        assert visitor.page.request.get(visitor.address + path).status == 404


@contextmanager
def nginx(behind: str, folder: Path) -> Iterator[str]:
    """Put nginx, set up as the documentation says, in front of a server."""
    if NGINX is None:
        reason = "no nginx on this machine: install the package nginx-light of the system to run these tests"
        assert not os.environ.get("PROXY_REQUIRED"), reason
        pytest.skip(reason)
    documented = (ROOT / "docs" / "dashboard.md").read_text("utf-8")
    found = re.search(r"```text\n(location .*?\n})\n```", documented, re.DOTALL)
    assert found is not None
    location = found[1].replace("http://127.0.0.1:8765", f"http://127.0.0.1:{urlsplit(behind).port}")
    port = free_port()
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {temporary}\nserver {{ listen 127.0.0.1:{port};\n{location}\n}} }}\n",
        "utf-8",
    )
    with running(NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr") as process:
        prefix = re.match(r"location (\S+)", location)
        assert prefix is not None
        address = f"http://127.0.0.1:{port}{prefix[1]}"
        for _ in range(100):
            assert process.poll() is None
            try:
                urlopen(address, timeout=20).close()
                break
            except ConnectionError:
                pass
            except OSError as error:
                if not isinstance(getattr(error, "reason", None), ConnectionError):
                    raise
        yield address
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def proxied(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with nginx(address, tmp_path_factory.mktemp("nginx")) as found:
        yield found


def test_a_proxy_serves_it_under_a_path(browser: Any, proxied: str) -> None:
    assert urlsplit(proxied).path not in {"", "/"}
    visitor = Visitor(browser, proxied)
    try:
        visitor.open(SMALL).settled()
        slider = visitor.control("budget").locator("input[type=range]")
        slider.focus()
        slider.press("ArrowRight")
        visitor.page.wait_for_function("() => window.location.search.includes('budget')")
        visitor.settled()
        inside = urlsplit(proxied).path
        ours = [urlsplit(url) for url in visitor.requests if url.startswith("http")]
        # The icon is asked for at the root by the browser itself.
        outside = [
            url.geturl() for url in ours if not url.path.startswith(inside) and "favicon" not in url.path
        ]
        assert outside == []
        assert visitor.complaints == []
        # A large upload passes, too.
        content = 'extends = "thin_rural_region"\nsteps = 9\n' + "# " + "x" * 50_000
        visitor.tool("menu").click()
        visitor.tool("upload").set_input_files(
            {"name": "mine.toml", "mimeType": "text/plain", "buffer": content.encode()}
        )
        visitor.page.wait_for_function("() => window.location.search.includes('own=')")
    finally:
        visitor.leave()


def test_visitors_of_both_paths_do_not_mix(browser: Any, address: str, proxied: str) -> None:
    for place in (proxied, address, proxied):
        visitor = Visitor(browser, place)
        try:
            visitor.open(SMALL).settled()
            assert visitor.complaints == []
        finally:
            visitor.leave()


def test_a_proxy_lets_no_stranger_through(proxied: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        _socket(proxied, "http://evil.example")
    assert refused.value.response.status_code == 403
    parts = urlsplit(proxied)
    with _socket(proxied, f"http://{parts.netloc}"):
        pass
    headers = urlopen(proxied, timeout=60).headers  # noqa: S310 - our own server
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert f"ws://{parts.netloc}" in headers["Content-Security-Policy"]
