"""The command that serves the dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.speaking import speaking


def dashboard(
    host: Annotated[
        str | None,
        typer.Option(
            "--host",
            metavar="ADDRESS",
            help="Where to listen: 127.0.0.1, this machine only, unless a class takes part; 0.0.0.0 lets others on "
            "the network in.",
        ),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65_535, metavar="N", help="Port to listen at.")
    ] = 8765,
    max_sessions: Annotated[
        int,
        typer.Option("--max-sessions", min=1, max=500, metavar="N", help="Pages that may be open at a time."),
    ] = 40,
    class_: Annotated[
        bool,
        typer.Option(
            "--class",
            help="Let a class take part with phones; listens at 0.0.0.0 unless --host says otherwise.",
        ),
    ] = False,
    lesson: Annotated[
        bool,
        typer.Option(
            "--lesson", help="Ask who comes in for a guess before the answer is shown; so does --class."
        ),
    ] = False,
    europe: Annotated[
        Path | None,
        typer.Option(
            "--europe",
            metavar="FOLDER",
            help="Results of `run.py europe` for the map, in place of those that ship.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open the dashboard: regimes side by side on one region, answering at once.

    It works without internet, and keeps nothing of what its users do. Stop it with Ctrl-C.

    Examples:

    - run.py dashboard

    - run.py dashboard --port 9000

    - run.py dashboard --host 0.0.0.0 --max-sessions 30

    - run.py dashboard --lesson

    - run.py dashboard --class
    """
    with speaking():
        from analysis.console.dashboard import serve_dashboard

        listen = host or ("0.0.0.0" if class_ else "127.0.0.1")  # noqa: S104 - phones are to reach it
        raise typer.Exit(
            serve_dashboard(listen, port, max_sessions, with_class=class_, lesson=lesson, europe=europe)
        )
