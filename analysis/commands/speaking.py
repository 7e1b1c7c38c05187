"""What a command answers when something is wrong or it is stopped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from analysis.commands.checkout import ROOT, start_again_with

WRONG_INPUT = 2
INTERRUPTED = 130


@contextmanager
def speaking() -> Iterator[None]:
    """Turn what a user can cause into one message and an exit code, never into a traceback."""
    try:
        from analysis.console.terminal import Terminal
        from analysis.errors import RequestError, option
        from analysis.extras import MissingExtraError
        from model.loading import ScenarioError

        try:
            yield
        except MissingExtraError as error:
            if Path(sys.argv[0]).resolve() == ROOT / "run.py":
                start_again_with(error.extra, *sys.argv)
            Terminal().fail(str(error))
            raise typer.Exit(WRONG_INPUT) from None
        except (RequestError, ScenarioError) as error:
            Terminal().fail(error.worded(option) if isinstance(error, RequestError) else str(error))
            raise typer.Exit(WRONG_INPUT) from None
    except KeyboardInterrupt:
        typer.echo("Stopped; nothing was written.", err=True)
        raise typer.Exit(INTERRUPTED) from None
