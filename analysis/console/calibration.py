"""What the command ``calibrate`` does: adjust unit costs, and check what the present ones yield."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table

from analysis import calibration, calibration_page, store
from analysis.console.gathering import gather
from analysis.console.horizon import load_with_horizon
from analysis.console.running import exit_code, report_failures
from analysis.console.terminal import Terminal, command_line
from analysis.errors import RequestError
from analysis.experiment import Task
from analysis.provenance import environment
from model.region import DEFAULT_SCENARIO
from model.scenario import Scenario


class _StoppedError(Exception):
    """Runs are missing, because of Ctrl-C or because they failed."""

    def __init__(self, code: int) -> None:
        self.code = code


class _Gatherer:
    """Makes the runs that calibration asks for, or gives up when some are missing."""

    def __init__(self, terminal: Terminal, jobs: int | None, folder: Path) -> None:
        self._folder = folder
        self._terminal = terminal
        self._jobs = jobs
        self._round = 0

    def __call__(self, tasks: Sequence[Task]) -> pd.DataFrame:
        self._round += 1
        gathered = gather(
            tasks, f"calibration {self._round}", self._jobs, self._terminal, beside=self._folder
        )
        report_failures(gathered.failed, self._terminal)
        if gathered.stopped or gathered.failed:
            raise _StoppedError(exit_code(gathered.failed, stopped=gathered.stopped))
        return gathered.outcomes


def adjust(
    reference: str,
    settings: Sequence[str],
    terminal: Terminal,
    *,
    steps: int | None = None,
    region: str | None = None,
    rounds: int,
    seeds: int,
    out: Path | None,
    jobs: int | None,
    write: bool,
) -> int:
    """Scale unit costs round by round, show what each round found, and write it to a folder.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    terminal
        Where to speak.
    steps
        Horizon, if it differs; what the scenario plans beyond it is left out with a warning.
    region
        A measured region in place of the scenario's own.
    rounds, seeds
        Rounds to make, and seeds of each.
    out
        Folder for the results; one under ``results/`` by default.
    jobs
        Processes to use; all cores by default.
    write
        Whether the costs become the defaults of the instruments.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    scenario = load_with_horizon(reference, settings, steps, terminal.warn, region)
    if rounds * seeds > calibration.CHECK_SEEDS[0]:
        raise RequestError(
            f"--rounds {rounds} --seeds {seeds}: together at most {calibration.CHECK_SEEDS[0]} seeds, "
            f"as the check uses those from there on."
        )
    if seeds < calibration.FEWEST_SEEDS:
        raise RequestError(f"--seeds {seeds}: a round needs at least {calibration.FEWEST_SEEDS} seeds.")
    _check_write(reference, settings, steps, region, write=write)
    folder = _folder("calibration-adjust", out)
    try:
        history = calibration.adjust(scenario, _Gatherer(terminal, jobs, folder), rounds, seeds)
    except _StoppedError as stopped:
        return _give_up(terminal, stopped)
    found = [each.yields.assign(round=number) for number, each in enumerate(history[:-1], start=1)]
    costs = history[-1].costs
    for yields in found:
        terminal.show(_table(yields, f"round {yields['round'].iloc[0]}"))
    terminal.show("Unit costs that follow: " + ", ".join(f"{name} {cost:g}" for name, cost in costs.items()))
    follow = pd.DataFrame({"instrument": list(costs), "unit_cost": list(costs.values())})
    _write(folder, {"rounds": pd.concat(found, ignore_index=True), "unit_costs": follow}, scenario)
    if write:
        calibration_page.write_costs(costs)
    terminal.emit({"results": str(folder), "unit_costs": costs})
    _conclude(terminal, folder, "calibrate check --write" if write else "calibrate adjust --write")
    return 0


def check(
    reference: str,
    settings: Sequence[str],
    terminal: Terminal,
    *,
    steps: int | None = None,
    region: str | None = None,
    seeds: Sequence[int],
    out: Path | None,
    jobs: int | None,
    write: bool,
) -> int:
    """Measure what instruments yield at the unit costs of a scenario, on seeds that adjusting has not used.

    Parameters
    ----------
    reference, settings, terminal, steps, region, out, jobs
        As for :func:`adjust`.
    seeds
        Seeds below 1,000.
    write
        Whether the table becomes that of the documentation.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    scenario = load_with_horizon(reference, settings, steps, terminal.warn, region)
    costs = calibration.current_costs(scenario)
    tasks = calibration.tasks(scenario, costs, seeds)
    if len(seeds) < calibration.FEWEST_SEEDS:
        raise RequestError(f"--seeds: a check needs at least {calibration.FEWEST_SEEDS} seeds.")
    _check_write(reference, settings, steps, region, write=write)
    folder = _folder("calibration-check", out)
    try:
        yields = calibration.judge(_Gatherer(terminal, jobs, folder)(tasks), costs)
    except _StoppedError as stopped:
        return _give_up(terminal, stopped)
    terminal.show(_table(yields, f"seeds {seeds[0]} to {seeds[-1]}"))
    terminal.show(calibration_page.verdict(yields))
    _write(folder, {"yields": yields}, scenario)
    if write:
        calibration_page.write_page(yields, seeds)
    terminal.emit({"results": str(folder), "yields": yields.to_dict("records")})
    _conclude(terminal, folder, "compare")
    return 0


def _check_write(
    reference: str, settings: Sequence[str], steps: int | None, region: str | None, *, write: bool
) -> None:
    if write and (reference != DEFAULT_SCENARIO or settings or steps is not None or region is not None):
        raise RequestError(
            f"--write: what ships is calibrated on {DEFAULT_SCENARIO} as it is; leave --write out."
        )


def _folder(name: str, out: Path | None) -> Path:
    folder = out or store.RESULTS / name
    store.check_folder(folder)
    return folder


def _give_up(terminal: Terminal, stopped: _StoppedError) -> int:
    terminal.warn(
        "not all runs were finished; those that were are kept, and the same command goes on from there."
    )
    return stopped.code


def _table(yields: pd.DataFrame, title: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", title=title, title_justify="left")
    table.add_column("instrument", no_wrap=True)
    for heading in ("unit cost", "yield, %", "from the\nreference", ""):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in yields.to_dict("records"):
        table.add_row(
            row["instrument"],
            f"{row['unit_cost']:g}",
            # Both are intervals by Student's t, which reach as far to either side.
            f"{row['yield']:+.2f} ± {row['yield_high'] - row['yield']:.2f}",
            f"{row['difference']:+.2f} ± {row['difference_high'] - row['difference']:.2f}",
            row["verdict"],
        )
    return table


def _write(folder: Path, tables: dict[str, pd.DataFrame], scenario: Scenario) -> None:
    def fill(fresh: Path) -> None:
        for name, table in tables.items():
            store.write_table(fresh / "data", name, table)
        store.write_manifest(fresh, {"scenario": scenario.model_dump(mode="json"), **environment()})

    store.write_folder(folder, fill)


def _conclude(terminal: Terminal, folder: Path, following: str) -> None:
    terminal.show(f"\nResults: [bold]{escape(str(folder))}[/bold] (tables in data/)")
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")
