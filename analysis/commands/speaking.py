"""What a command answers when something is wrong or it is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

WRONG_INPUT = 2
INTERRUPTED = 130


@contextmanager
def speaking() -> Iterator[None]:
    """Turn what a user can cause into one message and an exit code, never into a traceback."""
    try:
        from analysis.console.terminal import Terminal
        from analysis.errors import RequestError
        from model.loading import ScenarioError

        try:
            yield
        except (RequestError, ScenarioError) as error:
            Terminal().fail(str(error))
            raise typer.Exit(WRONG_INPUT) from None
    except KeyboardInterrupt:
        typer.echo("Stopped; nothing was written.", err=True)
        raise typer.Exit(INTERRUPTED) from None
