"""What axe-core finds on every page, in both themes and languages: nothing."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.dashboard.state.view import LANGUAGES
from tests.dashboard.browser import SMALL, Visitor
from tests.dashboard.test_manners import PAGES, WITHOUT_CONTROLS

pytestmark = pytest.mark.slow


def violations(visitor: Visitor) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

    found = Axe().run(visitor.page).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(browser: Any, address: str, page: str, language: str, scheme: str) -> None:
    visitor = Visitor(browser, address, color_scheme=scheme)
    try:
        visitor.open(f"{SMALL}&page={page}&language={language}&guess=cluster")
        visitor.page.wait_for_selector(PAGES[page].replace("[data-tool=guess]", "[data-chart=curves] canvas"))
        visitor.tool("menu").click()
        for summary in visitor.page.locator(".kf-controls summary").all():
            if summary.is_visible():
                summary.click()
        if page != WITHOUT_CONTROLS:
            visitor.control("budget").locator(".kf-help").click()
        assert violations(visitor) == []
    finally:
        visitor.leave()


def test_axe_would_find_something(visitor: Visitor) -> None:
    visitor.open(SMALL)
    visitor.page.evaluate(
        """() => {
            document.querySelector('meta[name=viewport]').content += ', user-scalable=no';
            document.querySelector('main').insertAdjacentHTML('afterbegin', '<h5>Too deep</h5><button></button>');
        }"""
    )
    assert {name for name, _ in violations(visitor)} >= {"meta-viewport", "heading-order", "button-name"}
