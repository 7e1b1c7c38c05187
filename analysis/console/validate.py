"""The command `validate europe`: make the runs, hold them against the data, keep tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table

from analysis import store
from analysis.console.running import FAILED, INTERRUPTED, carry_out, report_failures, uninterrupted
from analysis.console.terminal import Terminal
from analysis.execution import Execution
from analysis.provenance import environment
from analysis.regions.europe import Employment, comparison, observed_panel, run_employment, tasks
from analysis.seeds import parse_seeds
from model.loading import load_scenario
from model.region import warm_up
from model.scenario import Scenario

ROWS = {
    "entry_rate": "entry rate",
    "exit_rate": "exit rate",
    "auc_within": "entry by density: area under the curve within regions",
    "exit_auc_within": "exit by low density: the same",
    "auc": "entry by density: over all pairs",
    "entry_fifth_1": "entry rate, least related fifth",
    "entry_fifth_3": "entry rate, middle fifth",
    "entry_fifth_5": "entry rate, most related fifth",
    "persistence": "autocorrelation of log quotients",
    "churn": "spread of their change",
    "correlation_with_data": "correlation of their change with what happened",
}


@dataclass(frozen=True)
class Validation:
    """What is to be run.

    Attributes
    ----------
    scenario
        Scenario into which each region is put.
    seeds
        Seeds.
    codes
        Regions.
    identity
        What was asked for, in a line.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    codes: tuple[str, ...]
    identity: str


def design(reference: str, settings: Sequence[str], seeds: str, firms: int, every: int) -> Validation:
    """Read what the command was asked for.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario, into which each region is put.
    settings
        Changes to it.
    seeds
        Seeds as a user writes them.
    firms
        Firms that stand for those of a region.
    every
        Take each so-manieth region only.

    Returns
    -------
    Validation
        What is to be run.
    """
    scenario = load_scenario(reference, [*settings, f"firms.number={firms}"])
    codes = observed_panel().regions[::every]
    changed = " ".join(settings)
    return Validation(
        scenario, parse_seeds(seeds), tuple(codes), f"europe {reference} {changed} {seeds} {firms} {every}"
    )


def conduct(
    validation: Validation, terminal: Terminal, *, out: Path | None = None, jobs: int | None = None
) -> int:
    """Make the runs, show them beside the data and write the tables.

    Parameters
    ----------
    validation
        What is to be run.
    terminal
        Where to speak.
    out
        Folder for the tables; one under ``results/`` by default.
    jobs
        Processes to use; all cores by default.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    folder = out or store.default_folder("europe", validation.identity)
    store.check_folder(folder)
    with terminal.waiting("Reading regions ..."):
        runs = tasks(validation.scenario, validation.seeds, validation.codes)
    warm_up(terminal.say)
    execution: Execution[Employment] = Execution(runs, jobs, run_employment)
    stopped = carry_out(execution, "Europe", len(runs), terminal)
    records = execution.records()
    failed = [record for record in records if record.result is None]
    if len(failed) == len(records):
        report_failures(failed, terminal)
        terminal.warn("no run was finished; nothing was written.")
        return INTERRUPTED if stopped else FAILED
    if stopped:
        terminal.warn(f"stopped; keeping the {len(records)} runs that were finished, of {len(runs)}.")
    table = comparison(records)
    terminal.show(_table(table))
    terminal.show(
        "The operator is the same for data and runs. Density is that of 2008-09. Without policy, nothing fitted."
    )
    complete = not stopped and not failed
    folder = folder if complete else store.beside(folder)
    with uninterrupted(wanted=stopped):
        store.write_folder(folder, lambda fresh: _fill(fresh, table, validation, complete=complete))
    terminal.emit({"results": str(folder), "complete": complete, "comparison": _plain(table)})
    report_failures(failed, terminal)
    terminal.show(f"\nResults: [bold]{escape(str(folder))}[/bold]")
    if stopped:
        return INTERRUPTED
    return FAILED if failed else 0


def _fill(fresh: Path, table: pd.DataFrame, validation: Validation, *, complete: bool) -> None:
    store.write_table(fresh / "data", "comparison", table)
    content = {"kind": "validation on Europe", "identity": validation.identity, "complete": complete}
    store.write_manifest(fresh, {**content, **environment()})


def _table(comparison_of_all: pd.DataFrame) -> Table:
    means = comparison_of_all.drop(columns="seed").groupby("variant", sort=False).mean()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("")
    for variant in means.index:
        table.add_column(str(variant), justify="right")
    for name, label in ROWS.items():
        table.add_row(label, *(f"{value:.3f}" for value in means[name]))
    return table


def _plain(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.astype(object).where(table.notna(), None).to_dict("records")
