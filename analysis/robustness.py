"""How well regimes do whatever the future brings: regret, satisficing, and other criteria of robustness."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

OPTIMISM = 0.5
"""Weight of the best future in the criterion of Hurwicz."""

RESAMPLES = 1_000
SEED = 1
CONFIDENCE = 0.95
LESS_IS_BETTER = ("regret_mean", "regret_percentile_90", "regret_maximum")


def regret(performance: Floats) -> Floats:
    """Give what is lost against the regime that is best in each future (Savage 1951).

    Parameters
    ----------
    performance
        What regimes reach in each future, more being better, shape (futures, regimes).

    Returns
    -------
    ndarray
        Shape (futures, regimes), never negative.
    """
    lost: Floats = performance.max(axis=1, keepdims=True) - performance
    return lost


def held_out_regret(first: Floats, second: Floats) -> Floats:
    """Give regret against a regime that other seeds than those that measure it say is best.

    The best of several means over seeds tends to be a lucky one (Smith & Winkler 2006), so that `regret` is too
    large on average. Here one half of the seeds chooses the best regime of a future and the other half measures what
    is lost against it, and the other way round. A regime that was chosen is not always the best one, so that this is
    too small on average (van Hasselt 2010): what is true lies between, for means over futures, not for extremes.

    Parameters
    ----------
    first, second
        What regimes reach in each future on one half of the seeds and on the other, shape (futures, regimes).

    Returns
    -------
    ndarray
        Shape (futures, regimes); below zero where a regime does better than the one that was chosen.
    """
    rows = np.arange(len(first))
    one = second[rows, first.argmax(axis=1)][:, None] - second
    other = first[rows, second.argmax(axis=1)][:, None] - first
    lost: Floats = (one + other) / 2
    return lost


def criteria(
    performance: Floats, regimes: Sequence[str], threshold: float | None, optimism: float = OPTIMISM
) -> pd.DataFrame:
    """Judge regimes by criteria that differ in how much they fear the worst (McPhail et al. 2018).

    Parameters
    ----------
    performance
        What regimes reach in each future, more being better, shape (futures, regimes).
    regimes
        Their names.
    threshold
        What is good enough: more than this. None when nothing is.
    optimism
        Weight of the best future in the criterion of Hurwicz, from 0 (pessimist) to 1.

    Returns
    -------
    pandas.DataFrame
        One row a regime. ``mean`` over futures (Laplace), ``worst`` (maximin, Wald 1950), ``hurwicz`` (Hurwicz
        1951), ``regret_mean``, ``regret_percentile_90``, ``regret_maximum`` (minimax regret, Savage 1951),
        ``satisficing``: share of futures with more than the threshold (the domain criterion, Starr 1963), and
        ``best``: share of futures in which it leads, those that tie sharing the future. Each with the ends
        ``_low`` and ``_high`` of its 95% bootstrap interval over futures, but for extremes, which resampling
        cannot judge.
    """
    measures = _measures(threshold, optimism)
    # Resampled futures stay whole: in each of them, all regimes are judged together.
    generator = np.random.default_rng(SEED)
    drawn = generator.integers(len(performance), size=(RESAMPLES, len(performance)))
    table: dict[str, Sequence[object] | Floats] = {"regime": list(regimes)}
    for name, measure in measures.items():
        table[name] = measure(performance)
        if name in {"worst", "hurwicz", "regret_maximum"}:
            continue
        resampled = np.array([measure(performance[rows]) for rows in drawn])
        for end, level in (("low", (1 - CONFIDENCE) / 2), ("high", (1 + CONFIDENCE) / 2)):
            table[f"{name}_{end}"] = np.quantile(resampled, level, axis=0)
    return pd.DataFrame(table)


def choices(judged: pd.DataFrame) -> pd.DataFrame:
    """Say which regime each criterion chooses.

    Parameters
    ----------
    judged
        What `criteria` gives.

    Returns
    -------
    pandas.DataFrame
        ``criterion``, ``choice`` (several names with commas between if they tie), ``value``, ``next`` (the
        regime that comes second) and ``next_value``.
    """
    rows = []
    for name in ("mean", "worst", "hurwicz", *LESS_IS_BETTER, "satisficing", "best"):
        if name not in judged or judged[name].isna().any():
            continue
        ordered = judged.sort_values(name, ascending=name in LESS_IS_BETTER, kind="stable")
        first = ordered[name].iloc[0]
        tied = ordered[ordered[name] == first]
        rest = ordered[ordered[name] != first]
        rows.append(
            {
                "criterion": name, "choice": ", ".join(tied["regime"]), "value": first,
                "next": rest["regime"].iloc[0] if len(rest) else None,
                "next_value": rest[name].iloc[0] if len(rest) else np.nan,
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["criterion", "choice", "value", "next", "next_value"])


def _measures(threshold: float | None, optimism: float) -> dict[str, Callable[[Floats], Floats]]:
    measures: dict[str, Callable[[Floats], Floats]] = {
        "mean": lambda values: values.mean(axis=0),
        "worst": lambda values: values.min(axis=0),
        "hurwicz": lambda values: optimism * values.max(axis=0) + (1 - optimism) * values.min(axis=0),
        "regret_mean": lambda values: regret(values).mean(axis=0),
        "regret_percentile_90": lambda values: np.quantile(regret(values), 0.9, axis=0),
        "regret_maximum": lambda values: regret(values).max(axis=0),
        "best": _best,
    }
    if threshold is not None:
        measures["satisficing"] = lambda values: (values > threshold).mean(axis=0)
    return measures


def _best(performance: Floats) -> Floats:
    leading = performance == performance.max(axis=1, keepdims=True)
    share: Floats = (leading / leading.sum(axis=1, keepdims=True)).mean(axis=0)
    return share
