"""Regimes against each other, seed by seed: how much differs, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.float64]

CONFIDENCE = 0.95
RESAMPLES = 2_000
RESAMPLED_AT_ONCE = 1_000_000

COLUMNS = (
    "outcome", "regime", "seeds", "mean", "deviation", "baseline",
    "difference", "difference_low", "difference_high", "relative", "relative_low", "relative_high",
    "probability_best", "probability_best_on_average",
)  # fmt: skip


def baseline_of(regimes: Sequence[str]) -> str:
    """Choose what regimes are compared with: ``none`` where it takes part, else the first."""
    return "none" if "none" in regimes else regimes[0]


def compare(outcomes: pd.DataFrame, measures: Sequence[str], baseline: str | None = None) -> pd.DataFrame:
    """Compare regimes on every outcome.

    Only seeds count that were finished under every regime (regimes without any finished run left
    aside), so that all means are over the same regions and the same luck.

    Parameters
    ----------
    outcomes
        One row a run: ``regime``, ``seed`` and a column for each measure.
    measures
        Outcomes to compare; of each, more is better.
    baseline
        Regime that the others are compared with; ``none`` where it takes part, else the first.

    Returns
    -------
    pandas.DataFrame
        One row for every outcome and regime. ``mean`` and ``deviation`` (standard deviation) are over
        seeds; ``difference`` is the mean of the paired differences from the baseline, with a 95%
        interval by Student's t (empty with one seed, for the baseline itself always); ``relative`` is
        the same in percent of the baseline's mean. ``probability_best`` is the share of seeds in which
        the regime leads, leaders that tie sharing the seed; ``probability_best_on_average`` is the
        share of bootstrap resamples of the seeds in which its mean leads: the first tells what to
        expect in one region, the second how sure it is which is best over many.
    """
    regimes = list(dict.fromkeys(outcomes["regime"]))
    chosen = baseline if baseline in regimes and baseline is not None else baseline_of(regimes)
    rows = []
    for measure in measures:
        table = outcomes.pivot_table(index="seed", columns="regime", values=measure, sort=False).dropna()
        values = {regime: table[regime].to_numpy(np.float64) for regime in regimes}
        rows.extend(_compare_one(measure, values, chosen))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _compare_one(measure: str, values: dict[str, Values], baseline: str) -> list[dict[str, object]]:
    matrix = np.column_stack(list(values.values()))
    if not len(matrix):
        # No seed was finished under every regime: there is nothing to compare, and the table says so.
        empty = {"outcome": measure, "seeds": 0, "baseline": baseline}
        return [empty | {"regime": regime} for regime in values]
    leads = probability_best(matrix)
    leads_on_average = probability_best_on_average(matrix)
    rows = []
    for column, (regime, value) in enumerate(values.items()):
        difference, low, high = (np.nan,) * 3 if regime == baseline else interval(value - values[baseline])
        scale = 100 / abs(values[baseline].mean()) if values[baseline].any() else np.nan
        rows.append(
            {
                "outcome": measure, "regime": regime, "seeds": len(value), "mean": value.mean(),
                "deviation": value.std(ddof=1) if len(value) > 1 else np.nan, "baseline": baseline,
                "difference": difference, "difference_low": low, "difference_high": high,
                "relative": difference * scale, "relative_low": low * scale, "relative_high": high * scale,
                "probability_best": leads[column], "probability_best_on_average": leads_on_average[column],
            }
        )  # fmt: skip
    return rows


def interval(sample: Values) -> tuple[float, float, float]:
    """Give the mean of a sample and the bounds of its 95% interval by Student's t.

    Parameters
    ----------
    sample
        Independent values, such as differences between two regimes on the same seeds.

    Returns
    -------
    tuple of float
        Mean, lower and upper end; the ends are NaN when there is one value only.
    """
    mean = float(sample.mean())
    if len(sample) < 2:
        return mean, np.nan, np.nan
    reach = student_quantile(len(sample)) * float(sample.std(ddof=1)) / np.sqrt(len(sample))
    return mean, mean - reach, mean + reach


def student_quantile(count: int) -> float:
    """Give the half-width of a 95% interval in standard errors, for a mean of ``count`` values."""
    from scipy.special import stdtrit  # noqa: PLC0415 - a tenth of the import time of scipy.stats

    return float(stdtrit(count - 1, 0.5 + CONFIDENCE / 2))


def probability_best(values: Values) -> Values:
    """Give the share of seeds (rows) in which each regime (column) leads, ties shared."""
    best = values == values.max(axis=1, keepdims=True)
    share: Values = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
    return share


def probability_best_on_average(values: Values) -> Values:
    """Give the share of bootstrap resamples of the seeds in which each regime has the best mean."""
    count = len(values)
    # A fixed seed: the same runs must give the same table.
    generator = np.random.default_rng(0)
    total = np.zeros(values.shape[1])
    block = max(1, RESAMPLED_AT_ONCE // count)
    for start in range(0, RESAMPLES, block):
        rows = generator.integers(count, size=(min(block, RESAMPLES - start), count))
        means = np.column_stack([column[rows].mean(axis=1) for column in values.T])
        total += probability_best(means) * len(rows)
    return total / RESAMPLES
