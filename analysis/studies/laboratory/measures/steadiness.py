"""Steadiness: whether regions stay where they start while nothing is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.regions.application import with_region
from analysis.regions.catalogue import RegionReference, shipped
from analysis.runs.horizon import within
from analysis.statistics.aims import MET, MISSED, OPEN, judge
from analysis.statistics.multiplicity import means_of_groups
from analysis.studies.laboratory.frames import NONE
from analysis.studies.laboratory.protocol import (
    STEADY,
    Line,
    Measure,
    Measuring,
    Setting,
    Taken,
    Wanted,
    selection,
)
from analysis.studies.laboratory.readings import FOLLOWED
from model.loading import load_scenario
from model.loading.library import library
from model.scenario import Scenario


def evenly(names: Sequence[str], most: int) -> list[str]:
    """Take so many of a list at most, evenly spaced."""
    if len(names) <= most:
        return list(names)
    return [names[place] for place in np.linspace(0, len(names) - 1, most).round().astype(int)]


def stories(setting: Setting) -> list[str]:
    """Name the stories that are run."""
    return evenly(sorted(library()), setting.size.stories)


def regions(setting: Setting) -> list[str]:
    """Name the measured regions that are looked through."""
    return evenly(list(shipped().regions.index), setting.size.regions)


def runs(setting: Setting) -> int:
    """Count the runs."""
    size, all_regions = setting.size, len(regions(setting))
    again = len(stories(setting)) + min(all_regions, size.followed)
    return all_regions * size.screen_seeds + again * len(setting.fresh(size.place_seeds))


def take(setting: Setting) -> Measuring:
    """Look through all measured regions on selection seeds, and run those that moved furthest again on fresh ones.

    Stories are run without their events, measured regions in calm times: they have no clock of their own.
    """
    steps, size = setting.scenario.steps, setting.size
    measured = {(code, NONE): scenario for code, scenario in _measured(regions(setting), steps)}
    screening = screened((yield Wanted(measured, selection(size.screen_seeds))))
    tried = {(name, NONE): scenario for name, scenario in _told(stories(setting), steps)}
    tried |= {(code, NONE): measured[code, NONE] for code in furthest(screening, size.followed)}
    table = changes_of((yield Wanted(tried, setting.fresh(size.place_seeds))))
    return Taken(tuple(_lines(table, screening)), {"steadiness": table, "screening": screening})


def screened(readings: pd.DataFrame) -> pd.DataFrame:
    """Compute mean changes of every region in percent, a row for each region, outcome and number of years."""
    table = changes_of(readings)
    return table[["place", "seeds", "outcome", "years", "change"]]


def furthest(screening: pd.DataFrame, most: int) -> list[str]:
    """Name the regions that moved furthest, measured by what is aimed at."""
    if screening.empty:
        return []
    limits = screening["years"].map(lambda years: STEADY[years].most)
    score = (screening["change"].abs() / limits).groupby(screening["place"], sort=False).max()
    return [str(place) for place in score.sort_values(ascending=False, kind="stable").index[:most]]


def changes_of(readings: pd.DataFrame) -> pd.DataFrame:
    """Compute the change since the start in percent, a row for each place, outcome and number of years.

    What seeds of a place differ by is pooled over all places, as each has few; intervals hold together over places.
    """
    rows = []
    groups, places = pd.factorize(readings["cell"])
    for outcome in FOLLOWED:
        for years, aim in STEADY.items():
            before, after = (readings[f"{outcome}_{when}"].to_numpy(np.float64) for when in ("start", years))
            changes = 100 * (after / np.maximum(before, 1e-12) - 1)
            found = means_of_groups(changes, groups.astype(np.int64), max(1, len(places)))
            for number, (mean, low, high) in enumerate(found.tolist()):
                rows.append({
                    "place": places[number], "seeds": int((groups == number).sum()), "outcome": outcome,
                    "years": years, "change": mean, "low": low, "high": high, "verdict": judge(aim, mean, low, high),
                })  # fmt: skip
    names = ["place", "seeds", "outcome", "years", "change", "low", "high", "verdict"]
    return pd.DataFrame(rows, columns=names)


def _measured(codes: Sequence[str], steps: int) -> Iterator[tuple[str, Scenario]]:
    calm = load_scenario(Scenario(), {"steps": steps, "life_cycles.turbulence": 0.0})
    members = shipped()
    for code in codes:
        yield code, with_region(calm, RegionReference(members, code)).with_regime(NONE)


def _told(names: Sequence[str], steps: int) -> Iterator[tuple[str, Scenario]]:
    for name in names:
        quiet = load_scenario(name).model_copy(update={"events": ()})
        scenario, _ = within(quiet, steps)
        yield name, scenario.with_regime(NONE)


def _lines(table: pd.DataFrame, screening: pd.DataFrame) -> Iterator[Line]:
    for (outcome, years), own in table.groupby(["outcome", "years"], sort=False):
        worst = own.iloc[int(own["change"].abs().argmax())]
        verdicts = set(own["verdict"])
        verdict = MISSED if MISSED in verdicts else OPEN if OPEN in verdicts else MET
        label = f"{str(outcome).capitalize()} after {years} years without policy"
        name, aim = f"{outcome}_{years}", STEADY[int(str(years))]
        numbers = (worst["change"], worst["low"], worst["high"])
        yield Line(name, f"{label}, worst place: {worst['place']}", *numbers, "%", aim, verdict)
        rows = screening[(screening["outcome"] == outcome) & (screening["years"] == years)]
        yield Line(
            f"{name}_mean", "the same, mean over all measured regions", float(rows["change"].mean()), unit="%"
        )
        outside = float((rows["change"].abs() > aim.most).mean())
        yield Line(f"{name}_outside", "share of measured regions outside", outside, outside, outside, "share")


STEADINESS = Measure("steadiness", "Do regions stay where they start while nothing is done?", take, runs)
