"""A class in browsers: the wall and a phone through the whole lesson, on their sizes, in both languages and themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from analysis.dashboard.classroom.course import PLAYED, STEPS
from tests.dashboard.browser import PATIENCE
from tests.dashboard.room_server import STORY, RoomServer, room_server

pytestmark = pytest.mark.slow

CUT = """() => [...document.querySelectorAll('#screen *')].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1);
}).map(each => each.textContent.slice(0, 60))"""
"""What reaches beyond the page at its sides."""


KEPT = """window.sockets = [];
const Kept = window.WebSocket;
window.WebSocket = class extends Kept { constructor(...all) { super(...all); window.sockets.push(this); } };"""
"""Keeps the sockets of a page, so that they can be cut."""


@pytest.fixture(scope="module")
def served() -> Iterator[RoomServer]:
    with room_server() as found:
        yield found


class Screen:
    """A page that must ask nobody but its server, and complain of nothing."""

    def __init__(self, browser: Any, address: str, width: int, height: int, **look: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, **look)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on(
            "console",
            lambda told: self.complaints.append(told.text) if told.type in {"error", "warning"} else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.add_init_script(KEPT)
        self.page.goto(address)

    def leave(self) -> None:
        assert self.complaints == []
        assert len([url for url in self.requests if not url.startswith("data:")]) <= 2
        self.context.close()


def opened(
    browser: Any, served: RoomServer, language: str = "en", scheme: str = "light"
) -> tuple[Screen, Screen]:
    look = {"color_scheme": scheme, "locale": language}
    address = f"{served.address}/class?key={served.rooms.key}&language={language}&{STORY}"
    wall = Screen(browser, address, 1280, 720, **look)
    wall.page.wait_for_selector(".code")
    code = wall.page.inner_text(".code").strip()
    phone = Screen(browser, f"{served.address}/join/{code}", 390, 844, **look)
    phone.page.wait_for_selector("h1")
    return wall, phone


def steer(wall: Screen, move: str) -> None:
    before = wall.page.evaluate(
        "() => [document.body.className, document.querySelector('#told').textContent].join()"
    )
    wall.page.click(f"[data-do={move}]")
    wall.page.wait_for_function(
        "before => [document.body.className, document.querySelector('#told').textContent].join() !== before",
        arg=before,
    )


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("de", "light")])
def test_a_lesson_from_the_first_code_to_the_end(
    browser: Any, served: RoomServer, language: str, scheme: str
) -> None:
    wall, phone = opened(browser, served, language, scheme)
    assert wall.page.evaluate("() => document.documentElement.lang") == language
    assert wall.page.evaluate("() => document.documentElement.classList.contains('dark')") == (
        scheme == "dark"
    )
    for step in STEPS[1:]:
        steer(wall, "next")
        assert step in wall.page.evaluate("() => document.body.className")
        if step in PLAYED:
            steer(wall, "open")
            act(phone, step)
            if step != "guess":
                wall.page.wait_for_function(
                    "() => document.querySelector('#gathered').textContent.startsWith('1 ')"
                )
            steer(wall, "reveal")
        if step in {"guess", "together"}:
            wall.page.wait_for_selector("[data-line=cluster]", state="attached")
        elif step in PLAYED and step != "guess":
            wall.page.wait_for_selector("[data-dot='1']")
        for screen in (wall, phone):
            assert screen.page.evaluate(CUT) == []
        assert wall.page.evaluate("() => document.documentElement.scrollHeight <= innerHeight")
    wall.page.click("#end")
    wall.page.click("#end")
    phone.page.wait_for_function("() => !document.querySelector('h1')")
    assert phone.page.evaluate("() => localStorage.length") == 0
    wall.leave()
    phone.leave()


def act(phone: Screen, step: str) -> None:
    if step == "guess":
        phone.page.click("[data-value=cluster]")
        phone.page.wait_for_selector("[data-value=cluster][aria-pressed=true]")
    elif step == "luck":
        phone.page.click("[data-do=run]")
        phone.page.wait_for_selector(".bars")
    else:
        phone.page.locator("input[type=range]:enabled").focus()
        phone.page.keyboard.press("ArrowRight")
        phone.page.wait_for_selector(".bars")


def test_a_phone_that_was_away_sends_what_it_did_once_more(browser: Any, served: RoomServer) -> None:
    wall, phone = opened(browser, served)
    steer(wall, "next")
    steer(wall, "open")
    phone.page.click("[data-value=sector]")
    phone.page.wait_for_selector("[data-value=sector][aria-pressed=true]")
    number = phone.page.inner_text("#number")
    phone.page.reload()
    phone.page.wait_for_selector("[data-value=sector][aria-pressed=true]")
    assert phone.page.inner_text("#number") == number
    # Cut off in the middle of a vote: the socket is gone, the hand is not.
    phone.page.evaluate("() => { window.sockets.forEach(each => each.close()); act('guess', 'none'); }")
    phone.page.wait_for_selector("[data-value=none][aria-pressed=true]")
    wall.page.wait_for_function("() => document.querySelector('[data-votes=none]').textContent === '1'")
    assert wall.page.inner_text("[data-votes=sector]") == "0"
    wall.context.close()
    phone.context.close()


def test_the_wall_is_steered_with_a_presenters_remote(browser: Any, served: RoomServer) -> None:
    wall, phone = opened(browser, served)
    for stage in ("guess", "open"):
        wall.page.keyboard.press("PageDown")
        wall.page.wait_for_function(
            "stage => [document.body.className, document.querySelector('#told').textContent].join(' ').includes(stage)",
            arg=stage,
        )
    wall.page.reload()
    wall.page.wait_for_selector("body.guess")
    assert wall.page.inner_text("#told") == "open"
    wall.context.close()
    phone.context.close()
