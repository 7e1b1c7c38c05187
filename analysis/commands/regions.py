"""Commands that look at measured regions and bring in others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import (
    LIGHT,
    FiguresOption,
    JsonOption,
    LeaveOutOption,
    OutOption,
    QuietOption,
    SectorsOption,
)
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
    sectors: SectorsOption = None,
    leave_out: LeaveOutOption = None,
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
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.regions.application import Priorities
        from analysis.studies.profile.design import design

        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(
            conduct(design(region, Priorities(sectors, leave_out)), terminal, out=out, theme=figures.theme)
        )


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
        str | None,
        typer.Option(
            "--measure",
            metavar="NAME",
            help="`employment`, `firms`, `patents` or `exports`; default: what the table says, or employment.",
            show_default=False,
        ),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="NAME",
            help="`wide`, `long`, `bulk` (periods in columns) or `firms`; default: found out.",
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
        typer.Option(
            "--period",
            metavar="YEAR",
            help="Which period; default: the latest that most regions publish.",
            show_default=False,
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            metavar="NAME=ROLE,...",
            help="What columns are: `region`, `domain`, `period`, `value`, `flag`, `name`, `firm`, a condition such as "
            "`population`, `sum` (add up over it) or `ignore`.",
        ),
    ] = None,
    decimal: Annotated[
        str | None,
        typer.Option(
            "--decimal",
            metavar="SIGN",
            help="`point` or `comma`; default: what the table says.",
            show_default=False,
        ),
    ] = None,
    classification: Annotated[
        str | None,
        typer.Option(
            "--classification",
            metavar="NAME",
            help="Whether numbers of domains are divisions of `nace`, or their `own`.",
            show_default=False,
        ),
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            metavar="DOUBT",
            help="Take a table that is refused for a doubt: `shares`, `binary`, `quotients`, `totals`, `units`, "
            "`recoded`, `sentinels`, `ranks`; repeatable.",
        ),
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
    conditions: Annotated[
        Path | None,
        typer.Option(
            "--conditions",
            metavar="FILE",
            help="Table of regions: `region`, and what is known of `name`, `country`, `population`, `gdp_per_head`, "
            "`household_income`, `unemployment`, `patents`.",
            show_default=False,
        ),
    ] = None,
    anchor: Annotated[
        str | None,
        typer.Option(
            "--anchor",
            metavar="NAME",
            help="What complexity is to rise with: a condition, or `diversity`; default: income where it is known.",
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
    `:` and `n/a` are not published, which is not zero. Totals are left out; what may mean two things is refused.

    Examples:

    - run.py regions import employment.csv --out my_regions

    - run.py regions import patents.xlsx --sheet 2020 --measure patents --sectors technologies.csv

    - run.py regions import estat_sbs_r_nuts06_r2.tsv --select indic_sb=V16110 --period 2018

    - run.py regions import jobs.csv --columns ua=region,ind=domain,year=period,emp=value --conditions income.csv
    """
    with speaking():
        from analysis.console import region_import as command
        from analysis.console.terminal import Terminal
        from analysis.regions.importing.importer import Request
        from analysis.regions.importing.options import pairs

        roles = (part for text in columns or () for part in text.split(","))
        request = Request(
            file, measure, layout, sheet, period,
            pairs("--select", select or (), "COLUMN=VALUE, such as indic_sb=V16110"),
            relatedness, sectors, before, period_before, title, source,
            pairs("--columns", roles, "COLUMN=ROLE, such as ua=region"),
            decimal, classification, tuple(accept or ()), conditions, anchor,
        )  # fmt: skip
        command.import_(request, out, Terminal(quiet=quiet, machine_readable=json))
