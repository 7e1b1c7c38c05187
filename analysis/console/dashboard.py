"""Serves the dashboard, and says where it is."""

from __future__ import annotations

import socket
from importlib.util import find_spec
from pathlib import Path

from analysis.console.terminal import Terminal
from analysis.errors import RequestError
from analysis.extras import MissingExtraError

REGIONS = Path("data") / "regions.csv"


def serve_dashboard(
    host: str, port: int, most_sessions: int, *, with_class: bool = False, lesson: bool = False,
    europe: Path | None = None,
) -> int:  # fmt: skip
    """Serve the dashboard until Ctrl-C.

    Parameters
    ----------
    host, port
        Where to listen.
    most_sessions
        Pages that may be open at a time.
    with_class
        Whether rooms can be opened in which a class takes part.
    lesson
        Whether who comes in is asked for a guess before the answer is shown.
    europe
        Folder of results of `run.py europe`, for the map.

    Returns
    -------
    int
        Exit code.

    Raises
    ------
    RequestError
        If nobody can listen there, or what the dashboard needs is not installed.
    """
    if find_spec("solara") is None:
        raise MissingExtraError("dashboard", "The dashboard")
    check_free(host, port)
    if europe is not None and not (europe / REGIONS).is_file():
        raise RequestError(
            field="europe", value=str(europe), rule="there are no results of Europe in this folder",
            remedy="make them with run.py europe, and name their folder, such as results/europe",
        )  # fmt: skip
    terminal = Terminal()
    # Imported when it is known that somebody can be served.
    from analysis.dashboard.serving import serve  # noqa: PLC0415

    serve(host, port, most_sessions, terminal.say, with_class=with_class, lesson=lesson, europe=europe)
    return 0


def check_free(host: str, port: int) -> None:
    """Refuse an address at which nobody can listen.

    Raises
    ------
    RequestError
        If the port is taken, or the address is none of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        raise RequestError(
            f"--host {host} --port {port}: cannot listen there ({error.strerror or error}); try another port, such as "
            f"--port {port + 1 if port < 65_535 else 8765}."
        ) from None
