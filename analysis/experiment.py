"""A design becomes a list of runs: every regime meets the same seeds."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from typing_extensions import TypeVar

from analysis.errors import RequestError
from analysis.provenance import model_version
from model.scenario import REGIME_NAMES, Scenario

Setting = TypeVar("Setting", default=Scenario)
"""What a run is made from: a scenario, unless something else than a region is run."""

AS_WRITTEN = "as_written"
"""Label of runs whose policymakers are those that the scenario itself declares."""


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
        Names of regimes, or ``("as_written",)`` for the scenario's own policymakers.
    seeds
        Seeds of the runs; the same for every regime, so that all regimes meet the same region and
        the same luck and can be compared in pairs.
    """

    story: str
    scenario: Scenario
    regimes: tuple[str, ...] = REGIME_NAMES
    seeds: tuple[int, ...] = tuple(range(10_000, 10_016))

    def __post_init__(self) -> None:
        for regime in self.regimes:
            if regime != AS_WRITTEN and regime not in self.scenario.regimes:
                raise RequestError(_no_such_regime(regime, tuple(self.scenario.regimes)))
        if len(set(self.regimes)) < len(self.regimes):
            raise RequestError(f"--regimes {','.join(self.regimes)}: a regime is named twice.")

    def tasks(self) -> tuple[Task, ...]:
        """List the runs, seed by seed, so that an experiment that is stopped early has whole pairs."""
        return arrange(self.scenarios(), self.seeds)

    def scenarios(self) -> dict[str, Scenario]:
        """Give the scenario of each regime."""
        return {
            regime: self.scenario if regime == AS_WRITTEN else self.scenario.with_regime(regime)
            for regime in self.regimes
        }

    def identity(self) -> str:
        """Say in 32 hexadecimal digits what is run: equal for equal scenario, regimes, seeds and version."""
        content = {
            "scenario": self.scenario.model_dump(mode="json"),
            "regimes": self.regimes,
            "seeds": self.seeds,
            "version": model_version(),
        }
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


def _no_such_regime(regime: str, known: tuple[str, ...]) -> str:
    nearest = difflib.get_close_matches(regime, known, n=1)
    hint = f" Did you mean {nearest[0]!r}?" if nearest else ""
    return f"There is no regime {regime!r}; this scenario knows {', '.join(known)}.{hint}"
