"""The command `report`: read results, write the page, say where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from analysis.console.terminal import Terminal
from analysis.errors import RequestError
from analysis.report.document import Number, Words
from analysis.report.opening import read_report
from analysis.report.page import render

PAGE = "report.html"


def write(
    folders: Sequence[Path], out: Path | None, terminal: Terminal, conditions: Sequence[Path] = ()
) -> None:
    """Write one page about one or several results.

    Parameters
    ----------
    folders
        Results folders; the first gives the page its title.
    out
        File; by default ``report.html`` in the first folder.
    terminal
        Where to speak.
    conditions
        Surfaces and sweeps that say under which conditions the order of a comparison turns.

    Raises
    ------
    RequestError
        If a folder has no report, or the page cannot be written.
    """
    reports = tuple(read_report(folder, conditions) for folder in folders)
    path = out or folders[0] / PAGE
    if path.is_dir():
        raise RequestError(f"--out {path}: this is a folder; name a file, such as {path / PAGE}.")
    page = render(reports)
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(page, "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise RequestError(f"--out {path}: cannot be written ({error.strerror or error}).") from None
    for sentence in reports[0].answer:
        terminal.show(escape(_text(sentence)))
    terminal.show(
        f"\nReport: [bold]{escape(str(path))}[/bold] ({len(page) / 1e6:.1f} MB; open it in any browser)"
    )
    terminal.emit(
        {"report": str(path), "answer": [_text(sentence) for report in reports for sentence in report.answer]}
    )


def _text(sentence: Words) -> str:
    return "".join(part.text if isinstance(part, Number) else part for part in sentence)
