"""The command `report`: read results, write the page, say where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from analysis.console.streams import note_saved
from analysis.console.terminal import Terminal
from analysis.errors import RequestError
from analysis.report.opening import read_brief, read_report
from analysis.report.page import render
from analysis.words.document import text_of

PAGE, SHEET = "report.html", "brief.html"


def write(
    folders: Sequence[Path],
    out: Path | None,
    terminal: Terminal,
    conditions: Sequence[Path] = (),
    *,
    brief: bool = False,
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
    brief
        Whether one sheet is wanted instead, of one folder.

    Raises
    ------
    RequestError
        If a folder has no report, or the page cannot be written.
    """
    name = SHEET if brief else PAGE
    path = out or folders[0] / name
    if path.is_dir():
        raise RequestError(f"--out {path}: this is a folder; name a file, such as {path / name}.")
    if brief:
        if len(folders) > 1:
            raise RequestError("--brief: a sheet is about one folder; name one of them.")
        sheet, page = read_brief(folders[0], conditions)
        answers = [text_of(sentence) for sentence in sheet.answer]
    else:
        reports = tuple(read_report(folder, conditions) for folder in folders)
        page = render(reports)
        answers = [text_of(sentence) for report in reports for sentence in report.answer]
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(page, "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise RequestError(f"--out {path}: cannot be written ({error.strerror or error}).") from None
    note_saved(str(path))
    for sentence in answers if brief else map(text_of, reports[0].answer):
        terminal.show(escape(sentence))
    how = "one sheet: open it in any browser and print it" if brief else "open it in any browser"
    terminal.show(f"\nReport: [bold]{escape(str(path))}[/bold] ({len(page) / 1e6:.1f} MB; {how})")
    terminal.emit({"report": str(path), "answer": answers})
