"""The import of regions on the screen."""

from __future__ import annotations

import shlex
from pathlib import Path

from rich.markdown import Markdown
from rich.markup import escape

from analysis.console.streams import note_saved
from analysis.console.terminal import Terminal, command_line
from analysis.regions.importing.destination import check_destination, write_import
from analysis.regions.importing.importer import Request, import_regions
from analysis.regions.importing.report import REPORT
from analysis.regions.importing.sizes import sizes_of
from analysis.runs.results_folder import plain_name


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
    note_saved(str(folder))
    for told in (*imported.assembly.dropped, *imported.assembly.notes):
        if "warning" in told.casefold():
            terminal.warn(escape(told.removeprefix("Warning: ")))
    codes = list(imported.assembly.members.regions.index)
    terminal.show(Markdown(imported.report))
    terminal.emit(
        {
            "folder": str(folder),
            "regions": codes,
            "domains": list(imported.assembly.members.domains.index),
            "layout": imported.reading.layout,
            "period": imported.reading.period,
            "sum": imported.assembly.members.amounts.sum().sum(),
            "sizes": {
                code: {
                    "persons": each.persons,
                    "firms": each.units,
                    "simulated_firms": each.firms,
                    "simulated_persons": each.employees,
                }
                for code, each in sizes_of(imported.assembly.members).items()
            },
            "read": imported.reading.read,
            "dropped": imported.assembly.dropped,
            "notes": imported.assembly.notes,
        }
    )
    terminal.show(f"\nRegions and report: [bold]{escape(str(folder))}[/bold] ({REPORT})")
    following = f"regions show {shlex.quote(f'{folder}:{codes[0]}')}"
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")
