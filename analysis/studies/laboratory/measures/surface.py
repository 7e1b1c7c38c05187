"""The mission's surface: leads over the lottery over absorptive capacity and recombination."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.runs.axes import find_axis
from analysis.statistics.aims import MET, MISSED, Aim
from analysis.statistics.factorial import LEVEL
from analysis.statistics.multiplicity import holm, paired_probability, simultaneous_interval
from analysis.studies.laboratory.conditions import CHOOSING
from analysis.studies.laboratory.frames import NONE, lead, side_by_side
from analysis.studies.laboratory.protocol import Key, Line, Measure, Measuring, Setting, Taken, Wanted
from analysis.studies.laboratory.readings import BESIDE, PRIMARY
from model.loading import load_scenario
from model.scenario import Scenario

CAPACITY, RECOMBINATION = (0.5, 1.0, 1.5), (0.0, 1.0, 2.0)
"""Multiples of what the scenario says."""
TRIED = (NONE, "lottery", *CHOOSING)
AIM = Aim(least=0.5)


def runs(setting: Setting) -> int:
    """Count the runs."""
    return len(CAPACITY) * len(RECOMBINATION) * len(TRIED) * len(setting.fresh(setting.size.surface_seeds))


def take(setting: Setting) -> Measuring:
    """Say under how many conditions the leads of regimes over the lottery are clear."""
    capacity, recombination = (
        find_axis(n, setting.scenario) for n in ("absorptive_capacity", "recombination")
    )
    tried: dict[Key, Scenario] = {}
    for x in CAPACITY:
        for y in RECOMBINATION:
            scenario = load_scenario(setting.scenario, {**capacity.settings(x), **recombination.settings(y)})
            tried |= {(f"{x:g} {y:g}", name): scenario.with_regime(name) for name in TRIED}
    asked = Wanted(tried, setting.fresh(setting.size.surface_seeds))
    readings = yield asked
    table = surface_of(readings, asked.cells)
    share = float(table["told_apart"].mean())
    some = float(table.groupby("cell")["told_apart"].any().mean())
    turning = (
        table[table["told_apart"]].groupby("regime")["lead"].agg(lambda leads: leads.min() < 0 < leads.max())
    )
    turns = int(turning.sum())
    lines = (
        Line("surface", f"Clear leads over the lottery, share of {len(table)}", share, share, share, "share", AIM,
             MET if share >= AIM.least else MISSED),
        Line("surface_cells", "Share of conditions in which one lead is", some, some, some, "share"),
        Line("surface_turns", "Regimes whose lead clearly changes its sign", turns, turns, turns, "regimes"),
    )  # fmt: skip
    return Taken(lines, {"surface": table})


def surface_of(readings: pd.DataFrame, cells: Sequence[str]) -> pd.DataFrame:
    """Compute leads over the lottery in every cell; intervals and Holm's p over all regimes and cells."""
    tests = len(cells) * len(CHOOSING)
    rows = []
    for cell in cells:
        primary, output = (side_by_side(readings, outcome, TRIED, cell) for outcome in (PRIMARY, BESIDE))
        x, y = cell.split()
        for regime in CHOOSING:
            sample = lead(primary, regime, "lottery")
            mean, low, high = simultaneous_interval(sample, tests)
            rows.append({
                "cell": cell, "absorptive_capacity": float(x), "recombination": float(y), "regime": regime,
                "seeds": len(primary), "lead": mean, "low": low, "high": high,
                "output": float(lead(output, regime, "lottery").mean()) if len(output) else np.nan,
                "probability": paired_probability(sample),
            })  # fmt: skip
    found = pd.DataFrame(rows)
    adjusted = holm(found["probability"].to_numpy(np.float64))
    return found.assign(adjusted_probability=adjusted, told_apart=adjusted < LEVEL)


SURFACE = Measure("surface", "Does the answer turn with absorptive capacity and recombination?", take, runs)
