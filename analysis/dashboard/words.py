"""What a run says, in words written from its own numbers and no more than they say."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt

from analysis.dashboard.texts import Texts
from analysis.dashboard.traces import Trace
from model.record import ACCOUNT_SOURCES

Values = npt.NDArray[np.float64]

NEAR = 0.002
"""Two ends that differ by less than this share are called level."""

LASTING = 4
"""Quarters that a curve must stay above another one before it is said to."""

REFERENCE = "none"


def account_of(run: Trace) -> dict[str, float]:
    """Sum the growth account of a run over its steps: what each source added, employment-weighted."""
    total = run.account[1 : run.rows, :, 1].sum(axis=0)
    return {source: float(total[place]) for place, source in enumerate(ACCOUNT_SOURCES)}


def explanation(runs: Mapping[str, Trace], observable: str, label: str, texts: Texts) -> list[str]:
    """Say who leads, by how much, when curves crossed, and through which sources knowledge came.

    Parameters
    ----------
    runs
        Finished runs by regime, of one seed.
    observable
        Which observable.
    label
        Its name.
    texts
        Messages.

    Returns
    -------
    list of str
        Sentences; empty if there is nothing to compare.
    """
    ends = {
        regime: float(run.of(observable)[run.rows - 1]) for regime, run in runs.items() if run.error is None
    }
    ends = {regime: end for regime, end in ends.items() if np.isfinite(end)}
    if len(ends) < 2:
        return []
    order = sorted(ends, key=lambda regime: -ends[regime])
    sentences = [_who_leads(order, ends, label, texts), *_against_nothing(order, ends, texts)]
    sentences += _crossings(runs, order, observable, texts)
    sentences += _why(runs, order, texts)
    return [sentence[:1].upper() + sentence[1:] for sentence in sentences]


def leader_of(runs: Mapping[str, Trace], observable: str) -> str | None:
    """Give the regime that ends first, or None where no run is there."""
    ends = {regime: run.of(observable)[run.rows - 1] for regime, run in runs.items() if run.rows}
    return max(ends, key=lambda regime: ends[regime]) if ends else None


def _who_leads(order: list[str], ends: Mapping[str, float], label: str, texts: Texts) -> str:
    first, second = order[0], order[1]
    ahead = _percent(ends[first], ends[second])
    values = {
        "first": texts.regime(first), "second": texts.regime(second), "label": label,
        "value": texts.number(ends[first]), "percent": texts.number(ahead, 2),
    }  # fmt: skip
    return texts("words.level" if abs(ahead) < 100 * NEAR else "words.leads", **values)


def _against_nothing(order: list[str], ends: Mapping[str, float], texts: Texts) -> list[str]:
    if REFERENCE not in ends or len(ends) < 3:
        return []
    below = [regime for regime in order if regime != REFERENCE and ends[regime] < ends[REFERENCE]]
    if not below:
        return [texts("words.all_above")]
    names = ", ".join(texts.regime(regime) for regime in below)
    return [texts("words.below_none", names=names)]


def _crossings(runs: Mapping[str, Trace], order: list[str], observable: str, texts: Texts) -> list[str]:
    """Tell the last step in which each pair of curves changed places, for the pairs that did late."""
    found = []
    for one, other in combinations(order, 2):
        step = last_crossing(runs[one].of(observable), runs[other].of(observable))
        if step is not None:
            found.append((step, texts.regime(one), texts.regime(other)))
    found.sort(reverse=True)
    return [texts("words.crossing", one=one, other=other, step=step) for step, one, other in found[:2]]


def last_crossing(one: Values, other: Values) -> int | None:
    """Give the step from which on one curve stays above another that was above it before.

    Parameters
    ----------
    one, other
        Values over time, shape (steps,); `one` ends higher.
    """
    gap = one - other
    gap = gap[np.isfinite(gap)]
    behind = np.flatnonzero(gap < 0)
    if len(behind) == 0 or len(gap) - 1 - behind[-1] < LASTING:
        return None
    depth = np.abs(gap[behind]).max()
    size = np.nanmax(np.abs(one)) if len(one) else 1.0
    # A hair's breadth at the start is no lead that was lost.
    return int(behind[-1]) + 1 if depth > NEAR * size else None


def _why(runs: Mapping[str, Trace], order: list[str], texts: Texts) -> list[str]:
    """Name the sources in which the first differs most from no policy, or from the last."""
    first = order[0]
    against = REFERENCE if REFERENCE in order and first != REFERENCE else order[-1]
    mine, theirs = account_of(runs[first]), account_of(runs[against])
    differences = {source: mine[source] - theirs[source] for source in mine}
    size = sum(map(abs, differences.values()))
    if size == 0:
        return []
    gains = sorted(
        (source for source in differences if differences[source] > 0), key=lambda s: -differences[s]
    )[:2]
    losses = sorted(
        (source for source in differences if differences[source] < 0), key=lambda s: differences[s]
    )[:1]
    parts = [
        f"{texts.known(f'sources.{source}', source.replace('_', ' '))} ({_signed(differences[source], texts)})"
        for source in (*gains, *losses)
    ]
    return [
        texts("words.why", first=texts.regime(first), against=texts.regime(against), parts=", ".join(parts))
    ]


def _signed(value: float, texts: Texts) -> str:
    return f"{'+' if value >= 0 else '−'}{texts.number(abs(value))}"


def _percent(one: float, other: float) -> float:
    return 100 * (one - other) / abs(other) if other else 0.0
