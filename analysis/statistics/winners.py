"""Who wins: what groups of firms gain under each regime, paired with what becomes of the same region without it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.statistics.comparison import interval
from analysis.statistics.multiplicity import holm, paired_probability

MEASURES = ("knowledge", "jobs", "output")
SECTOR, SIZE, PLACE, SUPPORT = "sector", "size", "place", "support"
SIZES = ((10, "under 10 employees"), (50, "10 to 49 employees"), (250, "50 to 249 employees"))
LARGEST, NEW = "250 employees or more", "founded since the start"
MOST, LESS, NOT = "got half of the money", "got the other half", "got nothing"
HALF = 0.5

Keys = ["seed", "firm"]


def who_wins(firms: pd.DataFrame, baseline: str, nobody: str = "none") -> pd.DataFrame:
    """Compare what becomes of groups of firms under each regime with what becomes of them under a baseline.

    Groups are those of the start: a small firm that grows large has won as a small one. Supported are firms on which
    more was spent than would have been without policy (than nothing, if no run had none), and of these those that
    together got half of that money; they are compared with the very same firms under the baseline.

    Parameters
    ----------
    firms
        ``regime``, ``seed`` and what `model.result.RunResult.firms` tells of each firm.
    baseline
        Regime that the others are compared with.
    nobody
        Regime that spends nothing.

    Returns
    -------
    pandas.DataFrame
        One row for each ``regime`` but the baseline, ``by`` (sector, size, place, support), ``group`` and ``measure``
        (knowledge, jobs, output): ``seeds``, ``firms`` (mean number in the group), ``start``, ``end`` (means),
        ``change`` (from start to end in percent, under the regime) and ``change_against`` (under the baseline),
        ``gain`` (mean of the paired differences of averages over time) with its 95% interval, the same in percent of
        the baseline (``relative``), and ``probability``, ``adjusted`` for all tests of a regime and measure (Holm).
    """
    regimes = list(dict.fromkeys(firms["regime"]))
    runs = {name: rows.set_index(Keys) for name, rows in firms.groupby("regime", sort=False)}
    seeds = sorted(set.intersection(*({*run.index.get_level_values("seed")} for run in runs.values())))
    base = runs[baseline].loc[seeds]
    rows: list[dict[str, object]] = []
    for name in (each for each in regimes if each != baseline):
        run = runs[name].loc[seeds]
        without = runs[nobody].loc[seeds]["support"] if nobody in runs else None
        support = _support(run, without)
        for by, mine, theirs in _grouped(run, base, support):
            rows += _of_groups(name, by, run, mine, base, theirs, seeds)
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    table["adjusted"] = table.groupby(["regime", "measure"], sort=False)["probability"].transform(
        lambda values: holm(values.to_numpy(np.float64))
    )
    return table


def _grouped(
    run: pd.DataFrame, base: pd.DataFrame, support: pd.Series
) -> Iterator[tuple[str, pd.Series, pd.Series]]:
    """Give the group of every firm in both runs, for each way of grouping."""
    yield SECTOR, run["sector_name"], base["sector_name"]
    yield SIZE, _sizes(run), _sizes(base)
    yield PLACE, _places(run), _places(base)
    yield SUPPORT, support, support.reindex(base.index)


def _sizes(run: pd.DataFrame) -> pd.Series:
    bounds = [bound for bound, _ in SIZES]
    names = np.array([*(label for _, label in SIZES), LARGEST])
    classes = names[np.searchsorted(bounds, run["jobs_start"].to_numpy(), side="right")]
    return pd.Series(np.where(run["entered"] > 0, NEW, classes), run.index)


def _places(run: pd.DataFrame) -> pd.Series:
    return "place " + (run["place"] + 1).astype(str)


def _support(run: pd.DataFrame, without: pd.Series | None) -> pd.Series:
    """Group firms that were there at the start by the money that policy spent on them; none for later ones."""
    money = run["support"].copy()
    if without is not None:
        money -= without.reindex(run.index).fillna(0.0)
    money = money[run["entered"] == 0].clip(lower=0.0)
    group = pd.Series(NOT, money.index, dtype=object)
    for _, own in money.groupby(level="seed"):
        got = own[own > 0].sort_values(ascending=False, kind="stable")
        before = got.cumsum() - got
        group[got.index] = np.where(before < HALF * got.sum(), MOST, LESS)
    return group.reindex(run.index)


def _of_groups(
    name: str,
    by: str,
    run: pd.DataFrame,
    mine: pd.Series,
    base: pd.DataFrame,
    theirs: pd.Series,
    seeds: list[int],
) -> Iterator[dict[str, object]]:
    columns = [f"{measure}_{when}" for measure in MEASURES for when in ("start", "end", "average")]
    own, against = (
        rows[columns].groupby([rows.index.get_level_values("seed"), groups], dropna=True).sum()
        for rows, groups in ((run, mine), (base, theirs))
    )
    counts = mine.groupby([mine.index.get_level_values("seed"), mine]).size()
    for group in _order(by, {*own.index.get_level_values(1)} | {*against.index.get_level_values(1)}):
        index = pd.MultiIndex.from_product([seeds, [group]])
        one, other = own.reindex(index).fillna(0.0), against.reindex(index).fillna(0.0)
        for measure in MEASURES:
            gains = (one[f"{measure}_average"] - other[f"{measure}_average"]).to_numpy(np.float64)
            mean, low, high = interval(gains)
            reference = float(other[f"{measure}_average"].mean())
            scale = 100 / reference if reference > 0 else np.nan
            start, end = float(one[f"{measure}_start"].mean()), float(one[f"{measure}_end"].mean())
            yield {
                "regime": name, "by": by, "group": group, "measure": measure, "seeds": len(seeds),
                "firms": float(counts.reindex(index).fillna(0).mean()), "start": start, "end": end,
                "change": _change(start, end),
                "change_against": _change(*(float(other[f"{measure}_{when}"].mean()) for when in ("start", "end"))),
                "gain": mean, "gain_low": low, "gain_high": high,
                "relative": mean * scale, "relative_low": low * scale, "relative_high": high * scale,
                "probability": paired_probability(gains),
            }  # fmt: skip


def _change(start: float, end: float) -> float:
    return 100 * (end / start - 1) if start > 0 else float("nan")


def _order(by: str, found: set[str]) -> list[str]:
    fixed = {
        SIZE: [*(label for _, label in SIZES), LARGEST, NEW],
        SUPPORT: [MOST, LESS, NOT],
    }.get(by, sorted(found))
    return [group for group in fixed if group in found]
