"""What commands that make runs have in common: a bar, what Ctrl-C leaves, failures, where results are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

from rich.markup import escape

from analysis.console.listening import TerminalListener
from analysis.console.terminal import Terminal, command_line
from analysis.errors import RequestError
from analysis.runs import results_folder
from analysis.runs.execution import Execution, Record, Result
from analysis.runs.keeping import uninterrupted
from analysis.runs.streaming import Stream
from analysis.runs.warming import compile_first

FAILED, INTERRUPTED = 1, 130
FAILURES_SHOWN = 3


@dataclass(frozen=True)
class Made(Generic[Result]):
    """What came of runs.

    Attributes
    ----------
    records
        What became of each that was finished.
    stopped
        Whether the user stopped them early.
    seconds
        Time that it took.
    """

    records: tuple[Record[Result], ...]
    stopped: bool
    seconds: float


def carry_out(
    execution: Execution[Any] | Stream[Any, Any],
    name: str,
    runs: int,
    terminal: Terminal,
    *,
    made: int = 0,
    rate: bool = False,
    look: Callable[[Any], None] = lambda _: None,
) -> bool:
    """Make runs until they are done or the user stops them.

    Parameters
    ----------
    execution
        What is to be run.
    name
        What stands beside the bar.
    runs
        How many there are.
    terminal
        Where progress is shown.
    made
        How many of them were made before.
    rate
        Whether the bar tells how many are made in a second.
    look
        Called with what comes of each.

    Returns
    -------
    bool
        Whether the user stopped them.
    """
    try:
        # The bar has a thread of its own, so it starts after the workers.
        with execution, terminal.progress(rate=rate) as bar:
            line = bar.add_task(name, total=runs, completed=made)
            for answer in execution:
                look(answer)
                bar.advance(line)
    except KeyboardInterrupt:
        return True
    return False


def make_runs(
    execution: Execution[Result],
    name: str,
    runs: int,
    terminal: Terminal,
    prepare: Callable[[], None] | None = None,
) -> Made[Result]:
    """Make all runs of a command, and keep them in memory.

    Parameters
    ----------
    execution
        What is to be run.
    name
        What stands beside the bar.
    runs
        How many there are.
    terminal
        Where progress is shown.
    prepare
        Compiles what will run; the simulation by default.

    Returns
    -------
    Made
        What was finished.
    """
    if prepare is None:
        with TerminalListener(terminal) as listener:
            compile_first(listener)
    else:
        prepare()
    begun = time.perf_counter()
    stopped = carry_out(execution, name, runs, terminal)
    return Made(execution.records(), stopped, time.perf_counter() - begun)


def destination(out: Path | None, name: str, identity: str, parent: Path = results_folder.RESULTS) -> Path:
    """Choose the folder for results, and make sure before hours of running that they can be written there.

    Parameters
    ----------
    out
        What the user named; None for a folder under ``results/``.
    name, identity, parent
        See `analysis.runs.results_folder.default_folder`.

    Raises
    ------
    RequestError
        If something is there that is not ours to replace, or nothing can be written there.
    """
    folder = out or results_folder.default_folder(name, identity, parent)
    results_folder.check_folder(folder)
    if (results_folder.read_manifest(folder) or {}).get("kind") == "sweep":
        raise RequestError(f"--out {folder}: holds a sweep, which would be replaced; name another folder.")
    return folder


@contextmanager
def writing(terminal: Terminal, *, stopped: bool) -> Iterator[None]:
    """Write results; who has pressed Ctrl-C once must not lose them by pressing it again."""
    with terminal.waiting("Writing tables ..."), uninterrupted(wanted=stopped):
        yield


@contextmanager
def drawing(terminal: Terminal, *, stopped: bool) -> Iterator[None]:
    """Draw figures; the same holds for them."""
    with terminal.waiting("Drawing figures ..."), uninterrupted(wanted=stopped):
        yield


def report_failures(
    failed: Sequence[Record[Any]],
    terminal: Terminal,
    name: Callable[[Record[Any]], str] = lambda record: (
        f"regime {record.task.regime}, seed {record.task.seed}"
    ),
) -> None:
    """Tell which runs failed and why, the first few of them."""
    for record in failed[:FAILURES_SHOWN]:
        terminal.warn(f"{name(record)} failed: {escape(str(record.error))}")
    hidden = len(failed) - FAILURES_SHOWN
    if hidden > 0:
        terminal.warn(f"... and {hidden} more.")


def nothing_finished(
    failed: Sequence[Record[Any]], terminal: Terminal, *, stopped: bool, what: str = "run"
) -> int:
    """Say why there is nothing to show, and give the exit code; who failed is to be told by then."""
    when = "stopped before any" if stopped and not failed else "no"
    terminal.warn(f"{when} {what} was finished; nothing was written.")
    return exit_code(failed or (None,), stopped=stopped)


def conclude(
    folder: Path,
    following: str | None,
    terminal: Terminal,
    *,
    figures: bool = True,
    contents: str = "tables in data/",
) -> None:
    """Say where results are and which command to try next; None for the very same again."""
    contents = f"{contents}, pictures in figures/" if figures else contents
    terminal.show(f"\nResults: [bold]{escape(str(folder))}[/bold] ({contents})")
    if following is None:
        terminal.show("Try next: the same command, which goes on where this one stopped.")
    else:
        terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")


def exit_code(failed: Sized, *, stopped: bool) -> int:
    """Give the exit code of a command that made runs."""
    if stopped:
        return INTERRUPTED
    return FAILED if len(failed) else 0
