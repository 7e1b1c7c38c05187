"""Leaps into unrelated domains, and combinations of what is unfamiliar."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.statistics.estimators.regression import coefficients
from analysis.studies.facts.claims.common import standardised
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import NO_POLICY
from analysis.studies.facts.watchers.watcher import Table

WINDOW = 8
UNRELATED = 0.2
"""Relatedness below which two domains have little in common: generated pairs lie around .08, .4 and .6."""


def _estimate(runs: Runs) -> Mapping[str, float]:
    run = runs[NO_POLICY.name]
    tries = run.tables["recombinations"]
    internal = ~tries["networked"]
    familiarity, gain = tries["familiarity"][internal], tries["gain"][internal]
    low, high = np.quantile(familiarity, (1 / 3, 2 / 3))
    far, near = gain[familiarity <= low], gain[familiarity >= high]
    strange, usual = gain[familiarity < UNRELATED], gain[familiarity >= UNRELATED]
    return {
        "leaps_fail_more_often": leaps(run.tables["firms"], run.scenario.recombination.held_level),
        "unrelated_lower_mean": float(strange.mean() / usual.mean() - 1) if len(strange) else np.nan,
        "unrelated_higher_variance": float(np.log(strange.var() / usual.var())) if strange.any() else np.nan,
        "unfamiliar_lower_mean": float(far.mean() / near.mean() - 1),
        "unfamiliar_higher_variance": float(np.log(far.var() / near.var())),
        "unfamiliar_worth_more": _when_it_succeeds(far) / _when_it_succeeds(near) - 1,
    }


def _when_it_succeeds(gain: np.ndarray) -> float:
    return float(gain[gain > 0].mean()) if (gain > 0).any() else np.nan


def leaps(panel: Table, held_level: float) -> float:
    """Slope of failure over density among firms that turned their research to a domain they did not hold.

    A firm has turned to a domain if it is its focus now and was not a year before; it fails if it does
    not hold the domain after the window. Fixed effects of domain and wave.

    Parameters
    ----------
    panel
        Table of :class:`analysis.studies.facts.watchers.firms.FirmPanel`.
    held_level
        Share of the frontier from which a domain counts as held.
    """
    parts = []
    for step in np.unique(panel["step"]):
        before, now, later = (np.flatnonzero(panel["step"] == step + shift) for shift in (-4, 0, WINDOW))
        _, first, second = np.intersect1d(panel["id"][now], panel["id"][later], return_indices=True)
        now, later = now[first], later[second]
        former = dict(zip(panel["id"][before], panel["focus"][before], strict=True))
        focus = panel["focus"][now]
        turned = np.array([former.get(firm, -1) for firm in panel["id"][now]], np.int64) != focus
        new = turned & (panel["strength"][now, focus] < held_level)
        failed = panel["strength"][later, focus] < held_level
        parts.append(
            np.column_stack([failed, panel["density"][now, focus], focus, np.full(len(now), step)])[new]
        )
    pooled = np.concatenate(parts)
    if len(pooled) < 30:
        return np.nan
    failed, density, focus, step = pooled.T
    return float(coefficients(failed, [standardised(density)], (focus, step))[0])


_PAIR = "internal attempts, least familiar third of pairs (relatedness of the parents) against most familiar"
_UNRELATED = "internal attempts, pairs of relatedness below .2 against all others"
_CHANCE = "chance = A 4 phi (1 - phi), gain ~ eta 2 (1 - phi)"

FACT = Fact(
    number=12,
    name="leaps_and_unfamiliar_combinations",
    statement=(
        "A leap to an unrelated domain fails more often than a step to a related one; unfamiliar combinations "
        "have a lower mean and a higher variance."
    ),
    source="Fleming 2001; Boschma et al. 2015",
    claims=(
        Claim(
            "leaps_fail_more_often",
            "Linear probability that a firm that turned its research to a new domain does not hold it 8 quarters "
            "later, on zero-diagonal density; fixed effects of domain and wave",
            "probability per standard deviation",
            "below",
            construction="research gains are proportional to sqrt(omega)",
        ),
        Claim("unrelated_lower_mean", f"Mean gain: {_UNRELATED}", "share", "below", construction=_CHANCE),
        Claim(
            "unrelated_higher_variance",
            f"Log ratio of variances of gains: {_UNRELATED}",
            "log ratio",
            construction=_CHANCE,
        ),
        Claim("unfamiliar_lower_mean", f"Mean gain: {_PAIR}", "share", "below", construction=_CHANCE),
        Claim(
            "unfamiliar_higher_variance",
            f"Log ratio of variances of gains: {_PAIR}",
            "log ratio",
            construction=_CHANCE,
        ),
        Claim(
            "unfamiliar_worth_more",
            f"Mean gain of those that gained: {_PAIR}",
            "share",
            construction=_CHANCE,
        ),
    ),
    treatments=(NO_POLICY,),
    estimate=_estimate,
    tried=(
        (
            "Among the pairs that firms really combine most are of one sector: a third is less related than "
            "about .57, a third more than about .68. Between these thirds the mean falls with familiarity, as"
            " chance x gain is highest at a relatedness of 1/3 and as children of close parents are known "
            "already. Truly unrelated pairs, a few percent of attempts, do have the lower mean: the relation "
            "is an inverted U, of which Fleming's rise is one side."
        ),
        (
            "More spread of relatedness (`run.py facts --only 12 --seeds 0-15 --set "
            "knowledge_space.relatedness_spread=0.9`): the mean of the least familiar third exceeds that of "
            "the most familiar by 221% (199 to 242), against 102% (94 to 111) with the default; "
            "`recombination.potential=2`: by 82% (76 to 88). The sign does not turn."
        ),
    ),
)
