"""Runs of which only outcomes are kept: made with a bar, kept at once, found again after Ctrl-C."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.console.listening import TerminalListener
from analysis.console.terminal import Terminal
from analysis.runs.experiment import Task
from analysis.runs.making import Made, make_runs


def gather(
    tasks: Sequence[Task],
    name: str,
    jobs: int | None,
    terminal: Terminal,
    *,
    beside: Path,
    steps: Sequence[int] | None = None,
) -> Made:
    """Make the runs that are not in the store yet, see `analysis.runs.making.make_runs`.

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
    Made
        Outcomes, failures, and whether it was stopped.
    """
    with TerminalListener(terminal) as progress:
        made = make_runs(tasks, name, jobs=jobs, progress=progress, store=beside.parent, steps=steps)
    return replace(made, outcomes=made.outcomes.drop(columns="spent"))
