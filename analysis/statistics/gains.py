"""Gains over time, and what of them is owed to money and what to the choice of priorities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.certainty import one_region
from analysis.statistics.comparison import interval
from model.scenario import twin_of

QUARTERS = 4
YEARS = (2, 5, 10, 20)
"""Years after which gains are read, as far as runs last."""
AVERAGE = "average"
"""Name of the average over the horizon, the start left out."""
END = "end"
"""Name of the last quarter."""
MONEY, MIND, BOTH = "money", "mind", "both"

COLUMNS = (
    "outcome", "regime", "against", "after", "seeds", "gain", "gain_low", "gain_high",
    "relative", "relative_low", "relative_high",
)  # fmt: skip

Values = npt.NDArray[np.float64]


class Pair(NamedTuple):
    """Two regimes, of which the gain of one over the other is asked for."""

    regime: str
    against: str


def twins_among(regimes: Sequence[str]) -> tuple[str, ...]:
    """Return the regimes whose lottery twin is there as well."""
    return tuple(name for name in regimes if twin_of(name) in regimes)


def but_twins(regimes: Sequence[str]) -> list[str]:
    """Leave out the lottery twins of regimes that are there themselves."""
    twins = {twin_of(name) for name in regimes}
    return [name for name in regimes if name not in twins]


def gains_over_time(
    series: pd.DataFrame, measures: Sequence[str], baseline: str, discount: float = 0.0
) -> pd.DataFrame:
    """Compute the gain of every regime over a baseline after some years, and its average over the horizon.

    Parameters
    ----------
    series
        ``regime``, ``seed``, ``step`` (a quarter) and a column for each measure.
    measures
        Outcomes; of each, more is better.
    baseline
        Regime that the others are compared with.
    discount
        Yearly rate at which later gains count less in the average.

    Returns
    -------
    pandas.DataFrame
        One row for each outcome, regime and ``after`` (2, 5, 10, 20 years as far as runs last, and ``average``), in
        the order of regimes. ``gain`` is the mean of differences that are paired by seed, with its 95% interval by
        Student's t (none with one seed); ``relative`` is the same in percent of the baseline's mean at that time.
        Only seeds count that every regime finished.
    """
    regimes = list(dict.fromkeys(series["regime"]))
    pairs = [Pair(name, baseline) for name in regimes if name != baseline]
    return _gains(series, measures, pairs, baseline, discount)


def money_and_mind(
    series: pd.DataFrame, measures: Sequence[str], baseline: str, discount: float = 0.0
) -> pd.DataFrame:
    """Split the gain of each regime that has a lottery twin into what money does and what the choice adds.

    Parameters
    ----------
    series, measures, baseline, discount
        See `gains_over_time`.

    Returns
    -------
    pandas.DataFrame
        As `gains_over_time`, with a column ``part`` behind ``regime``: ``money`` (the twin over the baseline), ``mind``
        (the regime over its twin) and ``both`` (the regime over the baseline). The means of the first two sum to the
        third, in percent too, as all are in percent of the baseline. No rows where no regime has its twin.
    """
    tables = []
    for name in twins_among(list(dict.fromkeys(series["regime"]))):
        if name == baseline:
            continue
        twin = twin_of(name)
        pairs = {MONEY: Pair(twin, baseline), MIND: Pair(name, twin), BOTH: Pair(name, baseline)}
        for part, pair in pairs.items():
            table = _gains(series, measures, [pair], baseline, discount).assign(regime=name)
            table.insert(2, "part", part)
            tables.append(table)
    if not tables:
        return pd.DataFrame(columns=[*COLUMNS[:2], "part", *COLUMNS[2:]])
    return pd.concat(tables, ignore_index=True)


def averages(series: pd.DataFrame, measures: Sequence[str], discount: float = 0.0) -> pd.DataFrame:
    """Average every measure of every run over the horizon, the start left out: what regimes are ranked by.

    Parameters
    ----------
    series, measures, discount
        See `gains_over_time`.

    Returns
    -------
    pandas.DataFrame
        ``regime``, ``seed`` and a column for each measure, one row a run in the order of the series.
    """
    steps = int(series["step"].max()) + 1
    weights = _views(steps, discount)[AVERAGE][series["step"].to_numpy()]
    weighted = series[["regime", "seed"]].assign(
        **{measure: series[measure].to_numpy() * weights for measure in measures}
    )
    return weighted.groupby(["regime", "seed"], sort=False).sum().reset_index()


def changes_since_the_start(series: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Compute how far every measure has come since the start under each regime, by itself.

    Parameters
    ----------
    series, measures
        See `gains_over_time`.

    Returns
    -------
    pandas.DataFrame
        ``outcome``, ``regime``, ``after`` (2, 5, 10, 20 years as far as runs last, and ``end``), ``seeds``, ``start``
        (mean at the start), ``change`` with its 95% interval, the same in percent of the start (``relative``), and the
        95% range of a single region in percent (``one_region_low``, ``one_region_high``; of logarithms, which are
        taken to be normal).
    """
    rows = []
    for measure in measures:
        for regime, path in _paths(series, measure).items():
            for after, place in _times(path.shape[1]).items():
                start, gone = path[:, 0], path[:, place] - path[:, 0]
                change = interval(gone) if len(gone) else (np.nan,) * 3
                scale = 100 / abs(start.mean()) if len(gone) and start.any() else np.nan
                single = _ratio_of_one_region(path[:, 0], path[:, place]) if len(gone) else (np.nan, np.nan)
                rows.append(
                    (
                        measure, regime, after, len(gone), start.mean() if len(gone) else np.nan, *change,
                        *(scale * value for value in change), *single,
                    )
                )  # fmt: skip
    columns = [
        "outcome", "regime", "after", "seeds", "start", "change", "change_low", "change_high",
        "relative", "relative_low", "relative_high", "one_region_low", "one_region_high",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _ratio_of_one_region(start: Values, end: Values) -> tuple[float, float]:
    """Range of the change of a single region in percent: of its logarithm, so that none loses more than it has."""
    if (start <= 0).any() or (end <= 0).any():
        return np.nan, np.nan
    low, high = one_region(np.log(end / start))
    return 100 * float(np.expm1(low)), 100 * float(np.expm1(high))


def _times(steps: int) -> dict[str, int]:
    """Places of the quarters at which changes are read."""
    return {str(year): year * QUARTERS for year in YEARS if year * QUARTERS < steps} | {END: steps - 1}


def rank(gains: pd.DataFrame, outcome: str, baseline: str) -> list[str]:
    """Order regimes by their average gain over the horizon, the baseline's own being zero.

    Parameters
    ----------
    gains
        What `gains_over_time` returns.
    outcome
        Which outcome.
    baseline
        Regime that the others were compared with.

    Returns
    -------
    list of str
        Regimes, the best first; the baseline where nothing is gained.
    """
    rows = gains[(gains["outcome"] == outcome) & (gains["after"] == AVERAGE)]
    average = {baseline: 0.0, **dict(zip(rows["regime"], rows["gain"], strict=True))}
    return sorted(average, key=lambda name: -np.nan_to_num(average[name], nan=-np.inf))


def _gains(
    series: pd.DataFrame, measures: Sequence[str], pairs: Sequence[Pair], baseline: str, discount: float
) -> pd.DataFrame:
    rows = []
    for measure in measures:
        paths = _paths(series, measure)
        for pair in pairs:
            for after, weights in _views(next(iter(paths.values())).shape[1], discount).items():
                ahead, behind, base = (paths[name] @ weights for name in (*pair, baseline))
                mean, low, high = interval(ahead - behind) if len(ahead) else (np.nan,) * 3
                scale = 100 / abs(base.mean()) if base.any() else np.nan
                rows.append(
                    (
                        measure,
                        *pair,
                        after,
                        len(ahead),
                        mean,
                        low,
                        high,
                        *(scale * v for v in (mean, low, high)),
                    )
                )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _paths(series: pd.DataFrame, measure: str) -> dict[str, Values]:
    """Arrange a measure over time, for each regime a row for each seed that all regimes finished."""
    wide = series.pivot_table(index="seed", columns=["regime", "step"], values=measure, sort=False).dropna()
    return {
        str(name): wide[name].sort_index(axis=1).to_numpy(np.float64)
        for name in dict.fromkeys(series["regime"])
    }


def _views(steps: int, discount: float) -> dict[str, Values]:
    """Weights of steps, the start included, for each time at which gains are read."""
    views = {}
    for year in YEARS:
        if year * QUARTERS < steps:
            views[str(year)] = np.eye(steps)[year * QUARTERS]
    weights = (1 + discount) ** -(np.arange(steps) / QUARTERS)
    weights[0] = 0.0 if steps > 1 else 1.0
    return {**views, AVERAGE: weights / weights.sum()}
