"""What is reported of a winner holds: its interval has the truth, and what the search saw is too good."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.scenario import Scenario
from tests.unit.analysis.studies.optimisation.made_up import SIZE, conduct, grants, setting

REPETITIONS = 40
LEAST_INSIDE = 0.85
"""Of 40 intervals at 95% fewer than 34 hold the truth once in 130 times."""


@pytest.mark.slow
def test_the_gain_of_the_winner_is_within_its_interval_on_fresh_seeds() -> None:
    size = replace(SIZE, policies=60, at_random=30, batch=10, race=320, finalists=2)
    inside, flattered = [], []
    for search in range(REPETITIONS):
        asked = replace(
            setting(size=size, search_seed=search),
            seeds=tuple(range(10_000 + 24 * search, 10_024 + 24 * search)),
        )
        truths: dict[str, float] = {}

        def known(scenario: Scenario, cell: str, regime: str, truths: dict[str, float] = truths) -> float:
            truths[regime] = grants(scenario, cell, regime) / 3
            return truths[regime]

        tables, _ = conduct(asked, known, noise=6.0)
        row = tables["found"].query("objective == 'value' and place == 0").iloc[0]
        inside.append(row["low"] <= truths[row["policy"]] <= row["high"])
        flattered.append(row["seen"] - truths[row["policy"]])
    assert np.mean(inside) >= LEAST_INSIDE
    # Whoever leads on few seeds was lucky there: the reason for fresh ones.
    assert np.mean(flattered) > 2 * np.std(flattered) / np.sqrt(REPETITIONS)
