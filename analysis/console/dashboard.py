"""Serves the dashboard, and says where it is."""

from __future__ import annotations

import socket

from analysis.console.terminal import Terminal
from analysis.errors import RequestError


def serve_dashboard(host: str, port: int, most_sessions: int) -> int:
    """Serve the dashboard until Ctrl-C.

    Parameters
    ----------
    host, port
        Where to listen.
    most_sessions
        Pages that may be open at a time.

    Returns
    -------
    int
        Exit code.

    Raises
    ------
    RequestError
        If nobody can listen there.
    """
    check_free(host, port)
    terminal = Terminal()
    # Imported when it is known that somebody can be served.
    from analysis.dashboard.serving import serve  # noqa: PLC0415

    serve(host, port, most_sessions, terminal.say)
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
