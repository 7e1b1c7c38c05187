"""The command that looks for the best policy."""

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
    RegionOption,
    SettingsOption,
    StepsOption,
    StoryArgument,
    StrategyOption,
)
from analysis.commands.speaking import speaking


def optimise(
    scenario: StoryArgument = DEFAULT_STORY,
    region: RegionOption = None,
    policies: Annotated[
        int, typer.Option("--policies", metavar="N", help="How many policies are tried.")
    ] = 1_000,
    objectives: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="What is wanted, with commas between: `value`, `knowledge`, `breadth`, `output`, `jobs`, `cost`, "
            "`worst` (over futures). The first ranks; several make a front.",
        ),
    ] = "value",
    at_least: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=PERCENT",
            help="What must be kept, in percent of no policy: `sector:NAME=95` or `place:2=95` (jobs at the end), "
            "`output=100`; repeatable.",
        ),
    ] = None,
    at_most: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=PERCENT", help="The same from above; `cost=75` is of the budget; repeatable."
        ),
    ] = None,
    levers: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="What may be changed, with commas between; `spending` comes with `cost`.",
        ),
    ] = "delivery,switches,priorities,themes,phasing,partners",
    regimes: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="What is held against the best; default: all regimes, their twins, and in a measured region the six "
            "real strategies.",
            show_default=False,
        ),
    ] = None,
    strategy: StrategyOption = None,
    futures: Annotated[
        int,
        typer.Option(min=0, max=200, metavar="N", help="Futures in which the best are tried; 0: none."),
    ] = 12,
    uncertain: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=LOW:HIGH",
            help="What futures differ in, such as `recombination=0:2`; repeatable; default: absorptive capacity, "
            "recombination, openness, relatedness, turbulence and exit.",
            show_default=False,
        ),
    ] = None,
    sampler: Annotated[
        str, typer.Option(metavar="NAME", help="Who proposes: `nsga2`, `tpe` or `random`.")
    ] = "nsga2",
    search_seed: Annotated[
        int, typer.Option(metavar="N", help="Another search: other policies, other seeds to choose on.")
    ] = 0,
    seeds: Annotated[
        str,
        typer.Option(
            metavar="SEEDS", help="Fresh seeds, on which all is reported (`48`, from 10000 on), or which."
        ),
    ] = "48",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Find the best policy, and say how far each regime is from it.

    Policies are drawn and bred from levers: shares of the money, switches, number of priorities, themes, phases,
    partners. The better get more seeds; what is found is reported on fresh ones, with what the lottery, the regimes
    and real strategies reach, which lever does the work, and what it costs to be robust. The best is written as a
    scenario that `compare` runs. Stopped by Ctrl-C or killed, the same command goes on from there.

    Examples:

    - run.py optimise

    - run.py optimise thin_rural_region --policies 200

    - run.py optimise --objectives value,jobs --at-least sector:logistics=95

    - run.py optimise --strategy estonia

    - run.py optimise --objectives value,cost --set policy.budget=0.01
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.optimisation.design import asked_of

        terminal = Terminal(quiet=quiet, machine_readable=json)
        study = asked_of(
            scenario, settings or (), steps, region, strategy, terminal.warn, policies=policies, objectives=objectives,
            at_least=at_least or (), at_most=at_most or (), levers=levers, regimes=regimes, futures=futures,
            uncertain=uncertain or (), sampler=sampler, search_seed=search_seed, seeds=seeds,
        )  # fmt: skip
        raise typer.Exit(conduct(study, terminal, out=out, jobs=jobs, theme=figures.theme))
