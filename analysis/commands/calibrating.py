"""Commands that set unit costs and check them."""

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
    RegionOption,
    SettingsOption,
    StepsOption,
    StoryArgument,
    WriteOption,
)
from analysis.commands.speaking import speaking


def adjust_costs(
    scenario: StoryArgument = DEFAULT_STORY,
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=50, help="Rounds to make.")] = 4,
    seeds: Annotated[int, typer.Option("--seeds", help="Seeds of each round, from 0 on.")] = 96,
    steps: StepsOption = None,
    settings: SettingsOption = None,
    region: RegionOption = None,
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
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.studies.calibration.design import Adjustment, load

        terminal = Terminal(quiet=quiet, machine_readable=json)
        loaded = load(scenario, settings or (), steps, region, terminal.warn, ships=write)
        study = Adjustment(loaded, rounds, seeds)
        keep = writer("calibration", "write_costs") if write else None
        raise typer.Exit(conduct(study, terminal, out=out, jobs=jobs, theme=None, keep=keep))


def check_costs(
    scenario: StoryArgument = DEFAULT_STORY,
    seeds: Annotated[
        str, typer.Option("--seeds", metavar="SEEDS", help="Which seeds, all below 1000.")
    ] = "400-799",
    steps: StepsOption = None,
    settings: SettingsOption = None,
    region: RegionOption = None,
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

    - run.py calibrate check --region ITH5 --seeds 400-463
    """
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.runs.seeds import parse_seeds
        from analysis.studies.calibration.design import Check, load

        terminal = Terminal(quiet=quiet, machine_readable=json)
        loaded = load(scenario, settings or (), steps, region, terminal.warn, ships=write)
        study = Check(loaded, parse_seeds(seeds))
        keep = writer("calibration", "write_page") if write else None
        raise typer.Exit(conduct(study, terminal, out=out, jobs=jobs, theme=None, keep=keep))
