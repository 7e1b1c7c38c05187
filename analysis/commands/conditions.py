"""Commands that vary what a comparison depends on: conditions, switches of regimes, organisations."""

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
    KindsOption,
    OutOption,
    QuietOption,
    RegimesOption,
    RegionOption,
    SeedsOption,
    SettingsOption,
    StepsOption,
    StoryArgument,
)
from analysis.commands.speaking import speaking


def surface(
    scenario: StoryArgument = DEFAULT_STORY,
    region: RegionOption = None,
    x: Annotated[
        str, typer.Option("--x", metavar="AXIS", help="Condition to vary: `NAME` or `NAME=LOW:HIGH:COUNT`.")
    ] = "absorptive_capacity",
    y: Annotated[
        str | None,
        typer.Option("--y", metavar="AXIS", help="A second one, for a map; default: none, for curves."),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", metavar="NAME", help="Outcome to draw; default: the primary one."),
    ] = None,
    regimes: RegimesOption = DEFAULT_REGIMES,
    seeds: SeedsOption = "16",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Draw which regime leads under which conditions, by how much, and where nobody does.

    An axis is any number of a scenario by its key, such as `firms.skill_mean`, or absorptive_capacity,
    recombination, openness, horizon, budget, variety, size_of_region, relatedness (see docs/surface.md).
    Every cell meets the same seeds. Stopped by Ctrl-C, it keeps what is finished, and the same command
    goes on from there.

    Examples:

    - run.py surface --x absorptive_capacity --y recombination

    - run.py surface thin_rural_region --x horizon --y budget=0.005:0.04:6

    - run.py surface --x size_of_region --seeds 32

    - run.py surface --x firms.skill_mean=0.2:0.8:7 --y ties.cost --outcome output
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.comparison.design import design
        from analysis.studies.surface.design import design_surface

        terminal = Terminal(quiet=quiet, machine_readable=json)
        asked = design(scenario, settings or (), steps, seeds, regimes, region=region, warn=terminal.warn)
        axes = [("--x", x), *([] if y is None else [("--y", y)])]
        study = design_surface(asked.story, asked.scenario, asked.regimes, asked.seeds, axes, outcome)
        raise typer.Exit(conduct(study, terminal, out=out, jobs=jobs, theme=figures.theme))


def ablate(
    scenario: StoryArgument = DEFAULT_STORY,
    regimes: Annotated[
        str,
        typer.Option("--regimes", metavar="NAMES", help="Regimes in which single switches are flipped."),
    ] = "sector,cluster,smart_specialisation",
    seeds: SeedsOption = "16",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    region: RegionOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Find out which switch between regimes does the work.

    Runs all 32 combinations of the five switches (generic or targeted, isolated or networked, inside or
    across, fixed or discovering, from above or from below) with the same budget on the same seeds, and each
    regime with one switch flipped. What is no switch is set by `regimes.composed`.

    Examples:

    - run.py ablate

    - run.py ablate thin_rural_region --seeds 32

    - run.py ablate --region FI1D

    - run.py ablate --regimes cluster --set regimes.composed.prioritise=clusters
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.ablation.design import design as ablation_of
        from analysis.studies.comparison.design import design

        terminal = Terminal(quiet=quiet, machine_readable=json)
        asked = design(scenario, settings or (), steps, seeds, regimes, region=region, warn=terminal.warn)
        raise typer.Exit(conduct(ablation_of(asked), terminal, out=out, jobs=jobs, theme=figures.theme))


def organisations(
    scenario: StoryArgument = DEFAULT_STORY,
    regimes: RegimesOption = DEFAULT_REGIMES,
    kinds: KindsOption = None,
    seeds: SeedsOption = "64",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    region: RegionOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Show what each kind of meso-organisation contributes, by taking it away.

    Every regime is run with all organisations and without each kind, on the same regions and the same luck.
    For every outcome: the paired difference with its 95% interval, and whether it is clear
    among all the tests made. Ctrl-C loses nothing: the same command goes on where it was stopped.

    Examples:

    - run.py organisations

    - run.py organisations --regimes none,cluster --kinds university,cluster_organisation

    - run.py organisations thin_rural_region --seeds 128

    - run.py organisations --region ITH5 --kinds university
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.comparison.design import design
        from analysis.studies.organisations.design import design as organisations_of

        terminal = Terminal(quiet=quiet, machine_readable=json)
        asked = design(scenario, settings or (), steps, seeds, regimes, region=region, warn=terminal.warn)
        study = organisations_of(asked, kinds)
        raise typer.Exit(conduct(study, terminal, out=out, jobs=jobs, theme=figures.theme))
