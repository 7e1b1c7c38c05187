"""Support that stays where it was, in a calm world and in a restless one."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.studies.facts.claims.common import average_gain
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import CALM, RESTLESS, static

_CALM = static("calm", CALM)
_RESTLESS = static("restless", RESTLESS)


def _estimate(runs: Runs) -> Mapping[str, float]:
    calm, restless = (average_gain(runs[kept.name], runs[drawn.name]) for kept, drawn in (_CALM, _RESTLESS))
    return {"ages": restless - calm, "where_calm": calm, "where_restless": restless}


_MEASURE = (
    "Primary outcome, averaged over 80 quarters: grants earmarked for the domains that were largest at the start minus "
    "grants for whoever comes"
)
_UNIT = "% of the lottery"

FACT = Fact(
    number=17,
    name="static_support",
    statement="Static support ages with turbulence.",
    source="Vernon 1966; Saviotti & Pyka 2004",
    claims=(
        Claim("ages", f"{_MEASURE}; turbulence 1 minus turbulence 0", _UNIT, side="below"),
        Claim("where_calm", f"{_MEASURE}; turbulence 0", _UNIT, side="shown"),
        Claim("where_restless", f"{_MEASURE}; turbulence 1", _UNIT, side="shown"),
    ),
    treatments=(*_CALM, *_RESTLESS),
    estimate=_estimate,
)
