"""Words are written from numbers, in every language, and say no more than these."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.dashboard import texts as catalogue_folder
from analysis.dashboard.scheduling.run_cache import RunCache, Trace
from analysis.dashboard.state.reading import Change, Line
from analysis.dashboard.state.tour import STOPS, at_stop, is_moved, with_lever
from analysis.dashboard.state.view import LANGUAGES, View
from analysis.dashboard.texts import Texts, catalogue, languages
from analysis.dashboard.words import change_sentence, most_moved, verdict
from analysis.regions.catalogue import shipped
from analysis.statistics.shapley import CHANNELS, attribute
from model.loading import library, load_scenario
from model.record import OBSERVABLES
from model.scenario import twin_of

SCHEMA = (
    "axes.",
    "groups.",
    "outcomes.",
    "parameters.",
    "choices.",
    "units.",
    "stories.",
    "countries.",
    "names.",
)
"""What the schema says in English anyway, so that only other languages have to."""

BASE = load_scenario("machine_building_meets_iot")
DASHBOARD = Path(catalogue_folder.__file__).parents[1]


def run(end: float, source: int = 0, gain: float = 0.0, steps: int = 20, start: float = 1.0) -> Trace:
    trace = Trace(steps)
    trace.series[:] = np.linspace(start, end, steps + 1)[:, None]
    trace.account[1:, source, 1] = gain
    trace.rows, trace.finished = steps + 1, True
    return trace


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
    assert Texts("en").signed_percent(160.2) == "+160%"
    assert Texts("de").signed_percent(-3.84) == "−3,8\u202f%"
    assert Texts("en").share(0.4375) == "44%"
    assert Texts("en").number(float("nan")) == "–"


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    st.sampled_from(LANGUAGES),
)
def test_no_number_is_ever_written_with_an_exponent(value: float, language: str) -> None:
    for text in (
        Texts(language).number(value),
        Texts(language).signed(value),
        Texts(language).signed_percent(value),
    ):
        assert "e" not in text.lower()
        assert "-" not in text
        decimal, thousands = (",", ".") if language == "de" else (".", ",")
        digits = re.sub(r"[^0-9.,−]", "", text).replace(thousands, "").replace(decimal, ".").replace("−", "-")
        assert float(digits) == pytest.approx(value, rel=0.051, abs=0.051)


def test_nothing_that_is_not_specialised_is_said_to_be_lacking() -> None:
    for language in languages():
        assert not [
            key for key, text in catalogue(language).items() if re.search(r"\black|\bfehlt ihr", text)
        ]


def test_a_tour_moves_one_lever_at_a_time() -> None:
    for step, stop in enumerate(STOPS, start=1):
        view = at_stop(View().changed("openness", 0.9), step)
        assert view.changes == ()
        moved = with_lever(view, BASE)
        assert len(moved.changes) == (1 if stop.lever else 0)
        assert not stop.lever or (is_moved(moved) and with_lever(moved, BASE) == view)
        assert f"tour.{step}.text" in catalogue("en")
    assert len(STOPS) == 5


def test_a_step_that_speaks_of_a_part_of_the_page_shows_it() -> None:
    spoken = {"outcomes": "six outcomes", "account": "growth account"}
    for step, stop in enumerate(STOPS, start=1):
        text = catalogue("en")[f"tour.{step}.text"]
        assert set(stop.shows) == {part for part, words in spoken.items() if words in text}
        assert ("breadth" in text) == (stop.outcome == "breadth")


def test_twice_the_budget_is_twice_that_of_the_story() -> None:
    for name in library():
        base = load_scenario(name)
        moved = with_lever(at_stop(View(story=name), 4), base)
        assert dict(moved.changes)["budget"] == pytest.approx(2 * base.policy.budget)
        assert "× 2" in catalogue("en")["tour.4.lever"]


def effects(**ends: tuple[float, float, float]) -> Change:
    lines = {
        name: Line(np.array([mean]), np.array([low]), np.array([high]))
        for name, (mean, low, high) in ends.items()
    }
    return Change(8, lines, "cluster", "cluster")


def test_what_a_lever_moved_most_is_named_only_beyond_chance() -> None:
    texts = Texts("en")
    told = most_moved(effects(none=(-9.0, -12.0, -6.0), sector=(2.0, -3.0, 7.0)), texts)
    assert told == "Moved most: no policy, −9%. Moved least: sector, +2% (within chance)."
    unsure = effects(none=(-9.0, -22.0, 6.0), sector=(2.0, -3.0, 7.0))
    assert most_moved(unsure, texts) == "No line was moved beyond chance."


def test_a_policy_that_a_change_does_not_touch_is_unchanged_and_not_within_chance() -> None:
    texts = Texts("en")
    some = effects(none=(0.0, 0.0, 0.0), sector=(0.0, 0.0, 0.0), cluster=(-1.7, -2.0, -1.4))
    assert change_sentence(some, "X", texts) == "X: cluster −1.7%, the others unchanged; cluster still leads."
    assert most_moved(some, texts) == "Moved most: cluster, −1.7%. Moved least: sector, unchanged."
    none = effects(none=(0.0, 0.0, 0.0), cluster=(0.0, 0.0, 0.0))
    assert change_sentence(none, "X", texts) == "X: nothing changes; cluster still leads."


def test_a_shelf_keeps_what_was_wanted_last() -> None:
    one, other, third = run(1), run(2), run(3)
    cache = RunCache(room=2 * one.size)
    cache.keep(b"a", one)
    cache.keep(b"a", one)
    cache.keep(b"b", other)
    assert cache.find(b"a") is one
    cache.keep(b"c", third)
    assert (cache.find(b"a"), cache.find(b"b"), cache.find(b"c")) == (one, None, third)
    cache.clear()
    assert len(cache) == 0


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


def test_a_lottery_twin_is_named_after_its_regime() -> None:
    assert Texts("en").regime(twin_of("smart_specialisation")) == "smart specialisation by lot"
    assert Texts("de").regime(twin_of("smart_specialisation")) == "intelligente Spezialisierung per Los"
    assert Texts("de").regime(twin_of("my_mix")) == "my mix per Los"


def game(lead: float, noise: float) -> pd.DataFrame:
    """Give outcomes of a lead that ties carry, as an attribution takes them."""
    rows = []
    for seed in range(8):
        for code in range(8):
            live = {channel: bool(code >> place & 1) for place, channel in enumerate(CHANNELS)}
            for regime in ("none", "cluster"):
                gain = (lead * live["ties"] + 1.0 + noise * (-1) ** seed) * (regime == "cluster")
                rows.append({"regime": regime, "seed": seed, **live, "breadth": 100 + gain})
    return pd.DataFrame(rows)


def test_an_attribution_gets_a_verdict_in_words() -> None:
    (carried,) = verdict(attribute(game(5.0, 0.1), ["breadth"], "none"), "breadth", Texts("en"))
    lead, rest = carried.split("; ")
    assert lead == "Cluster: its lead of +6% (8 seeds) hangs on ties (+5%)"
    assert rest == "the direct effect, with all three held still, is +1%."
    (nothing,) = verdict(attribute(game(0.0, 9.0), ["breadth"], "none"), "breadth", Texts("en"))
    assert nothing.startswith("Cluster has no lead beyond chance on 8 seeds")
    (plain,) = verdict(attribute(game(0.0, 0.1), ["breadth"], "none"), "breadth", Texts("de"))
    assert plain.startswith("Cluster: Kein Kanal allein trägt")
