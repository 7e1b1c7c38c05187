"""A response surface that looks longer where it is close: which regime leads under which two conditions."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.dashboard.scheduling.jobs import Job
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.seeds import seeds_of
from analysis.runs.policies import scenario_under
from analysis.runs.ranges import Sweep, parse_sweep
from analysis.statistics.comparison import baseline_of
from analysis.statistics.leaders import judge
from model.loading import load_scenario
from model.record import OUTCOMES
from model.scenario import Scenario

COUNT = 5
"""Values of each axis."""

LOOKS = (6, 12)
"""Seeds of every cell, and of those in which nobody leads after that. Looking twice is paid for: the chance of
an error is shared out over both looks (Bonferroni), beside cells and regimes."""

RECENT = 40
"""Runs from which the speed is measured."""

COLUMNS = ("best", "rival", "leader", "lead", "lead_low", "lead_high", "lead_percent", "probability", "seeds")

Place = tuple[float, float]
Key = tuple[Place, str, int]


@dataclass(eq=False)
class Surface:
    """Runs of a surface, as far as they have come.

    Attributes
    ----------
    axes
        Names of both.
    points
        Their values.
    regimes
        Regimes that are compared.
    seeds
        Common seeds, as many as the last look takes.
    scenarios
        Scenario of each cell.
    """

    axes: tuple[str, str]
    points: tuple[tuple[float, ...], tuple[float, ...]]
    regimes: tuple[str, ...]
    seeds: tuple[int, ...]
    scenarios: dict[Place, Scenario]
    clock: Callable[[], float] = time.monotonic
    _outcomes: dict[Key, Any] = field(default_factory=dict)
    _times: deque[float] = field(default_factory=lambda: deque(maxlen=RECENT))

    @classmethod
    def of(cls, picture: Picture) -> Surface:
        """Lay out the surface of a picture.

        Raises
        ------
        RequestError, ScenarioError
            If an axis, or a cell, makes no sense here.
        """
        view = picture.view
        x, y = sweeps_of(picture)
        scenarios = {
            (one, other): load_scenario(picture.setting.scenario, x.settings(one) | y.settings(other))
            for one in x.points
            for other in y.points
        }
        seeds = seeds_of(view, picture.setting.base, LOOKS[-1])
        return cls((view.x, view.y), (x.points, y.points), view.regimes, seeds, scenarios)

    def missing(self, outcome: str) -> list[Key]:
        """List the runs that are wanted next, seeds outermost: those of the first look, then of undecided cells."""
        places: Sequence[Place] = tuple(self.scenarios)
        for seeds in LOOKS:
            wanted = [
                key
                for seed in self.seeds[:seeds]
                for place in places
                for regime in self.regimes
                if (key := (place, regime, seed)) not in self._outcomes
            ]
            if wanted:
                return wanted
            cells = self.cells(outcome)
            places = [
                (row[self.axes[0]], row[self.axes[1]])
                for row in cells[cells["leader"].isna()].to_dict("records")
            ]
        return []

    def job(self, key: Key) -> Job:
        """Give what a worker has to do for a run."""
        place, regime, seed = key
        return Job("ending", scenario_under(self.scenarios[place], regime), seed)

    def take(self, key: Key, content: Any) -> None:
        """Take the outcomes of a run in; None where it failed."""
        self._outcomes[key] = content
        self._times.append(self.clock())

    @property
    def done(self) -> int:
        """Runs that are there."""
        return len(self._outcomes)

    def seconds_left(self, runs: int) -> float | None:
        """Say how long some more runs take at the speed of the latest ones; None while nobody knows."""
        if len(self._times) < 2 or self._times[-1] <= self._times[0]:
            return None
        return runs * (self._times[-1] - self._times[0]) / (len(self._times) - 1)

    def cells(self, outcome: str) -> pd.DataFrame:
        """Judge every cell whose first look is whole.

        Parameters
        ----------
        outcome
            Which outcome.

        Returns
        -------
        pandas.DataFrame
            One row a cell: the axes and what `analysis.statistics.leaders.judge` gives, ``leader`` missing where none
            leads beyond chance, ``lead_percent`` in percent of the baseline's mean.
        """
        family = len(self.scenarios) * len(self.regimes) * len(LOOKS)
        column, reference = OUTCOMES.index(outcome), self.regimes.index(baseline_of(self.regimes))
        rows = []
        for place in self.scenarios:
            values = self._values(place, column)
            if len(values) < min(LOOKS[0], len(self.seeds)):
                continue
            found = judge(values, self.regimes, family)
            scale = 100 / abs(values[:, reference].mean()) if values[:, reference].any() else np.nan
            rows.append({
                self.axes[0]: place[0], self.axes[1]: place[1], **found, "lead_percent": found["lead"] * scale,
            })  # fmt: skip
        return pd.DataFrame(rows, columns=[*self.axes, *COLUMNS])

    def _values(self, place: Place, column: int) -> Any:
        rows = []
        for seed in self.seeds:
            ends = [self._outcomes.get((place, regime, seed)) for regime in self.regimes]
            if all(each is not None for each in ends):
                rows.append([each[column] for each in ends if each is not None])
        return np.array(rows, dtype=np.float64).reshape(-1, len(self.regimes))

    def told_apart(self) -> dict[str, int]:
        """Count for each outcome the cells in which somebody leads beyond chance."""
        return {outcome: int(self.cells(outcome)["leader"].notna().sum()) for outcome in OUTCOMES}

    def table(self) -> pd.DataFrame:
        """Give all runs that are there: the axes, regime, seed and a column for each outcome."""
        rows = [
            {self.axes[0]: place[0], self.axes[1]: place[1], "regime": regime, "seed": seed,
             **dict(zip(OUTCOMES, content, strict=True))}
            for (place, regime, seed), content in self._outcomes.items()
            if content is not None
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[*self.axes, "regime", "seed", *OUTCOMES])


def sweeps_of(picture: Picture) -> tuple[Sweep, Sweep]:
    """Give both axes and their values, in the scenario of the story with all other changes."""
    x, y = (
        parse_sweep(f"--{side}", getattr(picture.view, side), picture.setting.base, COUNT) for side in "xy"
    )
    return x, y
