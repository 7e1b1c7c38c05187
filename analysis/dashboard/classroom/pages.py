"""The two pages of a class, each whole in one answer: a phone asks for nothing more than that and a socket."""

from __future__ import annotations

import json
import secrets
import socket
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from analysis.dashboard.classroom.levers import ROLES
from analysis.dashboard.state.view import LANGUAGES
from analysis.dashboard.style import variables
from analysis.dashboard.texts import FALLBACK, Texts
from model.scenario import REGIME_NAMES

FOLDER = Path(__file__).resolve().parent / "web"
HERE_ONLY = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - names that a phone cannot reach
SHEET = {"guess": 2, "luck": 2, "setting": 3, "role": 3, "sentence": 2}
"""Parts of the sheet for participants, and lines to write on under each."""

QUIET_ZONE = 3
"""Modules of white around a code, so that phones find it on a dark page, too."""


def language_of(connection: HTTPConnection) -> str:
    """Choose the language of a visitor: that of the address, else the browser's first that there is."""
    asked = connection.query_params.get("language", "")
    if asked in LANGUAGES:
        return asked
    accepted = connection.headers.get("accept-language", "")[:200].lower().split(",")
    first = (each.strip().split(";")[0].split("-")[0] for each in accepted)
    return next((each for each in first if each in LANGUAGES), FALLBACK)


def page(
    kind: str,
    language: str,
    *,
    told: str = "",
    form: str = "",
    given: Any = None,
    status: int = 200,
) -> HTMLResponse:
    """Make a page.

    Parameters
    ----------
    kind
        ``"phone"`` or ``"wall"``.
    language
        Of its texts.
    told
        What is wrong; the page then does nothing.
    form
        Where a form for codes leads to; empty for no form.
    given
        What its script has to know; None for no script.
    status
        Of the answer.
    """
    texts, nonce = Texts(language), secrets.token_urlsafe(12)
    content = _template("page.html").render(
        kind=kind, language=language, title=texts("classroom.title"), nonce=nonce, told=told, form=bool(form),
        action=form, type_code=texts("classroom.type_code"), enter=texts("classroom.enter"), style=Markup(_style()),  # noqa: S704 - our own file
        scripts=Markup(_scripts(kind)) if given is not None else "",  # noqa: S704 - our own files
        # A script ends at the first "</", whatever JSON says.
        given=Markup(json.dumps(given).replace("<", "\\u003c")),  # noqa: S704 - nothing in it can end a script
    )  # fmt: skip
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(content, status, headers)


def sheet(language: str) -> HTMLResponse:
    """Make the sheet for participants, to be printed on one page."""
    texts, nonce = Texts(language), secrets.token_urlsafe(12)
    words = {
        "title": texts("classroom.sheet.title"),
        "lead": texts("classroom.sheet.lead"),
        "source": texts("about.source"),
    }
    cards = [texts(f"classroom.cards.{role.name}.name") for role in ROLES]
    boxes = {"guess": [texts.regime(name) for name in REGIME_NAMES], "role": cards}
    parts = [
        {
            "title": texts(f"classroom.sheet.{name}.title"), "text": texts(f"classroom.sheet.{name}.text"),
            "boxes": boxes.get(name, ()), "lines": lines,
        }
        for name, lines in SHEET.items()
    ]  # fmt: skip
    content = _template("sheet.html").render(language=language, nonce=nonce, words=words, parts=parts)
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; base-uri 'none'"
    return HTMLResponse(content, 200, {"Content-Security-Policy": policy})


@cache
def _template(name: str) -> Any:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True).get_template(name)


@cache
def _style() -> str:
    light, dark = variables("light"), variables("dark")
    return (
        f":root {{ {light} --raised: #f5f6f8; --edge: #8a8f98; --other: #7a5195; }}\n"
        f":root.dark {{ {dark} --raised: #1f2229; --edge: #7b828e; --other: #b79be0; }}\n"
        + (FOLDER / "class.css").read_text("utf-8")
    )


@cache
def _scripts(kind: str) -> str:
    return "\n".join((FOLDER / name).read_text("utf-8") for name in ("look.js", "draw.js", f"{kind}.js"))


def scan(text: str) -> dict[str, Any]:
    """Draw a code to scan: its size in modules, and a path of horizontal strokes through the dark ones."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=QUIET_ZONE))
    strokes = [f"M{x} {y + 0.5}h1" for y, row in enumerate(rows) for x, module in enumerate(row) if module]
    return {"size": len(rows), "path": "".join(strokes)}


def root_of(connection: HTTPConnection) -> str:
    """Give the address of this server as phones reach it: as the trainer's browser does, but never by a local name."""
    url = connection.url
    host = connection.headers.get("x-forwarded-host", connection.headers.get("host", url.netloc))[:200]
    scheme = connection.headers.get("x-forwarded-proto", url.scheme).replace("ws", "http")[:5]
    prefix = connection.headers.get("x-script-name", "")[:100].rstrip("/")
    parts = urlsplit(f"//{host}")
    name, port = parts.hostname or "localhost", f":{parts.port}" if parts.port else ""
    if name in HERE_ONLY:
        name = own_address()
    return f"{scheme}://{name}{port}{prefix}"


def own_address() -> str:
    """Give the address of this machine in its network; nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            trial.connect(("10.255.255.255", 1))
            return str(trial.getsockname()[0])
        except OSError:
            return "localhost"
