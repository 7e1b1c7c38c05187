"""What is seen on the wall and on phones, at every step, in both languages."""

from __future__ import annotations

import json

import pytest

from analysis.dashboard.classroom.course import STEPS
from analysis.dashboard.classroom.phone import phone_screen
from analysis.dashboard.classroom.regions import COMMON_SEEDS
from analysis.dashboard.classroom.wall import wall_screen
from analysis.dashboard.state.seeds import seeds_of
from analysis.dashboard.state.view import LANGUAGES
from analysis.dashboard.texts import Texts
from model.loading import load_scenario
from tests.unit.analysis.dashboard.classroom.pretended import STORY, Class, MadeUpRuns


def act(class_: Class) -> None:
    """Let every phone do what it can."""
    for place, seat in enumerate(class_.phones):
        class_.do(seat, "guess", ["cluster", "sector"][place % 2])
        class_.do(seat, "run")
        class_.do(seat, "draw")
        class_.do(seat, "lever", (place * 2) % 5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_seen_is_words_and_numbers(language: str) -> None:
    class_, texts, seen = Class(13), Texts(language), []
    while class_.room.course.moves[0] != "back":
        for settled in (False, True):
            if settled:
                class_.settle()
            screens = [wall_screen(class_.room, texts)]
            screens += [phone_screen(class_.room, seat, texts) for seat in class_.phones]
            for screen in screens:
                text = json.dumps(screen)
                assert "NaN" not in text
                assert "{" not in "".join(each for each in _texts(screen))
            seen.append(screens[0])
        act(class_)
        class_.go(class_.room.course.moves[0])
    assert {screen["step"] for screen in seen} == set(STEPS) - {STEPS[-1]}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]


def test_the_answer_is_hidden_until_it_is_revealed() -> None:
    class_, texts = Class(3), Texts("en")
    class_.settle()
    class_.go("next", "open")
    act(class_)
    for move in ("close", "reveal"):
        screen = wall_screen(class_.room, texts)
        assert "curves" not in screen
        assert screen["said"] == []
        assert "leads" not in json.dumps(screen["hidden"])
        class_.go(move)
    screen = wall_screen(class_.room, texts)
    assert [line["regime"] for line in screen["curves"]["lines"]] == list(class_.room.usual.regimes)
    assert screen["said"][1] == "2 of 3 guessed cluster, which ends highest here."
    assert [vote["count"] for vote in screen["votes"]] == [0, 1, 2, 0]


def test_luck_is_told_in_numbers() -> None:
    class_, texts = Class(9), Texts("en")
    class_.settle()
    class_.go("next", "next", "open")
    act(class_)
    class_.settle()
    assert wall_screen(class_.room, texts)["said"] == []
    class_.go("reveal")
    screen = wall_screen(class_.room, texts)
    assert screen["said"][0].startswith("In 3 of 9 regions it came out otherwise: cluster did not end")
    assert sum(len(row["dots"]) for row in screen["dots"]["rows"]) == 9
    assert sum(each["count"] for each in screen["dots"]["legend"]) == 9
    assert screen["dots"]["mark"] == pytest.approx(wall_lead(class_), abs=0.01)


def wall_lead(class_: Class) -> float:
    line = class_.room.reading.lines["cluster"]
    assert line.end > 0
    return line.end


def test_what_a_lever_turned_is_told_against_the_same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four draws have a leader of their own: a lever that changes nothing has turned nothing."""
    common = seeds_of(STORY, load_scenario(STORY.story), COMMON_SEEDS)
    usual = MadeUpRuns.ends

    def ends(runs: MadeUpRuns, regime: str, seed: int) -> float:
        return usual(runs, regime, seed) + (20.0 if regime == "sector" and seed in common else 0.0)

    monkeypatch.setattr(MadeUpRuns, "ends", ends)
    class_, texts = Class(4), Texts("en")
    class_.settle()
    class_.go("next", "next", "next", "open")
    act(class_)
    class_.settle()
    assert class_.room.leader == "cluster"
    phone = phone_screen(class_.room, class_.phones[0], texts)
    assert "another policy than sector ends highest" in phone["title"]
    assert phone["said"] == "sector still ends highest (4 of 4 draws of luck are in)."
    class_.go("reveal")
    said = wall_screen(class_.room, texts)["said"]
    assert said[0].startswith("Under 0 of 4 settings another policy than sector ends highest")
    assert (
        said[1] == "On these 4 draws sector ends highest where nothing is changed; on all 16 it is cluster."
    )
    class_.go("next", "next")
    screen = wall_screen(class_.room, texts)
    assert screen["step"] == "debrief"
    assert "Another setting turned it in 0 of 4 cases." in screen["said"]
    asked = texts("classroom.debrief.role_question")
    assert asked not in screen["questions"]
    assert asked not in phone_screen(class_.room, class_.phones[0], texts)["lines"]


def test_the_question_about_roles_is_asked_where_roles_were_played() -> None:
    class_, texts = Class(6), Texts("en")
    class_.settle()
    class_.go("next", "next", "next", "next", "open")
    act(class_)
    class_.settle()
    class_.go("reveal", "next", "next")
    assert texts("classroom.debrief.role_question") in wall_screen(class_.room, texts)["questions"]


def test_a_phone_shows_what_came_out_in_its_own_region() -> None:
    class_, texts = Class(2), Texts("de")
    class_.settle()
    class_.go("next", "next", "open")
    one, two = class_.phones
    class_.do(one, "run")
    class_.settle()
    screen = phone_screen(class_.room, one, texts)
    result = one.results["luck"]
    assert [bar["value"] for bar in screen["bars"]] == [
        round(result.lead(name), 2) for name in class_.room.usual.regimes
    ]
    assert screen["said"].startswith("Anders als vorn" if result.first != "cluster" else "Wie vorn")
    assert "button" not in screen
    assert "bars" not in phone_screen(class_.room, two, texts)
    assert phone_screen(class_.room, two, texts)["button"]["do"] == "run"


def test_no_token_and_no_other_phone_is_on_a_screen() -> None:
    class_, texts = Class(5), Texts("en")
    class_.settle()
    class_.go("next", "next", "open")
    act(class_)
    class_.settle()
    shown = json.dumps([wall_screen(class_.room, texts), phone_screen(class_.room, class_.phones[0], texts)])
    assert not any(seat.token in shown for seat in class_.phones)
    assert class_.room.secret not in shown


def test_who_is_in_a_room_that_has_ended_is_told() -> None:
    class_, texts = Class(1), Texts("en")
    (seat,) = class_.phones
    class_.room.close()
    assert phone_screen(class_.room, seat, texts)["ended"]
    assert wall_screen(class_.room, texts)["ended"]
