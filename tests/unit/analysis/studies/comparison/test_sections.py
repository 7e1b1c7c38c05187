"""Tables of a comparison, on the screen and on a page."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from analysis.console.rendering import laid_out
from analysis.studies.comparison.findings import ComparisonFindings
from analysis.words.document import MINUS, Section
from analysis.words.names import regime
from analysis.words.numbers import decimals, number
from model.record import OBSERVABLES, OUTCOMES
from model.scenario import REGIME_NAMES
from tests.unit.analysis.runs.synthetic import findings, results


def printed(section: Section, width: int = 80) -> str:
    output = io.StringIO()
    console = Console(file=output, width=width)
    for table in section.tables:
        console.print(table.caption)
        console.print(*laid_out(table, width))
    return output.getvalue()


def outcomes(found: ComparisonFindings) -> str:
    return printed(found.sections()[0])


def test_a_comparison_shows_every_outcome_under_every_regime() -> None:
    text = outcomes(findings())
    for outcome in OUTCOMES:
        assert OBSERVABLES[outcome].label in text
    for name in REGIME_NAMES:
        assert text.count(f"\n {regime(name)} ") == len(OUTCOMES)
    assert "…" not in text


def test_its_numbers_are_those_of_the_comparison() -> None:
    found = findings()
    first = found.tables["comparison"].query("regime == 'cluster'").iloc[0]
    text = outcomes(found)
    assert f"{first['mean']:,.0f}" in text or f"{first['mean']:,.1f}" in text
    assert f"{first['adjusted']:.3f}" in text or "<.001" in text
    assert f"{first['relative']:+.1f}%".replace("-", MINUS) in text
    assert f"{100 * first['probability_best']:.0f}%" in text


def test_one_seed_leaves_the_interval_empty() -> None:
    for section in findings(results((1,))).sections():
        text = printed(section)
        assert "nan" not in text
    (table, *_) = findings(results((1,))).sections()[0].tables
    assert {row[4].text for row in table.rows if not isinstance(row[4], str)} == {"–"}


def test_a_run_shows_start_end_and_change() -> None:
    text = printed(findings(results((1,), ("none",))).sections()[0], 120)
    assert "at the start" in text
    assert text.count("%") == len(OUTCOMES) + 1


def test_regimes_stand_in_the_order_of_their_average_gain() -> None:
    found = findings()
    (section,) = (each for each in found.sections() if each.heading == "Gains over time")
    assert found.ranking == ["cluster", "smart_specialisation", "sector", "none"]
    assert [row[0] for row in section.tables[0].rows] == [regime(name) for name in found.ranking[:-1]]


@pytest.mark.parametrize(
    ("value", "text"), [(12_345.6, "12,346"), (7.123456, "7.123"), (0.0123456, "0.01235"), (0.0, "0")]
)
def test_numbers_have_four_significant_digits(value: float, text: str) -> None:
    assert number(value, decimals(value)) == text
