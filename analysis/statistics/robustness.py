"""How well regimes do whatever the future brings: regret, satisficing, and other criteria of robustness."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.comparison import interval

Floats = npt.NDArray[np.float64]

OPTIMISM = 0.5
"""Weight of the best future in the criterion of Hurwicz."""

RESAMPLES = 1_000
SEED = 1
CONFIDENCE = 0.95
TAIL = 0.9
"""Share of futures below the regret that stands for large ones."""
SAME = 1e-9
"""Difference, relative to what is compared, below which values are the same."""
LESS_IS_BETTER = ("regret_mean", "regret_percentile_90", "regret_maximum")
SHARES = ("satisficing", "best")
ORDER = ("mean", "worst", "hurwicz", *LESS_IS_BETTER, *SHARES)


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


def held_out(responses: Floats, threshold: float | None, optimism: float = OPTIMISM) -> dict[str, Floats]:
    """Measure every criterion on seeds that did not choose the future, or the regime, that it looks at.

    The worst of several means over seeds tends to be an unlucky one and the best a lucky one (Smith & Winkler 2006),
    so that `criteria` makes worst cases too bad and regrets too large. Here each seed measures what all others
    chose: the worst future, the future with the largest regret, the regime that is best in a future. What was chosen
    is not always the true extreme, so that this errs to the other side (van Hasselt 2010): what is true lies between.
    Shares choose nothing; for them, pseudo-values of the jackknife take their place (Tukey 1958).

    Parameters
    ----------
    responses
        What regimes reach in each future, more being better, shape (futures, regimes, seeds).
    threshold, optimism
        See `criteria`.

    Returns
    -------
    dict of str to ndarray
        For each criterion a value for each seed and regime, shape (seeds, regimes). Means over seeds estimate it,
        and differences between regimes can be tested over seeds. With one seed there are none.
    """
    seeds = responses.shape[2]
    if seeds < 2:
        return {}
    measures = _measures(threshold, optimism)
    whole = responses.mean(axis=2)
    found: dict[str, list[Floats]] = {}
    for seed in range(seeds):
        one = responses[:, :, seed]
        rest = (whole * seeds - one) / (seeds - 1)
        values = _measured_by_one(rest, one, optimism)
        for name in measures.keys() - values.keys():
            values[name] = seeds * measures[name](whole) - (seeds - 1) * measures[name](rest)
        for name in measures:
            found.setdefault(name, []).append(values[name])
    return {name: np.array(values) for name, values in found.items()}


def _measured_by_one(rest: Floats, one: Floats, optimism: float) -> dict[str, Floats]:
    """Measure by one seed, shape (futures, regimes), what the mean of the rest chose."""
    every = np.arange(one.shape[1])
    lowest, highest = one[rest.argmin(axis=0), every], one[rest.argmax(axis=0), every]
    lost = one[np.arange(len(one)), rest.argmax(axis=1)][:, None] - one
    order = np.argsort(regret(rest), axis=0, kind="stable")
    ranked = np.take_along_axis(lost, order, axis=0)
    place = TAIL * (len(one) - 1)
    below, above = int(np.floor(place)), int(np.ceil(place))
    return {
        "mean": one.mean(axis=0),
        "worst": lowest,
        "hurwicz": optimism * highest + (1 - optimism) * lowest,
        "regret_mean": lost.mean(axis=0),
        "regret_percentile_90": ranked[below] + (place - below) * (ranked[above] - ranked[below]),
        "regret_maximum": ranked[-1],
    }


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


def with_held_out(judged: pd.DataFrame, measured: Mapping[str, Floats]) -> pd.DataFrame:
    """Put beside each criterion its held-out value and the bounds of the 95% interval of that over seeds.

    Parameters
    ----------
    judged
        What `criteria` gives.
    measured
        What `held_out` gives.

    Returns
    -------
    pandas.DataFrame
        ``_held_out``, ``_held_out_low`` and ``_held_out_high`` of each criterion more.
    """
    more = {}
    for name, values in measured.items():
        ends = np.array([interval(column) for column in values.T]).T
        for end, column in zip(("", "_low", "_high"), ends, strict=True):
            # What a jackknife corrects may come out beyond what a share can be.
            more[f"{name}_held_out{end}"] = np.clip(column, 0, 1) if name in SHARES else column
    return judged.assign(**more)


def choices(judged: pd.DataFrame, measured: Mapping[str, Floats]) -> pd.DataFrame:
    """Say which regime each criterion chooses, and which others it cannot tell from that one.

    A regime is told from the one that is chosen where the interval of their difference in held-out values, paired
    over seeds, lies above zero: simultaneously for all criteria and regimes at 95% (Bonferroni), so that a criterion
    is said to prefer one where it has no reason to in at most one table of twenty.

    Parameters
    ----------
    judged
        What `criteria` gives.
    measured
        What `held_out` gives.

    Returns
    -------
    pandas.DataFrame
        ``criterion``, ``choice`` (several names with commas between if they tie), ``value``, ``next`` (the
        regime that comes second), ``next_value``, and ``contenders``: the choice and all that luck of seeds may have
        put behind it.
    """
    asked = [name for name in ORDER if name in judged and not judged[name].isna().any()]
    family = max(1, len(asked) * (len(judged) - 1))
    rows = []
    for name in asked:
        ordered = judged.sort_values(name, ascending=name in LESS_IS_BETTER, kind="stable")
        first = ordered[name].iloc[0]
        tied = ordered[ordered[name] == first]
        rest = ordered[ordered[name] != first]
        sign = -1 if name in LESS_IS_BETTER else 1
        near = (
            _not_told_apart(sign * measured[name], int(tied.index[0]), family) if name in measured else None
        )
        rows.append(
            {
                "criterion": name, "choice": ", ".join(tied["regime"]), "value": first,
                "next": rest["regime"].iloc[0] if len(rest) else None,
                "next_value": rest[name].iloc[0] if len(rest) else np.nan,
                "contenders": ", ".join(
                    regime for at, regime in enumerate(judged["regime"])
                    if near is None or near[at] or at in tied.index
                ),
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["criterion", "choice", "value", "next", "next_value", "contenders"])


def _not_told_apart(values: Floats, chosen: int, family: int) -> npt.NDArray[np.bool_]:
    """Say which regimes are not behind the chosen one by more than luck; values are (seeds, regimes)."""
    from scipy.special import stdtrit  # noqa: PLC0415 - a tenth of the import time of scipy.stats

    behind = values[:, [chosen]] - values
    quantile = float(stdtrit(len(values) - 1, 1 - (1 - CONFIDENCE) / 2 / family))
    lowest = behind.mean(axis=0) - quantile * behind.std(axis=0, ddof=1) / np.sqrt(len(values))
    near: npt.NDArray[np.bool_] = lowest <= SAME * max(1.0, float(np.abs(values).max()))
    return near


def _measures(threshold: float | None, optimism: float) -> dict[str, Callable[[Floats], Floats]]:
    measures: dict[str, Callable[[Floats], Floats]] = {
        "mean": lambda values: values.mean(axis=0),
        "worst": lambda values: values.min(axis=0),
        "hurwicz": lambda values: optimism * values.max(axis=0) + (1 - optimism) * values.min(axis=0),
        "regret_mean": lambda values: regret(values).mean(axis=0),
        "regret_percentile_90": lambda values: np.quantile(regret(values), TAIL, axis=0),
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
