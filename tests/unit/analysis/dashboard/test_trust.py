"""The page on the evidence tells what the tables have, in both languages."""

from __future__ import annotations

import re

import pytest

from analysis.dashboard.panels.trust import PATH, evidence, speaks_against, speaks_for
from analysis.dashboard.texts import Texts, languages
from analysis.studies.facts.fact import Fact
from analysis.studies.facts.registry import FACTS
from docs.writers import trust


def test_it_is_as_new_as_the_tables() -> None:
    assert PATH.read_text("utf-8") == trust.written(), "run: python -m docs.writers.trust"


@pytest.mark.parametrize("language", languages())
def test_every_fact_is_told_once_on_the_side_that_it_speaks_for(language: str) -> None:
    texts, found = Texts(language), evidence()
    sides = dict.fromkeys(("holds", "by construction"), speaks_for)
    sides |= dict.fromkeys(("partly", "does not hold"), speaks_against)
    for name, verdict in found["facts"].items():
        told = texts(f"trust.facts.{name}")
        for side in (speaks_for, speaks_against):
            assert (told in " ".join(side(found, texts))) == (side is sides[verdict])
    assert {fact.name for fact in FACTS.values() if isinstance(fact, Fact)} == set(found["facts"])


def test_numbers_follow_the_evidence() -> None:
    found = evidence() | {
        "facts": {"inverted_u": "does not hold", "small_worlds": "holds"},
        "calibration": {"outside": 0, "all": 8},
    }
    against = " ".join(speaks_against(found, Texts("en")))
    assert "1 of 2 findings do not show up: one learns most" in against
    assert "instruments yield" not in against
    assert re.match(r"1 of 2 research findings show up", speaks_for(found, Texts("en"))[0])
