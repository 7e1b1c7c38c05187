"""The terminal listens to work: a bar while it goes on, messages as they come."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.progress import Progress, TaskID

from analysis.console.terminal import Terminal
from analysis.runs.progress import Note
from analysis.runs.progress import Progress as Told


class TerminalListener:
    """A listener that shows progress on a terminal; a context manager, after which the bar is gone.

    Parameters
    ----------
    terminal
        Where to show it.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._bar: Progress | None = None
        self._line: TaskID | None = None
        self._first: int | None = None
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    @property
    def made(self) -> bool:
        """Whether anything was run."""
        return self._first is not None and self._done != self._first

    def __call__(self, told: Told | Note) -> None:
        """Show what is told."""
        if isinstance(told, Note):
            (self._terminal.warn if told.warning else self._terminal.say)(told.text)
            return
        self._first = told.done if self._first is None else self._first
        self._done = told.done
        if self._bar is None or self._line is None:
            # The bar has a thread of its own, so it starts after the workers, who told this.
            self._bar = self._terminal.progress(of=told.of)
            self._bar.start()
            self._line = self._bar.add_task(told.name, total=told.total, completed=told.done)
        else:
            self._bar.update(self._line, completed=told.done, total=told.total)
        if isinstance(told, Told) and told.done >= told.total and self._bar is not None:
            # Its thread ends with it: what starts next may have workers that must not see one.
            self._bar.stop()
            self._bar = self._line = None
