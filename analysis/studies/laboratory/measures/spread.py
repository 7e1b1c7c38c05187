"""Spread: what the choice among sensible policies is worth, somewhere on the map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.statistics.aims import Aim
from analysis.statistics.multiplicity import holm, paired_probability, simultaneous_interval
from analysis.statistics.selection import best_minus_worst
from analysis.studies.laboratory.conditions import SENSIBLE, runs, wanted
from analysis.studies.laboratory.frames import Values, side_by_side
from analysis.studies.laboratory.protocol import Line, Measure, Measuring, Setting, Taken
from analysis.studies.laboratory.readings import BESIDE, PRIMARY

AIM = Aim(least=10, above=0)


def take(setting: Setting) -> Measuring:
    """Say in each cell of the map how far the best of sensible policies is from the worst."""
    asked = wanted(setting)
    readings = yield asked
    table = spread_of(readings, asked.cells)
    whole = table.dropna(subset=["low"])
    if whole.empty:
        return Taken(
            (Line("spread", "Best minus worst of sensible policies", np.nan, aim=AIM),), {"spread": table}
        )
    row = whole.iloc[int(whole["spread"].argmax())]
    label = f"Best minus worst of sensible policies, where it is largest: {row['cell']}"
    lines = (
        Line("spread", label, row["spread"], row["low"], row["high"], aim=AIM),
        Line("spread_output", "the same on output", row["output"], row["output_low"], row["output_high"]),
        Line("spread_mean", "the same, mean over the map", whole["spread"].mean()),
    )
    return Taken(lines, {"spread": table})


def spread_of(readings: pd.DataFrame, cells: Sequence[str]) -> pd.DataFrame:
    """Compute best minus worst in each cell, intervals holding together over the map."""
    rows, probabilities = [], []
    for cell in cells:
        table = side_by_side(readings, PRIMARY, SENSIBLE, cell)
        differences = best_minus_worst(table.to_numpy(np.float64))
        means = table.mean()
        best, worst = (str(means.idxmax()), str(means.idxmin())) if len(table) else ("", "")
        spread, low, high = simultaneous_interval(differences, len(cells))
        other = _of_pair(readings, cell, best, worst, len(cells))
        probabilities.append(paired_probability(differences))
        rows.append({
            "cell": cell, "seeds": len(table), "best": best, "worst": worst, "spread": spread, "low": low,
            "high": high, "output": other[0], "output_low": other[1], "output_high": other[2],
        })  # fmt: skip
    return pd.DataFrame(rows).assign(adjusted_probability=holm(np.array(probabilities)))


def _of_pair(
    readings: pd.DataFrame, cell: str, best: str, worst: str, tests: int
) -> tuple[float, float, float]:
    """Give the same pair's difference on output, which did not pick it."""
    table = side_by_side(readings, BESIDE, SENSIBLE, cell)
    sample: Values = (table[best] - table[worst]).to_numpy(np.float64) if len(table) and best else np.empty(0)
    return simultaneous_interval(sample, tests)


SPREAD = Measure("spread", "What is the choice among sensible policies worth?", take, runs)
