"""Made-up comparisons for reports: any outcomes, any spending, without a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.certainty import with_certainty
from analysis.statistics.comparison import baseline_of, compare
from analysis.studies.comparison.compared import PRIMARY, Compared
from model.record import OUTCOMES


class MadeUp(Compared):
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
            "scenario": {"steps": steps, "story": {"text": ""}}, "discount": 0.0,
        }  # fmt: skip
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
        tables = {
            "outcomes": outcomes, "averages": outcomes, "series": pd.DataFrame(series), "ledger": pd.DataFrame(ledger),
            "comparison": with_certainty(compare(outcomes, OUTCOMES), outcomes),
        }  # fmt: skip
        super().__init__(tables, manifest)
