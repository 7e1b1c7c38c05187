"""Seeds: how many tell a small lead from luck."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from analysis.statistics.aims import Aim
from analysis.statistics.power import deviation_interval, seeds_to_tell
from analysis.studies.laboratory.conditions import CHOOSING
from analysis.studies.laboratory.frames import NONE, lead, side_by_side
from analysis.studies.laboratory.protocol import Line, Measure, Measuring, Setting, Taken, Wanted
from analysis.studies.laboratory.readings import AVERAGED, BESIDE, PRIMARY

LEAD = 3.0
"""Points that are to be told from zero."""
AIM = Aim(most=16)
TRIED = (NONE, "lottery", *CHOOSING)


def runs(setting: Setting) -> int:
    """Count the runs."""
    return len(TRIED) * len(setting.fresh(setting.size.fresh))


def take(setting: Setting) -> Measuring:
    """Say how many seeds the noisiest pair of policies needs."""
    tried = {("", name): setting.scenario.with_regime(name) for name in TRIED}
    readings = yield Wanted(tried, setting.fresh(setting.size.fresh))
    table = luck_of(readings)
    lines = []
    for outcome, name, label in (
        (PRIMARY, "seeds", f"Seeds that tell a lead of {LEAD:g} points, noisiest pair"),
        (BESIDE, "seeds_output", "the same on output"),
    ):
        own = table[table["outcome"] == outcome]
        row = own.iloc[int(own["deviation"].fillna(0.0).argmax())]
        ends = float(row["deviation"]), float(row["low"]), float(row["high"])
        needed = seeds_to_tell(ends[0], LEAD), seeds_to_tell(ends[1], LEAD), seeds_to_tell(ends[2], LEAD)
        lines.append(Line(name, label, *needed, "seeds", AIM if outcome == PRIMARY else None))
        if outcome == PRIMARY:
            lines.append(Line("deviation", "its paired standard deviation", *ends))
    return Taken(tuple(lines), {"luck": table})


def luck_of(readings: pd.DataFrame) -> pd.DataFrame:
    """Compute the paired standard deviation of average gains, for each pair of policies."""
    rows = []
    for outcome in AVERAGED:
        table = side_by_side(readings, outcome, TRIED)
        for one, other in combinations(TRIED[1:], 2):
            deviation, low, high = deviation_interval(lead(table, one, other))
            rows.append({
                "outcome": outcome, "one": one, "other": other, "seeds": len(table), "deviation": deviation,
                "low": low, "high": high, "needed": seeds_to_tell(deviation, LEAD),
            })  # fmt: skip
    return pd.DataFrame(rows)


SEEDS = Measure("seeds", "How many simulated regions tell a lead from luck?", take, runs)
