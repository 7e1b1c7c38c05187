"""Regimes compared, as sentences and tables read it: tables of runs on seeds that every regime finished."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.comparison import interval
from model.record import OUTCOMES

PRIMARY = OUTCOMES[0]
RANKED_BY = f"{PRIMARY}, average over the horizon"
QUARTERS = 4
LEVEL = 0.05
"""Probability by chance below which a difference is called more than chance."""
EQUAL = 1e-12
"""Relative difference of two means from which on they differ."""


@dataclass(frozen=True)
class Compared:
    """A comparison as it is told.

    Attributes
    ----------
    tables
        Tables of the findings, by name.
    manifest
        How they came about.
    """

    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]

    def table(self, name: str) -> pd.DataFrame:
        """Return one of its tables, of runs only those on seeds that every regime finished."""
        table = self.tables[name]
        return table[table["seed"].isin(self.common)] if "seed" in table else table

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """Regimes compared, by outcome and regime."""
        return self.tables["comparison"].set_index(["outcome", "regime"])

    @property
    def outcomes(self) -> pd.DataFrame:
        """Outcomes averaged over the horizon, which is what regimes are ranked by; one row a run."""
        return self.tables["averages"]

    @cached_property
    def common(self) -> list[int]:
        """Seeds that every regime finished."""
        return [int(seed) for seed in self.by_regime(PRIMARY).index]

    @cached_property
    def regimes(self) -> list[str]:
        """Names of regimes that finished a run, in order."""
        finished = set(self.comparison.index.get_level_values("regime"))
        return [name for name in self.manifest["regimes"] if name in finished]

    @property
    def baseline(self) -> str:
        """Regime that the others are compared with."""
        return str(self.comparison["baseline"].iloc[0])

    @property
    def others(self) -> list[str]:
        """Regimes but the baseline."""
        return [name for name in self.regimes if name != self.baseline]

    @property
    def seeds(self) -> int:
        """How many seeds every regime finished."""
        return len(self.common)

    @property
    def years(self) -> float:
        """How long runs are."""
        return float(self.manifest["scenario"]["steps"]) / QUARTERS

    @property
    def duration(self) -> str:
        """How long runs are, in words."""
        if self.years < 1:
            quarters = round(self.years * QUARTERS)
            return f"{quarters} {'quarter' if quarters == 1 else 'quarters'}"
        return f"{self.years:g} {'year' if self.years == 1 else 'years'}"

    def entry(self, outcome: str, name: str, column: str) -> float:
        """Read a number of the comparison."""
        return float(self.comparison[column][outcome, name])

    def ranked(self, outcome: str) -> list[str]:
        """Order regimes by their mean, the highest first."""
        return sorted(self.regimes, key=lambda name: -self.entry(outcome, name, "mean"))

    def first(self, outcome: str) -> list[str]:
        """Return the regime with the highest mean, or all that share it."""
        highest = max(self.entry(outcome, name, "mean") for name in self.regimes)
        return [
            name
            for name in self.regimes
            if math.isclose(self.entry(outcome, name, "mean"), highest, rel_tol=EQUAL)
        ]

    @cached_property
    def sure(self) -> list[str]:
        """Regimes that gain more in the primary outcome than chance would explain, given how many are compared."""
        return [
            name
            for name in self.others
            if self.entry(PRIMARY, name, "difference") > 0 and self.entry(PRIMARY, name, "adjusted") < LEVEL
        ]

    @cached_property
    def spent(self) -> dict[str, float]:
        """Money that each regime spent, mean over seeds, in quarterly wages; of those that spent any."""
        ledger = self.table("ledger")
        if ledger.empty:
            return {}
        means = ledger.groupby(["regime", "seed"])["spent"].sum().groupby("regime").mean()
        return {name: float(means[name]) for name in self.regimes if means.get(name, 0.0) > 0}

    @property
    def discount(self) -> float:
        """Yearly rate at which later gains count less."""
        return float(self.manifest["discount"])

    @cached_property
    def ranking(self) -> list[str]:
        """Regimes by the average over the horizon of the primary outcome, the best first."""
        return self.ranked(PRIMARY)

    @property
    def equal_budgets(self) -> bool:
        """Whether every policy has the whole budget for the whole time, as regimes have."""
        return not self.manifest.get("policies_as_written")

    def by_regime(self, outcome: str) -> pd.DataFrame:
        """Return an outcome with a row for each seed that every regime finished, and a column for each regime."""
        return self.outcomes.pivot_table(index="seed", columns="regime", values=outcome)[
            self.regimes
        ].dropna()

    def lead(self, outcome: str, ahead: str, behind: str) -> tuple[float, float, float]:
        """Return the paired difference of two regimes in percent of the baseline's mean, with its 95% interval."""
        wide = self.by_regime(outcome)
        reference = abs(float(wide[self.baseline].mean()))
        scale = 100 / reference if reference else math.nan
        mean, low, high = interval((wide[ahead] - wide[behind]).to_numpy())
        return mean * scale, low * scale, high * scale


def order_over_time(found: Compared) -> list[tuple[int, str]]:
    """Say from which step on which regime has the most knowledge on average.

    Returns
    -------
    list of tuple
        Steps at which the first place changes hands, and who takes it.
    """
    series = found.table("series")
    means = series.pivot_table(index="step", columns="regime", values=PRIMARY)[found.regimes]
    first = means.columns[np.argmax(means.to_numpy(), axis=1)]
    changes = [(int(step), str(name)) for step, name in zip(means.index, first, strict=True)]
    return [
        change for place, change in enumerate(changes)
        if change[0] > 0 and (place <= 1 or changes[place - 1][1] != change[1])
    ]  # fmt: skip
