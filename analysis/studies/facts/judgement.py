"""From one number a seed to a verdict, by rules that were fixed before reported seeds were run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.statistics.comparison import Values, interval
from analysis.studies.facts.fact import Claim, Fact

Verdict = Literal["holds", "by construction", "partly", "does not hold", "not measured"]
VERDICTS: tuple[Verdict, ...] = ("holds", "by construction", "partly", "does not hold", "not measured")
LEAST_SEEDS = 2
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Judgement:
    """What seeds say about a claim.

    Attributes
    ----------
    claim
        The claim.
    seeds
        Seeds that gave a number.
    effect, low, high
        Mean over seeds and its 95% interval by Student's t.
    deviation
        Standard deviation over seeds.
    p
        Two-sided probability of a mean as far from the bound if the truth lay on it; for a range, the
        larger of the one-sided ones at its two ends (two one-sided tests).
    measured
        Whether enough seeds gave a number.
    """

    claim: Claim
    seeds: int
    effect: float
    low: float
    high: float
    deviation: float
    p: float
    measured: bool

    @property
    def holds(self) -> bool:
        """Whether the whole interval lies where the claim says."""
        if not self.measured or self.claim.side == "shown":
            return False
        if self.claim.side == "above":
            return self.low > self.claim.bound
        if self.claim.side == "below":
            return self.high < self.claim.bound
        return self.claim.bound <= self.low and self.high <= self.claim.upper

    @property
    def standardised(self) -> tuple[float, float, float]:
        """Effect and interval as distance from the bound in standard deviations, positive where claimed."""
        sign = -1.0 if self.claim.side == "below" else 1.0
        ends = sorted(sign * (value - self.claim.bound) for value in (self.low, self.high))
        scale = self.deviation if self.deviation > 0 else math.nan
        return sign * (self.effect - self.claim.bound) / scale, ends[0] / scale, ends[1] / scale


def judge(claim: Claim, values: Values) -> Judgement:
    """Judge one claim.

    Parameters
    ----------
    claim
        The claim.
    values
        One number for each seed, NaN for seeds that gave none.
    """
    finite = values[np.isfinite(values)]
    measured = len(finite) >= max(LEAST_SEEDS, LEAST_SHARE * len(values))
    if not len(finite):
        return Judgement(claim, 0, math.nan, math.nan, math.nan, math.nan, math.nan, measured=False)
    effect, low, high = interval(finite)
    deviation = float(finite.std(ddof=1)) if len(finite) > 1 else math.nan
    return Judgement(claim, len(finite), effect, low, high, deviation, _p(claim, finite), measured)


def _p(claim: Claim, values: Values) -> float:
    if len(values) < LEAST_SEEDS or claim.side == "shown":
        return math.nan
    if claim.side == "within":
        return max(_tail(values - claim.bound), _tail(claim.upper - values))
    return min(1.0, 2 * min(_tail(values - claim.bound), _tail(claim.bound - values)))


def _tail(values: Values) -> float:
    """One-sided probability of so large a mean if the truth were 0."""
    from scipy.special import stdtr  # noqa: PLC0415 - a tenth of the import time of scipy.stats

    error = float(values.std(ddof=1)) / math.sqrt(len(values))
    if error == 0:
        return 0.0 if values.mean() > 0 else 1.0
    return float(stdtr(len(values) - 1, -values.mean() / error))


def verdict(judgements: Sequence[Judgement]) -> Verdict:
    """Give the verdict on a fact from those on its claims.

    All claims hold (of alternatives one): ``holds``, or ``by construction`` if equations contain every
    claim that holds; some: ``partly``; none: ``does not hold``. Where no claim could be measured, no
    verdict is given.

    Parameters
    ----------
    judgements
        Judgement of every claim of the fact.
    """
    judgements = [judgement for judgement in judgements if judgement.claim.side != "shown"]
    if not any(judgement.measured for judgement in judgements):
        return "not measured"
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault(judgement.claim.any_of or judgement.claim.name, []).append(judgement)
    shown = [any(judgement.holds for judgement in group) for group in groups.values()]
    if not any(shown):
        return "does not hold"
    if not all(shown):
        return "partly"
    built_in = all(judgement.claim.construction for judgement in judgements if judgement.holds)
    return "by construction" if built_in else "holds"


def judge_fact(fact: Fact, values: dict[str, Values]) -> list[Judgement]:
    """Judge all claims of a fact.

    Parameters
    ----------
    fact
        The fact.
    values
        One number for each seed, by the name of the claim.
    """
    return [judge(claim, values[claim.name]) for claim in fact.claims]
