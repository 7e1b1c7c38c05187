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


def test_on_a_phone_a_slider_moves_under_the_curves(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, viewport={"width": 390, "height": 844})
    try:
        visitor.open(SMALL).settled()
        slider = visitor.control("budget").locator("input[type=range]")
        assert not slider.is_visible()
        chart = visitor.page.locator("[data-chart=curves]")
        # Chart first: it begins in the upper half, before all that can be chosen.
        assert chart.bounding_box()["y"] < 0.5 * 844
        assert chart.bounding_box()["y"] < visitor.tool("outcome").bounding_box()["y"]
        visitor.page.mouse.wheel(0, 1500)
        visitor.tool("sheet").click()
        visitor.page.wait_for_timeout(300)
        # It stays in sight above the sheet, wherever the page was scrolled to.
        box = chart.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= visitor.page.locator(".kf-controls").bounding_box()["y"] + 40
        slider.focus()
        before = visitor.curve("sector")
        for _ in range(4):
            slider.press("ArrowRight")
        visitor.page.wait_for_function("() => window.location.search.includes('budget')")
        visitor.settled()
        assert visitor.curve("sector") != before
        assert slider.bounding_box()["y"] > 0.5 * 844
        assert visitor.page.locator(".kf-controls").bounding_box()["height"] < 0.5 * 844
    finally:
        visitor.leave()


def test_it_fits_on_a_phone(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, viewport={"width": 390, "height": 844})
    try:
        for page in PAGES:
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
    visitor.page.wait_for_selector("figcaption:has-text('Knowledge at what it is worth')")


def test_large_charts_for_a_second_screen(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    height = visitor.page.locator("[data-chart=curves] .kf-canvas").bounding_box()["height"]
    visitor.tool("menu").click()
    visitor.tool("large").check()
    visitor.page.wait_for_selector(".kf-large")
    visitor.page.wait_for_function(
        "h => document.querySelector('[data-chart=curves] .kf-canvas').clientHeight > h", arg=height
    )


PAGES = {
    "compare": "[data-chart=account] canvas",
    "desk": "[data-chart=winners] canvas",
    "europe": "[data-chart=europe] canvas",
    "watch": "[data-canvas=basin1]",
    "tipping": "[data-chart=curves] canvas",
    "lesson": "[data-tool=guess]",
    "trust": ".kf-trust",
}
"""Pages, and what is there when they are."""

WITHOUT_CONTROLS = "trust"
"""What speaks for the model and against it hangs on no control."""

ROLES = {
    "button", "link", "textbox", "combobox", "slider", "checkbox", "spinbutton", "image", "img", "group", "navigation",
    "DisclosureTriangle",
}  # fmt: skip


def at(visitor: Visitor, page: str, more: str = "") -> None:
    visitor.open(f"{SMALL}&page={page}{more}")
    visitor.page.wait_for_selector(PAGES[page])
    visitor.tool("menu").click()


@pytest.mark.parametrize("page", PAGES)
def test_a_screen_reader_finds_a_name_for_everything(visitor: Visitor, page: str) -> None:
    at(visitor, page)
    session = visitor.context.new_cdp_session(visitor.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    shown = [node for node in nodes if not node["ignored"] and node.get("role", {}).get("value") in ROLES]
    assert [
        node["role"]["value"] for node in shown if not node.get("name", {}).get("value", "").strip()
    ] == []
    roles = {node["role"]["value"] for node in shown}
    assert roles >= {"button", "link", "combobox", "checkbox", "navigation"}
    controls = {"slider", "textbox"}
    assert roles >= controls if page != WITHOUT_CONTROLS else not roles & controls
    pictures = [node["name"]["value"] for node in shown if node["role"]["value"] in {"image", "img"}]
    assert (
        len(pictures)
        >= {"compare": 3, "desk": 3, "europe": 0, "watch": 3, "tipping": 1, "lesson": 0, "trust": 0}[page]
    )
    # In words, with numbers: who does not see a chart knows how it ends.
    assert all(len(each) > 60 and any(sign.isdigit() for sign in each) for each in pictures), pictures


def test_tables_of_contents_of_a_page_are_headings(visitor: Visitor) -> None:
    at(visitor, "compare")
    told = visitor.page.locator("main").aria_snapshot()
    assert 'heading "Where knowledge came from" [level=2]' in told
    assert 'button "cluster" [pressed]' in told
    assert visitor.page.locator("h1").count() == 1


@pytest.mark.parametrize("page", PAGES)
def test_the_tab_key_comes_everywhere_and_shows_where_it_is(visitor: Visitor, page: str) -> None:
    at(visitor, page)
    wanted = visitor.page.evaluate(
        """() => {
            const kinds = ['a', 'button', 'select', 'input', 'summary', '[tabindex]'].map(each => '.kf ' + each);
            const usable = [...document.querySelectorAll(kinds.join())].filter(e => !e.disabled && e.checkVisibility());
            usable.forEach((e, at) => { e.dataset.reached = at; });
            document.activeElement.blur();
            return usable.length;
        }"""
    )
    reached: set[str] = set()
    invisible: list[str] = []
    for _ in range(wanted + 10):
        visitor.page.keyboard.press("Tab")
        here = visitor.page.evaluate(
            """() => {
                const e = document.activeElement;
                const shown = [e, e.parentElement].some(each => {
                    const style = getComputedStyle(each);
                    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                });
                return [e.dataset.reached || '', shown, e.outerHTML.slice(0, 120)];
            }"""
        )
        if here[0]:
            reached.add(here[0])
            invisible += [] if here[1] else [here[2]]
    assert len(reached) == wanted
    assert invisible == []


CONTRASTS = """() => {
    const parse = text => {
        const part = (text.match(/[\\d.]+/g) || []).map(Number);
        return [part[0], part[1], part[2], part.length > 3 ? part[3] : 1];
    };
    const over = (top, ground) => [0, 1, 2].map(i => top[i] * top[3] + ground[i] * (1 - top[3])).concat(1);
    const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
    const found = [];
    const walker = document.createTreeWalker(document.querySelector('.kf'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const e = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
        if (!text || !e.checkVisibility() || e.closest('option, script, style, :disabled')) continue;
        const chain = []; for (let each = e; each; each = each.parentElement) chain.unshift(each);
        let ground = [255, 255, 255, 1], opacity = 1;
        chain.forEach(each => { const style = getComputedStyle(each); opacity *= Number(style.opacity);
            ground = over(parse(style.backgroundColor), ground); });
        const style = getComputedStyle(e), ink = parse(style.color);
        const [a, b] = [light(over([ink[0], ink[1], ink[2], ink[3] * opacity], ground)), light(ground)];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size = parseFloat(style.fontSize);
        const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
        if (ratio < needed) found.push([text.slice(0, 40), ratio.toFixed(2), style.color, e.className]);
    }
    return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_texts_stand_out_from_what_is_behind_them(browser: Any, address: str, page: str, scheme: str) -> None:
    visitor = Visitor(browser, address, color_scheme=scheme)
    try:
        at(visitor, page, "&set=budget:0.02&regimes=none,cluster&own=garbage")
        visitor.page.wait_for_selector(f".kf-{scheme}")
        if page != WITHOUT_CONTROLS:
            visitor.control("budget").locator(".kf-help").click()
        assert visitor.page.evaluate(CONTRASTS) == []
    finally:
        visitor.leave()
