"""How many priorities a region can afford."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.studies.facts.claims.common import average_gain
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import NO_POLICY, priorities

_ONE, _FEW, _MANY = (priorities(number) for number in (1, 3, 12))


def _estimate(runs: Runs) -> Mapping[str, float]:
    one, few, many = (average_gain(runs[each.name], runs[NO_POLICY.name]) for each in (_ONE, _FEW, _MANY))
    return {"few_over_many": few - many, "few_over_one": few - one}


_MEASURE = "Average gain of the primary outcome under smart specialisation with earmarked grants"
_UNIT = "% of no policy"

FACT = Fact(
    number=16,
    name="too_many_priorities",
    statement="Too many priorities are thin.",
    source="Foray 2015",
    claims=(
        Claim("few_over_many", f"{_MEASURE}: three priorities minus twelve", _UNIT),
        Claim("few_over_one", f"{_MEASURE}: three priorities minus one", _UNIT, side="shown"),
    ),
    treatments=(NO_POLICY, _ONE, _FEW, _MANY),
    estimate=_estimate,
)
