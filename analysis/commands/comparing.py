"""Commands that run a scenario: under several regimes, or under its own policy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import (
    DEFAULT_REGIMES,
    DEFAULT_STORY,
    LIGHT,
    AttributeOption,
    FigureColours,
    FiguresOption,
    JobsOption,
    JsonOption,
    OutOption,
    QuietOption,
    RegimesOption,
    RegionOption,
    SeedsOption,
    SettingsOption,
    StepsOption,
    StoryArgument,
    StrategyOption,
)
from analysis.commands.speaking import speaking


def compare(
    scenario: StoryArgument = DEFAULT_STORY,
    region: RegionOption = None,
    regimes: RegimesOption = DEFAULT_REGIMES,
    seeds: SeedsOption = "16",
    steps: StepsOption = None,
    attribute: AttributeOption = False,
    strategy: StrategyOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Compare regimes on the same region and the same luck.

    Every regime gets the same budget and meets the same seeds. For each outcome: the mean, the paired
    difference from `none` with its 95% interval, and how often each regime is best.

    Examples:

    - run.py compare

    - run.py compare thin_rural_region --seeds 64

    - run.py compare --regimes none,cluster --set firms.number=400

    - run.py compare --region ITH5

    - run.py compare --strategy estonia

    - run.py compare --attribute

    - run.py compare my_region.toml --out results/my_region --json
    """
    _conduct(
        scenario,
        settings,
        steps,
        seeds,
        regimes,
        out,
        jobs,
        figures,
        quiet,
        json,
        region,
        attribute=attribute,
        strategy=strategy,
    )


def run(
    scenario: StoryArgument = DEFAULT_STORY,
    region: RegionOption = None,
    regime: Annotated[
        str | None,
        typer.Option(
            "--regime",
            metavar="NAME",
            help="Give the whole budget to this regime; default: the scenario's own policy.",
        ),
    ] = None,
    seeds: SeedsOption = "1",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Run one scenario with the policy that it declares.

    Examples:

    - run.py run

    - run.py run food_meets_nutrition --seeds 8 --steps 120

    - run.py run --regime cluster --seeds 10003-10003
    """
    _conduct(scenario, settings, steps, seeds, regime, out, jobs, figures, quiet, json, region)


def _conduct(
    scenario: str,
    settings: list[str] | None,
    steps: int | None,
    seeds: str,
    regimes: str | None,
    out: Path | None,
    jobs: int | None,
    figures: FigureColours,
    quiet: bool,
    json: bool,
    region: str | None,
    *,
    attribute: bool = False,
    strategy: str | None = None,
) -> None:
    with speaking():
        from analysis.console import work
        from analysis.console.terminal import Terminal

        terminal = Terminal(quiet=quiet, machine_readable=json)
        if strategy is not None:
            from analysis.console.strategies import design

            experiment = design(
                strategy, scenario, settings or (), steps, seeds, regimes or DEFAULT_REGIMES, region, terminal,
                attribute=attribute,
            )  # fmt: skip
        else:
            experiment = work.design(
                scenario, settings or (), steps, seeds, regimes, attribute=attribute, region=region
            )
        raise typer.Exit(work.conduct(experiment, terminal, out=out, jobs=jobs, theme=figures.theme))
