"""Readings side by side: gains in percent of no policy, seed by seed, as every measure looks at them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.comparison import interval

Values = npt.NDArray[np.float64]
NONE = "none"


def side_by_side(
    readings: pd.DataFrame, outcome: str, regimes: Sequence[str], cell: str = ""
) -> pd.DataFrame:
    """Lay out an outcome of a condition by seed and regime, in percent of its mean without policy.

    Parameters
    ----------
    readings
        See `analysis.studies.laboratory.bench.Bench.answer`.
    outcome
        Which of `analysis.studies.laboratory.readings.READ`.
    regimes
        Regimes to lay out; ``none`` must have been run.
    cell
        Condition.

    Returns
    -------
    pandas.DataFrame
        A column for each regime and a row for each seed that was finished under all of them.
    """
    rows = readings[(readings["cell"] == cell) & readings["regime"].isin({NONE, *regimes})]
    table = rows.pivot_table(index="seed", columns="regime", values=outcome)
    whole = table.reindex(columns=[NONE, *(name for name in regimes if name != NONE)]).dropna()
    return (100 * whole / whole[NONE].mean())[list(regimes)] if len(whole) else whole[list(regimes)]


def lead(table: pd.DataFrame, regime: str, over: str) -> Values:
    """Return paired leads of a regime over another, shape (seeds,)."""
    return (table[regime] - table[over]).to_numpy(np.float64)


def estimated(sample: Values) -> tuple[float, float, float]:
    """Give a mean with its 95% interval; NaN where nothing was finished."""
    return interval(sample) if len(sample) else (np.nan,) * 3


def spent_per_seed(readings: pd.DataFrame, regimes: Sequence[str], cell: str = "") -> pd.Series:
    """Return the mean money that each regime spent in a run, by regime."""
    rows = readings[(readings["cell"] == cell) & readings["regime"].isin(set(regimes))]
    return rows.groupby("regime")["spent"].mean().reindex(list(regimes))
