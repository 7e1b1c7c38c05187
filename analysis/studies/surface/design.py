"""A surface as a study: conditions times regimes times common seeds."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.runs.axes import HORIZON, STEPS
from analysis.runs.experiment import Experiment, Task, run_ids
from analysis.runs.making import make_runs
from analysis.runs.progress import Listener, ignore
from analysis.runs.provenance import model_version
from analysis.runs.ranges import Sweep, parse_sweep
from analysis.runs.store import KEYS
from analysis.studies.study import NothingFinishedError, Study, manifest_of
from analysis.studies.surface.findings import SurfaceFindings, tables_of
from model.loading import ScenarioError, dump_scenario, load_scenario
from model.record import OUTCOMES
from model.scenario import Scenario
from model.spec.problem import listed, nearest

COUNT_OF_ONE, COUNT_OF_TWO = 9, 5
"""Values of an axis alone, and of each of two, when a user asks for no number."""

Place = tuple[float, ...]


@dataclass(frozen=True)
class Surface(Study):
    """Which regime leads under which conditions.

    Attributes
    ----------
    experiment
        Scenario, regimes and seeds.
    sweeps
        One or two axes with their values, the horizontal one first.
    outcome
        Outcome that is drawn and talked about; all are computed.
    """

    experiment: Experiment
    sweeps: tuple[Sweep, ...]
    outcome: str

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return f"{self.experiment.story}-surface-{'-'.join(self.names)}"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the axes."""
        return tuple(sweep.axis.name for sweep in self.sweeps)

    @property
    def places(self) -> tuple[Place, ...]:
        """Coordinates of every cell, the last axis varying fastest."""
        return tuple(itertools.product(*(sweep.points for sweep in self.sweeps)))

    @property
    def steps(self) -> tuple[int, ...]:
        """Steps at which outcomes are read: the horizons, or the scenario's own."""
        for sweep in self.sweeps:
            if sweep.axis.name == HORIZON:
                return tuple(int(value) for value in sweep.points)
        return (self.experiment.scenario.steps,)

    @cached_property
    def scenarios(self) -> dict[Place, Scenario]:
        """Scenarios by their coordinates; one, of the longest, for all horizons."""
        moved = [sweep for sweep in self.sweeps if sweep.axis.name != HORIZON]
        longest = {STEPS: max(self.steps)}
        found = {}
        for place in itertools.product(*(sweep.points for sweep in moved)):
            settings: dict[str, Any] = dict(longest)
            for sweep, value in zip(moved, place, strict=True):
                settings |= sweep.settings(value)
            found[place] = _loaded(self.experiment.scenario, settings, moved, place)
        return found

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """Runs that are to be made, seeds outermost: stopped early, the surface is whole on fewer seeds."""
        experiment = self.experiment
        alternatives = [
            (regime, scenario)
            for base in self.scenarios.values()
            for regime, scenario in Experiment("", base, experiment.regimes).scenarios().items()
        ]
        return tuple(
            Task(scenario, regime, seed) for seed in experiment.seeds for regime, scenario in alternatives
        )

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """Names of the runs in a store, in the order of the tasks."""
        return run_ids(self.tasks)

    def identity(self) -> str:
        """Say in 32 hexadecimal digits what is run and shown."""
        axes = [(sweep.axis.name, sweep.points) for sweep in self.sweeps]
        text = json.dumps([self.experiment.identity(), axes, self.outcome, model_version()])
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> SurfaceFindings:
        """Make what runs are missing, and find; see `Study.run`."""
        made = make_runs(self.tasks, "surface", jobs=jobs, progress=progress, store=store, steps=self.steps)
        if made.outcomes.empty:
            raise NothingFinishedError(made.failed, stopped=made.stopped)
        outcomes = self.arrange(made.outcomes)
        finished = len(outcomes) // len(self.steps)
        manifest = {
            **manifest_of(self.experiment, made, len(self.tasks)),
            "identity": self.identity(),
            "runs_finished": finished,
            "complete": finished + len(made.failed) == len(self.tasks),
            "axes": [
                {
                    "name": sweep.axis.name, "label": sweep.axis.label, "unit": sweep.axis.unit,
                    "geometric": sweep.axis.geometric, "moves": list(sweep.axis.settings(sweep.points[0])),
                    "values": list(sweep.points),
                }
                for sweep in self.sweeps
            ],
            "outcome": self.outcome,
        }  # fmt: skip
        return SurfaceFindings(
            tables=tables_of(outcomes, self.names),
            manifest=manifest,
            texts={"scenario.toml": dump_scenario(self.experiment.scenario)},
            stopped=made.stopped,
        )

    def arrange(self, stored: pd.DataFrame) -> pd.DataFrame:
        """Give stored outcomes their coordinates.

        Parameters
        ----------
        stored
            What a store has of the runs.

        Returns
        -------
        pandas.DataFrame
            A column for each axis, ``regime``, ``seed`` and every outcome: one row for every cell,
            regime and seed, in the order of the design whatever the order in which runs were made.
        """
        moved = [sweep.axis.name for sweep in self.sweeps if sweep.axis.name != HORIZON]
        regimes = len(self.experiment.regimes)
        bases = list(self.scenarios)
        rows = pd.DataFrame(
            [bases[(place // regimes) % len(bases)] for place in range(len(self.tasks))],
            columns=pd.Index(moved),
        )
        rows.insert(0, "run", self.runs)
        outcomes = stored.drop(columns=[name for name in KEYS if name not in {"run", "step"}])
        table = rows.assign(
            regime=[task.regime for task in self.tasks], seed=[task.seed for task in self.tasks]
        ).merge(outcomes, on="run")
        if HORIZON in self.names:
            table = table.assign(**{HORIZON: table["step"].astype(float)})
        order = {regime: place for place, regime in enumerate(self.experiment.regimes)}
        table = table.assign(_order=table["regime"].map(order))
        table = table.sort_values([*self.names, "_order", "seed"], ignore_index=True)
        return table[[*self.names, "regime", "seed", *OUTCOMES]]


def design_surface(
    story: str,
    scenario: Scenario,
    regimes: Sequence[str],
    seeds: Sequence[int],
    axes: Sequence[tuple[str, str]],
    outcome: str | None = None,
) -> Surface:
    """Read what a user wants to see, and check all of it before anything runs.

    Parameters
    ----------
    story
        Short name of the scenario.
    scenario
        Scenario whose conditions are varied.
    regimes
        Names of at least two regimes.
    seeds
        At least two seeds, common to all cells and regimes.
    axes
        One or two pairs of an option and its text, see `analysis.runs.ranges.parse_sweep`.
    outcome
        Outcome to talk about; the primary one by default.

    Returns
    -------
    Surface
        The design; all its scenarios are valid.

    Raises
    ------
    RequestError
        If anything of it cannot be had.
    """
    experiment = Experiment(story, scenario, tuple(regimes), tuple(seeds))
    if len(experiment.regimes) < 2:
        raise RequestError(f"--regimes {','.join(regimes)}: a surface compares at least two regimes.")
    if len(experiment.seeds) < 2:
        raise RequestError("--seeds: a surface needs at least two seeds, or nothing can be said to lead.")
    chosen = outcome or OUTCOMES[0]
    if chosen not in OUTCOMES:
        meant = nearest(chosen, OUTCOMES)
        hint = f" Did you mean {meant}?" if meant else ""
        raise RequestError(f"--outcome {chosen}: must be one of {listed(OUTCOMES)}.{hint}")
    count = COUNT_OF_TWO if len(axes) > 1 else COUNT_OF_ONE
    sweeps = tuple(parse_sweep(option, text, scenario, count) for option, text in axes)
    _apart(sweeps)
    surface = Surface(experiment, sweeps, chosen)
    # Made here, so that a combination of conditions that cannot be is told before anything runs.
    _ = surface.scenarios
    return surface


def _apart(sweeps: Sequence[Sweep]) -> None:
    """Refuse two axes that move the same parameter."""
    if len(sweeps) < 2:
        return
    one, other = sweeps
    if one.axis.name == other.axis.name:
        raise RequestError(f"--x and --y are both {one.axis.name}; leave --y out, or name another axis.")
    shared = set(one.settings(one.points[0])) & set(other.settings(other.points[0]))
    if shared:
        raise RequestError(
            f"--x {one.axis.name} and --y {other.axis.name} both set {', '.join(sorted(shared))}; "
            f"name another axis for one of them."
        )


def _loaded(scenario: Scenario, settings: dict[str, Any], moved: Sequence[Sweep], place: Place) -> Scenario:
    try:
        return load_scenario(scenario, settings)
    except ScenarioError as error:
        where = ", ".join(f"{sweep.axis.name} = {value:g}" for sweep, value in zip(moved, place, strict=True))
        raise RequestError(f"The scenario cannot have {where}: {error}") from None
