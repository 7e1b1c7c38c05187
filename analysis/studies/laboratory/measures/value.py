"""The value of mind: where on the map a regime leads its lottery twin and all others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.statistics.aims import MET, MISSED, Aim
from analysis.statistics.factorial import LEVEL
from analysis.statistics.multiplicity import holm, lead_over_all, simultaneous_interval
from analysis.studies.laboratory.conditions import CHOOSING, REGIMES, SENSIBLE, runs, wanted
from analysis.studies.laboratory.frames import side_by_side
from analysis.studies.laboratory.protocol import Line, Measure, Measuring, Setting, Taken
from analysis.studies.laboratory.readings import PRIMARY
from model.scenario import twin_of

AIM = Aim(least=len(CHOOSING))


def take(setting: Setting) -> Measuring:
    """Say where each regime leads its twin, the other regimes, the fixed list, the lottery and no policy."""
    asked = wanted(setting)
    readings = yield asked
    table = leads_of(readings, asked.cells)
    leading = table.loc[table["leads"], "regime"].nunique()
    label = "Regimes that lead their twin and all others somewhere on the map"
    line = Line(
        "value", label, leading, leading, leading, "regimes", AIM, MET if leading >= AIM.least else MISSED
    )
    over_twin = table[table["leads_twin"]]
    beside = Line(
        "value_twin", "Leads over their twins that are clear, on the map", *(len(over_twin),) * 3, "leads"
    )
    return Taken((line, beside), {"map": table})


def leads_of(readings: pd.DataFrame, cells: Sequence[str]) -> pd.DataFrame:
    """Compute the lead of each regime in each cell over its twin and over its strongest rival.

    Intervals hold together over all regimes and cells, and probabilities are adjusted by Holm.
    """
    tests = len(cells) * len(CHOOSING)
    rows = []
    for cell in cells:
        table = side_by_side(readings, PRIMARY, REGIMES, cell)
        values = {name: table[name].to_numpy(np.float64) for name in REGIMES}
        for regime in CHOOSING:
            rivals = [twin_of(regime), "none", *(name for name in SENSIBLE if name != regime)]
            leads = np.column_stack([values[regime] - values[rival] for rival in rivals])
            nearest, probability = lead_over_all(leads)
            lead, low, high = simultaneous_interval(leads[:, nearest], tests)
            twin, twin_low, twin_high = simultaneous_interval(leads[:, 0], tests)
            rows.append({
                "cell": cell, "regime": regime, "seeds": len(table), "rival": rivals[nearest], "lead": lead,
                "low": low, "high": high, "probability": probability, "over_twin": twin, "over_twin_low": twin_low,
                "over_twin_high": twin_high, "twin_probability": lead_over_all(leads[:, :1])[1],
            })  # fmt: skip
    found = pd.DataFrame(rows)
    adjusted, twins = (holm(found[name].to_numpy(np.float64)) for name in ("probability", "twin_probability"))
    return found.assign(adjusted_probability=adjusted, leads=adjusted < LEVEL, leads_twin=twins < LEVEL)


VALUE = Measure("value", "Where does each regime lead because of what it knows?", take, runs)
