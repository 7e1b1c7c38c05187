"""Effect: what money for innovation does to output, beside what evaluations report."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.aims import Aim, judge
from analysis.studies.laboratory.conditions import CHOOSING
from analysis.studies.laboratory.frames import NONE, estimated
from analysis.studies.laboratory.protocol import Line, Measure, Measuring, Setting, Taken, Wanted
from analysis.studies.laboratory.readings import BESIDE, YEARS
from model.loading import load_scenario

BUDGETS = (0.01, 0.03)
LONG_RUN, PER_UNIT = Aim(0, 5), Aim(0.5, 3)
"""Change of output in the long run in percent for 1% of wages, and output gained for each unit spent: evaluations
of research and innovation policy, and RHOMOLO (European Commission, JRC136790)."""
TRIED = ("lottery", *CHOOSING)
ALL = "mean of all"


def runs(setting: Setting) -> int:
    """Count the runs."""
    return (1 + len(BUDGETS) * len(TRIED)) * len(setting.fresh(setting.size.effect_seeds))


def take(setting: Setting) -> Measuring:
    """Say what each regime does to output at two budgets."""
    tried = {(NONE, NONE): setting.scenario.with_regime(NONE)}
    for budget in BUDGETS:
        scenario = load_scenario(setting.scenario, {"policy.budget": budget})
        tried |= {(f"{budget:g}", name): scenario.with_regime(name) for name in TRIED}
    readings = yield Wanted(tried, setting.fresh(setting.size.effect_seeds))
    table = effects_of(readings, setting.scenario.steps)
    lines = []
    for row in table[table["regime"] == ALL].to_dict("records"):
        budget = float(row["budget"])
        told = f"at {100 * budget:g}% of wages"
        long_run = (row["long_run"], row["long_run_low"], row["long_run_high"])
        per_unit = (row["per_unit"], row["per_unit_low"], row["per_unit_high"])
        aim = LONG_RUN if budget == BUDGETS[0] else None
        lines += [
            Line(f"effect_{budget:g}", f"Output after 20 years {told}", *long_run, "%", aim),
            Line(
                f"effect_{budget:g}_per_unit",
                f"Output gained for each unit spent {told}",
                *per_unit,
                "",
                PER_UNIT,
            ),
        ]
    return Taken(tuple(lines), {"effect": table})


def effects_of(readings: pd.DataFrame, steps: int) -> pd.DataFrame:
    """Compute the change of output at the end, and output gained over the whole horizon for each unit spent."""
    without = readings[readings["cell"] == NONE].set_index("seed")
    rows = []
    for budget in BUDGETS:
        own = readings[readings["cell"] == f"{budget:g}"]
        found = {
            name: _changes(own[own["regime"] == name].set_index("seed"), without, steps) for name in TRIED
        }
        whole = pd.concat(found).groupby(level=1)
        found[ALL] = whole.mean()[whole.size() == len(TRIED)]
        rows += [_row(budget, regime, values) for regime, values in found.items()]
    return pd.DataFrame(rows)


def _changes(block: pd.DataFrame, without: pd.DataFrame, steps: int) -> pd.DataFrame:
    """Hold a regime against no policy, seed by seed."""
    seeds = block.index.intersection(without.index)
    own, none = block.loc[seeds], without.loc[seeds]
    last = f"{BESIDE}_{YEARS[-1]}"
    gained = steps * (own[BESIDE] - none[BESIDE])
    return pd.DataFrame(
        {
            "long_run": 100 * (own[last] / none[last] - 1),
            "per_unit": gained / own["spent"].where(own["spent"] > 0),
        }
    ).dropna()


def _row(budget: float, regime: str, values: pd.DataFrame) -> dict[str, object]:
    row: dict[str, object] = {"budget": budget, "regime": regime, "seeds": len(values)}
    for name in ("long_run", "per_unit"):
        ends = estimated(values[name].to_numpy(np.float64))
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))
        if name == "per_unit":
            row["verdict"] = judge(PER_UNIT, *ends)
    return row


EFFECT = Measure("effect", "Is the effect of money on output one that evaluations know?", take, runs)
