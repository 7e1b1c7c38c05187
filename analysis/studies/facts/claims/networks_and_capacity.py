"""Where it pays to bring firms together."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.studies.facts.claims.common import average_gain
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import HIGH_CAPACITY, LOW_CAPACITY, networks

_LOW = networks("low_capacity", LOW_CAPACITY)
_HIGH = networks("high_capacity", HIGH_CAPACITY)


def _estimate(runs: Runs) -> Mapping[str, float]:
    low, high = (average_gain(runs[brought.name], runs[none.name]) for brought, none in (_LOW, _HIGH))
    return {"pays_more": high - low, "pays_where_high": high, "where_low": low}


_MEASURE = "Average gain of the primary outcome from brokerage and joint projects for whoever comes"
_UNIT = "% of no policy"

FACT = Fact(
    number=18,
    name="networks_and_capacity",
    statement="Networks pay where absorptive capacity is high.",
    source="Cohen & Levinthal 1990; Wältring, Mesopartner",
    claims=(
        Claim("pays_more", f"{_MEASURE}: mean skill .8 minus .35", _UNIT),
        Claim("pays_where_high", f"{_MEASURE}; mean skill .8", _UNIT),
        Claim("where_low", f"{_MEASURE}; mean skill .35", _UNIT, side="shown"),
    ),
    treatments=(*_LOW, *_HIGH),
    estimate=_estimate,
)
