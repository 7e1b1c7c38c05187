"""A sweep, fully described: scenarios, regimes, factors, points and seeds become a list of runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.axes import Settings
from analysis.runs.experiment import AS_WRITTEN, Experiment
from analysis.runs.horizon import within
from analysis.runs.provenance import model_digest, scenario_digest
from analysis.studies.sweep.factors import Factor, Value
from analysis.studies.sweep.sampling import POINT, Sampling
from model.loading import ScenarioError, load_scenario
from model.record import OBSERVABLES
from model.scenario import Scenario
from model.spec.phrases import number
from model.spec.problem import listed, nearest

STEPS = "steps"
CHECKED = 300
"""Points that are tried out before anything runs."""

MOST_RUNS = 100_000_000


class Run(NamedTuple):
    """One run of a sweep: its place in the list, and what it is."""

    number: int
    point: int
    scenario: str
    regime: str
    seed: int


@dataclass(frozen=True)
class SweepDesign:
    """Everything that says what a sweep runs and keeps.

    Attributes
    ----------
    name
        Short name, for people and for folders.
    title
        A line for people.
    scenarios
        Scenarios as resolved, by name, before regimes and factors are put into them.
    regimes
        Names of regimes, or ``("as_written",)`` for the policymakers that a scenario declares.
    seeds
        Seeds, common to all points, scenarios and regimes: differences between these are not luck.
    factors
        What is varied.
    sampling
        How the points were chosen.
    points
        ``point`` and a column for each factor, one row a point.
    series
        Observables of which every step is kept; of all others, the last.
    """

    name: str
    title: str
    scenarios: Mapping[str, Scenario]
    regimes: tuple[str, ...]
    seeds: tuple[int, ...]
    factors: tuple[Factor, ...]
    sampling: Sampling
    points: pd.DataFrame = field(repr=False)
    series: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for scenario in self.scenarios.values():
            Experiment(self.name, scenario, self.regimes, self.seeds)
        for name in self.series:
            if name not in OBSERVABLES:
                meant = nearest(name, OBSERVABLES)
                hint = f" Did you mean {meant}?" if meant else ""
                raise RequestError(
                    f"series: there is no observable {name!r}.{hint} Known: {listed(list(OBSERVABLES))}"
                )
        if len(self) > MOST_RUNS:
            raise RequestError(f"The sweep would have {len(self):,} runs; at most {MOST_RUNS:,} fit a store.")

    def __len__(self) -> int:
        return len(self.seeds) * len(self.scenarios) * len(self.points) * len(self.regimes)

    def run(self, number: int) -> Run:
        """Give a run by its place: seeds outermost, so that a sweep that is stopped has whole pairs.

        Parameters
        ----------
        number
            Place in the list of all runs, from 0.

        Returns
        -------
        Run
            What is run there.
        """
        rest, regime = divmod(number, len(self.regimes))
        rest, point = divmod(rest, len(self.points))
        seed, scenario = divmod(rest, len(self.scenarios))
        return Run(number, point, self._scenario_names[scenario], self.regimes[regime], self.seeds[seed])

    def runs(self, numbers: Iterable[int]) -> Iterable[Run]:
        """Give several runs, one after the other."""
        return map(self.run, numbers)

    def run_id(self, run: Run) -> str:
        """Name a run by what it is: scenario, point, regime, seed, what is kept of it, and the model.

        Parameters
        ----------
        run
            A run of this design.

        Returns
        -------
        str
            32 hexadecimal digits.
        """
        digest: hashlib.blake2b = self._bases[run.scenario].copy()
        settings = json.dumps(self.settings(run.scenario, run.point), sort_keys=True)
        digest.update(f"{settings}\n{run.regime}\n{run.seed}".encode())
        return digest.hexdigest()

    def value(self, factor: Factor, point: int) -> Any:
        """Give the value of a factor at a point; None where a scenario keeps its own."""
        return self._values[factor.name][point]

    def settings(self, scenario: str, point: int) -> dict[str, Any]:
        """Give the parameters that a point stands for in a scenario, by dotted key."""
        settings: dict[str, Any] = {}
        for factor in self.factors:
            value = self._values[factor.name][point]
            if value is not None:
                settings |= self._setters[scenario][factor.name](value)
        return settings

    def resolved(self, run: Run) -> Scenario:
        """Give the scenario of a run.

        Raises
        ------
        ScenarioError
            If the factors have values that do not go together.
        """
        scenario = resolve(self.scenarios[run.scenario], self.settings(run.scenario, run.point))
        return scenario if run.regime == AS_WRITTEN else scenario.with_regime(run.regime)

    def check(self) -> None:
        """Try points out, before hours of running.

        Raises
        ------
        RequestError
            If one of those tried cannot be run. All are tried when there are few; then every so many.
        """
        count = len(self.points)
        places = np.unique(np.linspace(0, count - 1, min(count, CHECKED)).round().astype(int))
        for name in self.scenarios:
            for point in map(int, places):
                try:
                    resolve(self.scenarios[name], self.settings(name, point))
                except ScenarioError as error:
                    values = ((factor.name, self._values[factor.name][point]) for factor in self.factors)
                    where = ", ".join(
                        f"{key} = {number(value) if isinstance(value, float) else value}"
                        for key, value in values
                        if value is not None
                    )
                    raise RequestError(f"Point {point} cannot be run, with {where}: {error}") from None

    def description(self) -> dict[str, Any]:
        """Say what is run, part by part, as plain data: two sweeps are the same if this is."""
        return {
            "scenarios": {name: scenario_digest(each).hex() for name, each in self.scenarios.items()},
            "regimes": list(self.regimes),
            "seeds": list(self.seeds),
            "factors": [factor.as_record() for factor in self.factors],
            "sampling": self.sampling.as_record(),
            "points": self._digest_of_points(),
            "series": list(self.series),
            "model": model_digest(),
        }

    def _digest_of_points(self) -> str:
        rows = json.dumps([list(map(_plain, self._values[factor.name])) for factor in self.factors])
        return hashlib.blake2b(rows.encode(), digest_size=16).hexdigest()

    @cached_property
    def _bases(self) -> dict[str, hashlib.blake2b]:
        found = {}
        for name, scenario in self.scenarios.items():
            found[name] = hashlib.blake2b(scenario_digest(scenario), digest_size=16)
            found[name].update(f"\n{','.join(self.series)}\n{model_digest()}\n".encode())
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Places of all runs by their names."""
        return {self.run_id(self.run(number)): number for number in range(len(self))}

    @cached_property
    def _setters(self) -> dict[str, dict[str, Callable[[Value], Settings]]]:
        return {
            name: {factor.name: factor.setter(scenario) for factor in self.factors}
            for name, scenario in self.scenarios.items()
        }

    @cached_property
    def _scenario_names(self) -> tuple[str, ...]:
        return tuple(self.scenarios)

    @cached_property
    def _values(self) -> dict[str, list[Any]]:
        """Values of the factors at the points, as plain Python; None where a scenario keeps its own."""
        return {
            factor.name: [None if _missing(value) else _plain(value) for value in self.points[factor.name]]
            for factor in self.factors
        }


def resolve(scenario: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """Put the settings of a point into a scenario; what lies beyond its horizon is left out.

    Raises
    ------
    ScenarioError
        If they do not go together.
    """
    steps = settings.get(STEPS)
    if steps is None:
        return load_scenario(scenario, settings) if settings else scenario
    return within(scenario, steps, settings)[0]


def numbered(table: pd.DataFrame, factors: Iterable[str]) -> pd.DataFrame:
    """Number the points of a user's table: ``point`` and the factors."""
    points = table[list(factors)].reset_index(drop=True)
    points.insert(0, POINT, np.arange(len(points)))
    return points


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
