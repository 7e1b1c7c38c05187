"""Readings that are made up from what is known of each policy, in answer to whatever a search asks for."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import numpy as np
import pandas as pd

from analysis.studies.laboratory.protocol import Wanted
from analysis.studies.optimisation.conduct import optimise
from analysis.studies.optimisation.levers import ALWAYS, Levers
from analysis.studies.optimisation.objectives import Constraint, find_objectives
from analysis.studies.optimisation.readings import REQUIRED
from analysis.studies.optimisation.setting import Request, Setting, Size, Tables
from model.loading import load_scenario
from model.scenario import Scenario

LEVEL = 1_000.0
SCENARIO = load_scenario(Scenario(), {"steps": 40})
SIZE = Size(
    policies=24, at_random=12, batch=6, first_seeds=2, race=240, racing=8, most_seeds=24, finalists=4,
    future_seeds=3, robust=2,
)  # fmt: skip
REGIMES = ("none", "lottery", "sector", "sector_by_lot")

Truth = Callable[[Scenario, str, str], float]
"""Gain in percent of no policy, by scenario, condition and regime."""


def setting(
    *names: str,
    size: Size = SIZE,
    constraints: tuple[Constraint, ...] = (),
    search_seed: int = 0,
    futures: int = 0,
) -> Setting:
    """Return a search for some objectives."""
    drawn = {
        f"future_{number}": {"market.exit_hazard": 0.01 + number / 500} for number in range(1, futures + 1)
    }
    return Setting(
        SCENARIO, REGIMES, Levers.of(SCENARIO, ALWAYS), find_objectives(names or ("value",)), constraints,
        tuple(range(10_000, 10_024)), size, drawn, "random", search_seed,
    )  # fmt: skip


def grants(scenario: Scenario, _cell: str, regime: str) -> float:
    """Give ten points for all money in grants: a truth with one best corner."""
    if regime in {"none", "lottery"} or regime.endswith("_by_lot"):
        return 0.0 if regime == "none" else 2.0
    if regime == "sector":
        return 4.0
    spec = scenario.regimes.get(regime)
    return 10 * spec.delivery.get("rd_grant", 0.0) if spec is not None else 5.0


def readings(wanted: Wanted, truth: Truth, *, noise: float = 1.0) -> pd.DataFrame:
    """Answer a request: luck of a seed that all share, and some that is their own."""
    rows = []
    for seed in wanted.seeds:
        shared = np.random.default_rng(seed).normal(0, 50)
        for (cell, regime), scenario in wanted.scenarios.items():
            own = np.random.default_rng((seed, crc32(f"{cell} {regime}".encode()))).normal(0, noise)
            gain = truth(scenario, cell, regime)
            known = dict.fromkeys(REQUIRED, LEVEL) | {
                "budget": 100.0,
                "spent": 0.0 if regime == "none" else 90.0,
            }
            known |= {
                "sector_1_jobs": LEVEL - 20 * gain,
                "value_weighted_knowledge": LEVEL + shared + 10 * (gain + own),
            }
            known["employment"] = LEVEL - 10 * gain
            rows.append({"cell": cell, "regime": regime, "seed": seed, **known})
    return pd.DataFrame(rows)


def conduct(
    asked: Setting, truth: Truth = grants, *, noise: float = 1.0, stop_at: int | None = None
) -> tuple[Tables, list[Request]]:
    """Search with made-up answers; gives what follows and what was asked for."""
    from analysis.studies.optimisation.setting import StoppedError  # noqa: PLC0415 - only who stops needs it

    requests = []
    under_way = optimise(asked)
    request = next(under_way)
    while True:
        requests.append(request)
        try:
            if len(requests) == stop_at:
                under_way.throw(StoppedError())
            request = under_way.send(readings(request.wanted, truth, noise=noise))
        except StopIteration as end:
            tables, stopped = end.value
            break
    assert stopped == (stop_at is not None)
    return tables, requests
