"""Into which domains regions enter, and how they grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.studies.facts.claims.common import series, standardised
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import NO_POLICY
from model.space import build_space
from model.streams import Streams

ENTRY = 40
"""Quarters in which entries are counted; growth is that of the quarters after."""
_LEAST = 1e-9


def _collect(runs: Runs) -> Mapping[str, float]:
    """How related and how complex the domains were that a region entered, and how its output grew later."""
    run = runs[NO_POLICY.name]
    space = build_space(run.scenario.knowledge_space, Streams(run.seed))
    held = run.record.domain_holders[[0, ENTRY]] > 0
    near = np.where(held[0], space.relatedness, 0.0)
    np.fill_diagonal(near, 0.0)
    every = space.relatedness - np.diag(np.diag(space.relatedness))
    density = near.sum(axis=1) / np.maximum(every.sum(axis=1), _LEAST)
    entered = held[1] & ~held[0]
    output = series(run, "output")
    return {
        "density": float(density[entered].mean()) if entered.any() else np.nan,
        "complexity": float(space.complexity[entered].mean()) if entered.any() else np.nan,
        "growth": float(np.log(output[-1] / output[ENTRY])),
    }


def _pool(material: Sequence[Any]) -> Mapping[str, float]:
    table = np.array([[each[name] for name in ("density", "complexity", "growth")] for each in material])
    table = table[np.isfinite(table).all(axis=1)]
    if len(table) <= table.shape[1]:
        return {"related": np.nan, "complex": np.nan}
    explaining = np.column_stack([np.ones(len(table)), standardised(table[:, 0]), standardised(table[:, 1])])
    slopes = np.linalg.lstsq(explaining, table[:, 2], rcond=None)[0]
    return {"related": float(slopes[1]), "complex": float(slopes[2])}


_MEASURE = "Log growth of output from quarter 40 to 80, every seed a region, on the mean {} of domains entered before"
_UNIT = "per standard deviation"

FACT = Fact(
    number=20,
    name="entry_and_growth",
    statement="Regions that enter related and complex domains grow more.",
    source="Rigby et al. 2022",
    claims=(
        Claim("related", _MEASURE.format("relatedness density"), _UNIT),
        Claim("complex", _MEASURE.format("complexity"), _UNIT),
    ),
    treatments=(NO_POLICY,),
    collect=_collect,
    pool=_pool,
)
