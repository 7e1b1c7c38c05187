"""A study from the command line: runs with a bar, findings on the screen, everything in a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.markup import escape

from analysis.console.listening import TerminalListener
from analysis.console.rendering import show_section, text
from analysis.console.running import (
    FAILED,
    FAILURES_SHOWN,
    INTERRUPTED,
    conclude,
    destination,
    drawing,
    exit_code,
    writing,
)
from analysis.console.streams import note_saved
from analysis.console.terminal import Terminal
from analysis.errors import RequestError, option
from analysis.runs import results_folder
from analysis.studies.publisher import draw, save_tables
from analysis.studies.study import Findings, NothingFinishedError, Study, failures_of
from analysis.words.document import text_of
from analysis.words.numbers import plain_rows


def conduct(
    study: Study,
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    theme: str | None = "light",
    keep: Callable[[Findings], None] | None = None,
) -> int:
    """Make the runs of a study, show what was found and write everything to a folder.

    Parameters
    ----------
    study
        What is asked.
    terminal
        Where to speak.
    out
        Folder for the results; one under ``results/`` by default.
    jobs
        Processes to use; all cores by default.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    keep
        Is handed findings that are whole, to keep of them what ships with the project.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    folder = study.folder or destination(out, study.name, study.identity(), study.place)
    try:
        with TerminalListener(terminal) as progress:
            findings = study.run(jobs=jobs, progress=progress, store=folder.parent)
    except NothingFinishedError as nothing:
        _tell_failures(failures_of(nothing.failed), terminal)
        when = "stopped before any" if nothing.stopped and not nothing.failed else "no"
        terminal.warn(f"{when} {nothing.what} was finished; nothing was written.")
        return exit_code(nothing.failed or (None,), stopped=nothing.stopped)
    except RequestError as error:
        if not progress.made:
            raise
        # Something was run, so that this is no wrong request.
        terminal.fail(error.worded(option))
        return FAILED
    if study.folder is not None:
        # It keeps what it runs by itself.
        return _conclude(findings, folder, terminal, None)
    folder = folder if findings.complete else results_folder.beside(folder)
    try:
        with writing(terminal, stopped=findings.stopped):
            save_tables(findings, folder)
            if keep is not None and findings.complete and not findings.failed:
                keep(findings)
    except OSError as error:
        # All that is left to do is to show them.
        _show(findings, terminal)
        terminal.emit(_machine_readable(findings, None))
        terminal.fail(
            f"--out {folder}: cannot be written ({error.strerror or error}). What was run is kept as far as there was "
            "room; make room, or name another folder, and the same command goes on from there."
        )
        return exit_code((None,), stopped=findings.stopped)
    return _conclude(findings, folder, terminal, theme)


def _conclude(findings: Findings, folder: Path, terminal: Terminal, theme: str | None) -> int:
    """Show findings that are saved, draw their figures, and say where they are."""
    note_saved(str(folder))
    drawn = 0
    try:
        _show(findings, terminal)
        terminal.emit(_machine_readable(findings, folder))
        if theme is not None:
            with drawing(terminal, stopped=findings.stopped):
                drawn = draw(findings, folder, theme, lambda told: terminal.warn(escape(told)))
    except KeyboardInterrupt:
        terminal.warn(f"stopped; all tables are in {escape(str(folder))}.")
        return INTERRUPTED
    _tell_failures(findings.failed, terminal)
    following = None if findings.stopped else findings.following(folder)
    conclude(folder, following, terminal, figures=drawn > 0, contents=findings.contents)
    return exit_code(findings.failed, stopped=findings.stopped) or (0 if findings.complete else FAILED)


def _show(findings: Findings, terminal: Terminal) -> None:
    if findings.stopped:
        terminal.warn("stopped; these are the findings of what was finished.")
    terminal.show(f"\n[bold]{escape(findings.title)}[/bold]")
    terminal.show(escape(findings.size()))
    for sentence in findings.unused():
        terminal.warn(escape(text_of(sentence)))
    for sentence in findings.represents():
        terminal.show(text(sentence))
    for section in findings.sections():
        if not section.aside:
            show_section(section, terminal)
    terminal.show("")
    for sentence in findings.answer():
        terminal.show(text(sentence))
    for sentence in findings.mind():
        terminal.show(text(sentence))
    for sentence in findings.warnings():
        terminal.warn(escape(text_of(sentence)))
    for sentence in findings.advice():
        terminal.show(text(sentence))


def _tell_failures(failed: Sequence[Mapping[str, Any]], terminal: Terminal) -> None:
    """Tell which runs failed and why, the first few of them."""
    for run in failed[:FAILURES_SHOWN]:
        named = ", ".join(f"{key} {value}" for key, value in run.items() if key not in {"error", "trace"})
        terminal.warn(f"{escape(named)} failed: {escape(str(run['error']))}")
    if len(failed) > FAILURES_SHOWN:
        terminal.warn(f"... and {len(failed) - FAILURES_SHOWN} more.")


def _machine_readable(findings: Findings, folder: Path | None) -> dict[str, Any]:
    return {
        "kind": findings.kind,
        "results": None if folder is None else str(folder),
        "complete": findings.complete,
        "interrupted": findings.stopped,
        **findings.described(),
        **{name: plain_rows(findings.tables[name]) for name in findings.printed if name in findings.tables},
        "findings": findings.sentences(),
        "unused": [text_of(sentence) for sentence in findings.unused()],
        "warnings": [text_of(sentence) for sentence in findings.warnings()],
    }
