"""The command ablate: run the factorial and the walks, show which switch does the work, keep everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.markup import escape

from analysis import store
from analysis.ablation_publication import Ablation, analyse, publish
from analysis.console.ablation_tables import beside_table, effects_table, interactions_table, walks_table
from analysis.console.running import (
    conclude,
    destination,
    exit_code,
    make_runs,
    nothing_finished,
    report_failures,
    writing,
)
from analysis.console.tables import plain_rows
from analysis.console.terminal import Terminal
from analysis.execution import Execution
from analysis.experiment import Experiment
from analysis.results import Results
from analysis.treatments import Treatments, arrange_treatments

UNEVEN = 0.95
"""Share of the money of the treatment that spends most, below which a treatment is told to spend less."""


def design(experiment: Experiment) -> tuple[Experiment, Treatments]:
    """Turn a comparison of regimes into an ablation of them.

    Parameters
    ----------
    experiment
        Scenario, regimes to walk from, and seeds.

    Returns
    -------
    tuple
        What is to be run, and the treatments in it.

    Raises
    ------
    RequestError
        If a regime has no switches.
    """
    treatments = arrange_treatments(experiment.scenario, experiment.regimes)
    return (
        Experiment(experiment.story, treatments.scenario, treatments.names, experiment.seeds),
        treatments,
    )


def conduct(
    asked: Experiment,
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    theme: str | None = "light",
) -> int:
    """Make all runs, show which switches do the work and write everything to a folder.

    Parameters
    ----------
    asked
        Scenario, regimes to walk from, and seeds.
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
    experiment, treatments = design(asked)
    folder = destination(out, f"{asked.story}-ablation", experiment.identity())
    tasks = experiment.tasks()
    made = make_runs(Execution(tasks, jobs), experiment.story, len(tasks), terminal)
    stopped, seconds = made.stopped, made.seconds
    results = Results(experiment, made.records)
    if not results.finished:
        report_failures(results.failed, terminal)
        return nothing_finished(results.failed, terminal, stopped=stopped)
    found = analyse(results, treatments)
    _show(results, found, seconds, terminal, stopped=stopped)
    folder = folder if results.complete else store.beside(folder)
    with writing(terminal, stopped=stopped):
        publish(results, found, folder, theme=theme, seconds=seconds)
    terminal.emit(_machine_readable(results, found, folder, stopped=stopped))
    report_failures(results.failed, terminal)
    following = f"run {folder / 'scenario.toml'} --regime {treatments.corners['regime'].iloc[-1]}"
    conclude(folder, following, terminal, figures=theme is not None)
    return exit_code(results.failed, stopped=stopped)


def _show(results: Results, found: Ablation, seconds: float, terminal: Terminal, *, stopped: bool) -> None:
    experiment = results.experiment
    if stopped:
        asked = len(experiment.tasks())
        terminal.warn(f"stopped; keeping the {len(results.finished)} runs that were finished, of {asked}.")
    seeds, runs = len(experiment.seeds), len(results.finished)
    terminal.show(f"\n[bold]{escape(experiment.scenario.story.title)}[/bold]")
    terminal.show(
        f"{len(experiment.regimes)} treatments, {seeds} {'seed' if seeds == 1 else 'seeds'}, "
        f"{experiment.scenario.steps} quarters, {runs} runs in {seconds:.1f} s"
    )
    terminal.show("\n[bold]Effect of each switch over all positions of the others[/bold]")
    terminal.show(effects_table(found.effects))
    terminal.show(interactions_table(found.effects))
    terminal.show("\n[bold]What each regime gains or loses when one switch is flipped[/bold]")
    terminal.show(walks_table(found.walks))
    terminal.show(beside_table(found.effects, found.walks))
    for sentence in found.words:
        terminal.show(escape(sentence))
    _tell_uneven(found, terminal)


def _tell_uneven(found: Ablation, terminal: Terminal) -> None:
    """Every treatment gets the same money; where it cannot be spent, differences are not the switch alone."""
    spending = found.spending[found.spending["regime"] != "none"]
    less = spending[spending["share_of_most"] < UNEVEN].sort_values("share_of_most")
    if len(less):
        lowest = less.iloc[0]
        terminal.show(
            f"Mind: {len(less)} of {len(spending)} treatments spent less than {UNEVEN:.0%} of what the others "
            f"did, least {escape(lowest['regime'])} with {lowest['share_of_most']:.0%} (data/spending.csv)."
        )


def _machine_readable(results: Results, found: Ablation, folder: Path, *, stopped: bool) -> dict[str, Any]:
    experiment = results.experiment
    return {
        "story": experiment.story,
        "results": str(folder),
        "complete": results.complete,
        "interrupted": stopped,
        "steps": experiment.scenario.steps,
        "treatments": list(experiment.regimes),
        "seeds": list(experiment.seeds),
        "failed": [
            {"regime": record.task.regime, "seed": record.task.seed, "error": record.error}
            for record in results.failed
        ],
        "effects": plain_rows(found.effects),
        "walks": plain_rows(found.walks),
        "spending": plain_rows(found.spending),
        "findings": list(found.words),
    }
