"""The command that serves the dashboard."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.speaking import speaking


def dashboard(
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="Where to listen; 0.0.0.0 lets others on the network in."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65_535, metavar="N", help="Port to listen at.")
    ] = 8765,
    max_sessions: Annotated[
        int,
        typer.Option("--max-sessions", min=1, max=500, metavar="N", help="Pages that may be open at a time."),
    ] = 40,
) -> None:
    """Open the dashboard: regimes side by side on one region, answering at once.

    It works without internet, and keeps nothing of what its users do. Stop it with Ctrl-C.

    Examples:

    - run.py dashboard

    - run.py dashboard --port 9000

    - run.py dashboard --host 0.0.0.0 --max-sessions 30
    """
    with speaking():
        from analysis.console.dashboard import serve_dashboard

        raise typer.Exit(serve_dashboard(host, port, max_sessions))
