"""Which switch does the work: effects of a factorial, and what each regime loses without one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.comparison import interval
from analysis.statistics.multiplicity import holm, paired_probability

Values = npt.NDArray[np.float64]

LEVEL = 0.05
EFFECTS = (
    "outcome", "kind", "term", "seeds", "effect", "effect_low", "effect_high",
    "relative", "relative_low", "relative_high", "p", "adjusted_probability", "share",
)  # fmt: skip
WALKS = (
    "outcome", "origin", "switch", "before", "after", "seeds", "mean", "lead",
    "difference", "difference_low", "difference_high", "relative", "relative_low", "relative_high",
    "relative_lead", "p", "adjusted_probability",
)  # fmt: skip


def factorial_effects(
    outcomes: pd.DataFrame, corners: pd.DataFrame, measures: Sequence[str], baseline: str = "none"
) -> pd.DataFrame:
    """Estimate main effects and two-way interactions of a full factorial, seed by seed.

    An effect is the mean of the outcome over the treatments at the high position less that at the low one.
    An interaction is half the difference between the effects of one switch at both positions of the other,
    which is the same contrast with the product of the signs (Montgomery 2017).

    Parameters
    ----------
    outcomes
        One row a run: ``regime``, ``seed`` and a column for each measure.
    corners
        ``regime`` and, for each switch, -1 or 1; every combination once.
    measures
        Outcomes; of each, more is better.
    baseline
        Regime in percent of whose mean effects are also given.

    Returns
    -------
    pandas.DataFrame
        One row for every outcome and term. Effects have a 95% interval by Student's t over seeds that were
        finished under every treatment; ``adjusted_probability`` is adjusted over all terms of the outcome (Holm 1979);
        ``share`` is the term's part of all that differs between the means of the treatments.
    """
    switches = [name for name in corners.columns if name != "regime"]
    rows = []
    for measure in measures:
        runs = _complete(outcomes, measure, [*corners["regime"], baseline])
        values = runs[list(corners["regime"])].to_numpy(np.float64)
        spread = ((values.mean(axis=0) - values.mean()) ** 2).sum() if len(values) else np.nan
        found = []
        for kind, term, signs in _terms(corners, switches):
            effects = values @ signs / (len(signs) / 2)
            squares = len(signs) / 4 * effects.mean() ** 2 if len(effects) else np.nan
            found.append(
                {
                    "outcome": measure, "kind": kind, "term": term, "seeds": len(effects),
                    **_estimate(effects, "effect", runs[baseline]),
                    "share": squares / spread if spread else 0.0,
                }
            )  # fmt: skip
        rows += _adjusted(found)
    return pd.DataFrame(rows, columns=list(EFFECTS))


def walks(
    outcomes: pd.DataFrame, flips: pd.DataFrame, measures: Sequence[str], baseline: str = "none"
) -> pd.DataFrame:
    """Tell what changes when one switch of a regime is flipped, all else being equal.

    Parameters
    ----------
    outcomes
        One row a run: ``regime``, ``seed`` and a column for each measure.
    flips
        ``regime``, ``origin``, ``switch``, ``before`` and ``after``.
    measures
        Outcomes; of each, more is better.
    baseline
        Regime in percent of whose mean differences are also given.

    Returns
    -------
    pandas.DataFrame
        One row for every outcome and flip. ``difference`` is the mean of the paired differences from the
        regime as it is, with a 95% interval by Student's t; ``lead`` is the regime's own over the baseline;
        ``adjusted_probability`` is adjusted over all flips of the regime (Holm 1979).
    """
    rows = []
    for measure in measures:
        for origin, group in flips.groupby("origin", sort=False):
            runs = _complete(outcomes, measure, [str(origin), *group["regime"], baseline])
            lead = (runs[origin] - runs[baseline]).mean() if len(runs) else np.nan
            scale = 100 / abs(runs[baseline].mean()) if len(runs) else np.nan
            found = []
            for flip in group.to_dict("records"):
                difference = (runs[flip["regime"]] - runs[origin]).to_numpy(np.float64)
                found.append(
                    {
                        "outcome": measure, "origin": origin, "switch": flip["switch"],
                        "before": flip["before"], "after": flip["after"], "seeds": len(runs),
                        "mean": runs[flip["regime"]].mean() if len(runs) else np.nan,
                        "lead": lead, "relative_lead": lead * scale,
                        **_estimate(difference, "difference", runs[baseline]),
                    }
                )  # fmt: skip
            rows += _adjusted(found)
    return pd.DataFrame(rows, columns=list(WALKS))


def _terms(corners: pd.DataFrame, switches: Sequence[str]) -> Iterator[tuple[str, str, Values]]:
    signs = {name: corners[name].to_numpy(np.float64) for name in switches}
    for name in switches:
        yield "main", name, signs[name]
    for one, other in combinations(switches, 2):
        yield "interaction", f"{one} x {other}", signs[one] * signs[other]


def _complete(outcomes: pd.DataFrame, measure: str, regimes: Sequence[str]) -> pd.DataFrame:
    """Outcomes by seed and regime, of the seeds that were finished under all of them."""
    table = outcomes.pivot_table(index="seed", columns="regime", values=measure, sort=False)
    return table.reindex(columns=list(dict.fromkeys(regimes))).dropna()


def _estimate(sample: Values, name: str, baseline: pd.Series) -> dict[str, float]:
    if not len(sample):
        return {}
    mean, low, high = interval(sample)
    scale = 100 / abs(float(baseline.mean()))
    return {
        name: mean, f"{name}_low": low, f"{name}_high": high,
        "relative": mean * scale, "relative_low": low * scale, "relative_high": high * scale,
        "p": paired_probability(sample),
    }  # fmt: skip


def _adjusted(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    adjusted = holm(np.array([row.get("p", np.nan) for row in rows], np.float64))
    return [{**row, "adjusted_probability": value} for row, value in zip(rows, adjusted, strict=True)]
