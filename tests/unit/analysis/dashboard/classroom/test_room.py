"""A room: who sits where, what counts when, and what comes out."""

from __future__ import annotations

import pytest

from analysis.dashboard.classroom import room as rooms
from analysis.dashboard.classroom.regions import COMMON_SEEDS
from analysis.dashboard.classroom.results import Result, dots, middle, otherwise
from analysis.dashboard.state.seeds import SEEDS
from analysis.runs.seeds import FIRST_SEED
from tests.unit.analysis.dashboard.classroom.pretended import STORY, Class


def test_a_vote_counts_while_it_is_open_and_may_be_changed() -> None:
    class_ = Class(3)
    one, two, _ = class_.phones
    class_.do(one, "guess", "cluster")
    assert not one.guess
    class_.go("next", "open")
    class_.do(one, "guess", "cluster")
    class_.do(one, "guess", "sector")
    class_.do(two, "guess", "no such regime")
    class_.do(two, "lever", 1)
    class_.go("close")
    class_.do(two, "guess", "none")
    assert [seat.guess for seat in class_.phones] == ["sector", "", ""]


def test_a_phone_that_comes_back_has_its_seat_and_what_it_did() -> None:
    class_ = Class(2)
    one, _ = class_.phones
    class_.go("next", "open")
    class_.do(one, "guess", "cluster")
    class_.room.leave(one)
    assert one.connections == 0
    again = class_.come(one.token)
    assert again is one
    assert again.guess == "cluster"
    stranger = class_.come("a token that nobody has")
    assert stranger.number == 3


def test_seats_of_those_who_only_looked_in_are_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_SEATS", 3)
    class_ = Class(3)
    class_.go("next", "open")
    class_.do(class_.phones[1], "guess", "none")
    assert class_.room.seat("") is None
    for seat in class_.phones:
        class_.room.leave(seat)
    assert class_.come().number == 1
    assert class_.come().number == 3
    assert class_.room.seat("") is None
    assert class_.come(class_.phones[1].token).guess == "none"


def test_in_how_many_regions_it_comes_out_otherwise() -> None:
    class_ = Class(9)
    class_.settle()
    assert class_.room.leader == "cluster"
    class_.go("next", "next", "open")
    for seat in class_.phones:
        class_.do(seat, "run")
    class_.settle()
    results = [(seat.number, seat.results["luck"]) for seat in class_.phones]
    assert len(results) == 9
    # Seeds of nine phones follow each other, and every third comes out otherwise.
    assert otherwise(dots(results, "cluster"), "cluster") == 3
    assert {result.seeds for _, result in results} == {1}


def test_what_the_class_will_ask_for_is_run_before_it_asks() -> None:
    class_ = Class(2)
    class_.settle()
    made = class_.runs.made
    class_.go("next", "next", "open")
    for seat in class_.phones:
        class_.do(seat, "run")
    assert not [lane for lane, _ in class_.runs.asked if lane == "look"]
    assert class_.runs.made == made
    assert all("luck" in seat.results for seat in class_.phones)


def test_a_setting_is_run_on_common_luck_and_the_latest_counts() -> None:
    class_ = Class(3)
    class_.go("next", "next", "next", "open")
    seat = class_.phones[2]
    usual = seat.lever.start(class_.room.base)
    class_.do(seat, "lever", 0)
    class_.do(seat, "lever", 99)
    class_.do(seat, "lever", usual + 1)
    class_.settle()
    assert seat.setting == usual + 1
    assert class_.room.result(seat) == seat.results["settings"]
    assert seat.results["settings"].at == usual + 1
    assert seat.results["settings"].seeds == COMMON_SEEDS
    class_.do(seat, "lever", usual)
    # Until its runs are there, nothing that belongs to another position is shown.
    assert class_.room.result(seat) is None or class_.room.result(seat).at == usual


def test_a_role_is_measured_against_its_own_region() -> None:
    class_ = Class(6)
    class_.go("next", "next", "next", "next", "open")
    ministry, sceptic = class_.phones[0], class_.phones[5]
    class_.do(ministry, "lever", 4)
    class_.do(sceptic, "lever", 1)
    assert sceptic.pulled is None
    class_.do(sceptic, "draw")
    class_.do(sceptic, "draw")
    class_.settle()
    # Made-up runs grow with the budget: 5% of wages in place of 3%.
    assert ministry.results["roles"].change == pytest.approx(100 * (1.05 / 1.03 - 1))
    assert sceptic.draws == 2
    assert set(sceptic.results["roles"].ends) == set(STORY.regimes)


def test_all_levers_at_once_are_shown_in_front_and_then_set_back() -> None:
    class_ = Class(7)
    class_.go("next", "next", "next", "next", "open")
    first, seventh = class_.phones[0], class_.phones[6]
    assert first.role is seventh.role
    class_.do(first, "lever", 4)
    class_.do(seventh, "lever", 4)
    class_.settle()
    class_.go("next")
    assert dict(class_.room.picture.view.changes) == {"budget": 0.05, "horizon": 4}
    class_.go("next")
    assert class_.room.picture.view == class_.room.usual


def test_another_story_is_taken_only_before_it_begins() -> None:
    class_ = Class(1)
    class_.room.choose("food_meets_nutrition")
    assert class_.room.usual.story == "food_meets_nutrition"
    assert class_.room.usual.changes == ()
    class_.go("next")
    class_.room.choose("thin_rural_region")
    assert class_.room.usual.story == "food_meets_nutrition"


def test_of_a_room_that_ends_nothing_is_kept_and_nothing_wanted() -> None:
    class_ = Class(4)
    class_.room.gather()
    assert class_.runs.asked
    heard: list[bool] = []
    class_.room.listen("somebody", lambda: heard.append(class_.room.ended))
    class_.room.close()
    assert heard == [True]
    assert not class_.room.seats
    assert not class_.runs.asked
    assert class_.room.seat("") is None


def test_a_failed_run_is_told_and_not_asked_for_again() -> None:
    class_ = Class(1)
    class_.go("next", "next", "open")
    (seat,) = class_.phones
    class_.do(seat, "run")
    mine = [each for each in class_.runs.take("look") if each[0][0].seed >= FIRST_SEED + SEEDS]
    assert len(mine) == 1
    mine[0][1](0, None, True, "out of memory")
    assert class_.room.failed(seat)
    class_.settle()
    assert "luck" not in seat.results


@pytest.mark.parametrize(
    ("places", "found"), [([], 2), ([None, None], 2), ([0, None, 4], 2), ([4, 4, 0], 4), ([1], 1)]
)
def test_the_middle_of_a_role(places: list[int | None], found: int) -> None:
    assert middle(places, 2) == found


def test_an_aim_of_nothing_changes_by_what_there_is() -> None:
    assert Result(1, {"before": 0.0, "now": 3.0}).change == 3.0
    assert Result(1, {"before": 4.0, "now": 3.0}).change == -25.0
