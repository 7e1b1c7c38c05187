"""Moments of what happened in Europe, how sure they are, and how far a simulation is from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.errors import RequestError
from analysis.regions.measures import Floats
from analysis.studies.europe.entry_and_exit import Panel
from analysis.studies.europe.halves import country_of
from analysis.studies.europe.scores import scores

TARGETS = (
    "entry_rate",
    "exit_rate",
    "auc_within",
    "exit_auc_within",
    "entry_fifth_1",
    "entry_fifth_5",
    "persistence",
    "churn",
)
"""What is fitted. How changes correlate with what really happened is not: that is what a forecast would be."""

BOOTSTRAP = 200


@dataclass(frozen=True)
class Target:
    """A moment of the data.

    Attributes
    ----------
    value
        What it is.
    error
        Its standard error, by drawing countries with replacement.
    """

    value: float
    error: float


def targets(panel: Panel, relatedness: Floats, seed: int = 0) -> dict[str, Target]:
    """Measure the moments of the data and how sure they are.

    Parameters
    ----------
    panel
        What really happened in the regions that are simulated.
    relatedness
        Relatedness that density is taken with.
    seed
        Seed of the bootstrap.

    Returns
    -------
    dict
        Targets by name.

    Raises
    ------
    RequestError
        If there are too few regions to say how sure the data are.
    """
    real = scores(panel, panel, relatedness)
    countries = np.array([country_of(code) for code in panel.regions])
    names = np.unique(countries)
    luck = np.random.default_rng(seed)
    drawn = []
    for _ in range(BOOTSTRAP):
        rows = np.concatenate([np.flatnonzero(countries == each) for each in luck.choice(names, len(names))])
        again = Panel(
            tuple(panel.regions[row] for row in rows), panel.domains, panel.before[rows], panel.after[rows]
        )
        found = scores(again, again, relatedness)
        drawn.append([found[name] for name in TARGETS])
    spread = np.nanstd(np.array(drawn), axis=0, ddof=1)
    unsure = [name for name, error in zip(TARGETS, spread, strict=True) if not 0 < error < math.inf]
    if unsure:
        raise RequestError(
            f"--every: {len(panel.regions)} regions of {len(names)} countries are left, too few to say how sure the "
            f"data are of {', '.join(unsure)}; take more of them, with a lower number."
        )
    return {name: Target(real[name], float(error)) for name, error in zip(TARGETS, spread, strict=True)}


def misfit(found: Mapping[str, float], wanted: Mapping[str, Target]) -> float:
    """Sum of squared deviations of moments in standard errors; infinite where a moment is none."""
    terms = [((found[name] - target.value) / target.error) ** 2 for name, target in wanted.items()]
    return float(sum(terms)) if all(map(math.isfinite, terms)) else math.inf
