"""Which seeds are shown, in which order, and how they are told."""

from __future__ import annotations

import pytest

from analysis.dashboard.captions import seeds_words
from analysis.dashboard.state.seeds import SEEDS, first_of, following, ranges, seeds_of
from analysis.dashboard.state.view import LAST_SEED, View
from analysis.dashboard.texts import Texts
from model.loading import library, load_scenario


@pytest.mark.parametrize("story", library())
def test_the_typical_seed_is_shown_first_among_those_of_compare(story: str) -> None:
    base = load_scenario(story)
    seeds = seeds_of(View(story=story), base)
    assert seeds[0] == base.story.typical_seed
    assert sorted(seeds) == list(range(10_000, 10_000 + SEEDS))
    assert first_of(View()) == 10_000


def test_seeds_that_are_asked_for_come_as_they_are_asked_for() -> None:
    assert seeds_of(View(seed=10_000), load_scenario(View.story), 3) == (10_000, 10_001, 10_002)
    assert following(seeds_of(View(), load_scenario(View.story))) == 10_016
    assert following((LAST_SEED - 1,)) == 0


def test_seeds_are_told_as_ranges() -> None:
    assert ranges((5, 1, 2, 3)) == ((1, 3), (5, 5))
    assert seeds_words((10_007, 10_000, 10_001), Texts("de")) == "10000 bis 10001, 10007"
