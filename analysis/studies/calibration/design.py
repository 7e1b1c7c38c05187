"""Calibration as two studies: unit costs are adjusted round by round, and what present ones yield is checked."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.runs.execution import Record
from analysis.runs.experiment import Task
from analysis.runs.making import make_runs
from analysis.runs.progress import Listener, Note, Progress, ignore
from analysis.runs.provenance import digest_of, environment, model_digest, scenario_digest
from analysis.studies.calibration.findings import AdjustmentFindings, YieldFindings
from analysis.studies.calibration.procedure import (
    CHECK_SEEDS,
    FEWEST_SEEDS,
    NO_POLICY,
    adjust,
    current_costs,
    judge,
    tasks,
)
from analysis.studies.loading import load_with_horizon
from analysis.studies.study import NothingFinishedError, Study, failures_of
from model.region import DEFAULT_SCENARIO
from model.scenario import Scenario


@dataclass(frozen=True)
class Adjustment(Study):
    """Unit costs that are scaled until each instrument, untargeted, yields the same for the same money.

    Attributes
    ----------
    scenario
        Scenario that is calibrated.
    rounds, seeds
        Rounds to make, and seeds of each.
    """

    scenario: Scenario
    rounds: int
    seeds: int

    def __post_init__(self) -> None:
        if self.rounds * self.seeds > CHECK_SEEDS[0]:
            raise RequestError(
                f"--rounds {self.rounds} --seeds {self.seeds}: together at most {CHECK_SEEDS[0]} seeds, "
                f"as the check uses those from there on."
            )
        if self.seeds < FEWEST_SEEDS:
            raise RequestError(f"--seeds {self.seeds}: a round needs at least {FEWEST_SEEDS} seeds.")

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return "calibration-adjust"

    def identity(self) -> str:
        """Say what is run."""
        return digest_of(
            scenario_digest(self.scenario).hex(), "adjust", self.rounds, self.seeds, model_digest()
        )

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> AdjustmentFindings:
        """Make one round after another; one that is not whole ends it. See `Study.run`."""
        begun, stopped = time.perf_counter(), False
        failed: list[Record[Any]] = []
        made_before = 0

        def gather(wanted: Sequence[Task]) -> pd.DataFrame | None:
            nonlocal stopped, made_before
            listener = partial(_of_all, progress, made_before, self.rounds * len(wanted))
            made = make_runs(wanted, "calibration", jobs=jobs, progress=listener, store=store)
            made_before += len(wanted)
            stopped = made.stopped
            failed.extend(made.failed)
            return None if made.stopped or made.failed else made.outcomes

        history = adjust(self.scenario, gather, self.rounds, self.seeds)
        if len(history) < 2:
            raise NothingFinishedError(failed, stopped=stopped, what="round")
        rounds = [each.yields.assign(round=number) for number, each in enumerate(history[:-1], start=1)]
        costs = history[-1].costs
        follow = pd.DataFrame({"instrument": list(costs), "unit_cost": list(costs.values())})
        told = _manifest(self.scenario, self.identity(), range(self.rounds * self.seeds), failed, begun)
        return AdjustmentFindings(
            tables={"rounds": pd.concat(rounds, ignore_index=True), "unit_costs": follow},
            manifest={**told, "rounds": self.rounds, "complete": len(rounds) == self.rounds},
            stopped=stopped,
        )


@dataclass(frozen=True)
class Check(Study):
    """What each instrument yields, untargeted, at the unit costs of a scenario.

    Attributes
    ----------
    scenario
        Scenario that is checked.
    seeds
        Seeds below 1,000.
    """

    scenario: Scenario
    seeds: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.seeds) < FEWEST_SEEDS:
            raise RequestError(f"--seeds: a check needs at least {FEWEST_SEEDS} seeds.")
        self.tasks()

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return "calibration-check"

    def identity(self) -> str:
        """Say what is run."""
        return digest_of(scenario_digest(self.scenario).hex(), "check", self.seeds, model_digest())

    def tasks(self) -> tuple[Task, ...]:
        """List the runs, seed by seed."""
        return tasks(self.scenario, current_costs(self.scenario), self.seeds)

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> YieldFindings:
        """Make the runs that are missing, and judge yields; see `Study.run`."""
        begun, wanted = time.perf_counter(), self.tasks()
        made = make_runs(wanted, "calibration", jobs=jobs, progress=progress, store=store)
        whole = made.outcomes.groupby("seed")["regime"].nunique() == len({task.regime for task in wanted})
        if whole.sum() < FEWEST_SEEDS:
            raise NothingFinishedError(made.failed, stopped=made.stopped, what="pair of seeds")
        told = _manifest(self.scenario, self.identity(), self.seeds, made.failed, begun)
        return YieldFindings(
            tables={"yields": judge(made.outcomes, current_costs(self.scenario))},
            manifest={**told, "complete": len(made.outcomes) + len(made.failed) == len(wanted)},
            stopped=made.stopped,
        )


def load(
    reference: str,
    settings: Sequence[str],
    steps: int | None,
    region: str | None,
    warn: Callable[[str], None],
    *,
    ships: bool = False,
) -> Scenario:
    """Load the scenario that is calibrated.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    steps
        Horizon, if it differs.
    region
        A measured region in place of the scenario's own.
    warn
        Told what of the scenario is left out.
    ships
        Whether what is found is to ship with the project.

    Raises
    ------
    RequestError
        If it is to ship and the scenario is not the one that it is calibrated on.
    """
    scenario = load_with_horizon(reference, settings, steps, warn, region)
    if ships and (reference != DEFAULT_SCENARIO or settings or steps is not None or region is not None):
        raise RequestError(
            f"--write: what ships is calibrated on {DEFAULT_SCENARIO} as it is; leave --write out."
        )
    return scenario


def _of_all(progress: Listener, before: int, total: int, told: Progress | Note) -> None:
    """Tell of a round as of a part of all rounds."""
    progress(replace(told, done=before + told.done, total=total) if isinstance(told, Progress) else told)


def _manifest(
    scenario: Scenario, identity: str, seeds: Sequence[int], failed: Sequence[Record[Any]], begun: float
) -> dict[str, Any]:
    return {
        "title": scenario.story.title,
        "identity": identity,
        "baseline": NO_POLICY,
        "seeds": list(seeds),
        "runs_failed": failures_of(failed),
        "seconds": time.perf_counter() - begun,
        "scenario": scenario.model_dump(mode="json"),
        **environment(),
    }
