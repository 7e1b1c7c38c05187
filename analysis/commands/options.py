"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

StoryArgument = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="Name of a story (see `scenarios list`) or path of a TOML file."),
]
RegimesOption = Annotated[
    str,
    typer.Option("--regimes", metavar="NAMES", help="Regimes, with commas between.", show_default="all four"),
]
SeedsOption = Annotated[
    str,
    typer.Option(
        "--seeds",
        metavar="SEEDS",
        help="Simulated regions, one a seed, the same for every policy: how many (`16`, from 10000 on), or which: "
        "`10000-10015`, `7-7,9-12`; `typical`, the one whose leads are nearest to the medians of 16.",
    ),
]
StepsOption = Annotated[
    int | None, typer.Option("--steps", metavar="N", help="Quarters to run, instead of the scenario's.")
]
SettingsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Change a parameter, such as `firms.number=400`; repeatable."
    ),
]
RegionOption = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="CODE",
        help="A measured region in place of the generated one: a code, such as ITH5 (see `regions search`), or "
        "a folder of imported regions, `FOLDER:CODE`.",
        show_default=False,
    ),
]
SectorsOption = Annotated[
    str | None,
    typer.Option(
        "--sectors",
        metavar="CODES",
        help="What sectors are in a measured region: `divisions`; codes, such as `C10-C12,C25+C28`, or with names "
        "`food=C10-C12,metal=C24+C25`; or a CSV of `domain,sector`, or a TOML file. Default: sections, such as "
        "manufacturing.",
        show_default=False,
    ),
]
LeaveOutOption = Annotated[
    str | None,
    typer.Option(
        "--leave-out",
        metavar="CODES",
        help="What nobody makes a priority in a measured region: sections and divisions, such as `F,G,L68`, or "
        "`non_tradables`.",
        show_default=False,
    ),
]
StrategyOption = Annotated[
    str | None,
    typer.Option(
        "--strategy",
        metavar="NAME",
        help="Simulate the priorities of a real strategy beside the regimes, in the region that wrote it: `estonia`, "
        "`lithuania`, `luxembourg`, `south_ostrobothnia`, `northern_netherlands` or `western_netherlands`. An "
        "illustration: its divisions were assigned by hand.",
        show_default=False,
    ),
]
WageBillOption = Annotated[
    str | None,
    typer.Option(
        "--wage-bill",
        metavar="EUR",
        help="Wages of the region in a year, such as `6.5bn`, for results in euros; default: people at work times the "
        "average pay of the country of a measured region, where that is published.",
        show_default=False,
    ),
]
BudgetOption = Annotated[
    str | None,
    typer.Option(
        "--budget",
        metavar="EUR",
        help="Budget in euros a year, such as `60m`, in place of a share of wages.",
        show_default=False,
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Folder for the results; default: one under results/.",
        show_default=False,
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", min=1, metavar="N", help="Processes to use; default: all cores.", show_default=False
    ),
]


class FigureColours(StrEnum):
    """What figures are drawn for."""

    LIGHT = "light"
    DARK = "dark"
    NONE = "none"

    @property
    def theme(self) -> str | None:
        """Theme of `analysis.figures.style`, None for no figures."""
        return None if self is FigureColours.NONE else self.value


LIGHT = FigureColours.LIGHT
FiguresOption = Annotated[
    FigureColours,
    typer.Option("--figures", help="Figures for a light or a dark page, or none, which saves time."),
]
WriteOption = Annotated[
    bool, typer.Option("--write", help="Keep what was found: as the defaults, or in the documentation.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print nothing but warnings and errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]
AttributeOption = Annotated[
    bool,
    typer.Option(
        "--attribute",
        help="Say what absorptive capacity, networked recombination and ties contribute to each lead; "
        "takes eight times the runs.",
    ),
]
KindsOption = Annotated[
    str | None,
    typer.Option(
        "--kinds",
        metavar="NAMES",
        help="Kinds to take away, with commas between; default: each of them in turn.",
        show_default=False,
    ),
]

DEFAULT_STORY = "machine_building_meets_iot"
DEFAULT_REGIMES = "none,sector,cluster,smart_specialisation"
NOBODY = "none"
COMPARED = "none,lottery,sector,cluster,smart_specialisation"
"""What is compared unless regimes are named: what everybody knows, and the lottery that it has to beat."""
