"""Starts the server: settings first, then the workers, then the pages."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import Any

from analysis.dashboard.desk import Desk
from analysis.dashboard.house import MOST_SESSIONS, House, open_house
from analysis.dashboard.memory import few_arenas
from model.region import warm_up

SPARE = 5
"""Pages beyond the most sessions that are still told why they cannot come in."""

EVERYWHERE = ("127.0.0.1", "0.0.0.0", "::")  # noqa: S104 - what a user may ask for
"""Addresses at which this machine itself is found under the name localhost."""

APP = "analysis.dashboard.app"


def settle(most_sessions: int) -> None:
    """Set what the library reads from the environment when it is imported: nothing leaves this machine.

    Parameters
    ----------
    most_sessions
        Sessions that may be open at a time.
    """
    os.environ.update(
        SOLARA_APP=APP,
        SOLARA_MODE="production",
        SOLARA_TELEMETRY_MIXPANEL_ENABLE="false",
        SOLARA_ASSETS_PROXY="true",
        SOLARA_KERNEL_CULL_TIMEOUT="2m",
        SOLARA_KERNEL_MAX_COUNT=str(most_sessions + SPARE),
        SOLARA_THEME_SHOW_BANNER="false",
        SOLARA_THEME_LOADER="plain",
        SOLARA_THEME_TITLE="The Knowledge Fountains",
    )


def serve(
    host: str, port: int, most_sessions: int = MOST_SESSIONS, tell: Callable[[str], None] = print
) -> None:
    """Serve the dashboard until Ctrl-C.

    Parameters
    ----------
    host, port
        Where to listen.
    most_sessions
        Sessions that may be open at a time.
    tell
        Told what goes on.
    """
    settle(most_sessions)
    few_arenas()
    # Here, and once: workers that all begin to compile would each compile everything.
    warm_up(tell)
    desk = Desk()
    try:
        tell("Starting the workers ...")
        open_house(House(desk, most_sessions))
        # Imported late: it reads the environment.
        import uvicorn  # noqa: PLC0415
        from solara.server.starlette import app  # noqa: PLC0415

        shown = host if host not in EVERYWHERE else "localhost"
        tell(f"The dashboard is at http://{shown}:{port} - stop with Ctrl-C.")
        # A session's cookie may be lax: the page is in no frame of another site.
        warnings.filterwarnings("ignore", message="Cookies with samesite=none")
        configuration: Any = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False)
        uvicorn.Server(configuration).run()
    finally:
        desk.close()
