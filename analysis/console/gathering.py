"""Runs of which only outcomes are kept: made with a bar, kept at once, found again after Ctrl-C."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from rich.markup import escape

from analysis import store
from analysis.console.terminal import Terminal
from analysis.execution import Record
from analysis.experiment import Task
from analysis.outcome_runs import Gathering
from analysis.run_store import FOLDER, RunStore, model_digest, run_id, scenario_digest
from model.region import warm_up
from model.scenario import Scenario

FAILURES_SHOWN = 3


@dataclass(frozen=True)
class Gathered:
    """What came of runs.

    Attributes
    ----------
    outcomes
        One row a finished run: ``regime`` (label of the task), ``seed`` and every outcome at its end.
    failed
        Runs that ended in an error.
    stopped
        Whether Ctrl-C ended it early; what was finished is in the store and is not run again.
    """

    outcomes: pd.DataFrame
    failed: tuple[Record, ...]
    stopped: bool


def gather(tasks: Sequence[Task], name: str, jobs: int | None, terminal: Terminal) -> Gathered:
    """Make the runs that are not in the store yet, and give the outcomes of all.

    Parameters
    ----------
    tasks
        Runs that are wanted, all of one horizon.
    name
        What is going on, for the bar.
    jobs
        Processes to use; all cores by default.
    terminal
        Where to speak.

    Returns
    -------
    Gathered
        Outcomes, failures, and whether it was stopped.
    """
    names, steps = _run_ids(tasks), (tasks[0].scenario.steps,)
    runs = RunStore(store.RESULTS / FOLDER)
    warm_up(terminal.say)
    gathering = Gathering(tasks, names, steps, runs, jobs)
    if gathering.missing < len(tasks):
        terminal.say(f"{len(tasks) - gathering.missing} of {len(tasks)} runs were made before.")
    stopped = False
    if gathering.missing:
        try:
            # The bar has a thread of its own, so it starts after the workers.
            with gathering, terminal.progress() as bar:
                line = bar.add_task(name, total=gathering.missing)
                gathering.make(lambda: bar.advance(line))
        except KeyboardInterrupt:
            stopped = True
    _report(gathering.failed, terminal)
    return Gathered(runs.read(names, steps), tuple(gathering.failed), stopped)


def _run_ids(tasks: Sequence[Task]) -> list[str]:
    model = model_digest()
    scenarios: dict[int, tuple[Scenario, bytes]] = {}
    names = []
    for task in tasks:
        if id(task.scenario) not in scenarios:
            scenarios[id(task.scenario)] = (task.scenario, scenario_digest(task.scenario))
        names.append(run_id(scenarios[id(task.scenario)][1], task.regime, task.seed, model))
    return names


def _report(failed: Sequence[Record], terminal: Terminal) -> None:
    for record in failed[:FAILURES_SHOWN]:
        terminal.warn(f"{record.task.regime}, seed {record.task.seed} failed: {escape(str(record.error))}")
    if len(failed) > FAILURES_SHOWN:
        terminal.warn(f"... and {len(failed) - FAILURES_SHOWN} more.")
