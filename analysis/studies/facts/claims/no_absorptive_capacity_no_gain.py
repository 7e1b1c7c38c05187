"""Networks without absorptive capacity, partners without ties."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.studies.facts.claims.common import PRIMARY, flow, series
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import NO_TIES, NOTHING_ABSORBED, NOTHING_ABSORBED_NO_TIES

_FROM_PARTNERS = (
    "absorption_same_sector",
    "absorption_cross_sector",
    "recombination_networked_same_sector",
    "recombination_networked_cross_sector",
)
_TINY = 1e-9


def _estimate(runs: Runs) -> Mapping[str, float]:
    with_ties, without = runs[NOTHING_ABSORBED.name], runs[NOTHING_ABSORBED_NO_TIES.name]
    reference = float(series(without, PRIMARY)[-1])
    return {
        "networks_without_capacity": flow(with_ties, *_FROM_PARTNERS),
        "growth_without_capacity": 100 * (float(series(with_ties, PRIMARY)[-1]) / reference - 1),
        "partners_without_ties": flow(runs[NO_TIES.name], *_FROM_PARTNERS),
    }


FACT = Fact(
    number=2,
    name="no_absorptive_capacity_no_gain",
    statement="With zero absorptive capacity networks give nothing; with zero ties partners give nothing.",
    source="Cohen & Levinthal 1990",
    claims=(
        Claim(
            "networks_without_capacity",
            "Knowledge from partners over 40 quarters where nobody has skill",
            "frontier units",
            "within",
            -_TINY,
            _TINY,
            construction="reach and chance of success are proportional to A = sqrt(h R / (R + kappa)), here 0",
        ),
        Claim(
            "growth_without_capacity",
            "Knowledge at what it is worth with evolving ties against none, where nobody has skill",
            "%",
            "within",
            -0.5,
            0.5,
            construction="as above; and whoever can learn from nobody seeks no partner",
        ),
        Claim(
            "partners_without_ties",
            "Knowledge from partners over 40 quarters where nobody seeks any",
            "frontier units",
            "within",
            -_TINY,
            _TINY,
            construction="partners are those to whom there is a tie",
        ),
    ),
    treatments=(NOTHING_ABSORBED, NOTHING_ABSORBED_NO_TIES, NO_TIES),
    estimate=_estimate,
)
