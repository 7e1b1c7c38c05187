"""The command ablate: run the factorial and the walks, show which switch does the work, keep everything."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich.markup import escape

from analysis import publication, store
from analysis.ablation import factorial_effects, walks
from analysis.console import work
from analysis.console.ablation_tables import (
    beside_table,
    effects_table,
    interactions_table,
    sentences,
    walks_table,
)
from analysis.console.running import carry_out, uninterrupted
from analysis.console.terminal import Terminal, command_line
from analysis.execution import Execution
from analysis.experiment import Experiment
from analysis.results import Results
from analysis.treatments import Treatments, arrange_treatments
from model.loading import dump_scenario
from model.record import OUTCOMES
from model.region import warm_up

UNEVEN = 0.95
"""Share of the money of the treatment that spends most, below which a treatment is told to spend less."""


@dataclass(frozen=True)
class Ablation:
    """What an ablation found.

    Attributes
    ----------
    treatments
        What was tried.
    effects, walks
        See :mod:`analysis.ablation`.
    spending
        Mean money that each treatment spent, and that as a share of the most.
    words
        The finding in sentences.
    """

    treatments: Treatments
    effects: pd.DataFrame
    walks: pd.DataFrame
    spending: pd.DataFrame
    words: tuple[str, ...]


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
    figures: bool = True,
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
    figures
        Whether to draw figures.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    experiment, treatments = design(asked)
    folder = out or store.default_folder(f"{asked.story}-ablation", experiment.identity())
    store.check_folder(folder)
    warm_up(terminal.say)
    begun = time.perf_counter()
    execution = Execution(experiment.tasks(), jobs)
    stopped = carry_out(execution, experiment.story, len(experiment.tasks()), terminal)
    results = Results(experiment, execution.records())
    seconds = time.perf_counter() - begun
    if not results.finished:
        return work.nothing_finished(results, terminal, stopped=stopped)
    found = analyse(results, treatments)
    _show(results, found, seconds, terminal, stopped=stopped)
    folder = folder if results.complete else store.beside(folder)
    with terminal.waiting("Writing tables and figures ..."), uninterrupted(wanted=stopped):
        publish(results, found, folder, theme="light" if figures else None, seconds=seconds)
    terminal.emit(_machine_readable(results, found, folder, stopped=stopped))
    work.report_failures(results.failed, terminal)
    contents = "tables in data/, pictures in figures/" if figures else "tables in data/"
    terminal.show(f"\nResults: [bold]{escape(str(folder))}[/bold] ({contents})")
    following = command_line(
        f"run {folder / 'scenario.toml'} --regime {treatments.corners['regime'].iloc[-1]}"
    )
    terminal.show(f"Try next: [bold]{escape(following)}[/bold]")
    if stopped:
        return work.INTERRUPTED
    return work.FAILED if results.failed else 0


def analyse(results: Results, treatments: Treatments) -> Ablation:
    """Compute effects, walks and spending from finished runs.

    Parameters
    ----------
    results
        What the runs brought.
    treatments
        What was tried in them.

    Returns
    -------
    Ablation
        What was found.
    """
    outcomes = results.outcomes()
    effects = factorial_effects(outcomes, treatments.corners, OUTCOMES)
    flipped = walks(outcomes, treatments.flips, OUTCOMES)
    spending = _spending(results)
    return Ablation(treatments, effects, flipped, spending, tuple(sentences(effects, flipped)))


def publish(
    results: Results, found: Ablation, folder: Path, *, theme: str | None, seconds: float | None = None
) -> None:
    """Write everything about an ablation into a folder, whole or not at all.

    Parameters
    ----------
    results
        What the runs brought.
    found
        What was computed from them.
    folder
        Where to; earlier results there are replaced.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    seconds
        Time that it took, for the manifest.
    """

    def fill(fresh: Path) -> None:
        tables = {
            "effects": found.effects,
            "walks": found.walks,
            "spending": found.spending,
            "outcomes": results.outcomes(),
            "corners": found.treatments.corners,
            "flips": found.treatments.flips,
        }
        for name, table in tables.items():
            store.write_table(fresh / "data", name, table)
        if theme is not None:
            _draw(found, theme, fresh / "figures")
        (fresh / "scenario.toml").write_text(dump_scenario(results.experiment.scenario), "utf-8")
        (fresh / "findings.txt").write_text("\n".join(found.words) + "\n", "utf-8")
        store.write_manifest(fresh, publication.manifest(results, seconds))

    store.write_folder(folder, fill)


def _draw(found: Ablation, theme: str, folder: Path) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import regime_walks, style, switch_effects  # noqa: PLC0415

    folder.mkdir()
    drawn = {
        "switch_effects": switch_effects.switch_effects(found.effects, theme=theme),
        "regime_walks": regime_walks.regime_walks(found.walks, theme=theme),
    }
    for name, figure in drawn.items():
        for suffix in publication.FORMATS:
            style.save(figure, folder / f"{name}.{suffix}")


def _spending(results: Results) -> pd.DataFrame:
    rows = [
        {
            "regime": record.task.regime,
            "spent": sum(float(entries[:, :, 1].sum()) for entries in record.result.ledgers.values()),
        }
        for record in results.finished
        if record.result is not None
    ]
    spent = pd.DataFrame(rows).groupby("regime", sort=False, as_index=False).mean()
    return spent.assign(share_of_most=spent["spent"] / max(spent["spent"].max(), 1e-12))


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
    plain = {
        name: table.astype(object).where(table.notna(), None).to_dict("records")
        for name, table in (
            ("effects", found.effects),
            ("walks", found.walks),
            ("spending", found.spending),
        )
    }
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
        **plain,
        "findings": list(found.words),
    }
