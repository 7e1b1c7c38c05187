"""The import of regions on the screen."""

from __future__ import annotations

from pathlib import Path

from rich.markdown import Markdown
from rich.markup import escape

from analysis.console.terminal import Terminal, command_line
from analysis.regions.importing.importer import Request, check_destination, import_regions, write_import
from analysis.regions.importing.report import REPORT
from analysis.store import plain_name


def import_(request: Request, out: Path | None, terminal: Terminal) -> None:
    """Import regions, write them to a folder and show the report.

    Parameters
    ----------
    request
        What is to be imported.
    out
        Folder; by default one named after the file, in the current folder.
    terminal
        Where to speak.
    """
    folder = out or Path(f"{plain_name(request.file.stem)}_regions")
    check_destination(folder)
    with terminal.waiting("Reading ..."):
        imported = import_regions(request)
        write_import(imported, folder)
    codes = list(imported.assembly.members.regions.index)
    terminal.show(Markdown(imported.report))
    terminal.emit(
        {
            "folder": str(folder),
            "regions": codes,
            "domains": list(imported.assembly.members.domains.index),
            "layout": imported.reading.layout,
            "dropped": imported.assembly.dropped,
            "notes": imported.assembly.notes,
        }
    )
    terminal.show(f"\nRegions and report: [bold]{escape(str(folder))}[/bold] ({REPORT})")
    following = f"regions show {folder}:{codes[0]}"
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")
