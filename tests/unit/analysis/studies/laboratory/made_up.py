"""Readings that are made up from effects that are known, in answer to whatever a measure asks for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.studies.laboratory.protocol import Measure, Setting, Size, Taken, Wanted
from analysis.studies.laboratory.readings import READ
from model.loading import load_scenario
from model.scenario import Scenario

SIZE = Size(
    policies=20, search_seeds=3, oracle_seeds=5, fresh=16, map_seeds=16, mind_seeds=16, surface_seeds=16,
    effect_seeds=16, screen_seeds=2, place_seeds=8, followed=3, stories=2, regions=6,
)  # fmt: skip
SETTING = Setting(load_scenario(Scenario(), {"steps": 40}), tuple(range(30_000, 30_016)), SIZE)
LEVEL = 1_000.0

Effect = Callable[[str, str], float]
"""Gain in percent of no policy, by condition and regime."""


def readings(wanted: Wanted, effect: Effect, *, noise: float = 1.0, **others: float) -> pd.DataFrame:
    """Answer a request: luck of a seed that regimes share, and some that they do not."""
    rows = []
    for seed in wanted.seeds:
        shared = np.random.default_rng(seed).normal(0, 50)
        for place, (cell, regime) in enumerate(wanted.scenarios):
            own = np.random.default_rng((seed, place)).normal(0, noise, 2)
            level = LEVEL + shared
            known = dict.fromkeys(READ, LEVEL) | {"spent": 0.0 if regime == "none" else 100.0} | others
            known["value_weighted_knowledge"] = level + 10 * (effect(cell, regime) + own[0])
            known["output"] = level + 10 * (effect(cell, regime) / 2 + own[1])
            rows.append({"cell": cell, "regime": regime, "seed": seed, **known})
    return pd.DataFrame(rows)


def conduct(measure: Measure, answer: Callable[[Wanted], pd.DataFrame]) -> tuple[Taken, list[Wanted]]:
    """Take a measure with made-up answers; gives what follows and what was asked for."""
    asked = []
    under_way = measure.take(SETTING)
    wanted = next(under_way)
    while True:
        asked.append(wanted)
        try:
            wanted = under_way.send(answer(wanted))
        except StopIteration as end:
            return end.value, asked


def lines_of(taken: Taken) -> pd.DataFrame:
    """Return the lines of a measure by name."""
    return pd.DataFrame([line.row() for line in taken.lines]).set_index("line")
