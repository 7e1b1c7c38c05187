"""What the commands do: make the runs, show them, keep them."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from rich.markup import escape

from analysis import publication, store
from analysis.comparison import compare
from analysis.console.horizon import load_with_horizon
from analysis.console.tables import comparison_table, run_table
from analysis.console.terminal import Terminal, command_line
from analysis.execution import Execution
from analysis.experiment import AS_WRITTEN, Experiment
from analysis.results import Results
from analysis.seeds import parse_seeds
from model.loading import library
from model.record import OUTCOMES
from model.region import warm_up

FAILED = 1
INTERRUPTED = 130
FAILURES_SHOWN = 3


def design(
    reference: str, settings: Sequence[str], steps: int | None, seeds: str, regimes: str | None
) -> Experiment:
    """Read what a command was asked for.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    steps
        Horizon, if it differs; what the scenario plans beyond it is left out with a warning.
    seeds
        Seeds as a user writes them.
    regimes
        Names of regimes with commas between; None for the policy that the scenario declares.

    Returns
    -------
    Experiment
        What is to be run.
    """
    scenario = load_with_horizon(reference, settings, steps, Terminal().warn)
    names = (AS_WRITTEN,) if regimes is None else tuple(name.strip() for name in regimes.split(","))
    return Experiment(Path(reference).stem, scenario, names, parse_seeds(seeds))


def conduct(
    experiment: Experiment,
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    figures: bool = True,
) -> int:
    """Make the runs of an experiment, show what came out and write it to a folder.

    Parameters
    ----------
    experiment
        What is to be run.
    terminal
        Where to speak.
    out
        Folder for the results; one under ``results/`` by default.
    jobs
        Processes to use; all cores by default.
    figures
        Whether to draw figures.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    single = len(experiment.regimes) == 1
    name = f"{experiment.story}-run" if single else experiment.story
    folder = out or store.default_folder(name, experiment.identity())
    store.check_folder(folder)
    warm_up(terminal.say)
    begun = time.perf_counter()
    results, stopped = make_runs(experiment, jobs, terminal)
    seconds = time.perf_counter() - begun
    if not results.finished:
        return nothing_finished(results, terminal, stopped=stopped)
    comparison = compare(results.outcomes(), OUTCOMES)
    _introduce(results, seconds, terminal, stopped=stopped)
    terminal.show(run_table(results.series(), OUTCOMES) if single else comparison_table(comparison))
    folder = folder if results.complete else store.beside(folder)
    with terminal.waiting("Writing tables and figures ..."), uninterrupted(wanted=stopped):
        publication.publish(results, folder, theme="light" if figures else None, seconds=seconds)
    terminal.emit(_machine_readable(results, comparison, folder, stopped=stopped))
    _conclude(results, folder, terminal, figures=figures)
    if stopped:
        return INTERRUPTED
    return FAILED if results.failed else 0


def make_runs(experiment: Experiment, jobs: int | None, terminal: Terminal) -> tuple[Results, bool]:
    """Make the runs, until they are done or the user stops them."""
    tasks = experiment.tasks()
    execution = Execution(tasks, jobs)
    stopped = False
    try:
        # The bar has a thread of its own, so it starts after the workers.
        with execution, terminal.progress() as bar:
            line = bar.add_task(experiment.story, total=len(tasks))
            for _ in execution:
                bar.advance(line)
    except KeyboardInterrupt:
        stopped = True
    return Results(experiment, execution.records()), stopped


def nothing_finished(results: Results, terminal: Terminal, *, stopped: bool) -> int:
    """Say why there is nothing to show, and give the exit code."""
    if stopped and not results.failed:
        terminal.warn("stopped before any run was finished; nothing was written.")
        return INTERRUPTED
    report_failures(results, terminal)
    terminal.warn("no run was finished; nothing was written.")
    return INTERRUPTED if stopped else FAILED


def _introduce(results: Results, seconds: float, terminal: Terminal, *, stopped: bool) -> None:
    experiment = results.experiment
    if stopped:
        asked = len(experiment.tasks())
        terminal.warn(f"stopped; keeping the {len(results.finished)} runs that were finished, of {asked}.")
    seeds, runs = len(experiment.seeds), len(results.finished)
    terminal.show(f"\n[bold]{escape(experiment.scenario.story.title)}[/bold]")
    terminal.show(
        f"{seeds} {'seed' if seeds == 1 else 'seeds'}, {experiment.scenario.steps} quarters, "
        f"{runs} {'run' if runs == 1 else 'runs'} in {seconds:.1f} s"
    )
    if seeds == 1:
        terminal.show("One seed: no intervals, and chance decides the ranking. Try --seeds 16.")


def _conclude(results: Results, folder: Path, terminal: Terminal, *, figures: bool) -> None:
    report_failures(results, terminal)
    story = results.experiment.story
    single = len(results.experiment.regimes) == 1
    if not single:
        terminal.show(
            "P(best): share of seeds in which the regime ends first. Colour: the interval leaves zero out."
        )
    contents = "tables in data/, pictures in figures/" if figures else "tables in data/"
    terminal.show(f"\nResults: [bold]{escape(str(folder))}[/bold] ({contents})")
    others = [name for name in library() if name != story]
    following = f"compare {story if single or not others else others[0]}"
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")


def report_failures(results: Results, terminal: Terminal) -> None:
    """Tell which runs failed and why, the first few of them."""
    for record in results.failed[:FAILURES_SHOWN]:
        terminal.warn(
            f"regime {record.task.regime}, seed {record.task.seed} failed: {escape(str(record.error))}"
        )
    hidden = len(results.failed) - FAILURES_SHOWN
    if hidden > 0:
        terminal.warn(f"... and {hidden} more.")


def _machine_readable(
    results: Results, comparison: pd.DataFrame, folder: Path, *, stopped: bool
) -> dict[str, Any]:
    experiment = results.experiment
    rows = comparison.astype(object).where(comparison.notna(), None)
    return {
        "story": experiment.story,
        "results": str(folder),
        "complete": results.complete,
        "interrupted": stopped,
        "steps": experiment.scenario.steps,
        "regimes": list(experiment.regimes),
        "seeds": list(experiment.seeds),
        "failed": [
            {"regime": record.task.regime, "seed": record.task.seed, "error": record.error}
            for record in results.failed
        ],
        "comparison": rows.to_dict("records"),
    }


@contextmanager
def uninterrupted(*, wanted: bool) -> Iterator[None]:
    """Let no second Ctrl-C undo the writing of what the first one left."""
    if not wanted:
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
