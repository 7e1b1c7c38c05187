"""Runs of which only outcomes are kept: made with a bar, kept at once, found again after Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.console.running import carry_out
from analysis.console.terminal import Terminal
from analysis.execution import Record
from analysis.experiment import Task, run_ids
from analysis.outcome_runs import make_missing
from analysis.run_store import RunStore
from model.region import warm_up


@dataclass(frozen=True)
class Gathered:
    """What came of runs.

    Attributes
    ----------
    outcomes
        One row a finished run and step: ``run`` (its name), ``regime`` (label of the task), ``seed``, ``step`` and
        every outcome.
    failed
        Runs that ended in an error.
    stopped
        Whether Ctrl-C ended it early; what was finished is in the store and is not run again.
    seconds
        Time that it took.
    """

    outcomes: pd.DataFrame
    failed: tuple[Record[Any], ...]
    stopped: bool
    seconds: float


def gather(
    tasks: Sequence[Task],
    name: str,
    jobs: int | None,
    terminal: Terminal,
    *,
    beside: Path,
    steps: Sequence[int] | None = None,
) -> Gathered:
    """Make the runs that are not in the store yet, and give the outcomes of all.

    Parameters
    ----------
    tasks
        Runs that are wanted.
    name
        What is going on, for the bar.
    jobs
        Processes to use; all cores by default.
    terminal
        Where to speak.
    beside
        Folder of results that is made of them; the store is beside it.
    steps
        Steps at which outcomes are read; the horizon by default, which is then the same for all.

    Returns
    -------
    Gathered
        Outcomes, failures, and whether it was stopped.
    """
    names, steps = run_ids(tasks), steps or (tasks[0].scenario.steps,)
    warm_up(terminal.say)
    begun = time.perf_counter()
    failed: list[Record[Any]] = []
    with RunStore.beside(beside, terminal.warn) as runs:
        making = make_missing(tasks, names, steps, runs, jobs)
        missing = making.total or 0
        if missing < len(tasks):
            terminal.say(
                f"{len(tasks) - missing} of {len(tasks)} runs were made before and are not repeated."
            )
        stopped = bool(missing) and carry_out(
            making, name, missing, terminal, look=lambda each: failed.append(each) if each.error else None
        )
    return Gathered(runs.read(names, steps), tuple(failed), stopped, time.perf_counter() - begun)
