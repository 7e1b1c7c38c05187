"""The commands around sweeps: make the runs that are missing, say how far it is, hand the runs on."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv, parquet
from rich.markup import escape

from analysis import store
from analysis.cluster import DaskWorkers
from analysis.console.running import FAILED, FAILURES_SHOWN, INTERRUPTED, carry_out
from analysis.console.sweep_tables import leaders_table, status_table
from analysis.console.terminal import Terminal, command_line
from analysis.console.work import name_of_work
from analysis.errors import RequestError
from analysis.regions.application import load_with_region
from analysis.streaming import Workers, WorkersLostError
from analysis.sweeps import folder as layout
from analysis.sweeps.conduct import make_missing
from analysis.sweeps.description import (
    DEFAULT_SCENARIO,
    DEFAULT_SEEDS,
    SweepFile,
    describe_sweep,
    find_sweep,
    read_sweep,
)
from analysis.sweeps.design import SweepDesign
from analysis.sweeps.results import SweepResults, open_results
from analysis.sweeps.sampling import Sampling
from analysis.sweeps.store import SweepStore
from analysis.sweeps.table import FACTOR_PREFIX, SERIES_PREFIX
from analysis.workers import LocalWorkers
from model.loading import library, read_section
from model.region import warm_up
from model.scenario import REGIME_NAMES

DEFAULT_SAMPLES = 64
SUFFIXES = (".csv", ".parquet", ".nc")


def from_file(
    reference: str, own: Mapping[str, object], changes: Mapping[str, Any], terminal: Terminal
) -> SweepDesign:
    """Read a sweep from a file.

    Parameters
    ----------
    reference
        The file, or the name of a sweep that ships.
    own
        Options that only a sweep without a file has, and their values.
    changes
        Keys of the file, and what options of the command line say instead.
    terminal
        Where to speak.

    Raises
    ------
    RequestError, ScenarioError
        If anything of it is wrong.
    """
    contrary = [option for option, value in own.items() if value]
    if contrary:
        raise RequestError(
            f"{reference} says what is varied; write into it what {', '.join(contrary)} should change."
        )
    given = {key: value for key, value in changes.items() if value}
    for key in ("regimes", "series"):
        if key in given:
            given[key] = _names(given[key])
    if "scenarios" in given:
        # Paths on the command line are from here, not from where the file is.
        given["scenarios"] = tuple(map(_from_here, given["scenarios"]))
        given["scenario"] = ""
    path = find_sweep(reference)
    samples = given.pop("samples", None)
    if samples is not None:
        given["design"] = read_section(path, SweepFile).design.model_copy(update={"samples": samples})
    return read_sweep(path, terminal.warn, given)


def _from_here(scenario: str) -> str:
    return scenario if scenario in library() else str(Path(scenario).absolute())


def from_options(own: Mapping[str, Any], changes: Mapping[str, Any], terminal: Terminal) -> SweepDesign:
    """Read a sweep from the options of the command line; see `from_file`."""
    asked: dict[str, object] = {}
    for text in own["--factor"] or ():
        name, separator, values = text.partition("=")
        if name.strip() in asked:
            raise RequestError(f"--factor {name.strip()} is given twice; leave one of them out.")
        asked[name.strip()] = values.strip() if separator else None
    points = own["--points"]
    if not asked and points is None:
        raise RequestError("A sweep varies something: give --factor, --points or the file of a sweep.")
    scenarios, regions = changes["scenarios"] or [DEFAULT_SCENARIO], own["--region"] or ()
    if regions and len(scenarios) > 1:
        raise RequestError(
            "--region goes with one --scenario: regions are its variants; leave the others out."
        )
    named = [name_of_work(scenarios[0], each) for each in regions] or [Path(name).stem for name in scenarios]
    return describe_sweep(
        f"{'-'.join(named)}-sweep-{'-'.join(asked) or points.stem}",
        [load_with_region(scenarios[0], (), each) for each in regions] or scenarios,
        asked,
        regimes=_names(changes["regimes"]) if changes["regimes"] else tuple(REGIME_NAMES),
        seeds=changes["seeds"] or DEFAULT_SEEDS,
        steps=changes["steps"],
        settings=own["--set"] or (),
        sampling=Sampling(
            "points" if points else own["--design"] or "grid", changes["samples"] or DEFAULT_SAMPLES
        ),
        points=points,
        series=_names(changes["series"] or ""),
        where="--factor",
        warn=terminal.warn,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


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


def export(folder: Path, to: Path, columns: str, series: str | None, terminal: Terminal) -> None:
    """Write runs to one file.

    Raises
    ------
    RequestError
        If the file cannot be of that kind, or written, or there is no such column.
    """
    if to.suffix not in SUFFIXES:
        raise RequestError(f"--to {to}: must end in {', '.join(SUFFIXES)}.")
    results = open_results(folder)
    names = [name.strip() for name in columns.split(",") if name.strip()]
    try:
        rows = _write(results, to, names, series)
    except OSError as error:
        raise RequestError(f"--to {to}: cannot be written ({error.strerror or error}).") from None
    terminal.show(f"{rows:,} rows written to [bold]{escape(str(to))}[/bold]")
    terminal.emit({"file": str(to), "rows": rows})


def _write(results: SweepResults, to: Path, names: Sequence[str], series: str | None) -> int:
    if to.suffix == ".nc":
        dataset = results.to_xarray([series] if series else ())
        dataset.to_netcdf(to, engine="h5netcdf")
        return int(dataset.sizes["run"])
    if series is not None:
        whole = pa.Table.from_pandas(results.series(series), preserve_index=False)
        tables, schema = iter([whole]), whole.schema
    else:
        wanted = names or [name for name in results.columns() if not name.startswith(SERIES_PREFIX)]
        tables, schema = results.tables(wanted), results.schema(wanted)
    kind = csv.CSVWriter if to.suffix == ".csv" else parquet.ParquetWriter
    rows = 0
    with kind(to, schema) as writer:
        for table in tables:
            writer.write_table(table)
            rows += len(table)
    return rows


def _make_runs(opened: SweepStore, workers: Workers, terminal: Terminal) -> int | None:
    """Make runs; give None when all are made, or the exit code of what ended it."""
    design = opened.design
    if isinstance(workers, LocalWorkers):
        warm_up(terminal.say)
    try:
        stopped = carry_out(
            make_missing(opened, workers),
            design.name[:40],
            len(design),
            terminal,
            made=opened.made,
            rate=True,
        )
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
    terminal.show(
        f"{len(design.points):,} points of {len(design.factors)} factors, {len(design.seeds)} seeds, "
        f"{made:,} runs in {seconds:.1f} s{rate}"
    )
    if results.made:
        terminal.show(leaders_table(results))
    _report_failures(results, terminal)


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
    return f"{study.get(results.sampling.kind, 'replicates')} {results.folder}"
