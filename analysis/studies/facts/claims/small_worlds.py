"""The network that emerges, against random ones of the same degrees."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.statistics.estimators.networks import small_world
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.laboratory import WatchedRun
from analysis.studies.facts.treatments import NO_POLICY, NO_TRIADS


def _estimate(runs: Runs) -> Mapping[str, float]:
    clustering, length = _last_network(runs[NO_POLICY.name])
    without, _ = _last_network(runs[NO_TRIADS.name])
    return {"clustered": clustering, "short_paths": length, "clustered_without_triads": without}


def _last_network(run: WatchedRun) -> tuple[float, float]:
    ties = run.tables["ties"]
    last = ties["step"] == ties["step"].max()
    pairs = np.column_stack([ties["first"][last], ties["second"][last]]).tolist()
    return small_world([(first, second) for first, second in pairs], run.seed)


FACT = Fact(
    number=13,
    name="small_worlds",
    statement="Networks that emerge are small worlds against random ones of the same degrees.",
    source="Savin & Egbetokun 2016; Watts & Strogatz 1998",
    claims=(
        Claim(
            "clustered",
            "Mean local clustering after 80 quarters over that of networks with the same degrees, rewired at random",
            "ratio",
            bound=2.0,
            construction="a share ties.friends_of_friends of searches goes to partners of partners",
        ),
        Claim(
            "short_paths",
            "Mean path length in the largest component over that of the same networks",
            "ratio",
            "below",
            1.5,
        ),
        Claim(
            "clustered_without_triads",
            "The first, where no search goes to partners of partners",
            "ratio",
            bound=2.0,
        ),
    ),
    treatments=(NO_POLICY, NO_TRIADS),
    estimate=_estimate,
)
