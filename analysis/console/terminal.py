"""The screen: results go to standard output, everything else to standard error."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.status import Status
from rich.text import Text

from analysis.console.naming import in_own_words


class _RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f} a second,")


class Terminal:
    """Where a command speaks.

    Parameters
    ----------
    quiet
        Say nothing but errors.
    machine_readable
        Print results as JSON instead of tables, and nothing else on standard output.
    """

    def __init__(self, *, quiet: bool = False, machine_readable: bool = False) -> None:
        self.quiet = quiet
        self.machine_readable = machine_readable
        self.output = Console(highlight=False)
        self.messages = Console(stderr=True, highlight=False)

    def say(self, message: str) -> None:
        """Tell something on the way."""
        if not self.quiet:
            self.messages.print(in_own_words(message), soft_wrap=True)

    def warn(self, message: str) -> None:
        """Tell something that the user must not miss, quiet or not."""
        self.messages.print(f"[yellow]Warning:[/yellow] {in_own_words(message)}", soft_wrap=True)

    def fail(self, message: str) -> None:
        """Tell why something cannot be done; the text is shown as it is."""
        self.messages.print("[red]Error:[/red]", end=" ")
        self.messages.print(in_own_words(message), soft_wrap=True, markup=False)

    def show(self, content: Any) -> None:
        """Print a result for people; text is left unbroken, so that paths and commands can be copied."""
        if not self.quiet and not self.machine_readable:
            self.output.print(content, soft_wrap=isinstance(content, str))

    def emit(self, content: Any) -> None:
        """Print a result for programs, if that was asked for."""
        if self.machine_readable:
            # Written past rich, which would break long lines.
            self.output.file.write(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
            self.output.file.flush()

    def progress(self, *, rate: bool = False, of: str = "runs") -> Progress:
        """Give a progress bar with the time left, and the rate if wanted; it shows on a terminal only."""
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(f"{of},"),
            *((_RateColumn(),) if rate else ()),
            TimeElapsedColumn(),
            TextColumn("so far,"),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
            console=self.messages,
            disable=self.quiet or not self.messages.is_terminal,
        )

    def waiting(self, message: str) -> Status | Progress:
        """Show that something of unknown length goes on; on a terminal only."""
        if self.quiet or not self.messages.is_terminal:
            return Progress(SpinnerColumn(), console=self.messages, disable=True)
        return self.messages.status(message)


def command_line(arguments: str) -> str:
    """Write a command as this user would."""
    return in_own_words(f"python run.py {arguments}")
