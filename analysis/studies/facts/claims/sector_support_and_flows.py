"""Flows of knowledge between sectors under the regimes."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.studies.facts.claims.common import flow
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import CLUSTER, NO_POLICY, SECTOR, SMART_SPECIALISATION

_ACROSS = ("absorption_cross_sector", "recombination_networked_cross_sector")


def _estimate(runs: Runs) -> Mapping[str, float]:
    none = flow(runs[NO_POLICY.name], *_ACROSS)
    added = {
        treatment.name: 100 * (flow(runs[treatment.name], *_ACROSS) / none - 1)
        for treatment in (SECTOR, CLUSTER, SMART_SPECIALISATION)
    }
    return {
        "less_than_cluster": added[CLUSTER.name] - added[SECTOR.name],
        "less_than_smart_specialisation": added[SMART_SPECIALISATION.name] - added[SECTOR.name],
    }


_MEASURE = "Knowledge that flows between firms of different sectors in 80 quarters, in % of no policy"

FACT = Fact(
    number=8,
    name="sector_support_and_flows",
    statement="Sector support adds least to flows of knowledge between sectors.",
    source="Foray 2015; Wältring, Mesopartner",
    claims=(
        Claim("less_than_cluster", f"{_MEASURE}: cluster minus sector support", "% of no policy"),
        Claim(
            "less_than_smart_specialisation",
            f"{_MEASURE}: smart specialisation minus sector support",
            "% of no policy",
        ),
    ),
    treatments=(NO_POLICY, SECTOR, CLUSTER, SMART_SPECIALISATION),
    estimate=_estimate,
    tried=(
        (
            "Three times the budget (`run.py facts --only 8 --seeds 0-15 --set policy.budget=0.03`): smart "
            "specialisation adds 81% more than sector support (54 to 107), cluster support 9% (-14 to 32). "
            "Four fifths of cluster brokerage stay inside a sector and place (`regimes.cluster.outward`), so "
            "clusters as they ship add as little across sectors."
        ),
    ),
)
