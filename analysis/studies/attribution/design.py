"""The runs behind an attribution: every regime again, with every set of channels held still, on the same seeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Any, ClassVar

import pandas as pd

from analysis.runs.execution import Record
from analysis.runs.experiment import HELD_STILL, Experiment, Task, arrange
from analysis.runs.making import Made
from analysis.statistics.gains import averages
from analysis.statistics.shapley import CHANNELS, attribute
from model.record import OUTCOMES
from model.scenario import Scenario

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


def steps_read(experiment: Experiment) -> range:
    """Steps at which the outcomes of all runs are read: leads are of averages over all but the start."""
    return range(1, experiment.scenario.steps + 1)


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


@dataclass(frozen=True)
class Attributed:
    """What follows from the runs with channels held still.

    Attributes
    ----------
    tables
        ``attribution`` (what `analysis.statistics.shapley.attribute` returns; empty if no seed was finished with every
        set of channels) and ``counterfactuals`` (one row a run, those with all channels live included: ``regime``,
        ``seed``, for each channel whether it was live, and every outcome on average over the horizon).
    finished
        How many runs with channels held still were finished.
    failed
        Those that ended in an error.
    complete
        Whether every one that was asked for was tried.
    """

    tables: Mapping[str, pd.DataFrame]
    finished: int
    failed: tuple[Record[Any], ...]
    complete: bool
    channels: ClassVar[tuple[str, ...]] = CHANNELS

    @property
    def seeds(self) -> int:
        """Seeds that were finished with every set of channels."""
        seeds = self.tables["attribution"]["seeds"]
        return int(seeds.min()) if len(seeds) else 0


def attribute_leads(
    experiment: Experiment, series: pd.DataFrame, made: Made, baseline: str, discount: float = 0.0
) -> Attributed:
    """Attribute the leads of a comparison, which are of averages over the horizon.

    Parameters
    ----------
    experiment
        The comparison.
    series
        Its outcomes, one row a run and step.
    made
        What came of all runs at every step, those that `tasks` lists among them.
    baseline
        Regime over which leads are.
    discount
        Yearly rate at which later gains count less.

    Returns
    -------
    Attributed
        Runs and contributions.
    """
    known = {each.label: each for each in counterfactuals(experiment)}
    held = _averages(experiment, known, made.outcomes, discount)
    failed = tuple(record for record in made.failed if record.task.regime in known)
    runs = averages(series, OUTCOMES, discount)
    for place, channel in enumerate(CHANNELS):
        runs.insert(2 + place, channel, value=True)
    runs = pd.concat([runs, held[runs.columns]], ignore_index=True) if len(held) else runs
    return Attributed(
        {
            "attribution": attribute(runs, OUTCOMES, baseline),
            "counterfactuals": runs,
        },
        len(held),
        failed,
        len(held) + len(failed) == len(known) * len(experiment.seeds),
    )


def _averages(
    experiment: Experiment, known: Mapping[str, Counterfactual], outcomes: pd.DataFrame, discount: float
) -> pd.DataFrame:
    """Rows of the runs with channels held still, sets in order, then regimes, then seeds."""
    held = outcomes[outcomes["regime"].isin(known)]
    if len(held):
        held = averages(held, OUTCOMES, discount)
    places = {label: place for place, label in enumerate(known)}
    seeds = {seed: place for place, seed in enumerate(experiment.seeds)}
    order = pd.DataFrame({"label": held["regime"].map(places), "seed": held["seed"].map(seeds)})
    held = held.loc[order.sort_values(["label", "seed"]).index]
    for channel in CHANNELS:
        held[channel] = [channel not in known[label].frozen for label in held["regime"]]
    held["regime"] = [known[label].regime for label in held["regime"]]
    return held
