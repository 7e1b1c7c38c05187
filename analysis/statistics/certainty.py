"""How sure a comparison is: two ranges, what these seeds could have shown, and probabilities for all tests together."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.comparison import student_quantile
from analysis.statistics.multiplicity import holm, paired_probability
from analysis.statistics.power import smallest_effect

Values = npt.NDArray[np.float64]

COLUMNS = ("one_region_low", "one_region_high", "smallest_effect", "probability", "adjusted")
SHARES = ("probability_best_low", "probability_best_high")


def with_certainty(comparison: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Say of every difference of a comparison how sure it is.

    Parameters
    ----------
    comparison
        What `analysis.statistics.comparison.compare` returns; the first outcome is the primary one.
    outcomes
        The outcomes that were compared, one row a run.

    Returns
    -------
    pandas.DataFrame
        The comparison with further columns, empty for the baseline. ``one_region_low`` and ``one_region_high`` are the
        95% range of the difference in a single further region (Student's t, so normal differences are assumed),
        ``smallest_effect`` the difference that so many seeds tell from zero with a probability of 80%; all in percent
        of the baseline's mean. ``probability`` is that of a difference at least this large by chance alone, and
        ``adjusted`` the same for all tests of a family (Holm): those of the primary outcome, which was fixed
        beforehand, are one family, those of all other outcomes another. ``probability_best_low`` and
        ``probability_best_high`` are the bounds of the 95% interval of the share of seeds in which a regime leads.
    """
    table = comparison.copy()
    for column in (*COLUMNS, *SHARES):
        table[column] = np.nan
    for place, share, seeds in table[["probability_best", "seeds"]].itertuples():
        table.loc[place, list(SHARES)] = share_interval(share, int(seeds))
    for outcome, rows in table.groupby("outcome", sort=False):
        wide = outcomes.pivot_table(index="seed", columns="regime", values=str(outcome), sort=False).dropna()
        for place, regime, baseline in rows[["regime", "baseline"]].itertuples():
            if regime == baseline or not len(wide):
                continue
            gains = (wide[regime] - wide[baseline]).to_numpy(np.float64)
            reference = abs(float(wide[baseline].mean()))
            scale = 100 / reference if reference else math.nan
            low, high = one_region(gains)
            deviation = float(gains.std(ddof=1)) if len(gains) > 1 else math.nan
            effect = smallest_effect(deviation, len(gains))
            table.loc[place, list(COLUMNS[:4])] = [
                low * scale, high * scale, effect * scale, paired_probability(gains),
            ]  # fmt: skip
    primary = table["outcome"] == table["outcome"].iloc[0]
    for family in (primary, ~primary):
        table.loc[family, "adjusted"] = holm(table.loc[family, "probability"].to_numpy(np.float64))
    return table


def one_region(sample: Values) -> tuple[float, float]:
    """Give the 95% range of a single further value of a normal sample.

    Parameters
    ----------
    sample
        Independent values, such as differences between two regimes on the same seeds.

    Returns
    -------
    tuple of float
        Lower and upper bound; NaN when there is one value only.
    """
    count = len(sample)
    if count < 2:
        return math.nan, math.nan
    mean, deviation = float(sample.mean()), float(sample.std(ddof=1))
    reach = student_quantile(count) * deviation * math.sqrt(1 + 1 / count)
    return mean - reach, mean + reach


def share_interval(share: float, count: int) -> tuple[float, float]:
    """Give the 95% interval of a share that was found among so many (Wilson 1927).

    Parameters
    ----------
    share
        Share, 0 to 1; where first places are shared it need not be a whole number of them.
    count
        Of how many.

    Returns
    -------
    tuple of float
        Lower and upper bound; NaN where there were none.
    """
    from scipy.special import ndtri  # noqa: PLC0415 - a tenth of the import time of scipy.stats

    if not count or not math.isfinite(share):
        return math.nan, math.nan
    square = float(ndtri(0.975)) ** 2
    middle = share + square / (2 * count)
    reach = math.sqrt(square * (share * (1 - share) / count + square / (4 * count**2)))
    low, high = ((middle + side * reach) / (1 + square / count) for side in (-1, 1))
    return max(0.0, low), min(1.0, high)


def clear_from(series: pd.DataFrame, measures: Sequence[str], baseline: str) -> pd.DataFrame:
    """Find the quarter from which on each regime differs clearly from a baseline, and stays so until the end.

    Parameters
    ----------
    series
        ``regime``, ``seed``, ``step`` and a column for each measure.
    measures
        Outcomes.
    baseline
        Regime that the others are compared with.

    Returns
    -------
    pandas.DataFrame
        ``outcome``, ``regime``, ``against``, ``step`` (NaN where it is never clear) and ``sign`` (1 for more, -1 for
        less, 0 for never). Clear means that the 95% interval of the paired difference excludes zero on one and the
        same side in this quarter and in every later one.
    """
    regimes = list(dict.fromkeys(series["regime"]))
    rows = []
    for measure in measures:
        wide = series.pivot_table(
            index="seed", columns=["regime", "step"], values=measure, sort=False
        ).dropna()
        for regime in (name for name in regimes if name != baseline):
            gains = (wide[regime] - wide[baseline]).sort_index(axis=1)
            sides = np.array([_side(values) for values in gains.to_numpy(np.float64).T])
            last = int(sides[-1]) if len(sides) else 0
            differing = np.flatnonzero(sides != last)
            first = int(differing[-1]) + 1 if len(differing) else 0
            step = float(gains.columns[first]) if last else math.nan
            rows.append((measure, regime, baseline, step, last))
    return pd.DataFrame(rows, columns=["outcome", "regime", "against", "step", "sign"])


def _side(gains: Values) -> int:
    """Side of zero on which the interval of a mean lies, 0 for neither."""
    if len(gains) < 2:
        return 0
    mean, error = float(gains.mean()), float(gains.std(ddof=1)) / math.sqrt(len(gains))
    return int(np.sign(mean)) if abs(mean) > student_quantile(len(gains)) * error else 0
