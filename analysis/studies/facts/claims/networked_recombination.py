"""What a recombination yields with a partner, and alone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import NO_POLICY


def _estimate(runs: Runs) -> Mapping[str, float]:
    tries = runs[NO_POLICY.name].tables["recombinations"]
    networked, different, own = tries["networked"], tries["cross_sector"], tries["gain"]
    both = own + tries["partner_gain"]
    internal = float(own[~networked].mean())
    return {
        "region_gains_more": _mean(both[different]) / internal - 1,
        "any_partner": _mean(both[networked]) / internal - 1,
        "who_tries_gains_more": _mean(own[different]) / internal - 1,
    }


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else np.nan


FACT = Fact(
    number=3,
    name="networked_recombination",
    statement="Networked recombination of different sources yields more per attempt than internal recombination.",
    source="Weitzman 1998; Wältring, Mesopartner",
    claims=(
        Claim(
            "region_gains_more",
            "Gain of both firms per attempt with a partner of another sector, against gain per internal attempt",
            "share of internal",
        ),
        Claim(
            "who_tries_gains_more",
            "The gain of the firm that tries alone, partner of another sector",
            "share of internal",
        ),
        Claim(
            "any_partner",
            "Gain of both firms with any partner, against internal",
            "share of internal",
            "shown",
        ),
    ),
    treatments=(NO_POLICY,),
    estimate=_estimate,
)
