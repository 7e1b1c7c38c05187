"""Starts the server: settings first, then the workers, then the pages."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.dashboard.guard import MOST_MESSAGE
from analysis.dashboard.memory import few_arenas
from analysis.dashboard.scheduling.scheduler import Scheduler
from analysis.dashboard.server import MOST_SESSIONS, Server, open_server
from analysis.dashboard.state.europe import KEPT, prepare
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
        # Of a server that was started anew, nothing is left of a session; its address is.
        SOLARA_THEME_FORCE_REFRESH="true",
        SOLARA_THEME_TITLE="The Knowledge Fountains",
    )


def keep_off_the_disk() -> None:
    """Let the shell that the library opens keep no profile and no history at home, where the disk may be full."""
    from IPython import paths  # noqa: PLC0415 - only a server needs it
    from IPython.core.history import HistoryManager  # noqa: PLC0415
    from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415

    shell: Any = InteractiveShell
    shell.init_ipython_dir = shell.init_profile_dir = lambda _shell, _folder: None
    history: Any = HistoryManager
    history._get_hist_file_name = lambda _manager, _profile=None: ":memory:"  # noqa: SLF001
    where: Any = paths
    where.get_ipython_dir = lambda: os.path.expanduser("~/.ipython")  # noqa: PTH111 - as the library itself


def serve(
    host: str, port: int, most_sessions: int = MOST_SESSIONS, tell: Callable[[str], None] = print, *,
    with_class: bool = False, lesson: bool = False, europe: Path | None = None,
) -> None:  # fmt: skip
    """Serve the dashboard until Ctrl-C.

    Parameters
    ----------
    host, port
        Where to listen.
    most_sessions
        Sessions that may be open at a time.
    tell
        Told what goes on.
    with_class
        Whether rooms can be opened in which a class takes part.
    lesson
        Whether who comes in is asked for a guess before the answer is shown; so they are with a class.
    europe
        Results of `run.py europe` for the map, in place of those that are kept.
    """
    settle(most_sessions)
    keep_off_the_disk()
    few_arenas()
    # Here, and once: workers that all begin to compile would each compile everything.
    warm_up(tell)
    scheduler = Scheduler()
    try:
        tell("Starting the workers ...")
        server = Server(scheduler, most_sessions, asks_first=lesson or with_class, europe=europe or KEPT)
        open_server(server)
        prepare()
        # Imported late: it reads the environment.
        import uvicorn  # noqa: PLC0415

        from analysis.dashboard.classroom.pages import own_address  # noqa: PLC0415
        from analysis.dashboard.classroom.rooms import Rooms  # noqa: PLC0415
        from analysis.dashboard.classroom.routes import Classroom  # noqa: PLC0415
        from analysis.dashboard.front import app  # noqa: PLC0415

        shown = host if host not in EVERYWHERE else "localhost"
        tell(f"The dashboard is at http://{shown}:{port} - stop with Ctrl-C.")
        routes: list[Any] = []
        if with_class:
            rooms = Rooms(scheduler, server.cache)
            routes = Classroom(rooms).routes()
            tell(f"For the trainer: http://{shown}:{port}/class?key={rooms.key}")
            tell(f"Phones join at http://{own_address()}:{port}/join")
        # A session's cookie may be lax: the page is in no frame of another site.
        warnings.filterwarnings("ignore", message="Cookies with samesite=none")
        # A proxy that serves the page under a path takes the path off.
        warnings.filterwarnings("ignore", message="base url .* does not end with root path")
        configuration: Any = uvicorn.Config(
            app(routes),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            ws_max_size=MOST_MESSAGE,
            server_header=False,
        )
        uvicorn.Server(configuration).run()
    finally:
        scheduler.close()
