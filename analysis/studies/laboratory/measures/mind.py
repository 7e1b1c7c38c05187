"""Mind: what knowledge, choice and networks add to what the same money does by lot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.aims import MET, MISSED, Aim
from analysis.statistics.factorial import LEVEL
from analysis.statistics.multiplicity import holm, paired_probability, simultaneous_interval
from analysis.studies.laboratory.conditions import CHOOSING, TURBULENCE
from analysis.studies.laboratory.frames import NONE, estimated, lead, side_by_side, spent_per_seed
from analysis.studies.laboratory.protocol import Line, Measure, Measuring, Setting, Taken, Wanted
from analysis.studies.laboratory.readings import AVERAGED, PRIMARY
from model.loading import load_scenario
from model.scenario import twin_of

AIM = Aim(least=len(CHOOSING) * len(TURBULENCE))
TRIED = (NONE, *CHOOSING, *map(twin_of, CHOOSING))


def runs(setting: Setting) -> int:
    """Count the runs."""
    return len(TURBULENCE) * len(TRIED) * len(setting.fresh(setting.size.mind_seeds))


def take(setting: Setting) -> Measuring:
    """Hold every regime against its lottery twin, in calm and in turbulent times."""
    cells = {
        f"{turbulence:g}": load_scenario(setting.scenario, {"life_cycles.turbulence": turbulence})
        for turbulence in TURBULENCE
    }
    tried = {(cell, name): scenario.with_regime(name) for cell, scenario in cells.items() for name in TRIED}
    asked = Wanted(tried, setting.fresh(setting.size.mind_seeds))
    readings = yield asked
    table = minds_of(readings, asked.cells)
    primary = table[table["outcome"] == PRIMARY]
    told = int(primary["told_apart"].sum())
    above = int((primary["told_apart"] & (primary["mind"] > 0)).sum())
    label = f"Regimes that differ clearly from their twins, of {len(primary)}"
    lines = (
        Line("mind", label, told, told, told, "differences", AIM, MET if told >= AIM.least else MISSED),
        Line("mind_above", "of these above zero", above, above, above, "differences"),
        *(_mean_line(primary, regime) for regime in CHOOSING),
    )
    return Taken(lines, {"mind": table})


def minds_of(readings: pd.DataFrame, cells: Sequence[str]) -> pd.DataFrame:
    """Compute regime minus twin by turbulence and outcome; intervals hold together over an outcome."""
    tables = []
    for outcome in AVERAGED:
        own = [_mind(readings, outcome, cell, name, len(cells)) for cell in cells for name in CHOOSING]
        adjusted = holm(np.array([row["probability"] for row in own], np.float64))
        tables.append(pd.DataFrame(own).assign(adjusted_probability=adjusted, told_apart=adjusted < LEVEL))
    return pd.concat(tables, ignore_index=True)


def _mind(readings: pd.DataFrame, outcome: str, cell: str, regime: str, cells: int) -> dict[str, Any]:
    """Hold a regime against its twin, as it is and with its gains scaled to what the twin spends."""
    twin = twin_of(regime)
    table = side_by_side(readings, outcome, TRIED, cell)
    sample = lead(table, regime, twin)
    mean, low, high = simultaneous_interval(sample, cells * len(CHOOSING))
    spent = spent_per_seed(readings, (regime, twin), cell)
    share = float(spent[regime] / spent[twin]) if spent[twin] > 0 else np.nan
    gained, money = (estimated(lead(table, name, NONE))[0] for name in (regime, twin))
    return {
        "outcome": outcome, "turbulence": float(cell), "regime": regime, "seeds": len(table), "mind": mean,
        "low": low, "high": high, "money": money, "spent_share": share,
        "mind_at_same_spending": gained / share - money if share else np.nan,
        "probability": paired_probability(sample),
    }  # fmt: skip


def _mean_line(primary: pd.DataFrame, regime: str) -> Line:
    own = primary[primary["regime"] == regime]
    label = f"{regime.replace('_', ' ')} minus its twin, mean over turbulence"
    return Line(f"mind_{regime}", label[:1].upper() + label[1:], float(own["mind"].mean()))


MIND = Measure("mind", "What do knowledge and choice add to the same money spent by lot?", take, runs)
