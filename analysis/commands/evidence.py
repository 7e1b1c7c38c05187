"""Commands that hold the model against what was published."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.options import (
    LIGHT,
    FiguresOption,
    JobsOption,
    JsonOption,
    OutOption,
    QuietOption,
    SeedsOption,
    SettingsOption,
)
from analysis.commands.speaking import speaking


def replicate(
    study: Annotated[
        str, typer.Argument(metavar="STUDY", help="What to run again: `cowan-jonard`.")
    ] = "cowan-jonard",
    seeds: SeedsOption = "100",
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="Change a parameter, such as `agents=100`; repeatable."
        ),
    ] = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Run a published model again and hold it against what it said.

    `cowan-jonard`: agents barter knowledge over the ties of a network, from ring to random (Cowan &
    Jonard 2004). Where is most known in the end? With controls in which the peak should vanish.

    Examples:

    - run.py replicate cowan-jonard

    - run.py replicate cowan-jonard --seeds 30 --jobs 2

    - run.py replicate cowan-jonard --set experts=100 --out results/many_experts
    """
    with speaking():
        from analysis.console import replicate as replication
        from analysis.console.terminal import Terminal

        spec, chosen = replication.design(study, settings or (), seeds)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(replication.conduct(spec, chosen, terminal, out=out, jobs=jobs, theme=figures.theme))


def facts(
    only: Annotated[
        str | None,
        typer.Option(
            "--only", metavar="NUMBERS", help="Facts to test, such as `1,4`; default: all fourteen."
        ),
    ] = None,
    seeds: SeedsOption = "32",
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Hold the model against stylised facts of the literature.

    For every claim of a fact: its effect with a 95% interval over seeds, where it must lie, and a verdict
    on the fact: holds, by construction, partly, does not hold. About five minutes on two cores.

    Examples:

    - run.py facts

    - run.py facts --only 1,4 --seeds 8

    - run.py facts --only 10 --set market.growth_volatility=0.12
    """
    with speaking():
        from analysis.console import facts as command
        from analysis.console.terminal import Terminal

        investigation = command.design(only, seeds, settings or ())
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(command.conduct(investigation, terminal, out=out, jobs=jobs, theme=figures.theme))
