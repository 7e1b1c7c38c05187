"""What firms with few ties gain."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.statistics.estimators.regression import coefficients
from analysis.studies.facts.claims.common import standardised
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import NO_POLICY
from analysis.studies.facts.watchers.watcher import Table

WINDOW = 8
_EQUATION = "attention shared over n ties sums to n^(1 - absorption.attention_sharing)"


def _estimate(runs: Runs) -> Mapping[str, float]:
    waves = gains(runs[NO_POLICY.name].tables["firms"])
    poorly = waves["degree"] <= np.quantile(waves["degree"], 1 / 3)
    mean = float(waves["gain"].mean())
    controls = [
        standardised(waves[name]) for name in ("knowledge", "log_size", "absorptive_capacity", "log_age")
    ]
    groups = (waves["sector"] * 1000 + waves["step"],)
    slope = coefficients(waves["gain"], [standardised(waves["degree"]), *controls], groups)[0]
    gap = float(waves["gain"][poorly].mean() - waves["gain"][~poorly].mean())
    return {"gain_rises_with_degree": float(slope) / abs(mean), "poorly_connected": gap / abs(mean)}


def gains(panel: Table) -> Table:
    """What firms gained in the window after each second wave, and what they were like before.

    Parameters
    ----------
    panel
        Table of :class:`analysis.studies.facts.watchers.firms.FirmPanel`.
    """
    parts = []
    for step in np.unique(panel["step"])[::2]:
        now, later = (np.flatnonzero(panel["step"] == when) for when in (step, step + WINDOW))
        _, first, second = np.intersect1d(panel["id"][now], panel["id"][later], return_indices=True)
        now, later = now[first], later[second]
        knowledge = panel["knowledge"][now].sum(axis=1)
        parts.append(
            {
                "step": panel["step"][now],
                "sector": panel["sector"][now],
                "gain": panel["knowledge"][later].sum(axis=1) - knowledge,
                "knowledge": knowledge,
                "degree": panel["degree"][now].astype(np.float64),
                "log_size": np.log(panel["size"][now]),
                "log_age": np.log1p(panel["age"][now]),
                "absorptive_capacity": panel["absorptive_capacity"][now],
            }
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


FACT = Fact(
    number=14,
    name="poorly_connected_firms",
    statement="Poorly connected firms gain less.",
    source="Bogner et al. 2018",
    claims=(
        Claim(
            "gain_rises_with_degree",
            "Slope of the knowledge a firm gains in 8 quarters over its ties before; controls for knowledge, size, "
            "age and absorptive capacity; fixed effects of sector x wave",
            "mean gains per standard deviation",
            construction=_EQUATION,
        ),
        Claim(
            "poorly_connected",
            "Gain of the third with fewest ties minus gain of the others, without controls",
            "mean gains",
            "below",
            construction=_EQUATION,
        ),
    ),
    treatments=(NO_POLICY,),
    estimate=_estimate,
)
