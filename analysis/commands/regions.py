"""Commands that look at measured regions and bring in others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import FiguresOption, JsonOption, OutOption, QuietOption
from analysis.commands.speaking import speaking

FromOption = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FOLDER",
        help="Folder of imported regions; default: the European ones.",
        show_default=False,
    ),
]


def list_regions(
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="NAME", help="Only those of a country.", show_default=False),
    ] = None,
    folder: FromOption = None,
    json: JsonOption = False,
) -> None:
    """List regions that can be run, by country.

    Examples:

    - run.py regions list

    - run.py regions list --country Italy
    """
    with speaking():
        from analysis.console import regions as command
        from analysis.console.terminal import Terminal

        command.list_regions(country, folder, Terminal(machine_readable=json))


def search_regions(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="Parts of a name, a code or a country.")
    ],
    folder: FromOption = None,
    json: JsonOption = False,
) -> None:
    """Find regions by name, with or without accents.

    Example: run.py regions search lombardia
    """
    with speaking():
        from analysis.console import regions as command
        from analysis.console.terminal import Terminal

        raise typer.Exit(command.search_regions(" ".join(words), folder, Terminal(machine_readable=json)))


def show_region(
    region: Annotated[
        str, typer.Argument(metavar="REGION", help="Code, or folder of imported regions: `FOLDER:CODE`.")
    ],
    out: OutOption = None,
    figures: FiguresOption = True,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Show the profile of a region: strengths, what is related to them, and how complex that is.

    Leaves a folder with tables, the map of relatedness and complexity on which priorities of smart
    specialisation are argued (Balland et al. 2019), and the region as a scenario to be changed and run.

    Examples:

    - run.py regions show ITH5

    - run.py regions show my_regions:NORTH --out results/north
    """
    with speaking():
        from analysis.console import regions as command
        from analysis.console.terminal import Terminal

        terminal = Terminal(quiet=quiet, machine_readable=json)
        command.show_region(region, terminal, out=out, figures=figures)
