"""Which regime is best in each of many places, how surely, and what kind of place that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.comparison import interval
from analysis.statistics.leaders import FEWEST_SEEDS, judge

Values = npt.NDArray[np.float64]

FALSE_LEADERS = 0.05
"""Share of false ones to be expected among the leaders that are named."""


def leading(outcomes: pd.DataFrame, regimes: Sequence[str], baseline: str, measure: str) -> pd.DataFrame:
    """Find in every place the regime that is best on average over seeds, and how sure that is.

    In a place, the best regime has to be ahead of each of the others (intersection-union test, Berger 1982; adjusted
    for having been chosen among them by Bonferroni's inequality). Over places, leaders are named so that no more than
    one in twenty of them is to be expected to be a false one (Benjamini and Hochberg 1995).

    Parameters
    ----------
    outcomes
        One row a run: ``region``, ``regime``, ``seed`` and the measure, of which more is better.
    regimes
        Regimes that compete, at least two.
    baseline
        Regime in percent of whose mean leads are given.
    measure
        Column that is compared.

    Returns
    -------
    pandas.DataFrame
        One row a place: ``region``, ``seeds``, ``best``, ``rival`` (the next one), ``lead`` of the best over the rival
        with its 95% interval (``lead_low``, ``lead_high``) in percent of the baseline, ``certainty`` (of being ahead of
        the one that it is least surely ahead of: one less the one-sided probability of Student's t), ``q`` (the share
        of false leaders among those that are as clear as this one), and ``leader``: the best where ``q`` is at most
        .05, else missing.
    """
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - a second to import

    rows: list[dict[str, Any]] = []
    for region, values in by_place(outcomes, regimes, measure).items():
        row = judge(values, regimes, len(regimes))
        best, rival = (regimes.index(row[name]) for name in ("best", "rival"))
        scale = 100 / abs(float(values[:, regimes.index(baseline)].mean()))
        lead, low, high = interval(values[:, best] - values[:, rival])
        rows.append({
            "region": region, "seeds": len(values), "best": row["best"], "rival": row["rival"],
            "lead": lead * scale, "lead_low": low * scale, "lead_high": high * scale,
            "certainty": _certainty(values, best), "q": row["probability"],
        })  # fmt: skip
    table = pd.DataFrame(rows)
    known = table["q"].notna()
    if known.any():
        table.loc[known, "q"] = false_discovery_control(table.loc[known, "q"].to_numpy())
    table["leader"] = table["best"].where(table["q"] <= FALSE_LEADERS)
    return table


def _certainty(values: Values, best: int) -> float:
    """Say how sure it is that one regime is ahead of the one that it is least surely ahead of."""
    from scipy.special import stdtr  # noqa: PLC0415 - a tenth of the import time of scipy.stats

    if len(values) < FEWEST_SEEDS:
        return float("nan")
    leads = values[:, [best]] - np.delete(values, best, axis=1)
    errors = leads.std(axis=0, ddof=1) / np.sqrt(len(leads))
    scores = leads.mean(axis=0) / np.where(errors > 0, errors, np.finfo(float).tiny)
    return float(stdtr(len(leads) - 1, scores.min()))


def gains(
    outcomes: pd.DataFrame, pairs: Sequence[tuple[str, str]], baseline: str, measure: str
) -> pd.DataFrame:
    """Compute in every place what regimes add to others.

    Parameters
    ----------
    outcomes, measure
        See `leading`.
    pairs
        Regimes, and those that each is compared with.
    baseline
        Regime in percent of whose mean gains are given.

    Returns
    -------
    pandas.DataFrame
        One row for each place and pair: ``region``, ``regime``, ``against``, and ``gain`` in percent, the mean of
        differences that are paired by seed, with its 95% interval ``low`` and ``high``.
    """
    names = list(dict.fromkeys([name for pair in pairs for name in pair] + [baseline]))
    rows = []
    for region, values in by_place(outcomes, names, measure).items():
        scale = 100 / abs(float(values[:, names.index(baseline)].mean()))
        for regime, against in pairs:
            ends = interval(values[:, names.index(regime)] - values[:, names.index(against)])
            rows.append((region, regime, against, *(scale * each for each in ends)))
    return pd.DataFrame(rows, columns=["region", "regime", "against", "gain", "low", "high"])


def by_place(outcomes: pd.DataFrame, regimes: Sequence[str], measure: str) -> dict[str, Values]:
    """Arrange a measure by place, shape (seeds, regimes); only seeds that all regimes finished, places with any."""
    rows = outcomes[outcomes["regime"].isin(regimes)]
    wide = rows.pivot_table(index=["region", "seed"], columns="regime", values=measure, sort=False)
    wide = wide.reindex(columns=list(regimes)).dropna()
    return {str(region): own.to_numpy(np.float64) for region, own in wide.groupby(level="region", sort=False)}


def peers(traits: pd.DataFrame, most: int) -> pd.DataFrame:
    """Find the places that are most alike.

    Parameters
    ----------
    traits
        One row a place, numbers only; what is not known counts as average.
    most
        How many to find for each.

    Returns
    -------
    pandas.DataFrame
        ``region``, ``rank``, ``peer`` and ``distance``: root of the mean squared difference, in standard deviations.
    """
    values = traits.to_numpy(np.float64)
    spread = np.nanstd(values, axis=0)
    scaled = np.nan_to_num((values - np.nanmean(values, axis=0)) / np.where(spread > 0, spread, 1.0))
    rows = []
    for place, region in enumerate(traits.index):
        distance = np.sqrt(((scaled - scaled[place]) ** 2).mean(axis=1))
        distance[place] = np.inf
        for rank, other in enumerate(np.argsort(distance, kind="stable")[:most], start=1):
            if np.isfinite(distance[other]):
                rows.append((region, rank, traits.index[other], float(distance[other])))
    return pd.DataFrame(rows, columns=["region", "rank", "peer", "distance"])
