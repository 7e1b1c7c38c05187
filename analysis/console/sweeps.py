"""The commands around sweeps: make the runs that are missing, say how far it is."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pandas as pd
from rich.markup import escape

from analysis import store
from analysis.cluster import DaskWorkers
from analysis.console.running import FAILED, FAILURES_SHOWN, INTERRUPTED, carry_out
from analysis.console.sweep_tables import leaders_table, status_table
from analysis.console.terminal import Terminal, command_line
from analysis.streaming import Workers, WorkersLostError
from analysis.sweeps import folder as layout
from analysis.sweeps.conduct import make_missing
from analysis.sweeps.design import SweepDesign
from analysis.sweeps.results import SweepResults, open_results
from analysis.sweeps.store import SweepStore
from analysis.sweeps.table import FACTOR_PREFIX
from analysis.workers import LocalWorkers
from model.region import warm_up


def conduct(
    design: SweepDesign,
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    update: bool = False,
    retry_failed: bool = False,
) -> int:
    """Make the runs of a sweep that are missing in its folder.

    Parameters
    ----------
    design
        What to run.
    terminal
        Where to speak.
    out
        Folder; one under ``results/`` by default.
    jobs
        Processes to use; all cores by default.
    scheduler
        Address of a Dask scheduler, to run there.
    update
        Whether the folder may become that of this sweep.
    retry_failed
        Whether runs that failed are made again.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed or a cluster vanished, 130 when it was stopped by Ctrl-C.
    """
    folder = out or store.RESULTS / store.plain_name(design.name)
    begun = time.perf_counter()
    # Connected before anything is written: an address may be wrong.
    workers: Workers = DaskWorkers(scheduler) if scheduler else LocalWorkers(jobs)
    with SweepStore(folder, design, update=update, retry_failed=retry_failed, warn=terminal.warn) as opened:
        there = opened.made
        if there:
            terminal.say(f"{there:,} of {len(design):,} runs were made before and are not repeated.")
        ended = _make_runs(opened, workers, terminal) if there < len(design) else None
    results = open_results(folder)
    made = opened.made - there
    _show(results, terminal, made=made, seconds=time.perf_counter() - begun, ended=ended)
    terminal.emit({**_facts(results), "made": made, "interrupted": ended == INTERRUPTED})
    _conclude(results, terminal)
    return ended or (FAILED if opened.failed else 0)


def go_on(
    folder: Path, terminal: Terminal, *, jobs: int | None, scheduler: str | None, retry_failed: bool
) -> int:
    """Go on with the sweep in a folder; see `conduct`."""
    design = layout.open_design(folder)
    return conduct(design, terminal, out=folder, jobs=jobs, scheduler=scheduler, retry_failed=retry_failed)


def show_status(folder: Path, terminal: Terminal) -> None:
    """Say how far a sweep is."""
    results = open_results(folder)
    terminal.show(status_table(results, layout.read_log(folder)))
    _report_failures(results, terminal)
    terminal.emit(_facts(results))
    if not results.complete:
        terminal.show(f"Go on: [bold]{escape(command_line(f'resume {folder}'))}[/bold]")


def _make_runs(opened: SweepStore, workers: Workers, terminal: Terminal) -> int | None:
    """Make runs; give None when all are made, or the exit code of what ended it."""
    design = opened.design
    try:
        if isinstance(workers, LocalWorkers):
            warm_up(terminal.say)
        stopped = carry_out(
            make_missing(opened, workers),
            design.name[:40],
            len(design),
            terminal,
            made=opened.made,
            rate=True,
        )
    except KeyboardInterrupt:
        # While compiling.
        return INTERRUPTED
    except WorkersLostError as error:
        terminal.warn(f"{error}; what was finished is kept. Start it again, and the same command goes on.")
        return FAILED
    return INTERRUPTED if stopped else None


def _show(results: SweepResults, terminal: Terminal, *, made: int, seconds: float, ended: int | None) -> None:
    design = results.design
    if ended is not None:
        terminal.warn(f"stopped; {results.made:,} of {len(design):,} runs are kept.")
    terminal.show(f"\n[bold]{escape(design.title)}[/bold]")
    rate = f", {made / seconds:.1f} a second" if made and seconds > 0 else ""
    terminal.show(f"{_points(design)}, {len(design.seeds):,} seeds, {made:,} runs in {seconds:.1f} s{rate}")
    if results.made:
        terminal.show(leaders_table(results))
    _report_failures(results, terminal)


def _points(design: SweepDesign) -> str:
    points, factors = len(design.points), len(design.factors)
    return f"{points:,} points of {factors} factors" if factors else "replicates of one point"


def _report_failures(results: SweepResults, terminal: Terminal) -> None:
    failed: pd.DataFrame = results.failed()
    for row in failed.head(FAILURES_SHOWN).to_dict("records"):
        factors = ", ".join(f"{each.name} = {row[FACTOR_PREFIX + each.name]}" for each in results.factors)
        terminal.warn(
            f"regime {row['regime']}, seed {row['seed']}, point {row['point']} ({escape(factors)}) failed: "
            f"{escape(str(row['error']))}"
        )
    hidden = len(failed) - FAILURES_SHOWN
    if hidden > 0:
        terminal.warn(f"... and {hidden:,} more: run.py export {results.folder} --to runs.csv has them all.")


def _facts(results: SweepResults) -> dict[str, Any]:
    return {
        "sweep": results.design.name,
        "results": str(results.folder),
        "runs": len(results.design),
        "stored": results.made,
        "failed": len(results.failed()),
        "complete": results.complete,
    }


def _conclude(results: SweepResults, terminal: Terminal) -> None:
    folder = results.folder
    terminal.show(f"\nResults: [bold]{escape(str(folder))}[/bold] (runs/*.parquet, points.csv)")
    following = f"resume {folder}" if not results.complete else _next_command(results)
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")


def _next_command(results: SweepResults) -> str:
    study = {"sobol": "sensitivity", "morris": "sensitivity", "latin_hypercube": "robustness"}
    of = "" if len(results.regimes) > 1 else " --of level"
    return f"{study.get(results.sampling.kind, 'replicates')} {results.folder}{of}"
