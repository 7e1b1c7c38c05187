"""Members of clusters after their funding ends."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.laboratory import WatchedRun
from analysis.studies.facts.treatments import BUSINESS_DRIVEN, FUNDED_UNTIL, POLICY_DRIVEN

AFTER = 8


def _estimate(runs: Runs) -> Mapping[str, float]:
    business, policy = runs[BUSINESS_DRIVEN.name], runs[POLICY_DRIVEN.name]
    return {
        "lose_more_in_two_years": _lost(policy, AFTER) - _lost(business, AFTER),
        "lose_more_in_five_years": _lost(policy, -1) - _lost(business, -1),
    }


def _lost(run: WatchedRun, quarters: int) -> float:
    """Share of the members of the last funded quarter that are no longer there."""
    table = run.tables["members"]
    before = table["members"][table["step"] == FUNDED_UNTIL][0]
    when = FUNDED_UNTIL + quarters if quarters > 0 else table["step"][-1]
    later = table["members"][table["step"] == when][0]
    return float(1 - later / before) if before else np.nan


FACT = Fact(
    number=7,
    name="policy_driven_clusters",
    statement="Policy-driven clusters lose more members after funding ends than business-driven ones.",
    source="Wältring, Mesopartner",
    claims=(
        Claim(
            "lose_more_in_two_years",
            "Share of members lost 8 quarters after the last money: all clusters chosen from above minus none",
            "share",
        ),
        Claim("lose_more_in_five_years", "The same 20 quarters after", "share"),
    ),
    treatments=(BUSINESS_DRIVEN, POLICY_DRIVEN),
    estimate=_estimate,
    tried=(
        (
            "A fee three times as high (`run.py facts --only 7 --seeds 0-15 --set membership.fee=0.03`): "
            "policy-driven clusters lose 13 points more of their members in two years (4 to 23) and 14 more "
            "in five (2 to 25), where at the fee that ships it is 6 (-1 to 13) and 4 (-2 to 11). With 0.05 it"
            " is 37 more in five years (19 to 56) and uncertain after two. At the fee that ships, ties among "
            "members are worth more than it costs to stay, whoever founded the cluster and whoever pays: the "
            "model has the mechanism, its defaults hardly bite."
        ),
    ),
)
