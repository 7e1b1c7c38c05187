"""What firms do when they hear what pilots found."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.laboratory import WatchedRun
from analysis.studies.facts.treatments import SMART_SPECIALISATION, UNPUBLISHED

YEARS_10 = 40
"""Quarters until which firms are counted."""


def holders_of_the_new(run: WatchedRun, step: int = YEARS_10) -> float:
    """Count how many firms hold each domain that nobody held at the start, in sum over domains."""
    holders = run.record.domain_holders
    return float(holders[step, holders[0] == 0].sum())


def _estimate(runs: Runs) -> Mapping[str, float]:
    published, unpublished = (
        holders_of_the_new(runs[each.name]) for each in (SMART_SPECIALISATION, UNPUBLISHED)
    )
    return {
        "more_try": 100 * (published / unpublished - 1) if unpublished else np.nan,
        "holders": published,
    }


_MEASURE = "Firms that hold a domain that nobody held at the start, after 40 quarters of smart specialisation"

FACT = Fact(
    number=19,
    name="published_pilots",
    statement="The more is told about pilots, the more firms near a domain try it.",
    source="Hausmann & Rodrik 2003; Foray 2015",
    claims=(
        Claim("more_try", f"{_MEASURE}: pilots published against not published", "% of not published"),
        Claim("holders", f"{_MEASURE}, pilots published", "firms times domains", side="shown"),
    ),
    treatments=(SMART_SPECIALISATION, UNPUBLISHED),
    estimate=_estimate,
)
