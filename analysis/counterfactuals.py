"""The runs behind an attribution: every regime again, with every set of channels held still, on the same seeds."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.attribution import CHANNELS, attribute
from analysis.comparison import baseline_of
from analysis.execution import Record
from analysis.experiment import HELD_STILL, Experiment, Task, arrange
from analysis.results import Results
from model.record import OUTCOMES
from model.region import run
from model.result import RunResult
from model.scenario import Scenario
from model.spec.channels import ChannelsSpec

SWITCHES = MappingProxyType(dict(zip(CHANNELS, HELD_STILL, strict=True)))
"""Parameter of a scenario that holds each channel still."""


@dataclass(frozen=True)
class Counterfactual:
    """A regime with some channels held still.

    Attributes
    ----------
    regime
        Name of the regime.
    frozen
        Channels that are held still.
    """

    regime: str
    frozen: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the runs are called where they have to be told apart."""
        return f"{self.regime} with {', '.join(self.frozen)} held still"

    def applied_to(self, scenario: Scenario) -> Scenario:
        """Hold the channels still in a scenario of this regime."""
        changes = {SWITCHES[channel]: HELD_STILL[SWITCHES[channel]] for channel in self.frozen}
        return scenario.model_copy(update={"channels": scenario.channels.model_copy(update=changes)})


def counterfactuals(experiment: Experiment) -> Iterator[Counterfactual]:
    """List every regime of an experiment with every set of channels held still, the empty one left out.

    Those with all channels live are the runs of the experiment itself.

    Parameters
    ----------
    experiment
        A comparison of regimes.

    Yields
    ------
    Counterfactual
        One for every regime and set.
    """
    for size in range(1, len(CHANNELS) + 1):
        for frozen in combinations(CHANNELS, size):
            for regime in experiment.regimes:
                yield Counterfactual(regime, frozen)


def tasks(experiment: Experiment) -> tuple[Task, ...]:
    """List the runs with channels held still, seed by seed, so that a stop leaves whole seeds.

    Parameters
    ----------
    experiment
        A comparison of regimes.

    Returns
    -------
    tuple of Task
        One for every counterfactual and seed.
    """
    scenarios = experiment.scenarios()
    held = {each.label: each.applied_to(scenarios[each.regime]) for each in counterfactuals(experiment)}
    return arrange(held, experiment.seeds)


def run_briefly(scenario: Scenario, seed: int) -> RunResult:
    """Run a scenario; of one with channels held still, keep the last step only.

    Parameters
    ----------
    scenario
        Resolved scenario.
    seed
        Seed of the run.

    Returns
    -------
    RunResult
        The whole record, or a record of one row: nobody draws the curves of a counterfactual, and there
        are seven of them for every run.
    """
    result = run(scenario, seed)
    if scenario.channels == ChannelsSpec():
        return result
    record = copy(result.record)
    for name, rows in vars(record).items():
        setattr(record, name, rows[-1:].copy())
    return replace(result, record=record, ledgers={})


@dataclass(frozen=True)
class Attribution:
    """The counterfactual runs of a comparison, and what follows from them.

    Attributes
    ----------
    experiment
        The comparison.
    records
        What became of the runs with channels held still; fewer than asked for after an early stop.
    outcomes
        One row a run, those with all channels live included: ``regime``, ``seed``, for each channel
        whether it was live, and every outcome.
    contributions
        What `analysis.attribution.attribute` makes of them.
    """

    experiment: Experiment
    records: tuple[Record, ...]
    outcomes: pd.DataFrame
    contributions: pd.DataFrame

    @classmethod
    def of(cls, results: Results, records: tuple[Record, ...]) -> Attribution:
        """Attribute the leads of a comparison.

        Parameters
        ----------
        results
            The comparison; at least one run must have finished.
        records
            What became of the runs that :func:`tasks` lists.

        Returns
        -------
        Attribution
            Runs and contributions; no contributions if no seed was finished with every set of channels.
        """
        experiment = results.experiment
        outcomes = results.outcomes()
        for place, channel in enumerate(CHANNELS):
            outcomes.insert(2 + place, channel, value=True)
        held = pd.DataFrame(list(_endings(experiment, records)), columns=list(outcomes.columns))
        outcomes = pd.concat([outcomes, held], ignore_index=True) if len(held) else outcomes
        contributions = attribute(outcomes, OUTCOMES, baseline_of(experiment.regimes))
        return cls(experiment, records, outcomes, contributions)

    @property
    def failed(self) -> tuple[Record, ...]:
        """Runs that ended in an error."""
        return tuple(record for record in self.records if record.result is None)

    @property
    def finished(self) -> tuple[Record, ...]:
        """Runs that have a result."""
        return tuple(record for record in self.records if record.result is not None)

    @property
    def complete(self) -> bool:
        """Whether every run that was asked for was tried."""
        asked = sum(1 for _ in counterfactuals(self.experiment)) * len(self.experiment.seeds)
        return len(self.records) == asked


def _endings(experiment: Experiment, records: tuple[Record, ...]) -> Iterator[dict[str, Any]]:
    """Rows of the runs with channels held still, sets in order, then regimes, then seeds."""
    known = {each.label: (place, each) for place, each in enumerate(counterfactuals(experiment))}
    for record in sorted(records, key=lambda record: (known[record.task.regime][0], record.index)):
        if record.result is not None:
            _, held = known[record.task.regime]
            live = {channel: channel not in held.frozen for channel in CHANNELS}
            yield {"regime": held.regime, "seed": record.task.seed, **live, **record.result.outcomes}
