"""A design becomes a list of runs: every regime meets the same seeds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic

from typing_extensions import TypeVar

from analysis.errors import RequestError
from analysis.runs.policies import AS_WRITTEN, check, scenario_under
from analysis.runs.provenance import model_digest, model_version, run_id, scenario_digest
from model.scenario import REGIME_NAMES, Scenario

Setting = TypeVar("Setting", default=Scenario)
"""What a run is made from: a scenario, unless something else than a region is run."""

__all__ = ["AS_WRITTEN", "HELD_STILL", "Experiment", "Setting", "Task", "arrange", "run_ids"]

HELD_STILL = MappingProxyType(
    {"freeze_absorptive_capacity": True, "networked_recombination": False, "freeze_ties": True}
)
"""Parameters of the section ``channels``, and the value at which each holds its channel still."""


@dataclass(frozen=True, slots=True)
class Task(Generic[Setting]):
    """One run that is to be made."""

    scenario: Setting
    regime: str
    seed: int


@dataclass(frozen=True)
class Experiment:
    """A scenario, the regimes it is tried under, and the seeds that they share.

    Attributes
    ----------
    story
        Short name of the scenario, for people and for folders.
    scenario
        The scenario as resolved, before a regime is put into it.
    regimes
        Names of regimes, switches between two (``sector:smart_specialisation@5``), ``as_written`` for the scenario's
        own policymakers, and names of ``policies``.
    seeds
        Seeds of the runs; the same for every regime, so that all regimes meet the same region and
        the same luck and can be compared in pairs.
    attribute
        Whether the leads of regimes are to be attributed to channels, which takes seven further runs for
        each (see `analysis.studies.attribution.design`).
    policies
        Further policies by name, each as a scenario that differs from the first in its policy only.
    """

    story: str
    scenario: Scenario
    regimes: tuple[str, ...] = REGIME_NAMES
    seeds: tuple[int, ...] = tuple(range(10_000, 10_016))
    attribute: bool = False
    policies: tuple[tuple[str, Scenario], ...] = ()

    def __post_init__(self) -> None:
        written = dict(self.policies)
        for regime in self.regimes:
            if regime not in written:
                check(self.scenario, regime)
        if len(set(self.regimes)) < len(self.regimes):
            raise RequestError(field="regimes", value=",".join(self.regimes), rule="a regime is named twice")
        if self.attribute:
            self._check_attribution()

    def _check_attribution(self) -> None:
        if len(self.regimes) < 2:
            raise RequestError(
                field="attribute",
                rule=f"what is attributed is the lead of one regime over another, and there is {self.regimes[0]} only",
                remedy="name two or more, such as {regimes=none,cluster}.",
            )
        for key, still in HELD_STILL.items():
            if getattr(self.scenario.channels, key) == still:
                written, live = (str(value).lower() for value in (still, not still))
                raise RequestError(
                    field="attribute",
                    rule=f"the scenario sets channels.{key} to {written}, and so holds a channel still from the outset",
                    remedy=f"leave it out, or add {{channels.{key}={live}}}.",
                )

    def tasks(self) -> tuple[Task, ...]:
        """List the runs, seed by seed, so that an experiment that is stopped early has whole pairs."""
        return arrange(self.scenarios(), self.seeds)

    def scenarios(self) -> dict[str, Scenario]:
        """Give the scenario of each regime."""
        written = dict(self.policies)
        return {
            regime: written[regime] if regime in written else scenario_under(self.scenario, regime)
            for regime in self.regimes
        }

    def identity(self) -> str:
        """Say in 32 hexadecimal digits what is run: equal for whatever makes the same runs with this version."""
        content: dict[str, object] = {
            "scenario": self.scenario.model_dump(mode="json"),
            "regimes": self.regimes,
            "seeds": self.seeds,
            "version": model_version(),
        }
        if self.attribute:
            content["attribute"] = True
        if self.policies:
            content["policies"] = [[name, each.model_dump(mode="json")] for name, each in self.policies]
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def arrange(scenarios: dict[str, Setting], seeds: Sequence[int]) -> tuple[Task[Setting], ...]:
    """Cross scenarios with seeds, seeds outermost.

    Parameters
    ----------
    scenarios
        Label of a regime or of any other treatment, and its scenario.
    seeds
        Seeds, common to all of them.

    Returns
    -------
    tuple of Task
        One task for every pair, in an order that depends on nothing but the arguments.
    """
    return tuple(Task(scenario, label, seed) for seed in seeds for label, scenario in scenarios.items())


def run_ids(tasks: Sequence[Task]) -> tuple[str, ...]:
    """Give the names of runs in a store, see `analysis.runs.provenance.run_id`."""
    model = model_digest()
    # A scenario stands in many tasks, and its digest takes longer than all else.
    scenarios = {id(task.scenario): task.scenario for task in tasks}
    digests = {place: scenario_digest(scenario) for place, scenario in scenarios.items()}
    return tuple(run_id(digests[id(task.scenario)], task.regime, task.seed, model) for task in tasks)
