"""Commands that hold the model against what was published."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.options import (
    DEFAULT_STORY,
    LIGHT,
    FiguresOption,
    JobsOption,
    JsonOption,
    OutOption,
    QuietOption,
    SeedsOption,
    SettingsOption,
    StepsOption,
    StoryArgument,
)
from analysis.commands.speaking import speaking


def laboratory(
    scenario: StoryArgument = DEFAULT_STORY,
    measures: Annotated[
        str | None,
        typer.Option(
            "--measures",
            metavar="NAMES",
            help="Measures to take, such as `headroom,mind`: latent, seeds, effect, mind, places, surface, steadiness, "
            "spread, value, headroom; default: all.",
            show_default=False,
        ),
    ] = None,
    seeds: Annotated[
        str | None,
        typer.Option(
            "--seeds",
            metavar="SEEDS",
            help="Fresh seeds: how many (`48`, from 30000 on), or which (`30000-30047`); a measure takes the first "
            "so many that it needs.",
            show_default="48 from 30000 on",
        ),
    ] = None,
    policies: Annotated[
        int | None,
        typer.Option(
            "--policies",
            min=1,
            max=1000,
            metavar="N",
            help="Policies that headroom searches.",
            show_default="200",
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Run little, to see whether all works; verdicts mean nothing then."),
    ] = False,
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Measure what the model can decide, against aims that were set beforehand.

    Headroom over the lottery by a search and with perfect information, what the choice among sensible policies is
    worth, what minds add to money, the surface over absorptive capacity and recombination, seeds needed, regions
    without policy, latent domains, effects of money. Policies are searched on seeds 0 to 999, and everything is
    reported on fresh ones. About twenty minutes on two cores. Stopped by Ctrl-C or killed, the same command goes on
    from there.

    Examples:

    - run.py laboratory

    - run.py laboratory --measures mind,seeds

    - run.py laboratory thin_rural_region --measures headroom --seeds 96

    - run.py laboratory --quick
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.laboratory.design import design

        terminal = Terminal(quiet=quiet, machine_readable=json)
        asked = design(
            scenario, settings or (), measures=measures, seeds=seeds, steps=steps, policies=policies, quick=quick,
            warn=terminal.warn,
        )  # fmt: skip
        raise typer.Exit(conduct(asked, terminal, out=out, jobs=jobs, theme=figures.theme))


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
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.replication.design import design

        terminal = Terminal(quiet=quiet, machine_readable=json)
        asked = design(study, settings or (), seeds)
        raise typer.Exit(conduct(asked, terminal, out=out, jobs=jobs, theme=figures.theme))


def facts(
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="NUMBERS", help="Facts to test, such as `1,4`; default: all twenty."),
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
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal, command_line
        from analysis.studies.facts.design import design

        terminal = Terminal(quiet=quiet, machine_readable=json)
        asked = design(only, seeds, settings or ())
        if asked.tasks():
            raise typer.Exit(conduct(asked, terminal, out=out, jobs=jobs, theme=figures.theme))
        # Other commands test these.
        for fact in asked.facts:
            see = command_line(getattr(fact, "command", ""))
            terminal.show(f"{fact.number} {fact.name.replace('_', ' ')}: see [bold]{see}[/bold]")
        terminal.emit({"facts": [fact.name for fact in asked.facts], "results": None})
