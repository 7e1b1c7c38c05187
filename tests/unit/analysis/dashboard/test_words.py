"""Words are written from numbers, in every language, and say no more than these."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import numpy as np
import pytest

from analysis.dashboard import texts as catalogue_folder
from analysis.dashboard.texts import Texts, catalogue, languages
from analysis.dashboard.tour import STOPS, at_stop, is_moved, with_lever
from analysis.dashboard.traces import Shelf, Trace
from analysis.dashboard.view import LANGUAGES, View
from analysis.dashboard.words import explanation, last_crossing
from analysis.regions.catalogue import shipped
from model.loading import library, load_scenario
from model.record import ACCOUNT_SOURCES, OBSERVABLES

SCHEMA = ("axes.", "outcomes.", "parameters.", "choices.", "units.", "stories.", "countries.", "names.")
"""What the schema says in English anyway, so that only other languages have to."""

DASHBOARD = Path(catalogue_folder.__file__).parents[1]


def run(end: float, source: int = 0, gain: float = 0.0, steps: int = 20, start: float = 1.0) -> Trace:
    trace = Trace(steps)
    trace.series[:] = np.linspace(start, end, steps + 1)[:, None]
    trace.account[1:, source, 1] = gain
    trace.rows, trace.finished = steps + 1, True
    return trace


def test_who_leads_is_said_with_its_lead() -> None:
    said = explanation(
        {"none": run(100), "cluster": run(110), "sector": run(90)}, "breadth", "Breadth", Texts("en")
    )
    assert said[0] == "Cluster comes first in Breadth (110), 10% ahead of no policy."
    assert "sector" in said[1]


def test_ends_that_differ_by_a_hair_are_level() -> None:
    said = explanation({"none": run(100), "cluster": run(100.05)}, "breadth", "Breadth", Texts("en"))
    assert "level" in said[0]


def test_the_source_of_a_lead_is_named() -> None:
    runs = {"none": run(100), "cluster": run(110, source=ACCOUNT_SOURCES.index("research"), gain=2.0)}
    said = explanation(runs, "breadth", "Breadth", Texts("en"))
    assert "research (+40)" in said[-1]


def test_a_crossing_is_told_with_its_quarter() -> None:
    one = np.array([0.0, 1, 2, 5, 9, 12, 14, 16, 18])
    other = np.array([0.0, 2, 4, 6, 8, 10, 11, 12, 13])
    assert last_crossing(one, other) == 4
    assert last_crossing(one, one - 1) is None


def test_curves_that_cross_in_the_last_quarter_do_not_stay_above() -> None:
    one = np.array([0.0, 1, 2, 3, 9])
    other = np.array([0.0, 2, 4, 6, 8])
    assert last_crossing(one, other) is None


def test_a_single_regime_is_compared_with_nothing() -> None:
    assert explanation({"none": run(100)}, "breadth", "Breadth", Texts("en")) == []


def test_all_languages_are_offered() -> None:
    assert set(languages()) == set(LANGUAGES)


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_languages_say_the_same(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    mine = {key for key in other if not key.startswith(SCHEMA)}
    assert mine == {key for key in english if not key.startswith(SCHEMA)}
    for key in mine:
        assert fields(english[key]) == fields(other[key]), key


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_other_languages_have_words_for_what_the_schema_says_in_english(language: str) -> None:
    keys = catalogue(language)
    assert {f"outcomes.{name}" for name in OBSERVABLES} <= set(keys)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_message_that_is_asked_for_is_there() -> None:
    asked: set[str] = set()
    for path in DASHBOARD.rglob("*.py"):
        asked |= set(re.findall(r'texts\(\s*"([a-z_]+\.[a-z_.0-9]+)"', path.read_text("utf-8")))
    assert len(asked) > 40
    assert asked <= set(catalogue("en"))


def test_numbers_are_written_as_people_of_a_language_do() -> None:
    assert Texts("en").number(1234.5) == "1,234"
    assert Texts("de").number(1234.5) == "1.234"
    assert Texts("de").number(0.25) == "0,25"


def test_a_tour_moves_one_lever_at_a_time() -> None:
    for step, stop in enumerate(STOPS, start=1):
        view = at_stop(View().changed("openness", 0.9), step)
        assert view.changes == ()
        moved = with_lever(view)
        assert len(moved.changes) == (1 if stop.lever else 0)
        assert not stop.lever or (is_moved(moved) and with_lever(moved) == view)
        assert f"tour.{step}.text" in catalogue("en")
    assert len(STOPS) == 5


def test_a_shelf_keeps_what_was_wanted_last() -> None:
    one, other, third = run(1), run(2), run(3)
    shelf = Shelf(room=2 * one.size)
    shelf.keep(b"a", one)
    shelf.keep(b"a", one)
    shelf.keep(b"b", other)
    assert shelf.find(b"a") is one
    shelf.keep(b"c", third)
    assert (shelf.find(b"a"), shelf.find(b"b"), shelf.find(b"c")) == (one, None, third)
    shelf.clear()
    assert len(shelf) == 0


@pytest.mark.parametrize("language", [language for language in languages() if language != "en"])
def test_domains_and_sectors_have_names_in_every_language(language: str) -> None:
    spaces = [load_scenario(story).knowledge_space for story in library()]
    members = shipped().domains
    names = {
        # Those of measured regions begin with a code, which stays.
        name.partition(" ")[2] if space.measured.given else name
        for space in spaces
        for name in (*space.domain_names, *space.sector_names)
    }
    names |= {str(name).partition(" ")[2] for name in members["name"]} | {*members["sector_name"]}
    assert {name for name in names if f"names.{name}" not in catalogue(language)} == set()


def test_codes_before_a_name_stay_and_a_name_of_ones_own_is_left_alone() -> None:
    texts = Texts("de")
    assert texts.name("C28 machinery and equipment") == "C28 Maschinenbau"
    assert texts.name("drones of the valley") == "drones of the valley"
    assert Texts("en").name("sensors") == "sensors"
