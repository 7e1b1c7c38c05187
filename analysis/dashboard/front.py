"""The library's page put right: zoom, colours while it loads, and the path that each visitor came by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from solara.server import cdn_helper, settings
from solara.server import starlette as library
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from analysis.dashboard import guard
from analysis.figures.style import THEMES

NO_ZOOM = b", maximum-scale=1, user-scalable=no, minimal-ui"
"""What the library writes into the page, and keeps people with weak eyes from zooming by."""

SCRIPT = re.compile(rb"<script(?=[\s>])")


_COLOURS = {name: (theme.background, theme.text, theme.regimes["cluster"]) for name, theme in THEMES.items()}

HEAD = """<style>
  :root {{ --ground: {light[0]}; --ink: {light[1]}; --moving: {light[2]}; }}
  :root.dark {{ --ground: {dark[0]}; --ink: {dark[1]}; --moving: {dark[2]}; color-scheme: dark; }}
  html, body, #app, #loader-container, #loader-container .v-card {{
    background: var(--ground) !important; color: var(--ink) !important; box-shadow: none !important;
  }}
  #loader-container .v-progress-linear__background, #loader-container .v-progress-linear__indeterminate > div {{
    background: var(--moving) !important;
  }}
  /* No words in a language that nobody chose yet. */
  #loader-container .v-card__title {{ display: none !important; }}
  /* The page itself says, in its own language, that the connection is lost. */
  .v-overlay {{ display: none !important; }}
</style>
<script>
  (() => {{
    const wanted = new URLSearchParams(location.search).get("appearance");
    const dark = wanted === "dark" || (wanted !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.classList.toggle("dark", dark);
  }})();
</script>
""".format(**_COLOURS).encode()
"""Colours of the page from its first moment, those of the link or of the system."""


async def root(request: Request) -> Response:
    """Give the page.

    The library remembers the path of whoever comes first for everybody. Nothing is awaited between
    forgetting it here and reading it there, so that two visitors cannot mix theirs up.
    """
    settings.main.root_path, settings.main.base_url = None, ""
    response: Any = await library.root(request)
    if response.status_code == 200 and response.headers.get("content-type", "").startswith("text/html"):
        page = response.body.replace(NO_ZOOM, b"").replace(b"</head>", HEAD + b"</head>", 1)
        response.body = SCRIPT.sub(rb"<script nonce=" + f'"{guard.nonce.get()}"'.encode(), page)
        response.headers["content-length"] = str(len(response.body))
    return response  # type: ignore[no-any-return]


def refuse(url: str) -> bytes:
    """Fetch nothing: all that pages need is installed, and nobody may have this server ask another one.

    Raises
    ------
    FileNotFoundError
        Always.
    """
    raise FileNotFoundError(url)


def app(more: Sequence[Any] = ()) -> Any:
    """Give the library's application with the page put right, behind a guard.

    Parameters
    ----------
    more
        Routes beside those of the dashboard.
    """
    cdn_helper.fetch_from_cdn = refuse
    routes = library.app.router.routes
    routes[:0] = [*more, Route("/", endpoint=root)]
    return guard.Guard(library.app)
