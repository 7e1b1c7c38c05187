"""Parameters that move employment, estimated by simulated moments on half of the countries.

The distance is that of the method of simulated moments (McFadden 1989) with a normal prior around the defaults
(a quasi-posterior in the sense of Chernozhukov & Hong 2003): more is free than the moments can tell apart, and
of sets that fit alike the one nearest to the defaults is taken.
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from analysis.errors import RequestError
from analysis.extras import needs
from model.scenario import Scenario

START_AT_RANDOM = 30
"""Trials drawn from the ranges before the search learns from them."""

AS_GOOD = 4.0
"""Difference in distance up to which a set counts as about as good: two standard errors in one moment."""


@dataclass(frozen=True)
class Free:
    """A parameter that is estimated.

    Attributes
    ----------
    key
        Its dotted key.
    low, high
        Range that is searched, on the scale of logarithms unless ``linear``.
    linear
        Whether it is searched as it is.
    """

    key: str
    low: float
    high: float
    linear: bool = False

    def scaled(self, value: float) -> float:
        """Place of a value on the scale of the search, from 0 to 1."""
        if self.linear:
            return (value - self.low) / (self.high - self.low)
        return math.log(value / self.low) / math.log(self.high / self.low)


FREE = (
    Free("research.focus_review", 0.002, 0.3),
    Free("absorption.learning_rate", 0.02, 0.5),
    Free("recombination.attempts", 0.03, 0.8),
    Free("firms.initial_knowledge_spread", 0.1, 1.0, linear=True),
    Free("market.growth_rate", 0.005, 0.1),
    Free("market.growth_volatility", 0.01, 0.2),
    Free("knowledge_space.demand_volatility", 0.003, 0.1),
    Free("market.exit_hazard", 0.005, 0.08),
)
"""What turned out to govern the inertia of employment by activity: how readily firms turn to other domains, how
fast they learn and recombine, how far ahead their own field is, and how sizes, demand and entry fluctuate."""

PRIOR_SPREAD = 0.25
"""Standard deviation of the prior on the scale of the search: four of them make the range."""


def away_from_defaults(values: Mapping[str, float], defaults: Mapping[str, float]) -> float:
    """Twice the negative logarithm of the prior, up to a constant."""
    return sum(
        ((free.scaled(values[free.key]) - free.scaled(defaults[free.key])) / PRIOR_SPREAD) ** 2
        for free in FREE
    )


def defaults_of(scenario: Scenario) -> dict[str, float]:
    """What the free parameters are in a scenario."""
    found = {}
    for free in FREE:
        value: Any = scenario
        for name in free.key.split("."):
            value = getattr(value, name)
        found[free.key] = float(value)
    return found


def with_values(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """Put values of free parameters into a scenario.

    They are not checked: to check all of a measured region each time would cost more than a run.
    """
    for key, value in values.items():
        section, name = key.split(".")
        changed = getattr(scenario, section).model_copy(update={name: value})
        scenario = scenario.model_copy(update={section: changed})
    return scenario


@dataclass(frozen=True)
class Trial:
    """A set of values that was tried.

    Attributes
    ----------
    number
        Its place in the search, from 0: the defaults.
    settings
        Values by key.
    misfit, distance
        How far off the moments were, and the same with the prior.
    moments
        What came out.
    """

    number: int
    settings: Mapping[str, float]
    misfit: float
    distance: float
    moments: Mapping[str, float]


class Search:
    """A search that goes on where it was stopped, trial by trial.

    Every trial has a sampler of its own, seeded by its number: a search that was stopped and resumed tries the
    same sets as one that was not.

    Parameters
    ----------
    path
        File that trials are added to, one a line.
    defaults
        Set to begin with, and centre of the prior.
    seed
        Seed of the search.
    """

    def __init__(self, path: Path, defaults: Mapping[str, float], seed: int) -> None:
        self.path = path
        self.defaults = dict(defaults)
        self.seed = seed
        self.trials = list(_read(path))

    def run(
        self, number: int, try_out: Callable[[Mapping[str, float]], tuple[float, Mapping[str, float]]]
    ) -> Iterator[Trial]:
        """Try sets until there are so many, those made before included.

        Parameters
        ----------
        number
            How many.
        try_out
            Makes the runs of a set, and gives misfit and moments.

        Yields
        ------
        Trial
            Each new trial, once it is on the disk.
        """
        with _optuna() as optuna:
            study = optuna.create_study(direction="minimize")
            ranges = {
                free.key: optuna.distributions.FloatDistribution(free.low, free.high, log=not free.linear)
                for free in FREE
            }
            for trial in self.trials:
                study.add_trial(
                    optuna.trial.create_trial(
                        params=dict(trial.settings), distributions=ranges, value=trial.distance
                    )
                )
            while len(self.trials) < number:
                at = len(self.trials)
                study.sampler = optuna.samplers.TPESampler(
                    seed=self.seed + at, multivariate=True, n_startup_trials=START_AT_RANDOM
                )
                if at == 0:
                    study.enqueue_trial(self.defaults)
                asked = study.ask(ranges)
                found, moments = try_out(asked.params)
                distance = found + away_from_defaults(asked.params, self.defaults)
                study.tell(asked, distance)
                trial = Trial(at, dict(asked.params), found, distance, dict(moments))
                self._keep(trial)
                yield trial

    def best(self) -> Trial:
        """The trial with the least distance."""
        return min(self.trials, key=lambda trial: trial.distance)

    def about_as_good(self) -> list[Trial]:
        """Trials that are hardly worse than the best: what the data cannot tell apart."""
        least = self.best().distance
        return [trial for trial in self.trials if trial.distance <= least + AS_GOOD]

    def _keep(self, trial: Trial) -> None:
        self.trials.append(trial)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(trial.__dict__) + "\n")


def _read(path: Path) -> Iterator[Trial]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            yield Trial(**json.loads(line))
        except (ValueError, TypeError):
            raise RequestError(
                f"{path}, line {number}: is no trial; delete the line, or the file to begin again."
            ) from None


@contextmanager
def _optuna() -> Iterator[ModuleType]:
    with needs("estimate", "Optuna", "optuna"), warnings.catch_warnings():
        # Sampling several parameters together is called experimental.
        warnings.simplefilter("ignore")
        # Imported late: few estimate, and it is optional.
        import optuna  # noqa: PLC0415

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        yield optuna


def ranges_of(trials: Sequence[Trial]) -> dict[str, tuple[float, float]]:
    """Least and greatest value of each parameter among trials."""
    return {
        free.key: (
            min(trial.settings[free.key] for trial in trials),
            max(trial.settings[free.key] for trial in trials),
        )
        for free in FREE
    }
