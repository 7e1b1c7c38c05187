"""The command `surface`: make the runs that are missing, say who leads where, keep tables and figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.markup import escape
from rich.table import Table

from analysis import store, surface_publication
from analysis.comparison import baseline_of
from analysis.console.gathering import gather
from analysis.console.horizon import load_with_horizon
from analysis.console.running import (
    conclude,
    destination,
    exit_code,
    nothing_finished,
    report_failures,
    writing,
)
from analysis.console.tables import plain_rows
from analysis.console.terminal import Terminal
from analysis.console.work import name_of_work
from analysis.seeds import parse_seeds
from analysis.surface import shares
from analysis.surface_design import Surface, design_surface
from analysis.surface_publication import Findings
from analysis.surface_words import describe, describe_parts
from model.record import OBSERVABLES
from model.spec.phrases import number


def design(
    reference: str,
    settings: Sequence[str],
    steps: int | None,
    seeds: str,
    regimes: str,
    axes: tuple[str, str | None],
    outcome: str | None,
    region: str | None = None,
) -> Surface:
    """Read what the command was asked for.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    steps
        Horizon, if it differs.
    seeds
        Seeds as a user writes them.
    regimes
        Names of regimes with commas between.
    axes
        Horizontal and vertical axis with or without ranges; None for no vertical one.
    outcome
        Outcome to talk about; None for the primary one.
    region
        A measured region in place of the scenario's own.

    Returns
    -------
    Surface
        What is to be run.
    """
    scenario = load_with_horizon(reference, settings, steps, Terminal().warn, region)
    names = tuple(name.strip() for name in regimes.split(","))
    chosen = [("--x", axes[0])] + ([] if axes[1] is None else [("--y", axes[1])])
    name = name_of_work(reference, region)
    return design_surface(name, scenario, names, parse_seeds(seeds), chosen, outcome)


def conduct(
    surface: Surface,
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    theme: str | None = "light",
) -> int:
    """Make the runs of a surface, say what came out and write it to a folder.

    Parameters
    ----------
    surface
        What is to be run.
    terminal
        Where to speak.
    out
        Folder for the results; one under ``results/`` by default. Runs are kept beside it.
    jobs
        Processes to use; all cores by default.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    name = f"{surface.experiment.story}-surface-{'-'.join(surface.names)}"
    folder = destination(out, name, surface.identity())
    gathered = gather(surface.tasks, "surface", jobs, terminal, beside=folder, steps=surface.steps)
    stopped = gathered.stopped
    if gathered.outcomes.empty:
        report_failures(gathered.failed, terminal)
        return nothing_finished(gathered.failed, terminal, stopped=stopped)
    findings = Findings(surface, surface.arrange(gathered.outcomes), gathered.failed, gathered.seconds)
    folder = folder if findings.complete else store.beside(folder)
    _show(findings, terminal, stopped=stopped)
    with writing(terminal, stopped=stopped):
        surface_publication.publish(findings, folder, theme=theme)
    terminal.emit(_machine_readable(findings, folder, stopped=stopped))
    _conclude(findings, folder, terminal, stopped=stopped)
    return exit_code(gathered.failed, stopped=stopped)


def _show(findings: Findings, terminal: Terminal, *, stopped: bool) -> None:
    surface = findings.surface
    experiment = surface.experiment
    if stopped:
        terminal.warn(f"stopped; keeping the {findings.finished} runs that were finished.")
    terminal.show(f"\n[bold]{escape(experiment.scenario.story.title)}[/bold]")
    sizes = " x ".join(str(len(sweep.points)) for sweep in surface.sweeps)
    terminal.show(
        f"{sizes} cells of {' and '.join(surface.names)}, {len(experiment.seeds)} seeds, "
        f"{findings.finished} runs, {findings.seconds:.1f} s"
    )
    terminal.show(f"\n{OBSERVABLES[surface.outcome].label} ({surface.outcome}):")
    for sentence in _sentences(findings):
        terminal.show(f"- {escape(sentence)}")
    terminal.show("\nParts of the surface, neighbouring cells taken together:")
    terminal.show(_part_table(findings))
    terminal.show(_share_table(findings))
    terminal.show(
        "A regime leads where the 95% interval of its lead over every other one, simultaneous over all cells "
        "(or all parts), lies above zero; leads in percent of the mean of the baseline."
    )


def _sentences(findings: Findings) -> list[str]:
    surface = findings.surface
    regimes = surface.experiment.regimes
    axes = [sweep.axis for sweep in surface.sweeps]
    by_cell = describe(findings.cells[surface.outcome], axes, regimes, baseline_of(regimes))
    return [*by_cell, *describe_parts(findings.parts[surface.outcome], axes, regimes)]


def _part_table(findings: Findings) -> Table:
    """Lay out who leads, or is best on average, in every part."""
    surface = findings.surface
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in surface.names:
        table.add_column(name.replace("_", "\n"), no_wrap=True)
    for heading in ("best on average", "leads"):
        table.add_column(heading, no_wrap=True)
    for heading in ("by", "95% interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in findings.parts[surface.outcome].to_dict("records"):
        led = isinstance(row["leader"], str)
        ends = f"{row['lead_low_percent']:+.1f} to {row['lead_high_percent']:+.1f}"
        table.add_row(
            *(row[name] for name in surface.names), str(row["best"]), "yes" if led else "no",
            f"{row['lead_percent']:+.1f}%", ends, style="bold" if led else "",
        )  # fmt: skip
    return table


def _share_table(findings: Findings) -> Table:
    """Lay out the share of cells that each regime leads, on every outcome."""
    regimes = findings.surface.experiment.regimes
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("share of cells led", no_wrap=True)
    for heading in (*(regime.replace("_", "\n") for regime in regimes), "nobody"):
        table.add_column(heading, justify="right")
    for outcome, cells in findings.cells.items():
        share = shares(cells, regimes)
        table.add_row(outcome, *(f"{share[regime]:.0%}" for regime in regimes), f"{1 - share.sum():.0%}")
    return table


def _conclude(findings: Findings, folder: Path, terminal: Terminal, *, stopped: bool) -> None:
    report_failures(findings.failed, terminal)
    surface = findings.surface
    seeds = 2 * len(surface.experiment.seeds)
    axes = " ".join(
        f"--{side} {sweep.axis.name}={number(sweep.points[0])}:{number(sweep.points[-1])}:{len(sweep.points)}"
        for side, sweep in zip("xy", surface.sweeps, strict=False)
    )
    following = f"surface {surface.experiment.story} {axes} --seeds {seeds}"
    conclude(folder, None if stopped else following, terminal)


def _machine_readable(findings: Findings, folder: Path, *, stopped: bool) -> dict[str, Any]:
    surface = findings.surface
    experiment = surface.experiment
    return {
        "story": experiment.story,
        "results": str(folder),
        "complete": findings.complete,
        "interrupted": stopped,
        "axes": {sweep.axis.name: list(sweep.points) for sweep in surface.sweeps},
        "outcome": surface.outcome,
        "regimes": list(experiment.regimes),
        "seeds": list(experiment.seeds),
        "runs_finished": findings.finished,
        "failed": surface_publication.failures(findings),
        "words": _sentences(findings),
        "cells": plain_rows(findings.cells[surface.outcome]),
        "parts": plain_rows(findings.parts[surface.outcome]),
    }
