"""Tables on the screen."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table

from analysis.comparison import compare
from analysis.console.tables import comparison_table, decimals, number, run_table
from model.record import OBSERVABLES, OUTCOMES
from tests.unit.analysis.synthetic import results


def printed(table: Table, width: int = 80) -> str:
    output = io.StringIO()
    Console(file=output, width=width).print(table)
    return output.getvalue()


def test_a_comparison_shows_every_outcome_under_every_regime() -> None:
    comparison = compare(results().outcomes(), OUTCOMES)
    wide = printed(comparison_table(comparison), width=120)
    for outcome in OUTCOMES:
        assert OBSERVABLES[outcome].label in wide
    text = printed(comparison_table(comparison))
    assert text.count("smart_specialisation") == len(OUTCOMES)
    assert "…" not in text


def test_its_numbers_are_those_of_the_comparison() -> None:
    comparison = compare(results().outcomes(), OUTCOMES)
    first = comparison[comparison["regime"] == "cluster"].iloc[0]
    text = printed(comparison_table(comparison))
    assert f"{first['mean']:,.0f}" in text or f"{first['mean']:,.1f}" in text
    assert f"{first['relative']:+.1f}" in text
    assert f"{100 * first['probability_best']:.0f}%" in text


def test_one_seed_leaves_the_interval_empty() -> None:
    text = printed(comparison_table(compare(results((1,)).outcomes(), OUTCOMES)))
    assert "nan" not in text
    assert " to " not in text


def test_a_run_shows_start_end_and_change() -> None:
    text = printed(run_table(results((1,), ("none",)).series(), OUTCOMES))
    assert "at the start" in text
    assert text.count("%") == len(OUTCOMES) + 1


@pytest.mark.parametrize(
    ("value", "text"), [(12_345.6, "12,346"), (7.123456, "7.123"), (0.0123456, "0.01235"), (0.0, "0")]
)
def test_numbers_have_four_significant_digits(value: float, text: str) -> None:
    assert number(value, decimals(value)) == text
