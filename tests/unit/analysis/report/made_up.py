"""Made-up comparisons for reports: any outcomes, any spending, without a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison import baseline_of, compare
from analysis.report.compared import PRIMARY, ComparedFolder
from model.record import OUTCOMES


class MadeUp(ComparedFolder):
    """A comparison whose tables are made up, not read."""

    def __init__(
        self,
        ends: Mapping[str, Sequence[float]],
        spent: Mapping[str, float] | None = None,
        steps: int = 80,
        title: str = "A region",
    ) -> None:
        rows = [
            {"regime": name, "seed": 10_000 + place, **dict.fromkeys(OUTCOMES, float(value))}
            for name, values in ends.items()
            for place, value in enumerate(values)
            if np.isfinite(value)
        ]
        outcomes = pd.DataFrame(rows)
        manifest: dict[str, Any] = {
            "title": title, "regimes": list(ends), "baseline": baseline_of(list(ends)), "story": "thin_rural_region",
            "scenario": {"steps": steps, "story": {"text": ""}},
        }  # fmt: skip
        super().__init__(Path("results/made_up"), manifest)
        series = [
            {**row, "step": step, PRIMARY: row[PRIMARY] if step else 1.0}
            for row in rows
            for step in (0, steps)
        ]
        ledger = [
            {
                "regime": row["regime"],
                "seed": row["seed"],
                "spent": (spent or {}).get(str(row["regime"]), 0.0),
            }
            for row in rows
        ]
        self.__dict__["outcomes"] = outcomes
        self.__dict__["comparison"] = compare(outcomes, OUTCOMES).set_index(["outcome", "regime"])
        self.__dict__["made"] = {"series": pd.DataFrame(series), "ledger": pd.DataFrame(ledger)}

    def table(self, name: str) -> pd.DataFrame:
        """Give a made-up table."""
        table: pd.DataFrame = self.__dict__["made"][name]
        return table[table["seed"].isin(self.common)]
