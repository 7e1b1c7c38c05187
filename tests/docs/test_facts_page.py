"""The page of facts says what was measured, and nothing that was not."""

from __future__ import annotations

import json

import pytest

from analysis.runs.seeds import FIRST_SEED
from analysis.studies.facts.fact import Fact
from analysis.studies.facts.registry import FACTS
from docs.writers.facts import PAGE, RESULT, page


@pytest.fixture(scope="module")
def result() -> dict[str, object]:
    kept: dict[str, object] = json.loads(RESULT.read_text("utf-8"))
    return kept


def test_the_page_follows_from_the_result(result: dict[str, object]) -> None:
    assert PAGE.read_text("utf-8") == page(result), "run python -m docs.writers.facts"


def test_the_result_answers_every_claim_and_no_other(result: dict[str, list[dict[str, object]]]) -> None:
    wanted = {(fact.name, c.name) for fact in FACTS.values() if isinstance(fact, Fact) for c in fact.claims}
    told = {(row["fact"], row["claim"]) for row in result["claims"] if row["claim"]}
    assert told == wanted, (
        "run python run.py facts --out results/facts; python -m docs.writers.facts results/facts"
    )


def test_reported_seeds_are_not_those_that_were_explored(result: dict[str, list[int]]) -> None:
    assert min(result["seeds"]) >= FIRST_SEED
