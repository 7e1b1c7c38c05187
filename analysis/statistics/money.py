"""What gains cost: money planned and spent, jobs, and gain per unit of money, in units of the model or in euros."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.comparison import interval
from analysis.statistics.gains import averages

QUARTERS = 4


@dataclass(frozen=True)
class Scale:
    """What a simulated region stands for.

    Attributes
    ----------
    euros
        Euros that stand for one unit of money, which is the pay of a simulated employee in the first quarter.
    people
        People who stand for one simulated employee.
    """

    euros: float
    people: float


def scale_of(wage_bill: float, people: float, employees: float) -> Scale:
    """Relate units of the model to a real region.

    Parameters
    ----------
    wage_bill
        Wages of the region in a year, in euros.
    people
        People at work in it.
    employees
        Simulated employees at the start; each earns one unit of money a quarter.

    Returns
    -------
    Scale
        Euros for each unit of money, and people for each employee.
    """
    return Scale(wage_bill / QUARTERS / employees, people / employees)


def share_of_wages(budget: float, wage_bill: float) -> float:
    """Give a budget as the model takes it: euros a year as a share of wages a year."""
    return budget / wage_bill


def costs(
    series: pd.DataFrame, baseline: str, measure: str, scale: Scale | None = None, discount: float = 0.0
) -> pd.DataFrame:
    """Compare what regimes plan, spend and gain.

    Parameters
    ----------
    series
        ``regime``, ``seed``, ``step`` (a quarter), ``budget``, ``spending``, ``employment`` and the measure.
    baseline
        Regime that the others are compared with.
    measure
        Outcome of which more is better.
    scale
        What the simulated region stands for; None leaves money in wages of a quarter and jobs in simulated ones.
    discount
        Yearly rate at which later gains count less in the average.

    Returns
    -------
    pandas.DataFrame
        One row for each regime but the baseline (``against``), means over seeds that all finished: ``planned`` and
        ``spent`` a year over those of the baseline, ``done`` (spent as a share of planned); ``gain`` of the measure
        on average over the horizon in percent of the baseline, ``jobs`` gained at the end, each with the ends of its
        95% interval; ``per_gain`` (money spent over the whole time for each percent gained) and ``per_job`` (for each
        job), with the ends that follow from these intervals, NaN where the gain may be chance; ``gain_per_million``
        (percent gained for each million spent, or thousand yearly wages without a scale), and ``advantage``: the
        difference of that from what the regime that gains most has, with its 95% interval, paired by seed.
    """
    wide = series.pivot_table(
        index="seed",
        columns=["regime", "step"],
        values=["budget", "spending", "employment", measure],
        sort=False,
    ).dropna()
    regimes = [name for name in dict.fromkeys(series["regime"]) if name != baseline]
    euros, people = (scale.euros, scale.people) if scale is not None else (1.0, 1.0)
    years = max(1, int(series["step"].max())) / QUARTERS

    def total(column: str, regime: str) -> Any:
        return wide[column][regime].sum(axis=1).to_numpy(np.float64) * euros

    def end(column: str, regime: str) -> Any:
        return wide[column][regime].sort_index(axis=1).iloc[:, -1].to_numpy(np.float64)

    averaged = averages(series, [measure], discount).pivot_table(
        index="seed", columns="regime", values=measure
    )

    def average(regime: str) -> Any:
        return averaged.loc[wide.index, regime].to_numpy(np.float64)

    base = float(average(baseline).mean())
    ratios, rows = {}, []
    million = 1e6 if scale is not None else 1e3 * QUARTERS
    for name in regimes:
        planned, spent = (total(each, name) - total(each, baseline) for each in ("budget", "spending"))
        gain = interval(100 * (average(name) - average(baseline)) / abs(base))
        jobs = interval(people * (end("employment", name) - end("employment", baseline)))
        paid = float(spent.mean())
        if paid > 0:
            ratios[name] = 100 * (average(name) - average(baseline)) / abs(base) / paid * million
        row: dict[str, Any] = {
            "regime": name, "against": baseline, "seeds": len(wide), "planned": float(planned.mean()) / years,
            "spent": paid / years, "done": paid / float(planned.mean()) if planned.mean() > 0 else np.nan,
        }  # fmt: skip
        for column, ends, price in (("gain", gain, "per_gain"), ("jobs", jobs, "per_job")):
            row |= dict(zip((column, f"{column}_low", f"{column}_high"), ends, strict=True))
            sure = ends[1] > 0 and paid > 0
            prices = (paid / ends[0], paid / ends[2], paid / ends[1]) if sure else (np.nan,) * 3
            row |= dict(zip((price, f"{price}_low", f"{price}_high"), prices, strict=True))
        rows.append(row)
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    table["gain_per_million"] = [float(ratios[name].mean()) if name in ratios else np.nan for name in regimes]
    best = str(table.sort_values("gain", ascending=False)["regime"].iloc[0])
    ahead = [
        interval(ratios[name] - ratios[best])
        if name in ratios and best in ratios and name != best
        else (np.nan,) * 3
        for name in regimes
    ]
    table[["advantage", "advantage_low", "advantage_high"]] = ahead
    return table
