"""A trainer opens, closes, reveals and goes on; nothing else is possible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.dashboard.classroom.course import PLAYED, STAGES, STEPS, Course

MOVES = ("open", "close", "reveal", "next", "back")


def test_the_first_button_leads_through_the_whole_lesson() -> None:
    course, seen = Course(), []
    while course.moves and course.moves[0] != "back":
        seen.append((course.step, course.stage))
        course = course.after(course.moves[0])
    assert course.step == STEPS[-1]
    for step in PLAYED:
        assert [stage for each, stage in seen if each == step] == list(STAGES)


@given(st.lists(st.sampled_from([*MOVES, "end", "", "opened"]), max_size=30))
def test_whatever_is_said_a_lesson_stands_somewhere(moves: list[str]) -> None:
    course = Course()
    for move in moves:
        after = course.after(move)
        assert (after == course) or move in course.moves
        course = after
        assert course.step in STEPS
        assert course.stage in STAGES
        assert course.open <= (course.step in PLAYED)


def test_who_goes_past_the_roles_comes_to_the_debrief() -> None:
    assert Course("roles", "waiting").after("next") == Course("debrief", "revealed")
    assert Course("roles", "revealed").after("next").step == "together"


def test_what_is_revealed_is_not_opened_again() -> None:
    course = Course("guess", "revealed")
    assert course.after("open") == course
    assert course.after("back").step == "lobby"
