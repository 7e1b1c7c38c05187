"""Commands that hold the model against what happened in real regions."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.keeping import writer
from analysis.commands.options import (
    DEFAULT_STORY,
    JobsOption,
    JsonOption,
    OutOption,
    QuietOption,
    SettingsOption,
    StoryArgument,
    WriteOption,
)
from analysis.commands.speaking import speaking


def europe(
    scenario: StoryArgument = DEFAULT_STORY,
    firms: Annotated[
        int, typer.Option("--firms", min=80, metavar="N", help="Firms that stand for those of a region.")
    ] = 1500,
    every: Annotated[
        int, typer.Option("--every", min=1, metavar="N", help="Take only each N-th region, to save time.")
    ] = 1,
    seeds: Annotated[str, typer.Option("--seeds", metavar="SEEDS", help="How many, or which.")] = "1",
    half: Annotated[
        str | None,
        typer.Option(
            "--half",
            metavar="NAME",
            help="Only half of the countries: `estimation` or `held-out`.",
            show_default=False,
        ),
    ] = None,
    estimated: Annotated[
        bool,
        typer.Option("--estimated", help="Take the parameters that were estimated on half of the countries."),
    ] = False,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Does the model know Europe? Start regions in 2008-09, run six years without policy, score as the data.

    Entry into domains and exit from them by relatedness density, next to what happened until 2014-15, and to
    the model without recombination, with shuffled relatedness and with none. About two minutes of one core for each
    seed; what was run once is not run again, so it may be stopped with Ctrl-C and started again.

    Examples:

    - run.py validate europe

    - run.py validate europe --every 12 --firms 400

    - run.py validate europe --seeds 3 --out results/europe

    - run.py validate europe --estimated --half held-out
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.europe.design import validation

        asked = validation(scenario, settings or (), seeds, firms, every, half=half, estimated=estimated)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(conduct(asked, terminal, out=out, jobs=jobs, theme=None))


def estimate_europe(
    scenario: StoryArgument = DEFAULT_STORY,
    firms: Annotated[
        int, typer.Option("--firms", min=80, metavar="N", help="Firms that stand for those of a region.")
    ] = 1500,
    every: Annotated[
        int, typer.Option("--every", min=1, metavar="N", help="Take only each N-th region of the half.")
    ] = 2,
    trials: Annotated[int, typer.Option("--trials", min=1, metavar="N", help="Sets of values to try.")] = 240,
    write: WriteOption = False,
    out: OutOption = None,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Estimate what moves employment on half of the countries, by simulated moments.

    Eight parameters, eight moments of entry, exit and persistence in 2008-15, and a prior around the defaults;
    Optuna chooses what is tried. The other half is for `validate europe --estimated --half held-out`. About 30
    minutes on one core; it may be stopped with Ctrl-C, and the same command goes on. With --write, what is found
    becomes what `--estimated` takes; the defaults of the model stay.

    Example: run.py estimate europe
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.europe.design import estimation

        terminal = Terminal(quiet=quiet, machine_readable=json)
        asked = estimation(scenario, firms, every, trials)
        keep = writer("estimated", "write_estimated") if write else None
        raise typer.Exit(conduct(asked, terminal, out=out, jobs=jobs, theme=None, keep=keep))
