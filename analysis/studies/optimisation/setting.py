"""What a search is asked, how much it runs, and what it knows so far."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.fronts import in_order
from analysis.studies.laboratory.protocol import Key, Wanted
from analysis.studies.optimisation.levers import Levers, Policy
from analysis.studies.optimisation.objectives import BASE, Constraint, Objective, missed, reached
from analysis.studies.optimisation.policy import put_into
from analysis.studies.optimisation.proposals import Tried
from model.loading import load_scenario
from model.scenario import Scenario

FIRST_SELECTION = 0
"""Policies are searched on seeds from here on, below those on which anything is reported."""


@dataclass(frozen=True)
class Size:
    """How much is run.

    Attributes
    ----------
    policies
        Policies that are tried.
    at_random
        Part of them that is drawn at random, before anybody learns.
    batch
        Policies that are tried between two looks at what came of them.
    first_seeds
        Seeds of every policy; the better half of a batch gets as many again.
    race
        Most runs of the race among the best.
    racing, most_seeds
        Who takes part in it, and most seeds that one of them gets.
    finalists
        Policies that are run on fresh seeds.
    robust, future_seeds
        Finalists that are tried in futures, and seeds in each.
    """

    policies: int = 1_000
    at_random: int = 200
    batch: int = 50
    first_seeds: int = 2
    race: int = 1_200
    racing: int = 40
    most_seeds: int = 64
    finalists: int = 12
    robust: int = 6
    future_seeds: int = 4

    @classmethod
    def of(cls, policies: int, fresh: int) -> Size:
        """Scale a search with its number of policies; no more seeds in a future than there are fresh ones."""
        return cls(
            policies=policies,
            at_random=max(1, min(200, policies // 3)),
            batch=max(4, min(50, policies // 8)),
            race=min(1_200, max(24, 6 * policies)),
            racing=max(4, min(40, policies // 4)),
            finalists=max(2, min(12, policies // 4)),
            robust=max(2, min(6, policies // 4)),
            future_seeds=min(4, fresh),
        )

    def search_runs(self, cells: int) -> int:
        """Most runs of the search itself, in so many futures at a time."""
        later = max(0, self.policies - self.at_random)
        batches = [self.policies - later, *[self.batch] * (later // self.batch), later % self.batch]
        tried = sum(count + (count + 1) // 2 for count in batches)
        return cells * self.first_seeds * (tried + 2 * len(("none", "lottery")))


@dataclass(frozen=True)
class Setting:
    """What is searched, where and for what.

    Attributes
    ----------
    scenario
        Region and parameters.
    regimes
        What policies are held against, by name: regimes of the scenario, twins and real strategies.
    levers
        What a policy is made of.
    objectives, constraints
        What is wanted and what must be kept; policies are ranked by the first objective, or by fronts.
    seeds
        Fresh seeds, on which everything is reported.
    size
        How much is run.
    futures
        Settings of each future, by its name.
    sampler
        Who proposes, see `analysis.studies.optimisation.proposals`.
    search_seed
        Seed of the search; also moves the seeds on which it selects.
    """

    scenario: Scenario
    regimes: tuple[str, ...]
    levers: Levers
    objectives: tuple[Objective, ...]
    constraints: tuple[Constraint, ...]
    seeds: tuple[int, ...]
    size: Size
    futures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sampler: str = "nsga2"
    search_seed: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """Conditions under which the search itself looks at policies."""
        worst = any(objective.over_futures for objective in self.objectives)
        return (BASE, *self.futures) if worst else (BASE,)

    def selection(self, count: int) -> tuple[int, ...]:
        """Return the first seeds of those on which this search may choose."""
        first = FIRST_SELECTION + self.search_seed * self.size.most_seeds
        return tuple(range(first, first + count))

    def tasks(
        self, policies: Mapping[str, Policy], regimes: Sequence[str], cells: Sequence[str]
    ) -> dict[Key, Scenario]:
        """Put policies and regimes into the scenario, in each of some futures."""
        found: dict[Key, Scenario] = {}
        for cell in cells:
            place = load_scenario(self.scenario, dict(self.futures.get(cell, {})))
            found |= {(cell, name): put_into(place, policy, name) for name, policy in policies.items()}
            found |= {(cell, name): place.with_regime(name) for name in regimes}
        return found


@dataclass
class Archive:
    """What was tried, and everything that was read on seeds on which one may choose.

    Attributes
    ----------
    setting
        What is searched.
    policies
        Policies by name, in the order in which they were tried.
    batches
        In which batch each was proposed; 0 for those drawn at random.
    readings
        What was read.
    """

    setting: Setting
    policies: dict[str, Policy] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    readings: pd.DataFrame = field(default_factory=pd.DataFrame)

    def take(self, readings: pd.DataFrame) -> None:
        """Take readings in, those that are new."""
        both = pd.concat([each for each in (self.readings, readings) if len(each)] or [readings])
        self.readings = both.drop_duplicates(["cell", "regime", "seed"], ignore_index=True)

    def seeds(self) -> pd.Series:
        """Count the seeds of each policy."""
        return self.readings.groupby("regime")["seed"].nunique()

    def scores(self, names: Sequence[str] | None = None) -> pd.DataFrame:
        """Return what policies reach on every objective, a row for each that was finished."""
        objectives, futures = self.setting.objectives, tuple(self.setting.futures)
        table = pd.DataFrame({each.name: reached(self.readings, each, futures) for each in objectives})
        return table.reindex(list(self.policies if names is None else names)).dropna()

    def short(self, names: Sequence[str]) -> pd.DataFrame:
        """Return by how much policies miss constraints, a row for each."""
        if not self.setting.constraints:
            return pd.DataFrame(index=list(names))
        return missed(self.readings, self.setting.constraints).reindex(list(names))

    def better(self, scores: pd.DataFrame) -> np.ndarray:
        """Turn scores such that more is better, shape (policies, objectives)."""
        return np.column_stack(
            [each.better(scores[each.name].to_numpy()) for each in self.setting.objectives]
        )

    def ordered(self, names: Sequence[str] | None = None) -> list[str]:
        """Order policies, the best first."""
        scores = self.scores(names)
        order = in_order(self.better(scores), self.short(list(scores.index)).to_numpy())
        return [str(scores.index[place]) for place in order]

    def tried(self) -> list[Tried]:
        """Return what came of every policy, for whoever proposes."""
        scores = self.scores()
        short = self.short(list(scores.index)).to_numpy()
        return [
            Tried(self.policies[str(name)], tuple(map(float, own)), tuple(map(float, misses)))
            for name, own, misses in zip(scores.index, self.better(scores), short, strict=True)
        ]


@dataclass(frozen=True)
class Request:
    """Runs that are asked for, and how many may come after them."""

    wanted: Wanted
    left: int
    stage: str


class StoppedError(Exception):
    """Whoever makes the runs was stopped; what is found so far is to be returned."""


Tables = dict[str, pd.DataFrame]
Asking = Generator[Request, pd.DataFrame, None]
Searching = Generator[Request, pd.DataFrame, tuple[Tables, bool]]
"""A search under way: it yields what it wants and is sent readings, and returns tables and whether it was stopped."""
