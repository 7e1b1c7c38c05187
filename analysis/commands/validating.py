"""Commands that hold the model against what happened in real regions."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.options import (
    DEFAULT_STORY,
    JobsOption,
    JsonOption,
    OutOption,
    QuietOption,
    SettingsOption,
    StoryArgument,
)
from analysis.commands.speaking import speaking


def europe(
    scenario: StoryArgument = DEFAULT_STORY,
    firms: Annotated[
        int, typer.Option("--firms", min=80, metavar="N", help="Firms that stand for those of a region.")
    ] = 400,
    every: Annotated[
        int, typer.Option("--every", min=1, metavar="N", help="Take only each N-th region, to save time.")
    ] = 1,
    seeds: Annotated[str, typer.Option("--seeds", metavar="SEEDS", help="How many, or which.")] = "1",
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Does the model know Europe? Start regions in 2008-09, run six years without policy, score as the data.

    Entry into domains and exit from them by relatedness density, next to what happened until 2014-15, and to
    the model without recombination, with shuffled relatedness and with none. About 3 minutes for each seed.

    Examples:

    - run.py validate europe

    - run.py validate europe --every 12

    - run.py validate europe --seeds 3 --firms 1000 --out results/europe
    """
    with speaking():
        from analysis.console import validate as command
        from analysis.console.terminal import Terminal

        asked = command.design(scenario, settings or (), seeds, firms, every)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(command.conduct(asked, terminal, out=out, jobs=jobs))
