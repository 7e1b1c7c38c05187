"""Which of several seeds is typical: nearest to the medians of all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.comparison import baseline_of


def typical_seed(series: pd.DataFrame, outcome: str) -> int:
    """Find the seed whose leads over the baseline are nearest to the medians of all seeds.

    Leads are looked at twice, at the end and on average over the time: the first is what charts end with, the second
    what regimes are ranked by.

    Parameters
    ----------
    series
        ``regime``, ``seed``, ``step`` and the outcome; every regime on the same seeds.
    outcome
        Which outcome.

    Returns
    -------
    int
        The seed; the first of those that are equally near.
    """
    regimes = tuple(dict.fromkeys(series["regime"]))
    baseline = baseline_of(regimes)
    last = series[series["step"] == series["step"].max()]
    leads = []
    for rows in (
        last,
        series[series["step"] > 0].groupby(["regime", "seed"], as_index=False, sort=False)[outcome].mean(),
    ):
        wide = rows.pivot_table(index="seed", columns="regime", values=outcome)
        leads.append(wide.drop(columns=baseline).sub(wide[baseline], axis=0))
    table = pd.concat(leads, axis=1)
    spread = table.std(ddof=0).replace(0.0, np.nan)
    distance = (((table - table.median()) / spread) ** 2).sum(axis=1)
    return int(distance.idxmin())
