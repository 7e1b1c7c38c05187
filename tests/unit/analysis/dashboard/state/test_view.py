"""The address holds the whole view, and whatever stands in an address, a view comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.dashboard.state.history import LONGEST, ONE_MOVE, History
from analysis.dashboard.state.view import (
    APPEARANCES,
    CHARTS,
    LANGUAGES,
    LAST_SEED,
    PAGES,
    SKIPPED,
    TYPICAL,
    View,
    from_search,
    to_search,
)
from model.record import OBSERVABLES

NAMES = st.from_regex(r"[a-z][a-z_]{0,20}", fullmatch=True)
KEYS = st.lists(NAMES, min_size=1, max_size=3).map(".".join)
VALUES = st.one_of(
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
)
VIEWS = st.builds(
    View,
    page=st.sampled_from(PAGES),
    story=NAMES,
    changes=st.dictionaries(KEYS, VALUES, max_size=5).map(lambda each: tuple(sorted(each.items()))),
    regimes=st.lists(NAMES, min_size=1, max_size=5, unique=True).map(tuple),
    seed=st.integers(0, LAST_SEED),
    outcome=st.sampled_from(list(OBSERVABLES)),
    chart=st.sampled_from(CHARTS),
    quarter=st.integers(0, 10_000),
    subject=st.sampled_from(("", "firm:12", "organisation:3", "domain:0")),
    language=st.sampled_from(LANGUAGES),
    appearance=st.sampled_from(APPEARANCES),
    large=st.booleans(),
    left=NAMES,
    right=NAMES,
    x=NAMES,
    y=NAMES,
    guess=NAMES,
    tour=st.integers(0, 5),
)


def test_only_who_has_just_come_in_is_asked_for_a_guess() -> None:
    for search in ("", "language=de", "appearance=dark&large=1", "guess=cluster", f"guess={SKIPPED}"):
        assert from_search(search)[0].bare, search
    for search in ("page=watch", "story=thin_rural_region", "region=ITH5", "set=budget:0.02", "seed=3"):
        assert not from_search(search)[0].bare, search


@given(VIEWS)
def test_a_link_restores_exactly_what_was_seen(view: View) -> None:
    assert from_search(to_search(view)) == (view, ())


def test_links_from_before_the_chart_of_leads_still_show_their_bands() -> None:
    assert from_search("bands=1") == (View(chart="levels"), ())
    assert from_search("bands=0") == (View(), ())


def test_a_view_that_is_all_default_has_an_empty_address() -> None:
    assert to_search(View()) == ""
    assert from_search("") == (View(), ())


@given(st.text(max_size=200))
def test_whatever_stands_in_an_address_a_view_comes_of_it(search: str) -> None:
    view, _ = from_search(search)
    assert from_search(to_search(view)) == (view, ())


@pytest.mark.parametrize(
    "search",
    [
        "page=cellar",
        "seed=-1",
        "seed=99999999999",
        "outcome=luck",
        "chart=pie",
        "subject=firm:x",
        "subject=ghost:1",
        "quarter=-1",
        "regimes=a,a",
        "set=budget:NaN",
        "set=budget:[1]",
        "set=__class__.x y:1",
        "own=" + "a" * 9_000,
        "unheard=1",
    ],
)
def test_what_makes_no_sense_is_left_out_and_told(search: str) -> None:
    view, odd = from_search(search)
    assert view == View()
    assert len(odd) == 1


def test_one_drag_of_a_slider_is_one_step_back() -> None:
    history = History((View(),))
    for step in range(5):
        history = history.show(View().changed("budget", 0.01 * (step + 2)), "budget", now=0.1 * step)
    assert len(history.views) == 2
    assert history.undo().view == View()
    assert history.undo().redo().view == View().changed("budget", 0.06)


def test_two_moves_are_two_steps_back() -> None:
    history = History((View(),))
    history = history.show(View().changed("budget", 0.02), "budget", now=0.0)
    history = history.show(View().changed("budget", 0.03), "budget", now=ONE_MOVE + 0.1)
    assert [view.changes for view in history.views] == [(), (("budget", 0.02),), (("budget", 0.03),)]


def test_what_was_undone_is_forgotten_by_a_new_move() -> None:
    history = History((View(),)).show(View(seed=1), "seed", 0.0).undo().show(View(seed=2), "seed", 5.0)
    assert not history.can_redo
    assert [view.seed for view in history.views] == [TYPICAL, 2]


def test_the_setting_before_is_another_setting_of_the_same_region() -> None:
    changed = View().changed("budget", 0.02)
    history = (
        History((View(),))
        .show(changed, "budget", 0.0)
        .show(replace(changed, page="watch", seed=1), "page", 9.0)
    )
    assert history.before == View()
    elsewhere = history.show(View(story="thin_rural_region"), "story", 20.0)
    assert elsewhere.before is None


def test_history_is_bounded() -> None:
    history = History((View(),))
    for seed in range(LONGEST + 50):
        history = history.show(replace(View(), seed=seed), "", 10.0 * seed)
    assert len(history.views) == LONGEST
    assert history.view.seed == LONGEST + 49
