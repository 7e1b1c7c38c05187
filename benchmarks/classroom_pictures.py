"""Makes the pictures of the facilitator's guide: a class of made-up people goes through the whole lesson.

Run with ``python -m benchmarks.classroom_pictures``; it starts the dashboard as trainers do, opens the wall and one
phone in Chromium, lets other phones take part, and keeps a picture of every step. The runs are real, so that the
pictures show what the model says; what people guess and where they move their levers is drawn by lot.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from model.scenario import REGIME_NAMES
from tests.dashboard.browser import chromium, class_server
from tests.dashboard.room_server import Page

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "figures"
WALL, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 780}
PATIENCE = 1200.0
SHOWN_ADDRESS = {"X-Forwarded-Host": "192.0.2.7:8765"}
"""An address for documentation, so that no picture holds one of a real network (RFC 5737)."""


class Lesson:
    """A class that goes through the lesson.

    Parameters
    ----------
    browser
        Chromium.
    address, key
        Of the server.
    options
        Number of phones, language, colours, story and folder.
    """

    def __init__(self, browser: Any, address: str, key: str, options: Any) -> None:
        self._options, self._draw = options, random.Random(1)  # noqa: S311 - what people guess is no secret
        look = {"color_scheme": options.colours, "locale": options.language}
        self.wall = browser.new_context(viewport=WALL, extra_http_headers=SHOWN_ADDRESS, **look).new_page()
        query = f"key={key}&language={options.language}&story={options.story}"
        self.wall.goto(f"{address}class?{query}")
        self.wall.wait_for_selector(".code")
        code = self.wall.inner_text(".code").strip()
        self.phone = browser.new_context(viewport=PHONE, **look).new_page()
        self.phone.goto(f"{address}join/{code}")
        self.phone.wait_for_selector("h1")
        port = urlsplit(address).port or 0
        self.others = [Page(port, f"join/{code}/socket?token=") for _ in range(options.phones - 1)]

    def keep(self, name: str, *, phone: bool = True) -> None:
        """Keep pictures of the wall and of the phone."""
        self.wall.wait_for_timeout(900)
        ending = "" if self._options.language == "en" else f"-{self._options.language}"
        ending += "-dark" if self._options.colours == "dark" else ""
        folder = Path(self._options.folder)
        self.wall.screenshot(path=folder / f"class-{name}{ending}.png")
        if phone:
            self.phone.screenshot(path=folder / f"class-{name}-phone{ending}.png")

    def press(self, *moves: str) -> None:
        """Steer."""
        for move in moves:
            self.wall.click(f"[data-do={move}]")
            self.wall.wait_for_timeout(700)

    def until(self, true: Any) -> None:
        """Wait for runs."""
        end = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > end:
                raise SystemExit("what the class waits for does not come")
            self.wall.wait_for_timeout(400)

    def all_in(self) -> None:
        """Wait until every phone has its result, over as many draws of luck as there will be."""
        self.until(lambda: self.wall.inner_text("#gathered").split()[0] == str(self._options.phones))

    def move(self) -> None:
        """Let everybody move what they have."""
        for page in self.others:
            if "lever" in page.screen:
                page.do("lever", self._draw.choice([0, 1, 3, 4]))
            elif "button" in page.screen:
                page.do(page.screen["button"]["do"])
        if self.phone.query_selector("input[type=range]"):
            self.phone.locator("input[type=range]").focus()
            self.phone.keyboard.press("ArrowRight")
        elif self.phone.query_selector("#screen button.main"):
            self.phone.click("#screen button.main")

    def run(self) -> None:
        """Go through all of it."""
        self.keep("lobby")
        self.press("next", "open")
        for page in self.others:
            page.do("guess", self._draw.choices(REGIME_NAMES, (1, 3, 5, 4))[0])
        self.phone.click("[data-value=smart_specialisation]")
        self.keep("guess")
        self.press("close")
        self.until(
            lambda: not self.wall.inner_text("#status").strip() or "16" not in self.wall.inner_text("#status")
        )
        self.press("reveal")
        self.keep("answer", phone=False)
        for step in ("luck", "settings", "roles"):
            self.press("next", "open")
            self.move()
            self.all_in()
            if step == "settings":
                self.wall.wait_for_timeout(1000 * self._options.wait)
            self.keep(f"{step}-open")
            self.press("reveal")
            self.keep(step, phone=False)
        self.press("next")
        self.until(lambda: not self.wall.inner_text("#status").strip())
        self.keep("together", phone=False)
        self.press("next")
        self.keep("debrief")


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=24)
    parser.add_argument("--language", default="en")
    parser.add_argument("--colours", default="light")
    parser.add_argument("--story", default="thin_rural_region")
    parser.add_argument("--folder", default=str(FOLDER))
    parser.add_argument(
        "--wait", type=int, default=20, help="seconds for further draws of luck under settings"
    )
    options = parser.parse_args()
    Path(options.folder).mkdir(parents=True, exist_ok=True)
    with class_server() as (address, key), chromium() as browser:
        Lesson(browser, address, key, options).run()


if __name__ == "__main__":
    main()
