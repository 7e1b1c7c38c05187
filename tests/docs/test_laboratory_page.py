"""The page of the laboratory says what was measured, and nothing that was not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analysis.studies.laboratory.design import FIRST_FRESH
from analysis.studies.laboratory.measures import MEASURES
from docs.writers.laboratory import PAGE, RESULT, SIZES, page


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(RESULT.read_text("utf-8"))
    return kept


def test_the_page_follows_from_the_result(result: dict[str, Any]) -> None:
    assert PAGE.read_text("utf-8") == page(result), "run python -m docs.writers.laboratory"


def test_it_tells_of_every_measure_and_of_those_that_were_not_taken(result: dict[str, Any]) -> None:
    text = PAGE.read_text("utf-8")
    assert set(SIZES) == set(MEASURES)
    for name in MEASURES:
        assert f"- `{name}`: " in text
        assert (f"| {name} |" in text) == (name in result)
    assert ("Not taken yet" in text) == (len(result) < len(MEASURES))


def test_it_reports_on_fresh_seeds(result: dict[str, Any]) -> None:
    assert min(each["first_seed"] for each in result.values()) >= FIRST_FRESH
