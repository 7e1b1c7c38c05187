"""Places: money and mind in every story and in measured regions, whatever instruments yield there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.regions.application import with_region
from analysis.regions.catalogue import RegionReference, shipped
from analysis.runs.horizon import within
from analysis.statistics.factorial import LEVEL
from analysis.statistics.multiplicity import holm, paired_probability, simultaneous_interval
from analysis.studies.laboratory.conditions import CHOOSING
from analysis.studies.laboratory.frames import NONE, estimated, lead, side_by_side, spent_per_seed
from analysis.studies.laboratory.measures.mind import TRIED
from analysis.studies.laboratory.measures.steadiness import evenly, stories
from analysis.studies.laboratory.protocol import Line, Measure, Measuring, Setting, Taken, Wanted
from analysis.studies.laboratory.readings import PRIMARY
from model.loading import load_scenario
from model.scenario import Scenario, twin_of


def runs(setting: Setting) -> int:
    """Count the runs."""
    places = len(stories(setting)) + len(_codes(setting))
    return places * len(TRIED) * len(setting.fresh(setting.size.split_seeds))


def take(setting: Setting) -> Measuring:
    """Hold every regime against no policy and against its lottery twin, in every story and in some measured regions."""
    places = dict(_places(setting))
    tried = {
        (place, name): scenario.with_regime(name) for place, scenario in places.items() for name in TRIED
    }
    table = splits_of((yield Wanted(tried, setting.fresh(setting.size.split_seeds))), tuple(places))
    told = table.groupby("regime")["told_apart"].agg(["sum", "size"])
    lines = tuple(
        Line(
            f"places_{regime}", f"Of {told['size'][regime]} places, those in which the mind of "
            f"{regime.replace('_', ' ')} is clear", *(float(told["sum"][regime]),) * 3, "differences",
        )
        for regime in CHOOSING
    )  # fmt: skip
    return Taken((*lines, *_means(table)), {"places": table})


def splits_of(readings: pd.DataFrame, places: tuple[str, ...]) -> pd.DataFrame:
    """Compute money and mind by place and regime; intervals hold together over all of them."""
    rows = []
    for place in places:
        table = side_by_side(readings, PRIMARY, TRIED, place)
        for regime in CHOOSING:
            twin = twin_of(regime)
            sample = lead(table, regime, twin)
            mean, low, high = simultaneous_interval(sample, len(places) * len(CHOOSING))
            spent = spent_per_seed(readings, (regime, twin), place)
            rows.append({
                "place": place, "regime": regime, "seeds": len(table), "money": estimated(lead(table, twin, NONE))[0],
                "mind": mean, "low": low, "high": high, "probability": paired_probability(sample),
                "spent_share": float(spent[regime] / spent[twin]) if spent[twin] > 0 else np.nan,
            })  # fmt: skip
    table = pd.DataFrame(rows)
    adjusted = holm(table["probability"].to_numpy(np.float64))
    return table.assign(adjusted_probability=adjusted, told_apart=adjusted < LEVEL)


def _means(table: pd.DataFrame) -> Iterator[Line]:
    for regime, own in table.groupby("regime", sort=False):
        label = str(regime).replace("_", " ")
        yield Line(f"places_mean_{regime}", f"the same, mean mind of {label}", float(own["mind"].mean()))


def _codes(setting: Setting) -> list[str]:
    return evenly(list(shipped().regions.index), min(setting.size.regions, setting.size.split_regions))


def _places(setting: Setting) -> Iterator[tuple[str, Scenario]]:
    steps = setting.scenario.steps
    for name in stories(setting):
        yield name, within(load_scenario(name), steps)[0]
    calm = load_scenario(Scenario(), {"steps": steps, "life_cycles.turbulence": 0.0})
    for code in _codes(setting):
        yield code, with_region(calm, RegionReference(shipped(), code))


PLACES = Measure(
    "places", "Does the split into money and mind hold in every story and in measured regions?", take, runs
)
