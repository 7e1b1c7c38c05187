"""The results folder of a comparison, as a report reads it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison import interval
from model.record import OUTCOMES

PRIMARY = OUTCOMES[0]
QUARTERS = 4
EQUAL = 1e-12
"""Relative difference of two means from which on they differ."""


@dataclass(frozen=True)
class ComparedFolder:
    """The results folder of a comparison, as its tables lie there.

    Attributes
    ----------
    folder
        The folder.
    manifest
        Its manifest.
    """

    folder: Path
    manifest: Mapping[str, Any]

    def table(self, name: str) -> pd.DataFrame:
        """Read one of its tables, of runs only those on seeds that every regime finished."""
        table = pd.read_parquet(self.folder / "data" / f"{name}.parquet")
        return table[table["seed"].isin(self.common)] if "seed" in table else table

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """Regimes compared, by outcome and regime."""
        return pd.read_parquet(self.folder / "data" / "comparison.parquet").set_index(["outcome", "regime"])

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """One row a run."""
        return pd.read_parquet(self.folder / "data" / "outcomes.parquet")

    @cached_property
    def common(self) -> list[int]:
        """Seeds that every regime finished."""
        return [int(seed) for seed in self.by_regime(PRIMARY).index]

    @property
    def title(self) -> str:
        """Title of the story."""
        return str(self.manifest["title"])

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
        """Give the regime with the highest mean, or all that share it."""
        highest = max(self.entry(outcome, name, "mean") for name in self.regimes)
        return [
            name
            for name in self.regimes
            if math.isclose(self.entry(outcome, name, "mean"), highest, rel_tol=EQUAL)
        ]

    @cached_property
    def sure(self) -> list[str]:
        """Regimes whose gain in the primary outcome has a 95% interval above zero."""
        return [name for name in self.others if self.entry(PRIMARY, name, "difference_low") > 0]

    @cached_property
    def spent(self) -> dict[str, float]:
        """Money that each regime spent, mean over seeds, in quarterly wages; of those that spent any."""
        ledger = self.table("ledger")
        if ledger.empty:
            return {}
        means = ledger.groupby(["regime", "seed"])["spent"].sum().groupby("regime").mean()
        return {name: float(means[name]) for name in self.regimes if means.get(name, 0.0) > 0}

    def by_regime(self, outcome: str) -> pd.DataFrame:
        """Give an outcome with a row for each seed that every regime finished, and a column for each regime."""
        return self.outcomes.pivot_table(index="seed", columns="regime", values=outcome)[
            self.regimes
        ].dropna()

    def lead(self, outcome: str, ahead: str, behind: str) -> tuple[float, float, float]:
        """Give the paired difference of two regimes in percent of the baseline's mean, with its 95% interval."""
        wide = self.by_regime(outcome)
        reference = abs(float(wide[self.baseline].mean()))
        scale = 100 / reference if reference else math.nan
        mean, low, high = interval((wide[ahead] - wide[behind]).to_numpy())
        return mean * scale, low * scale, high * scale


def order_over_time(found: ComparedFolder) -> list[tuple[int, str]]:
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
