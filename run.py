"""The command line of The Knowledge Fountains; `python run.py --help` tells what it can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

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

StoryArgument = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="Name of a story (see `scenarios list`) or path of a TOML file."),
]
SeedsOption = Annotated[
    str,
    typer.Option(
        "--seeds",
        metavar="SEEDS",
        help="How many (`16`, from 10000 on), or which: `10000-10015`, `7-7,9-12`.",
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
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Folder for the results; default: results/SCENARIO.",
        show_default=False,
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", min=1, metavar="N", help="Processes to use; default: all cores.", show_default=False
    ),
]
FiguresOption = Annotated[
    bool, typer.Option("--figures/--no-figures", help="Draw figures, or save that time.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print nothing but warnings and errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]


@app.command()
def compare(
    scenario: StoryArgument = DEFAULT_STORY,
    regimes: Annotated[
        str,
        typer.Option(
            "--regimes", metavar="NAMES", help="Regimes, with commas between.", show_default="all four"
        ),
    ] = DEFAULT_REGIMES,
    seeds: SeedsOption = "16",
    steps: StepsOption = None,
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

    - run.py compare my_region.toml --out results/my_region --json
    """
    _conduct(scenario, settings, steps, seeds, regimes, out, jobs, figures, quiet, json)


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
) -> None:
    with _speaking():
        from analysis.console import work
        from analysis.console.terminal import Terminal

        experiment = work.design(scenario, settings or (), steps, seeds, regimes)
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
