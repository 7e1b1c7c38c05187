"""Which regime leads under which conditions, by how much, and where none can be told from the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.comparison import CONFIDENCE, baseline_of

Values = npt.NDArray[np.float64]

FEWEST_SEEDS = 2


def leaders(outcomes: pd.DataFrame, axes: Sequence[str], measure: str) -> pd.DataFrame:
    r"""Find in every cell the regime that is best, and whether it can be told from all others.

    In a cell, a regime is compared with every other one by the mean of paired differences over the
    seeds that were finished under all regimes. It *leads* when its smallest advantage over any other
    is above zero for sure: when every one of its one-sided paired t-tests rejects at the level
    :math:`\alpha / (2 m)`, :math:`\alpha = 0.05`, where :math:`m` is the number of pairs of a cell and
    a regime. The smallest advantage is above zero only if all are, so that a test per pair of cell and
    regime is enough (intersection-union test, Berger 1982), and Bonferroni's inequality over these
    holds however cells depend on each other, as they do on common seeds. The probability that any cell
    of the surface is given a false leader is therefore at most 2.5%, for differences that are normally
    distributed.

    Parameters
    ----------
    outcomes
        One row for every cell, regime and seed: the axes, ``regime``, ``seed`` and ``measure``.
    axes
        Names of the columns that say which cell it is.
    measure
        Outcome, of which more is better.

    Returns
    -------
    pandas.DataFrame
        One row a cell, in rising order of the axes: the axes, ``seeds``, ``best`` (the regime with the
        highest mean), ``rival`` (the next one), ``lead`` (of the best over the rival), the ends
        ``lead_low`` and ``lead_high`` of its 95% interval, all of them in percent of the baseline's mean
        in the cell, too (``lead_percent`` and so on), ``probability`` (adjusted for all comparisons,
        of so clear a lead where there is none), and ``leader`` (the best where it leads, else missing).
        The intervals are simultaneous: with 95% confidence all of them hold. ``leader`` is named exactly
        where the interval lies above zero.
    """
    regimes = list(dict.fromkeys(outcomes["regime"]))
    baseline = baseline_of(regimes)
    cells = _cells(outcomes, axes, measure, regimes)
    family = max(1, len(cells) * len(regimes))
    rows = []
    for place, values in cells:
        row: dict[str, Any] = dict(zip(axes, place, strict=True))
        row |= judge(values, regimes, family)
        scale = _percent(values, regimes.index(baseline))
        for name in ("lead", "lead_low", "lead_high"):
            row[f"{name}_percent"] = row[name] * scale
        rows.append(row)
    columns = [
        *axes, "seeds", "best", "rival", "leader", "lead", "lead_low", "lead_high",
        "lead_percent", "lead_low_percent", "lead_high_percent", "probability",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def differences(outcomes: pd.DataFrame, axes: Sequence[str], measure: str) -> pd.DataFrame:
    """Compare every regime with the baseline in every cell.

    Parameters
    ----------
    outcomes, axes, measure
        As for `leaders`.

    Returns
    -------
    pandas.DataFrame
        One row for every cell and regime but the baseline: the axes, ``regime``, ``baseline``,
        ``seeds``, ``mean`` (of the regime), ``difference`` (mean of the paired differences) with the ends
        of its interval, and the same in ``percent`` of the baseline's mean. The 95% intervals are
        simultaneous over all cells and regimes (Bonferroni).
    """
    regimes = list(dict.fromkeys(outcomes["regime"]))
    baseline = baseline_of(regimes)
    cells = _cells(outcomes, axes, measure, regimes)
    level = (1 - CONFIDENCE) / 2 / max(1, len(cells) * (len(regimes) - 1))
    rows = []
    for place, values in cells:
        reference, scale = regimes.index(baseline), _percent(values, regimes.index(baseline))
        for column, regime in enumerate(regimes):
            if regime == baseline:
                continue
            mean, error = _mean_and_error(values[:, column] - values[:, reference])
            reach = _quantile(len(values), level) * error if error > 0 else error
            ends = np.array([mean, mean - reach, mean + reach])
            rows.append(
                {
                    **dict(zip(axes, place, strict=True)), "regime": regime, "baseline": baseline,
                    "seeds": len(values), "mean": values[:, column].mean() if len(values) else np.nan,
                    **dict(zip(("difference", "difference_low", "difference_high"), ends, strict=True)),
                    **dict(zip(("percent", "percent_low", "percent_high"), ends * scale, strict=True)),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def shares(cells: pd.DataFrame, regimes: Sequence[str]) -> pd.Series:
    """Give the share of cells that each regime leads; what is left is led by nobody."""
    count = cells["leader"].value_counts()
    return pd.Series({regime: count.get(regime, 0) / len(cells) for regime in regimes}, dtype=float)


def _cells(
    outcomes: pd.DataFrame, axes: Sequence[str], measure: str, regimes: Sequence[str]
) -> list[tuple[tuple[float, ...], Values]]:
    """Give coordinates and values, shape (seeds, regimes), of every cell; only seeds that all regimes have."""
    table = outcomes.pivot_table(index=[*axes, "seed"], columns="regime", values=measure)
    table = table.reindex(columns=list(regimes))
    found = []
    for place, rows in table.groupby(level=list(range(len(axes))), sort=True):
        coordinates: Any = place if isinstance(place, tuple) else (place,)
        found.append((coordinates, rows.dropna().to_numpy(np.float64)))
    return found


def judge(values: Values, regimes: Sequence[str], family: int) -> dict[str, Any]:
    """Compare the best regime of a cell with each of the others.

    Parameters
    ----------
    values
        Outcomes on common seeds, shape (seeds, regimes).
    regimes
        Names of the regimes.
    family
        Pairs of a cell and a regime over which the chance of an error is shared out.

    Returns
    -------
    dict
        ``seeds``, ``best``, ``rival``, ``leader``, ``lead``, ``lead_low``, ``lead_high`` and
        ``probability``, as explained in `leaders`.
    """
    seeds = len(values)
    nobody: dict[str, Any] = {"seeds": seeds, "leader": None, "lead_low": np.nan, "lead_high": np.nan}
    if seeds == 0:
        return nobody | {"best": None, "rival": None, "lead": np.nan, "probability": np.nan}
    order = np.argsort(-values.mean(axis=0), kind="stable")
    best, rival = int(order[0]), int(order[1])
    found = nobody | {"best": regimes[best], "rival": regimes[rival]}
    found["lead"] = float((values[:, best] - values[:, rival]).mean())
    if seeds < FEWEST_SEEDS:
        return found | {"probability": np.nan}
    level = (1 - CONFIDENCE) / 2
    against = [_mean_and_error(values[:, best] - values[:, other]) for other in order[1:]]
    means, errors = np.array(against).T
    # Below, the smallest advantage is bounded by that of each rival; above, by any of them.
    low = (means - _quantile(seeds, level / family) * errors).min()
    high = (means + _quantile(seeds, level / (family * len(means))) * errors).min()
    raw = max(_exceeding(mean, error, seeds) for mean, error in against)
    return found | {
        "leader": regimes[best] if low > 0 else None,
        "lead_low": float(low),
        "lead_high": float(high),
        "probability": min(1.0, 2 * family * raw),
    }


def _mean_and_error(sample: Values) -> tuple[float, float]:
    if len(sample) < FEWEST_SEEDS:
        return (float(sample.mean()) if len(sample) else np.nan), np.nan
    return float(sample.mean()), float(sample.std(ddof=1) / np.sqrt(len(sample)))


def _quantile(count: int, level: float) -> float:
    """Give the standard errors that a mean of ``count`` values exceeds with a probability of ``level``."""
    from scipy.special import stdtrit  # noqa: PLC0415 - a tenth of the import time of scipy.stats

    return float(-stdtrit(count - 1, level)) if count >= FEWEST_SEEDS else np.nan


def _exceeding(mean: float, error: float, count: int) -> float:
    """Give the probability of so high a mean where the true one is zero."""
    from scipy.special import stdtr  # noqa: PLC0415 - as above

    if error == 0:
        # Regimes that do the very same in every seed.
        return 0.0 if mean > 0 else 1.0
    return float(stdtr(count - 1, -mean / error))


def _percent(values: Values, baseline: int) -> float:
    mean = abs(values[:, baseline].mean()) if len(values) else 0.0
    return 100 / float(mean) if mean > 0 else np.nan
