"""Commands that make sweeps, and look at them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from analysis.commands.options import (
    DEFAULT_STORY,
    JobsOption,
    JsonOption,
    OutOption,
    QuietOption,
    SettingsOption,
    StepsOption,
)
from analysis.commands.speaking import speaking

if TYPE_CHECKING:
    from analysis.console.terminal import Terminal
    from analysis.studies.sweep.design import SweepDesign

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of a sweep.")]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Run on a Dask cluster, by the address of its scheduler, such as tcp://10.0.0.5:8786.",
        show_default=False,
    ),
]
RetryOption = Annotated[bool, typer.Option("--retry-failed", help="Make runs that failed once more.")]


def sweep(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            help="TOML file of a sweep, or the name of one that ships; --seeds, --regimes, --steps, --samples, "
            "--scenario and --series may differ from it.",
            show_default=False,
        ),
    ] = None,
    factor: Annotated[
        list[str] | None,
        typer.Option(
            "--factor",
            metavar="FACTOR",
            help="What to vary: `NAME`, `NAME=LOW:HIGH:COUNT` or `NAME=A,B,C`; repeatable.",
        ),
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="SCENARIO",
            help="Story or TOML file; repeatable.",
            show_default=DEFAULT_STORY,
        ),
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(
            "--region",
            metavar="CODE",
            help="Measured region in place of the scenario's own, see `compare`; repeatable.",
            show_default=False,
        ),
    ] = None,
    design: Annotated[
        str | None,
        typer.Option(
            "--design",
            metavar="KIND",
            help="`grid`, `latin_hypercube`, `sobol`, `morris` or `one_at_a_time`.",
            show_default="grid",
        ),
    ] = None,
    samples: Annotated[
        int | None,
        typer.Option(
            "--samples",
            min=2,
            metavar="N",
            help="Points, base samples (Sobol) or trajectories (Morris).",
            show_default="64",
        ),
    ] = None,
    points: Annotated[
        Path | None,
        typer.Option(
            "--points",
            metavar="CSV",
            help="Points of your own, a column for each factor.",
            show_default=False,
        ),
    ] = None,
    series: Annotated[
        str,
        typer.Option(
            "--series", metavar="NAMES", help="Observables of which every step is kept.", show_default="none"
        ),
    ] = "",
    regimes: Annotated[
        str | None,
        typer.Option(
            "--regimes", metavar="NAMES", help="Regimes, with commas between.", show_default="all four"
        ),
    ] = None,
    seeds: Annotated[
        str | None,
        typer.Option(
            "--seeds",
            metavar="SEEDS",
            help="How many (`16`, from 10000 on), or which: `10000-10015`.",
            show_default="16",
        ),
    ] = None,
    steps: StepsOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    scheduler: SchedulerOption = None,
    update: Annotated[
        bool,
        typer.Option(
            "--update",
            help="Make the sweep in the folder this one; runs that both have are kept, others dropped.",
        ),
    ] = False,
    retry_failed: RetryOption = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Run regimes over many conditions, on the same seeds, and keep every run.

    Described in a file or by options. Stopped by Ctrl-C or worse, nothing that was made is lost: the same
    command goes on from there, and ends with the very same files.

    Examples:

    - run.py sweep absorptive_capacity_and_recombination

    - run.py sweep --factor absorptive_capacity=0.4:1.6:9 --factor budget=0.005,0.01,0.02 --seeds 8

    - run.py sweep --design latin_hypercube --samples 256 --factor openness --factor relatedness

    - run.py sweep --seeds 10000 --regimes cluster

    - run.py sweep deep_uncertainty --scenario thin_rural_region --seeds 16 --out results/thin

    - run.py sweep my_sweep.toml --out results/my_sweep --scheduler tcp://10.0.0.5:8786
    """
    with speaking():
        from analysis.console.terminal import Terminal
        from analysis.studies.sweep import request

        terminal = Terminal(quiet=quiet, machine_readable=json)
        changes = {
            "scenarios": scenario, "samples": samples, "series": series, "regimes": regimes, "seeds": seeds,
            "steps": steps,
        }  # fmt: skip
        own = {
            "--factor": factor, "--design": design, "--points": points, "--set": settings, "--region": region,
        }  # fmt: skip
        asked = (
            request.from_options(own, changes, terminal.warn)
            if file is None
            else request.from_file(file, own, changes, terminal.warn)
        )
        _make(asked, terminal, out, jobs, scheduler=scheduler, update=update, retry_failed=retry_failed)


def _make(
    asked: SweepDesign, terminal: Terminal, folder: Path | None, jobs: int | None, **how: Any
) -> NoReturn:
    """Make the runs of a sweep that are missing in its folder, and leave with the exit code of that."""
    from analysis.console.conduct import conduct
    from analysis.runs.results_folder import RESULTS, plain_name
    from analysis.studies.sweep.making import Sweep

    study = Sweep(design=asked, folder=folder or RESULTS / plain_name(asked.name), **how)
    raise typer.Exit(conduct(study, terminal, jobs=jobs, theme=None))


def status(folder: FolderArgument, json: JsonOption = False) -> None:
    """Say how far a sweep is: runs made, failed and missing; who works at it.

    Example: run.py status results/deep_uncertainty
    """
    with speaking():
        from analysis.console.rendering import show_section
        from analysis.console.terminal import Terminal, command_line
        from analysis.studies.sweep.kept import folder as layout
        from analysis.studies.sweep.kept.results import open_results
        from analysis.studies.sweep.words import status_section

        terminal = Terminal(machine_readable=json)
        results = open_results(folder)
        show_section(status_section(results, layout.read_log(folder)), terminal)
        terminal.emit(results.facts())
        if not results.complete:
            terminal.show(f"Go on: {command_line(f'resume {folder}')}")


def resume(
    folder: FolderArgument,
    jobs: JobsOption = None,
    scheduler: SchedulerOption = None,
    retry_failed: RetryOption = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Go on with a sweep from its folder alone, wherever it stopped.

    Examples:

    - run.py resume results/deep_uncertainty

    - run.py resume results/deep_uncertainty --retry-failed --jobs 2
    """
    with speaking():
        from analysis.console.terminal import Terminal
        from analysis.studies.sweep.kept import folder as layout

        terminal = Terminal(quiet=quiet, machine_readable=json)
        asked = layout.open_design(folder)
        _make(asked, terminal, folder, jobs, scheduler=scheduler, retry_failed=retry_failed)


def export(
    folder: FolderArgument,
    to: Annotated[
        Path,
        typer.Option(
            "--to", metavar="FILE", help="What to write: a name that ends in .csv, .parquet or .nc."
        ),
    ],
    columns: Annotated[
        str,
        typer.Option(
            "--columns", metavar="NAMES", help="Columns, with commas between.", show_default="all but series"
        ),
    ] = "",
    series: Annotated[
        str | None,
        typer.Option(
            "--series", metavar="NAME", help="Write this series, one row a step.", show_default=False
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Write the runs of a sweep to one file, for a spreadsheet or another program.

    Examples:

    - run.py export results/deep_uncertainty --to runs.csv

    - run.py export results/deep_uncertainty --to leads.parquet --columns point,regime,seed,knowledge_per_region
    """
    with speaking():
        from analysis.console.streams import note_saved
        from analysis.console.terminal import Terminal
        from analysis.studies.sweep.kept.export import export as write

        terminal = Terminal(machine_readable=json)
        rows = write(folder, to, [name.strip() for name in columns.split(",") if name.strip()], series)
        note_saved(str(to))
        terminal.show(f"{rows:,} rows written to {to}")
        terminal.emit({"file": str(to), "rows": rows})
