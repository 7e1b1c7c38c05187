"""Made-up runs and tables with known answers, in which a fact is true or false."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from analysis.studies.facts.estimates import estimate
from analysis.studies.facts.fact import Fact
from analysis.studies.facts.judgement import judge_fact, verdict
from analysis.studies.facts.watchers.watcher import Table
from model.record import ACCOUNT_SOURCES, OBSERVABLES

STEPS = 80


def a_run(
    seed: int = 0,
    tables: Mapping[str, Table] | None = None,
    series: Mapping[str, Any] | None = None,
    account: Mapping[str, float] | None = None,
) -> Any:
    """Stand in for a watched run: tables of watchers, observables and what sources added."""
    recorded = np.zeros((STEPS + 1, len(OBSERVABLES)))
    for name, values in (series or {}).items():
        recorded[:, list(OBSERVABLES).index(name)] = values
    booked = np.zeros((STEPS + 1, len(ACCOUNT_SOURCES), 2))
    for name, value in (account or {}).items():
        booked[1, ACCOUNT_SOURCES.index(name), 0] = value
    return SimpleNamespace(
        seed=seed,
        tables=dict(tables or {}),
        record=SimpleNamespace(series=recorded, account=booked),
        scenario=SimpleNamespace(recombination=SimpleNamespace(held_level=0.1)),
    )


def verdict_on(fact: Fact, seeds: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, bool]]:
    """Judge a fact by made-up runs: its verdict, and which of its claims hold."""
    judgements = judge_fact(fact, estimate(fact, seeds))
    return verdict(judgements), {judgement.claim.name: judgement.holds for judgement in judgements}
