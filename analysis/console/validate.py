"""The command `validate europe`: make the runs, hold them against the data, keep tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import store
from analysis.console.running import (
    carry_out,
    conclude,
    destination,
    exit_code,
    nothing_finished,
    report_failures,
    writing,
)
from analysis.console.tables import plain_rows
from analysis.console.terminal import Terminal
from analysis.console.validation_tables import Targets, show_comparison
from analysis.errors import RequestError
from analysis.execution import Execution, Record
from analysis.experiment import Task
from analysis.provenance import environment
from analysis.regions.employment_store import EmploymentStore, names_of
from analysis.regions.estimated import ESTIMATED, read_estimated
from analysis.regions.europe import Employment, observed_panel, run_employment, tasks
from analysis.regions.europe_scores import comparison, start_relatedness
from analysis.regions.halves import HALVES, halves
from analysis.regions.moments import targets
from analysis.seeds import parse_seeds
from model.loading import load_scenario
from model.region import warm_up
from model.scenario import Scenario


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
    shown
        Regions of which the data are shown; None for all.
    estimated
        Whether the parameters are those that were estimated.
    identity
        What was asked for, in a line.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    codes: tuple[str, ...]
    shown: tuple[str, ...] | None
    estimated: bool
    identity: str

    @property
    def kind(self) -> str:
        """What results are called: the defaults on all of Europe are not taken for anything else."""
        part = "" if self.shown is None else " on half of it"
        return f"validation on Europe{part}{', estimated' if self.estimated else ''}"


def design(
    reference: str,
    settings: Sequence[str],
    seeds: str,
    firms: int,
    every: int,
    *,
    half: str | None = None,
    estimated: bool = False,
) -> Validation:
    """Read what the command was asked for.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario, into which each region is put.
    settings
        Changes to it; they have the last word.
    seeds
        Seeds as a user writes them.
    firms
        Firms that stand for those of a region.
    every
        Take each so-manieth region only.
    half
        Only one half of the countries: that of the estimation, or the one held out.
    estimated
        Whether the parameters are those that were estimated.

    Returns
    -------
    Validation
        What is to be run.
    """
    overlay = [f"{key}={value!r}" for key, value in read_estimated(ESTIMATED).items()] if estimated else []
    scenario = load_scenario(reference, [*overlay, *settings, f"firms.number={firms}"])
    codes = observed_panel().regions
    if half is not None:
        if half not in HALVES:
            raise RequestError(f"--half {half}: must be one of {', '.join(HALVES)}.")
        codes = halves(codes)[half]
    words = (reference, *settings, seeds, firms, every, half or "", "estimated" if estimated else "")
    return Validation(
        scenario,
        parse_seeds(seeds),
        tuple(codes[::every]),
        None if half is None else tuple(codes),
        estimated,
        "europe " + " ".join(map(str, words)),
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
    folder = destination(out, "europe", validation.identity)
    with terminal.waiting("Reading regions ..."):
        runs = tasks(validation.scenario, validation.seeds, validation.codes)
    records, failed, stopped = employment_of(runs, jobs, terminal, beside=folder)
    report_failures(failed, terminal, lambda record: f"{record.task.regime}, seed {record.task.seed}")
    if not records:
        return nothing_finished(failed, terminal, stopped=stopped)
    if stopped:
        terminal.warn(
            f"stopped with {len(records)} of {len(runs)} runs; they are kept, and the same command goes on from there."
        )
    table = comparison(records, validation.shown)
    wanted = None
    if validation.shown is not None:
        with terminal.waiting("Measuring how sure the data are ..."):
            wanted = targets(observed_panel(validation.shown), start_relatedness(observed_panel()))
    show_comparison(table, wanted, terminal)
    complete = not stopped and not failed
    folder = folder if complete else store.beside(folder)
    with writing(terminal, stopped=stopped):
        store.write_folder(folder, lambda fresh: _fill(fresh, table, wanted, validation, complete=complete))
    terminal.emit({"results": str(folder), "complete": complete, "comparison": plain_rows(table)})
    following = (
        "validate europe --estimated --half held-out" if validation.shown is None else "estimate europe"
    )
    conclude(folder, None if stopped else following, terminal, figures=False)
    return exit_code(failed, stopped=stopped)


def employment_of(
    runs: Sequence[Task[Scenario]], jobs: int | None, terminal: Terminal, *, beside: Path
) -> tuple[list[Record[Employment]], list[Record[Employment]], bool]:
    """Make the runs that were not made before, and keep each of them.

    Parameters
    ----------
    runs
        Runs that are wanted.
    jobs
        Processes to use; all cores by default.
    terminal
        Where to speak.
    beside
        Folder of results; what runs ended with is kept beside it.

    Returns
    -------
    tuple
        Runs that are finished, in the order in which they were asked for; those that failed; and whether the
        user stopped them.
    """
    names = names_of(runs)
    failed: list[Record[Employment]] = []
    stopped = False
    with EmploymentStore.beside(beside, terminal.warn) as kept:
        before = kept.read(names)
        missing = [place for place, name in enumerate(names) if name not in before]
        if before:
            terminal.say(f"{len(before)} of {len(runs)} runs were made before and are not repeated.")

        def look(record: Record[Employment]) -> None:
            if record.result is None:
                failed.append(record)
            else:
                kept.add(names[missing[record.index]], record.result)

        if missing:
            warm_up(terminal.say)
            execution: Execution[Employment] = Execution(
                [runs[place] for place in missing], jobs, run_employment
            )
            stopped = carry_out(execution, "Europe", len(missing), terminal, look=look)
        made = kept.read(names)
    records = [
        Record(place, task, made[name])
        for place, (task, name) in enumerate(zip(runs, names, strict=True))
        if name in made
    ]
    return records, failed, stopped


def _fill(
    fresh: Path, table: pd.DataFrame, wanted: Targets | None, validation: Validation, *, complete: bool
) -> None:
    store.write_table(fresh / "data", "comparison", table)
    if wanted is not None:
        errors = [
            {"moment": name, "data": each.value, "standard_error": each.error}
            for name, each in wanted.items()
        ]
        store.write_table(fresh / "data", "standard_errors", pd.DataFrame(errors))
    content = {"kind": validation.kind, "identity": validation.identity, "complete": complete}
    store.write_manifest(fresh, {**content, **environment()})
