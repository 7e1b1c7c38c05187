"""The command line of The Knowledge Fountains; `python run.py --help` tells what it can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from analysis.console.options import (
    AttributeOption,
    FiguresOption,
    JobsOption,
    JsonOption,
    KindsOption,
    OutOption,
    QuietOption,
    RegimesOption,
    SeedsOption,
    SettingsOption,
    StepsOption,
    StoryArgument,
    WriteOption,
)

# Everything else is imported inside the commands: help must come at once.

DEFAULT_STORY = "machine_building_meets_iot"
DEFAULT_REGIMES = "none,sector,cluster,smart_specialisation"
WRONG_INPUT = 2
INTERRUPTED = 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""How does a region's knowledge grow when innovation policy supports sectors, clusters or smart
    specialisation? An agent-based model.

    Start with: **run.py compare**
    """,
)
scenarios = typer.Typer(
    no_args_is_help=True, help="List, show and check scenarios.", rich_markup_mode="markdown"
)
app.add_typer(scenarios, name="scenarios")
calibrate = typer.Typer(
    no_args_is_help=True,
    help="Set unit costs before regimes are compared, and check them.",
    rich_markup_mode="markdown",
)
app.add_typer(calibrate, name="calibrate")


@app.command()
def compare(
    scenario: StoryArgument = DEFAULT_STORY,
    regimes: RegimesOption = DEFAULT_REGIMES,
    seeds: SeedsOption = "16",
    steps: StepsOption = None,
    attribute: AttributeOption = False,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = True,
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

    - run.py compare --attribute

    - run.py compare my_region.toml --out results/my_region --json
    """
    _conduct(scenario, settings, steps, seeds, regimes, out, jobs, figures, quiet, json, attribute)


@app.command()
def run(
    scenario: StoryArgument = DEFAULT_STORY,
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
    figures: FiguresOption = True,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Run one scenario with the policy that it declares.

    Examples:

    - run.py run

    - run.py run food_meets_nutrition --seeds 8 --steps 120

    - run.py run --regime cluster --seeds 10003-10003
    """
    _conduct(scenario, settings, steps, seeds, regime, out, jobs, figures, quiet, json)


@app.command()
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
    figures: FiguresOption = True,
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
    with _speaking():
        from analysis.console import replicate as replication
        from analysis.console.terminal import Terminal

        spec, chosen = replication.design(study, settings or (), seeds)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(replication.conduct(spec, chosen, terminal, out=out, jobs=jobs, figures=figures))


@app.command()
def surface(
    scenario: StoryArgument = DEFAULT_STORY,
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
    figures: FiguresOption = True,
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
    with _speaking():
        from analysis.console import surface as work
        from analysis.console.terminal import Terminal

        asked = work.design(scenario, settings or (), steps, seeds, regimes, (x, y), outcome)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(work.conduct(asked, terminal, out=out, jobs=jobs, figures=figures))


@app.command()
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
    figures: FiguresOption = True,
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
    with _speaking():
        from analysis.console import facts as command
        from analysis.console.terminal import Terminal

        investigation = command.design(only, seeds, settings or ())
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(command.conduct(investigation, terminal, out=out, jobs=jobs, figures=figures))


@app.command()
def ablate(
    scenario: StoryArgument = DEFAULT_STORY,
    regimes: Annotated[
        str,
        typer.Option("--regimes", metavar="NAMES", help="Regimes in which single switches are flipped."),
    ] = "sector,cluster,smart_specialisation",
    seeds: SeedsOption = "16",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = True,
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

    - run.py ablate --regimes cluster --set regimes.composed.prioritise=clusters
    """
    with _speaking():
        from analysis.console import ablate as command
        from analysis.console import work
        from analysis.console.terminal import Terminal

        experiment = work.design(scenario, settings or (), steps, seeds, regimes)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(command.conduct(experiment, terminal, out=out, jobs=jobs, figures=figures))


@app.command()
def organisations(
    scenario: StoryArgument = DEFAULT_STORY,
    regimes: RegimesOption = DEFAULT_REGIMES,
    kinds: KindsOption = None,
    seeds: SeedsOption = "64",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = True,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Show what each kind of meso-organisation contributes, by taking it away.

    Every regime is run with all organisations and without each kind, on the same regions and the same luck.
    For every outcome: the paired difference with its 95% interval, and whether it can be told from zero
    among all the tests made. Ctrl-C loses nothing: the same command goes on where it was stopped.

    Examples:

    - run.py organisations

    - run.py organisations --regimes none,cluster --kinds university,cluster_organisation

    - run.py organisations thin_rural_region --seeds 128
    """
    with _speaking():
        from analysis.console import organisations as command
        from analysis.console.terminal import Terminal

        removal = command.plan(scenario, settings or (), steps, seeds, regimes, kinds)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(command.conduct(removal, terminal, out=out, jobs=jobs, figures=figures))


@calibrate.command("adjust")
def adjust_costs(
    scenario: StoryArgument = DEFAULT_STORY,
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=50, help="Rounds to make.")] = 4,
    seeds: Annotated[int, typer.Option("--seeds", help="Seeds of each round, from 0 on.")] = 96,
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    write: WriteOption = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Scale unit costs until each instrument, untargeted, yields the same for the same money.

    Start-up support is excepted. Seeds below 1,000 only. Ctrl-C loses nothing: the same command goes on where
    it was stopped.

    Examples:

    - run.py calibrate adjust

    - run.py calibrate adjust --rounds 2 --seeds 64 --write
    """
    with _speaking():
        from analysis.console import calibration
        from analysis.console.terminal import Terminal

        changes = _with_steps(settings, steps)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(
            calibration.adjust(
                scenario, changes, terminal, rounds=rounds, seeds=seeds, out=out, jobs=jobs, write=write
            )
        )


@calibrate.command("check")
def check_costs(
    scenario: StoryArgument = DEFAULT_STORY,
    seeds: Annotated[
        str, typer.Option("--seeds", metavar="SEEDS", help="Which seeds, all below 1000.")
    ] = "400-799",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    write: WriteOption = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Measure what each instrument yields, untargeted, at the unit costs of a scenario.

    Examples:

    - run.py calibrate check

    - run.py calibrate check thin_rural_region --seeds 400-463
    """
    with _speaking():
        from analysis.console import calibration
        from analysis.console.terminal import Terminal
        from analysis.seeds import parse_seeds

        changes = _with_steps(settings, steps)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        chosen = parse_seeds(seeds)
        raise typer.Exit(
            calibration.check(scenario, changes, terminal, seeds=chosen, out=out, jobs=jobs, write=write)
        )


@scenarios.command("list")
def list_scenarios(json: JsonOption = False) -> None:
    """List the stories that ship.

    Example: run.py scenarios list
    """
    with _speaking():
        from analysis.console import stories
        from analysis.console.terminal import Terminal

        stories.list_stories(Terminal(machine_readable=json))


@scenarios.command("show")
def show_scenario(
    scenario: StoryArgument = DEFAULT_STORY, settings: SettingsOption = None, json: JsonOption = False
) -> None:
    """Show the text, the questions and all parameters of a scenario.

    Examples:

    - run.py scenarios show thin_rural_region

    - run.py scenarios show my_region.toml --set steps=40 --json
    """
    with _speaking():
        from analysis.console import stories
        from analysis.console.terminal import Terminal

        stories.show_story(scenario, settings or (), Terminal(machine_readable=json))


@scenarios.command("validate")
def validate_scenarios(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="SCENARIO...", help="Names or paths; default: the library.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check scenarios; exit code 2 if one is wrong.

    Example: run.py scenarios validate my_region.toml
    """
    with _speaking():
        from analysis.console import stories
        from analysis.console.terminal import Terminal

        raise typer.Exit(stories.validate_stories(files or (), Terminal(machine_readable=json)))


def _with_steps(settings: list[str] | None, steps: int | None) -> list[str]:
    return [*(settings or ()), *(() if steps is None else (f"steps={steps}",))]


def _conduct(
    scenario: str,
    settings: list[str] | None,
    steps: int | None,
    seeds: str,
    regimes: str | None,
    out: Path | None,
    jobs: int | None,
    figures: bool,
    quiet: bool,
    json: bool,
    attribute: bool = False,
) -> None:
    with _speaking():
        from analysis.console import work
        from analysis.console.terminal import Terminal

        experiment = work.design(scenario, settings or (), steps, seeds, regimes, attribute=attribute)
        terminal = Terminal(quiet=quiet, machine_readable=json)
        raise typer.Exit(work.conduct(experiment, terminal, out=out, jobs=jobs, figures=figures))


@contextmanager
def _speaking() -> Iterator[None]:
    """Turn what a user can cause into one message and an exit code, never into a traceback."""
    try:
        from analysis.console.terminal import Terminal
        from analysis.errors import RequestError
        from model.loading import ScenarioError

        try:
            yield
        except (RequestError, ScenarioError) as error:
            Terminal().fail(str(error))
            raise typer.Exit(WRONG_INPUT) from None
    except KeyboardInterrupt:
        typer.echo("Stopped; nothing was written.", err=True)
        raise typer.Exit(INTERRUPTED) from None


if __name__ == "__main__":
    app()
