"""The command that runs all measured regions."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.options import (
    DEFAULT_REGIMES,
    DEFAULT_STORY,
    LIGHT,
    FiguresOption,
    JobsOption,
    JsonOption,
    LeaveOutOption,
    OutOption,
    QuietOption,
    RegimesOption,
    SectorsOption,
    SeedsOption,
    SettingsOption,
    StoryArgument,
)
from analysis.commands.speaking import speaking


def europe(
    scenario: StoryArgument = DEFAULT_STORY,
    regimes: RegimesOption = DEFAULT_REGIMES,
    seeds: SeedsOption = "16",
    twins: Annotated[
        bool,
        typer.Option(
            "--twins/--no-twins", help="Run the lottery twin of each regime, to tell money from mind."
        ),
    ] = True,
    like: Annotated[
        str | None,
        typer.Option(
            "--like", metavar="CODE", help="Tell of this region, and of regions like it.", show_default=False
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="NAME", help="Only regions of a country.", show_default=False),
    ] = None,
    every: Annotated[
        int, typer.Option("--every", min=1, metavar="N", help="Take only each N-th region, to save time.")
    ] = 1,
    sectors: SectorsOption = None,
    leave_out: LeaveOutOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Run every measured region of Europe under all regimes: who leads where, how surely, in what kind of region.

    283 regions, four regimes and their lottery twins, 16 seeds: 31,696 runs, about an hour on two cores. What was run
    once is not run again, so it may be stopped with Ctrl-C and started again; --seeds 2 gives a first look.

    Examples:

    - run.py europe

    - run.py europe --seeds 2 --no-twins

    - run.py europe --like RO21

    - run.py europe --country Italy --seeds 32
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.regions.application import Priorities
        from analysis.studies.atlas.design import design

        asked = design(
            scenario, settings or (), seeds, regimes, twins=twins, country=country, every=every, region=like,
            priorities=Priorities(sectors, leave_out),
        )  # fmt: skip
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(conduct(asked, terminal, out=out, jobs=jobs, theme=figures.theme))
