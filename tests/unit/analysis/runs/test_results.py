"""Records as tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.record import OBSERVABLES, OUTCOMES
from model.scenario import REGIME_NAMES
from tests.unit.analysis.runs.synthetic import DOMAINS, SEEDS, STEPS, results


@pytest.mark.parametrize("name", ["series", "account", "memo_items", "ledger", "domains", "outcomes"])
def test_every_row_names_its_regime_and_its_seed(name: str) -> None:
    table = getattr(results(), name)()
    assert list(table.columns[:2]) == ["regime", "seed"]
    pairs = list(dict.fromkeys(zip(table["regime"], table["seed"], strict=True)))
    assert pairs == [(regime, seed) for regime in REGIME_NAMES for seed in SEEDS]


def test_tables_hold_every_step() -> None:
    runs = len(REGIME_NAMES) * len(SEEDS)
    found = results()
    assert found.series().shape == (runs * (STEPS + 1), 3 + len(OBSERVABLES))
    assert len(found.domains()) == runs * (STEPS + 1) * DOMAINS
    assert list(found.outcomes().columns[2:]) == list(OUTCOMES)


def test_failed_runs_are_in_no_table() -> None:
    found = results()
    first, *rest = found.records
    broken = replace(first, result=None, error="went wrong")
    with_failure = replace(found, records=(broken, *rest))
    assert with_failure.failed == (broken,)
    assert len(with_failure.outcomes()) == len(found.outcomes()) - 1
    assert with_failure.complete


def test_results_of_an_experiment_that_was_stopped_are_not_complete() -> None:
    found = results()
    assert found.complete
    assert not replace(found, records=found.records[:-1]).complete
