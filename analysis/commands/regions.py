"""Commands that look at measured regions and bring in others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import LIGHT, FiguresOption, JsonOption, OutOption, QuietOption
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
    figures: FiguresOption = LIGHT,
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
        command.show_region(region, terminal, out=out, theme=figures.theme)


def import_regions(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="CSV, TSV, Excel or OpenDocument table, or Eurostat bulk file."),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="Folder to make; default: named after the file.",
            show_default=False,
        ),
    ] = None,
    measure: Annotated[
        str,
        typer.Option("--measure", metavar="NAME", help="`employment`, `firms`, `patents` or `exports`."),
    ] = "employment",
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="NAME",
            help="`wide`, `long`, `eurostat` or `firms`; default: found out.",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar="NAME", help="Sheet of a workbook; default: the first.", show_default=False
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="YEAR", help="Which period; default: the last.", show_default=False),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="COLUMN=VALUE", help="Choose among values of a further column; repeatable."
        ),
    ] = None,
    relatedness: Annotated[
        Path | None,
        typer.Option(
            "--relatedness",
            metavar="FILE",
            help="Square matrix, from 0 to 1; default: proximity by co-location.",
            show_default=False,
        ),
    ] = None,
    sectors: Annotated[
        Path | None,
        typer.Option(
            "--sectors",
            metavar="FILE",
            help="Table of domains: `domain`, `sector`, and if known `sector_name`, `name`, `unit_size`.",
            show_default=False,
        ),
    ] = None,
    before: Annotated[
        Path | None,
        typer.Option("--before", metavar="FILE", help="Table of an earlier period.", show_default=False),
    ] = None,
    period_before: Annotated[
        str | None,
        typer.Option(
            "--period-before",
            metavar="YEAR",
            help="Earlier period, in the same table or that of --before.",
            show_default=False,
        ),
    ] = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="What the regions are called together.")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Who is to be named for the data.")
    ] = "",
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Import regions of your own, with a report of what was read, left out and why.

    Wide (regions in rows, domains in columns), long, a bulk file of Eurostat, or a list of firms. Blank cells,
    `:` and `n/a` are not published, which is not zero.

    Examples:

    - run.py regions import employment.csv --out my_regions

    - run.py regions import patents.xlsx --sheet 2020 --measure patents --sectors technologies.csv

    - run.py regions import estat_sbs_r_nuts06_r2.tsv --select indic_sb=V16110 --period 2018
    """
    with speaking():
        from analysis.console import region_import as command
        from analysis.console.terminal import Terminal
        from analysis.regions.importing.importer import Request, selections

        request = Request(
            file, measure, layout, sheet, period, selections(select or ()), relatedness, sectors, before,
            period_before, title, source,
        )  # fmt: skip
        command.import_(request, out, Terminal(quiet=quiet, machine_readable=json))
