"""A class over real sockets: bad codes, phones that leave and come back, two rooms, and a hostile phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from analysis.dashboard.classroom import rooms as registry
from analysis.dashboard.classroom.messages import BURST, PATIENCE
from tests.dashboard.room_server import Page, RoomServer, room_server, until


@pytest.fixture(scope="module")
def served() -> Iterator[RoomServer]:
    with room_server() as found:
        yield found


@pytest.fixture
def wall(served: RoomServer) -> Iterator[Page]:
    page = served.wall()
    yield page
    if page.closed is None:
        page.send({"do": "end"})
        until(lambda: page.closed is not None)


def get(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def votes(page: Page) -> list[int]:
    return [each["count"] for each in page.screen.get("votes", [])]


@pytest.mark.parametrize("code", ["ZZZZZ", "abc", "%3Cscript%3E", "..;--", "B" * 3000])
def test_a_bad_code_is_told_and_another_one_asked_for(served: RoomServer, code: str) -> None:
    status, page = get(f"{served.address}/join/{code}")
    assert status == 404
    assert "There is no room" in page
    assert "<form" in page
    assert "<script>" not in page


def test_a_code_is_typed_and_leads_into_the_room(served: RoomServer, wall: Page) -> None:
    code = wall.screen["code"]
    status, page = get(f"{served.address}/join?code=+{code[:2].lower()}-{code[2:]}")
    assert status == 200
    assert json.dumps(code) in page
    status, page = get(f"{served.address}/join?code=nonsense")
    assert status == 404


def test_only_the_trainer_opens_and_steers(served: RoomServer, wall: Page) -> None:
    assert get(f"{served.address}/class?key=guessed")[0] == 403
    assert get(f"{served.address}/class")[0] == 403
    assert get(f"{served.address}/class?key={served.rooms.key}")[0] == 200
    count = len(served.rooms)
    assert Page(served.port, "class/socket?key=guessed").closed == 4000
    assert len(served.rooms) == count
    phone = served.phone(wall.screen["code"])
    phone.send({"n": 1, "do": "next"})
    phone.send({"do": "end"})
    phone.do("language", "en")
    assert wall.screen["step"] == "lobby"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:{port}"])
def test_a_page_of_another_site_gets_into_no_room(served: RoomServer, wall: Page, origin: str) -> None:
    count = len(served.rooms)
    for path in (f"class/socket?key={served.rooms.key}", f"join/{wall.screen['code']}/socket"):
        with pytest.raises(InvalidStatus) as refused:
            connect(f"ws://127.0.0.1:{served.port}/{path}", origin=origin.format(port=served.port))
        assert refused.value.response.status_code == 403
    assert len(served.rooms) == count
    assert wall.screen["count"] == 0
    with connect(
        f"ws://127.0.0.1:{served.port}/join/{wall.screen['code']}/socket", origin=served.address
    ) as own:
        assert json.loads(own.recv(timeout=60))["token"]


def test_votes_come_live_and_none_is_lost(served: RoomServer, wall: Page) -> None:
    code = wall.screen["code"]
    phones = [served.phone(code) for _ in range(12)]
    wall.steer("next", "open")
    for place, phone in enumerate(phones):
        phone.do("guess", ["none", "sector", "cluster"][place % 3])
    until(lambda: votes(wall) == [4, 4, 4, 0])
    phones[0].do("guess", "smart_specialisation")
    until(lambda: votes(wall) == [3, 4, 4, 1])
    wall.steer("close", "reveal")
    until(lambda: len(wall.screen["said"]) == 2)


def test_a_phone_that_leaves_and_comes_back_finds_its_seat(served: RoomServer, wall: Page) -> None:
    code = wall.screen["code"]
    phone, other = served.phone(code), served.phone(code)
    wall.steer("next", "open")
    phone.do("guess", "cluster")
    token, number = phone.told["token"], phone.screen["number"]
    phone.leave()
    until(lambda: wall.screen["count"] == 1)
    again = served.phone(code, token)
    assert again.screen["number"] == number != other.screen["number"]
    assert [each["value"] for each in again.screen["choices"] if each["chosen"]] == ["cluster"]
    until(lambda: wall.screen["count"] == 2)
    assert sum(votes(wall)) == 1


def test_two_rooms_at_once(served: RoomServer, wall: Page) -> None:
    second = served.wall()
    one, two = wall.screen["code"], second.screen["code"]
    assert one != two
    left, right = served.phone(one), served.phone(two)
    wall.steer("next", "open")
    left.do("guess", "sector")
    until(lambda: votes(wall) == [0, 1, 0, 0])
    assert second.screen["step"] == "lobby"
    assert right.screen["step"] == "lobby"
    stranger = served.phone(two, left.told["token"])
    assert stranger.told["token"] != left.told["token"]
    second.send({"do": "end"})
    until(lambda: right.closed is not None)
    assert right.screen["ended"]
    assert left.closed is None
    assert get(f"{served.address}/join/{two}")[0] == 404


def test_a_room_ends_with_its_page_but_not_with_one_that_is_loaded_anew(
    served: RoomServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "GRACE", 0.5)
    page = served.wall()
    code, secret = page.screen["code"], page.told["secret"]
    phone = served.phone(code)
    page.steer("next")
    page.leave()
    page = served.wall(room=code, secret=secret)
    assert (page.screen["code"], page.screen["step"]) == (code, "guess")
    page.leave()
    until(lambda: phone.closed is not None)
    assert phone.screen["ended"]
    assert served.rooms.find(code) is None


def test_a_flood_hurts_nobody_else(served: RoomServer, wall: Page) -> None:
    code = wall.screen["code"]
    hostile, honest = served.phone(code), served.phone(code)
    wall.steer("next", "open")
    for number in range(1, int(BURST) + PATIENCE + 50):
        if hostile.closed is None:
            with suppress(ConnectionClosed):
                hostile.send({"n": number, "do": "guess", "value": ["none", "sector"][number % 2]})
    honest.do("guess", "cluster")
    until(lambda: votes(wall)[2] == 1)
    until(lambda: hostile.closed is not None)
    assert hostile.closed == 1008
    assert sum(votes(wall)) == 2


@pytest.mark.parametrize(
    "told",
    ["x" * 5_000, '{"n": 1, "do": "guess", "value": "' + "y" * 400 + '"}', "[" * 100_000],
    ids=["long", "long value", "deep"],
)
def test_long_texts_are_shown_out(served: RoomServer, wall: Page, told: str) -> None:
    phone = served.phone(wall.screen["code"])
    phone.send(told)
    until(lambda: phone.closed is not None)
    assert phone.closed == 1008


def test_markup_and_nonsense_reach_no_screen(served: RoomServer, wall: Page) -> None:
    code = wall.screen["code"]
    phone = served.phone(code)
    wall.steer("next", "open")
    for value in ("<img src=x onerror=alert(1)>", "__proto__", "cluster\u0000", "\ud83d\ude00"):
        phone.send({"n": 1, "do": "guess", "value": value})
    phone.send("\x00\x01")
    phone.send('{"n": {"toString": 1}}')
    phone.number = 1
    phone.do("guess", "cluster")
    until(lambda: votes(wall) == [0, 0, 1, 0])
    assert "<img" not in json.dumps([wall.told, phone.told])
    assert phone.closed is None


def test_everybody_is_told_where_the_page_may_get_things_from(served: RoomServer, wall: Page) -> None:
    for path in (f"/join/{wall.screen['code']}", f"/class?key={served.rooms.key}"):
        with urlopen(served.address + path, timeout=20) as answer:  # noqa: S310 - our own server
            policy, text = answer.headers["Content-Security-Policy"], answer.read().decode()
        assert "default-src 'none'" in policy
        nonce = policy.partition("script-src 'nonce-")[2].partition("'")[0]
        assert f'<script nonce="{nonce}">' in text
        # All in one answer, from nowhere else.
        assert "src=" not in text.replace("src *", "")
        assert "https://" not in text


def test_a_search_that_is_no_script_stays_a_text(served: RoomServer) -> None:
    status, text = get(
        f"{served.address}/class?key={served.rooms.key}&story=</script><script>alert(1)</script>"
    )
    assert status == 200
    assert "<script>alert" not in text


@pytest.mark.parametrize(("language", "words"), [("en", "My guess"), ("de", "Meine Vermutung")])
def test_a_sheet_to_print_asks_what_the_lesson_asks(served: RoomServer, language: str, words: str) -> None:
    status, text = get(f"{served.address}/sheet?language={language}")
    assert status == 200
    assert words in text
    assert text.count("<h2>") == 5
    assert text.count('class="line"') >= 10
