"""The results folder of a comparison, as a report reads it."""

from __future__ import annotations

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
        """Read one of its tables."""
        return pd.read_parquet(self.folder / "data" / f"{name}.parquet")

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """Regimes compared, by outcome and regime."""
        return self.table("comparison").set_index(["outcome", "regime"])

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """One row a run."""
        return self.table("outcomes")

    @property
    def regimes(self) -> list[str]:
        """Names of regimes, in order."""
        return list(self.manifest["regimes"])

    @property
    def baseline(self) -> str:
        """Regime that the others are compared with."""
        return str(self.manifest["baseline"])

    @property
    def others(self) -> list[str]:
        """Regimes but the baseline."""
        return [name for name in self.regimes if name != self.baseline]

    @property
    def seeds(self) -> int:
        """Seeds that every regime finished."""
        return int(self.comparison["seeds"].min())

    def entry(self, outcome: str, name: str, column: str) -> float:
        """Read a number of the comparison."""
        return float(self.comparison[column][outcome, name])

    def by_regime(self, outcome: str) -> pd.DataFrame:
        """Give an outcome with a row for each seed that every regime finished, and a column for each regime."""
        return self.outcomes.pivot_table(index="seed", columns="regime", values=outcome).dropna()

    def lead(self, outcome: str, ahead: str, behind: str) -> tuple[float, float, float]:
        """Give the paired difference of two regimes in percent of the baseline's mean, with its 95% interval."""
        wide = self.by_regime(outcome)
        scale = 100 / abs(float(wide[self.baseline].mean()))
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
