"""Gains over time, since when they are clear, and how far each regime has come since the start."""

from __future__ import annotations

import math

import pandas as pd

from analysis.statistics.gains import AVERAGE, END
from analysis.studies.comparison.compared import PRIMARY, QUARTERS, Compared
from analysis.words.document import Cell, Number, Section, Table, Words, counted, percent, words
from analysis.words.names import regime
from analysis.words.phrases import LOWER, ON_AVERAGE, ONE_REGION, UPPER
from model.record import OBSERVABLES

NEVER = "never"


def sections(found: Compared) -> tuple[Section, ...]:
    """Show gains over time where there are several regimes, and changes since the start."""
    if not found.others:
        return ()
    return gains(found), changes(found)


def gains(found: Compared) -> Section:
    """Show gains after some years and on average, in the order of the ranking, and since when they are clear."""
    table = found.tables["gains"]
    table = table[table["outcome"] == PRIMARY].set_index(["regime", "after"])
    years = [name for name in dict.fromkeys(table.index.get_level_values("after")) if name != AVERAGE]
    clear = found.tables["clear_from"]
    clear = clear[clear["outcome"] == PRIMARY].set_index("regime")
    rows: list[tuple[Cell, ...]] = []
    for name in (each for each in found.ranking if each != found.baseline):
        source = f"gains/{PRIMARY}/{name}"
        cells = [percent(float(table["relative"][name, year]), f"{source}/{year}/relative") for year in years]
        single = [
            percent(
                found.entry(PRIMARY, name, f"one_region_{end}"),
                f"comparison/{PRIMARY}/{name}/one_region_{end}",
            )
            for end in ("low", "high")
        ]
        average = percent(float(table["relative"][name, AVERAGE]), f"{source}/{AVERAGE}/relative")
        since = year_of(float(clear["step"][name]), f"clear_from/{PRIMARY}/{name}/step")
        rows.append((regime(name), *cells, average, *single, since))
    rate = f", later years discounted by {found.discount:.3g} a year" if found.discount else ""
    caption = (
        f"Gain in {OBSERVABLES[PRIMARY].label.lower()} over {regime(found.baseline)} in percent: after so many years, "
        f"and on average over the whole time{rate}; the range in which 95 of 100 single regions lie; and the year from "
        "which on the difference is clear and stays so until the end."
    )
    headings = ("regime", *(f"{year} years" for year in years), ON_AVERAGE, *ONE_REGION, "clear from year")
    return Section(
        "Gains over time",
        paragraphs=_smallest(found),
        tables=(Table(caption, headings, tuple(rows)),),
        figures={"lead": f"What each policy adds to {regime(found.baseline)} over time, and on average."},
    )


def _smallest(found: Compared) -> tuple[Words, ...]:
    """Say how small an effect these seeds could have shown."""
    effects = {name: found.entry(PRIMARY, name, "smallest_effect") for name in found.others}
    effects = {name: effect for name, effect in effects.items() if math.isfinite(effect)}
    if not effects:
        return ()
    small, large = min(effects, key=effects.__getitem__), max(effects, key=effects.__getitem__)
    told = [
        percent(effects[name], f"comparison/{PRIMARY}/{name}/smallest_effect", sign=False)
        for name in (small, large)
    ]
    several: Words = (
        (f", under {regime(small)}, to ", told[1], f", under {regime(large)}") if small != large else ()
    )
    start: Words = ("from ", told[0]) if several else (told[0],)
    return (
        words(
            "An average gain smaller than this may well have gone unnoticed with ",
            *counted(found.seeds, "comparison/seeds", "simulated region"), ": ", *start, *several,
            " (what these regions show with a probability of 80%).",
        ),
    )  # fmt: skip


def year_of(step: float, source: str) -> Cell:
    """Write the year in which a quarter lies, counted from 1."""
    if not math.isfinite(step):
        return NEVER
    year = max(1, math.ceil(step / QUARTERS))
    return Number(year, f"{year}", source)


def changes(found: Compared) -> Section:
    """Show how far the primary outcome has come since the start under each regime."""
    table = found.tables["changes"]
    table = table[table["outcome"] == PRIMARY].set_index(["regime", "after"])
    years = [name for name in dict.fromkeys(table.index.get_level_values("after")) if name != END]
    # What is read after so many years may be the end as well.
    times = years if years and f"{found.years:g}" == years[-1] else [*years, END]
    rows = tuple(_change(table, name, times) for name in found.ranking)
    caption = (
        f"Change in {OBSERVABLES[PRIMARY].label.lower()} since the start in percent, under each policy by itself: "
        f"after so many years, and at the end with the bounds of the 95% interval of the mean and the range of a "
        "single region."
    )
    headings = (
        "regime",
        *(f"{year} years" if year != END else "end" for year in times),
        LOWER,
        UPPER,
        *ONE_REGION,
    )
    return Section("Since the start", tables=(Table(caption, headings, rows),))


def _change(table: pd.DataFrame, name: str, times: list[str]) -> tuple[Cell, ...]:
    source = f"changes/{PRIMARY}/{name}"
    return (
        regime(name),
        *(
            percent(float(table["relative"][name, time]), f"{source}/{time}/relative", digits=0)
            for time in times
        ),
        *(
            percent(float(table[column][name, END]), f"{source}/{END}/{column}", digits=0)
            for column in ("relative_low", "relative_high", "one_region_low", "one_region_high")
        ),
    )
