"""What the commands do: make the runs, show them, keep them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich.markup import escape

from analysis import counterfactuals, publication, store
from analysis.comparison import compare
from analysis.console.attribution import sentences, show_attribution
from analysis.console.horizon import load_with_horizon
from analysis.console.running import (
    Made,
    conclude,
    destination,
    exit_code,
    make_runs,
    nothing_finished,
    report_failures,
    writing,
)
from analysis.console.tables import comparison_table, plain_rows, run_table
from analysis.console.terminal import Terminal
from analysis.counterfactuals import Attribution
from analysis.execution import Execution, Record
from analysis.experiment import AS_WRITTEN, Experiment
from analysis.results import Results
from analysis.seeds import parse_seeds
from model.loading import library
from model.record import OUTCOMES
from model.region import run


def design(
    reference: str,
    settings: Sequence[str],
    steps: int | None,
    seeds: str,
    regimes: str | None,
    *,
    attribute: bool = False,
    region: str | None = None,
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
    attribute
        Whether the leads of regimes are to be attributed to channels.
    region
        A measured region in place of the scenario's own.

    Returns
    -------
    Experiment
        What is to be run.
    """
    scenario = load_with_horizon(reference, settings, steps, Terminal().warn, region)
    names = (AS_WRITTEN,) if regimes is None else tuple(name.strip() for name in regimes.split(","))
    return Experiment(name_of_work(reference, region), scenario, names, parse_seeds(seeds), attribute)


def name_of_work(reference: str, region: str | None) -> str:
    """Name what is done after its region, if it has a measured one, or else after its scenario."""
    return Path(reference).stem if region is None else region.rpartition(":")[2] or region


def conduct(
    experiment: Experiment,
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    theme: str | None = "light",
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
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    single = len(experiment.regimes) == 1
    name = f"{experiment.story}-run" if single else experiment.story
    if experiment.attribute:
        name = f"{experiment.story}-attribution"
    folder = destination(out, name, experiment.identity())
    made = _make_runs(experiment, jobs, terminal)
    stopped, seconds = made.stopped, made.seconds
    own = len(experiment.tasks())
    results = Results(experiment, tuple(record for record in made.records if record.index < own))
    held_still = tuple(record for record in made.records if record.index >= own)
    if not results.finished:
        report_failures(results.failed, terminal)
        return nothing_finished(results.failed, terminal, stopped=stopped)
    comparison = compare(results.outcomes(), OUTCOMES)
    attribution = Attribution.of(results, held_still) if experiment.attribute else None
    _introduce(results, attribution, seconds, terminal, stopped=stopped)
    terminal.show(run_table(results.series(), OUTCOMES) if single else comparison_table(comparison))
    if not single:
        terminal.show(
            "P(best): share of seeds in which the regime ends first. Colour: the interval leaves zero out."
        )
    if attribution is not None:
        show_attribution(attribution, terminal)
    complete = results.complete and (attribution is None or attribution.complete)
    folder = folder if complete else store.beside(folder)
    with writing(terminal, stopped=stopped):
        publication.publish(results, folder, theme=theme, seconds=seconds, attribution=attribution)
    terminal.emit(_machine_readable(results, comparison, attribution, folder, stopped=stopped))
    _conclude(results, attribution, folder, terminal, figures=theme is not None)
    return exit_code(_failed(results, attribution), stopped=stopped)


def _make_runs(experiment: Experiment, jobs: int | None, terminal: Terminal) -> Made:
    """Make the runs: first those of the comparison, then counterfactuals."""
    own = experiment.tasks()
    tasks = (*own, *counterfactuals.tasks(experiment)) if experiment.attribute else own
    execution = Execution(tasks, jobs, counterfactuals.run_briefly if experiment.attribute else run)
    return make_runs(execution, experiment.story, len(tasks), terminal)


def _failed(results: Results, attribution: Attribution | None) -> tuple[Record, ...]:
    return (*results.failed, *(attribution.failed if attribution is not None else ()))


def _introduce(
    results: Results, attribution: Attribution | None, seconds: float, terminal: Terminal, *, stopped: bool
) -> None:
    experiment = results.experiment
    seeds, runs, asked = len(experiment.seeds), len(results.finished), len(experiment.tasks())
    if attribution is not None:
        runs += len(attribution.finished)
        asked += len(counterfactuals.tasks(experiment))
    if stopped:
        terminal.warn(f"stopped; keeping the {runs} runs that were finished, of {asked}.")
    terminal.show(f"\n[bold]{escape(experiment.scenario.story.title)}[/bold]")
    terminal.show(
        f"{seeds} {'seed' if seeds == 1 else 'seeds'}, {experiment.scenario.steps} quarters, "
        f"{runs} {'run' if runs == 1 else 'runs'} in {seconds:.1f} s"
    )
    if seeds == 1:
        terminal.show("One seed: no intervals, and chance decides the ranking. Try --seeds 16.")


def _conclude(
    results: Results, attribution: Attribution | None, folder: Path, terminal: Terminal, *, figures: bool
) -> None:
    report_failures(_failed(results, attribution), terminal)
    story = results.experiment.story
    single = len(results.experiment.regimes) == 1
    others = [name for name in library() if name != story]
    conclude(folder, f"compare {story if single or not others else others[0]}", terminal, figures=figures)


def _machine_readable(
    results: Results,
    comparison: pd.DataFrame,
    attribution: Attribution | None,
    folder: Path,
    *,
    stopped: bool,
) -> dict[str, Any]:
    experiment = results.experiment
    content: dict[str, Any] = {
        "story": experiment.story,
        "results": str(folder),
        "complete": results.complete and (attribution is None or attribution.complete),
        "interrupted": stopped,
        "steps": experiment.scenario.steps,
        "regimes": list(experiment.regimes),
        "seeds": list(experiment.seeds),
        "failed": [
            {"regime": record.task.regime, "seed": record.task.seed, "error": record.error}
            for record in _failed(results, attribution)
        ],
        "comparison": plain_rows(comparison),
    }
    if attribution is not None:
        content["attribution"] = plain_rows(attribution.contributions)
        content["attribution_in_words"] = sentences(attribution.contributions)
    return content
