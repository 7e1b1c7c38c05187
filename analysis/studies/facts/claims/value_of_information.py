"""What it is worth to know potentials, where little and where much is unopened."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.studies.facts.claims.common import average_gain
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import LITTLE_UNOPENED, MUCH_UNOPENED, informed

_LITTLE = informed("little_unopened", LITTLE_UNOPENED)
_MUCH = informed("much_unopened", MUCH_UNOPENED)


def _estimate(runs: Runs) -> Mapping[str, float]:
    little, much = (average_gain(runs[told.name], runs[twin.name]) for told, twin in (_LITTLE, _MUCH))
    return {"rises": much - little, "where_little": little, "where_much": much}


_MEASURE = (
    "Primary outcome, averaged over 80 quarters: smart specialisation that is told every potential minus its twin that "
    "draws lots"
)
_UNIT = "% of its twin"

FACT = Fact(
    number=15,
    name="value_of_information",
    statement="The value of information rises with what is unopened.",
    source="Hausmann & Rodrik 2003; Foray 2015",
    claims=(
        Claim("rises", f"{_MEASURE}; half of all domains latent at the start, minus a fifth", _UNIT),
        Claim("where_little", f"{_MEASURE}; a fifth latent", _UNIT, side="shown"),
        Claim("where_much", f"{_MEASURE}; half latent", _UNIT, side="shown"),
    ),
    treatments=(*_LITTLE, *_MUCH),
    estimate=_estimate,
)
