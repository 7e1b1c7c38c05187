"""The typical seed is the one nearest to the medians, and stories say theirs."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.statistics.typical import typical_seed
from docs.writers.typical import SEEDS, find, written
from model.loading import library, load_scenario


def test_the_seed_whose_leads_are_in_the_middle_is_typical() -> None:
    leads = {1: 5.0, 2: 40.0, 3: 9.0, 4: -30.0, 5: 11.0}
    rows = [
        {
            "regime": regime,
            "seed": seed,
            "step": step,
            "worth": 100 * seed + (lead * step if regime == "a" else 0),
        }
        for regime in ("none", "a")
        for seed, lead in leads.items()
        for step in (0, 1, 2)
    ]
    assert typical_seed(pd.DataFrame(rows), "worth") == 3


def test_every_story_names_one_of_the_seeds_of_compare() -> None:
    for name, path in library().items():
        assert load_scenario(name).story.typical_seed in SEEDS
        text = path.read_text("utf-8")
        assert re.search(r"^typical_seed = \d+$", text, re.MULTILINE), name
        seed = load_scenario(name).story.typical_seed
        assert written(text, seed) == text


@pytest.mark.slow
@pytest.mark.parametrize("story", library())
def test_the_seed_that_a_story_names_is_typical_of_its_runs(story: str) -> None:
    assert find(story, jobs=1) == load_scenario(story).story.typical_seed
