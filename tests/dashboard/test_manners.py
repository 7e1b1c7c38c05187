"""How the dashboard looks and behaves: themes, sizes, languages, keyboard, screen readers."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.figures.style import THEMES
from model.scenario import REGIME_NAMES
from tests.dashboard.browser import SMALL, Visitor

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_have_the_colours_of_the_figures(browser: Any, address: str, scheme: str) -> None:
    visitor = Visitor(browser, address, color_scheme=scheme)
    try:
        visitor.open(SMALL).settled()
        theme = THEMES[scheme]
        visitor.page.wait_for_selector(f".kf-{scheme}")
        visitor.page.wait_for_function(
            "c => document.querySelector('[data-chart=curves] .kf-canvas').kfChart.getOption().backgroundColor === c",
            arg=theme.background,
        )
        colours = {each["id"]: each["color"] for each in visitor.option()["series"]}
        assert {regime: colours[f"line:{regime}"] for regime in REGIME_NAMES} == dict(theme.regimes)
        ground = visitor.page.evaluate(
            "() => getComputedStyle(document.querySelector('.kf')).backgroundColor"
        )
        assert ground == "rgb({}, {}, {})".format(
            *(int(theme.background[at : at + 2], 16) for at in (1, 3, 5))
        )
        assert visitor.complaints == []
    finally:
        visitor.leave()


def test_it_fits_on_a_phone(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, viewport={"width": 390, "height": 844})
    try:
        for page in ("compare", "watch", "tipping", "lesson"):
            visitor.open(f"{SMALL}&page={page}")
            visitor.page.wait_for_selector(".kf-part")
            visitor.page.wait_for_timeout(300)
            assert visitor.page.evaluate("() => document.documentElement.scrollWidth") <= 392, page
        assert visitor.complaints == []
    finally:
        visitor.leave()


def test_it_speaks_german(visitor: Visitor) -> None:
    visitor.open(f"{SMALL}&language=de").settled()
    shown = visitor.page.inner_text("body")
    assert "Wissen der Region" in shown
    assert "Aufnahmefähigkeit" in shown
    assert "Knowledge" not in shown
    visitor.tool("menu").click()
    visitor.tool("language").select_option("en")
    visitor.page.wait_for_selector("figcaption:has-text('Knowledge of the region')")


def test_large_charts_for_a_second_screen(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    height = visitor.page.locator("[data-chart=curves] .kf-canvas").bounding_box()["height"]
    visitor.tool("menu").click()
    visitor.tool("large").check()
    visitor.page.wait_for_selector(".kf-large")
    visitor.page.wait_for_function(
        "h => document.querySelector('[data-chart=curves] .kf-canvas').clientHeight > h", arg=height
    )
