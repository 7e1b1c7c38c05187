"""Outcomes made up from effects that are known, in the shape of an ablation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.studies.ablation.treatments import Treatments, arrange_treatments
from model.scenario import REGIME_NAMES, Scenario

REGIMES = REGIME_NAMES[1:]
BASE = 100.0
MAIN = {"links": 4.0, "scope": -2.0}
PAIR = ("links", "scope", 3.0)
LEAD = {"sector": 1.0, "cluster": 2.0, "smart_specialisation": 3.0}
LOSS = {("sector", "networked"): -5.0}


def treatments() -> Treatments:
    """All treatments of the plain default scenario."""
    return arrange_treatments(Scenario(), REGIMES)


def outcomes(measures: tuple[str, ...], seeds: int = 12, noise: float = 0.5) -> pd.DataFrame:
    """One row a run: effects as stated, luck that treatments of a seed share, and some that they do not."""
    made = treatments()
    rng = np.random.default_rng(3)
    means = {"none": BASE, **{name: BASE + lead for name, lead in LEAD.items()}}
    for corner in made.corners.to_dict("records"):
        effect = sum(size / 2 * corner[name] for name, size in MAIN.items())
        effect += PAIR[2] / 2 * corner[PAIR[0]] * corner[PAIR[1]]
        means[corner["regime"]] = BASE + effect
    for flip in made.flips.to_dict("records"):
        loss = LOSS.get((flip["origin"], flip["after"]), 0.0)
        means[flip["regime"]] = means[flip["origin"]] + loss
    rows = []
    for seed in range(seeds):
        luck = rng.normal(0, 20)
        for name, mean in means.items():
            values = {measure: mean + luck + rng.normal(0, noise) for measure in measures}
            rows.append({"regime": name, "seed": seed, **values})
    return pd.DataFrame(rows)
