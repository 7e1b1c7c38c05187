"""What a comparison costs: money planned and spent and what it buys, in euros where the wages are known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.regions.purse import Purse, opened
from analysis.regions.representation import representation
from analysis.statistics.comparison import baseline_of
from analysis.statistics.money import QUARTERS, Scale, costs, scale_of
from analysis.studies.comparison.compared import PRIMARY, Compared
from analysis.words.document import (
    Cell,
    Number,
    Section,
    Table,
    Words,
    count,
    in_series,
    percent,
    rounded,
    share,
    words,
    written,
)
from analysis.words.names import first_upper, regime
from analysis.words.phrases import LOWER, UPPER
from model.record import OBSERVABLES

PUBLISHED_HEAD = 25.0
"""Euros per head and year: 86 billion of structural funds planned for research and innovation in 2007-13, for about 500
million people (European Commission, Innovation Union, commitments 24 and 25)."""
PUBLISHED_JOB = 6_300.0
"""US dollars per job of Regional Selective Assistance in Great Britain (Criscuolo, Martin, Overman & Van Reenen 2012,
NBER 17842), which the authors call cost-effective in some respects."""
MILLIONS = 100
"""Millions of euros for which a gain is told: of one, it would be thousandths of a percent."""
DIFFERENT = 1.25
"""Ratio of spending from which on a gain is told beside what it gains for its money."""


def costs_of(series: pd.DataFrame, purse: Purse | None, discount: float = 0.0) -> pd.DataFrame:
    """Compute what regimes cost, see `analysis.statistics.money.costs`; lottery twins are left to the caller.

    What money does is a matter of having none, whatever else regimes are compared with: where no regime goes
    without, nothing can be said, and the table is empty.
    """
    baseline = baseline_of(list(dict.fromkeys(series["regime"])))
    if (series.loc[series["regime"] == baseline, "spending"] > 0).any():
        return pd.DataFrame()
    return costs(series, baseline, PRIMARY, _scale(series, purse), discount)


def unit_of(found: Compared) -> tuple[str, float]:
    """Say in what money is told, and how much of that one yearly salary of the model is.

    A simulated employee stands for many people, so that in a measured region salaries would be told too few.
    """
    scale = _scale(found.table("series"), opened(found.manifest.get("money")))
    return (
        ("average yearly salaries", 1.0) if scale is None else ("million euros", QUARTERS * scale.euros / 1e6)
    )


def people_for_one(found: Compared) -> float:
    """Say for how many people of a measured region one simulated employee stands; one where none was measured."""
    series, purse = found.table("series"), opened(found.manifest.get("money"))
    if purse is not None:
        scale = _scale(series, purse)
        return 1.0 if scale is None else scale.people
    whole = representation(found.manifest["scenario"])
    return 1.0 if whole is None else whole.persons / _employees(series)


def _scale(series: pd.DataFrame, purse: Purse | None) -> Scale | None:
    if purse is None:
        return None
    employees = _employees(series)
    return scale_of(purse.wage_bill, employees if purse.people is None else purse.people, employees)


def _employees(series: pd.DataFrame) -> float:
    """Simulated employees at the start."""
    return float(series[series["step"] == series["step"].min()]["employment"].mean())


def section(found: Compared) -> Section | None:
    """Show what regimes cost and what that buys, with sentences on what is plausible."""
    table = found.tables.get("costs")
    if table is None or table.empty or not (table["spent"] > 0).any():
        return None
    purse, paying = opened(found.manifest.get("money")), table[table["spent"] > 0].to_dict("records")
    euros = purse is not None
    unit = "euros" if euros else "yearly salaries"
    baseline = str(table["against"].iloc[0])
    against, label = regime(baseline), OBSERVABLES[PRIMARY].label.lower()
    spent = Table(
        f"Money in {'million euros' if euros else unit}, and the gain of {label} on average over {against}, in all and "
        "for each unit of money spent.",
        (
            "regime",
            "planned a year",
            "spent a year",
            "done",
            "gain",
            f"gain per {'100 million' if euros else 'thousand'}",
        ),
        tuple(_spent(row, purse) for row in paying),
    )
    # In euros, jobs have been counted in people already.
    one = 1.0 if euros else 1 / people_for_one(found)
    jobs = Table(
        f"Jobs at the end over {against}.",
        ("regime", "jobs gained", LOWER, UPPER),
        tuple((regime(str(row["regime"])), *_ends(row, "jobs", one, sign=True)) for row in paying),
    )
    scale, of_job = (1e6, 1.0) if euros else (QUARTERS, QUARTERS)
    per = "each percent gained, in million euros, and for each job gained, in euros"
    per = per if euros else f"each percent and each job gained, in {unit}"
    prices = Table(
        f"Prices: money over the whole time for {per}; bounds follow from 95% intervals. None is given where the gain "
        "may be chance.",
        ("regime", "price of 1%", LOWER, UPPER, "price of a job", LOWER, UPPER),
        tuple(
            (
                regime(str(row["regime"])),
                *_ends(
                    row, "per_gain", scale, sure=baseline != found.baseline or row["regime"] in found.sure
                ),
                *_ends(row, "per_job", of_job),
            )
            for row in paying
        ),
    )
    told = [
        part
        for part in (_budget(paying, purse), _ratio(table), *_plausible(paying, purse))
        if part is not None
    ]
    return Section("What it costs", paragraphs=tuple(told), tables=(spent, jobs, prices))


def _spent(row: Mapping[Any, Any], purse: Purse | None) -> tuple[Cell, ...]:
    source, per = f"costs/{row['regime']}", 1e6 if purse is not None else QUARTERS
    many = 1 if purse is None else MILLIONS
    per_unit = rounded(many * float(row["gain_per_million"]), f"{source}/gain_per_million/{many}")
    return (
        regime(str(row["regime"])),
        *(rounded(float(row[each]) / per, f"{source}/{each}", 3) for each in ("planned", "spent")),
        share(float(row["done"]), f"{source}/done_share"),
        percent(float(row["gain"]), f"{source}/gain"),
        replace(per_unit, text=f"{per_unit.text}%" if math.isfinite(per_unit.value) else per_unit.text),
    )


def _ends(
    row: Mapping[Any, Any], name: str, scale: float, *, sure: bool = True, sign: bool = False
) -> tuple[Cell, ...]:
    """Show an amount and its bounds; nothing where it may be chance."""
    cells: list[Cell] = []
    for end in ("", "_low", "_high"):
        value = float(row[f"{name}{end}"]) / scale if sure else math.nan
        number = rounded(value, f"costs/{row['regime']}/{name}{end}", 3)
        cells.append(replace(number, text=f"+{number.text}") if sign and value > 0 else number)
    return tuple(cells)


def _short(value: float) -> str:
    """Write an amount with three figures, and millions and billions in words."""
    if not math.isfinite(value):
        return ""
    for size, word in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{float(f'{value / size:.3g}'):g}{word}".replace("-", "−")
    return written(float(f"{value:.3g}"), 0 if abs(value) >= 10 else 2)


def _budget(paying: list[dict[Any, Any]], purse: Purse | None) -> Words | None:
    if purse is None:
        return None
    planned = max(float(row["planned"]) for row in paying)
    head: Words = ()
    if purse.population:
        head = (", ", rounded(planned / purse.population, "costs/per_head"), " euros per inhabitant")
    return words(
        "The budget is about ", rounded(planned / 1e6, "costs/planned", 3), " million euros a year", *head,
        f", on wages of {_short(purse.wage_bill)} euros a year ({purse.source}).",
    )  # fmt: skip


def _ratio(table: pd.DataFrame) -> Words | None:
    """Say who gains most for its money, where spending differs."""
    paid = table[table["spent"] > 0]
    if len(paid) < 2 or paid["spent"].max() < DIFFERENT * paid["spent"].min():
        return None
    rows = paid.set_index("regime")
    per, most = rows["gain_per_million"].idxmax(), rows["gain"].idxmax()
    spending = in_series(
        [
            (
                f"{regime(str(name))} {'' if place else 'spends '}",
                share(float(done), f"costs/{name}/done_share"),
            )
            for place, (name, done) in enumerate(rows["done"].items())
        ]
    )
    others = rows["advantage_high"].drop(most)
    sure = bool((others < 0).all()) if per == most else float(rows["advantage_low"].to_dict()[per]) > 0
    doubt = "" if sure else ", though by no more than chance may explain"
    same = f"gains most, and most for its money{doubt}." if per == most else (
        f"gains most, but {regime(str(per))} gains most for its money{doubt}."
    )  # fmt: skip
    return words("Of what is planned, ", *spending, f". {first_upper(regime(str(most)))} {same}")


def _plausible(paying: list[dict[Any, Any]], purse: Purse | None) -> list[Words]:
    if purse is None:
        return []
    told = []
    planned = max(float(row["planned"]) for row in paying)
    if purse.population:
        times = planned / purse.population / PUBLISHED_HEAD
        told.append(words(
            "For comparison: for research and innovation, the structural funds planned about ",
            count(round(PUBLISHED_HEAD), "published/head"),
            " euros per head of the European Union and year in 2007-13; this budget is ", rounded(times, "costs/times"),
            " times that.",
        ))  # fmt: skip
    priced = [float(row["per_job"]) for row in paying if math.isfinite(float(row["per_job"]))]
    if priced and purse.people is not None:
        told.append(words(
            "For comparison: a job through investment subsidies in Great Britain cost about ",
            count(round(PUBLISHED_JOB), "published/job"), " US dollars, which its evaluators call little "
            "(Criscuolo et al. 2012); here the cheapest is ",
            Number(min(priced), _short(min(priced)), "costs/cheapest_job"), " euros.",
        ))  # fmt: skip
    return told
