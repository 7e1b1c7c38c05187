"""What a trainer meets before a class: the answer at once, sentences that fit it, and what used to go wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from analysis.dashboard.texts import Texts
from model.scenario import REGIME_NAMES
from tests.dashboard.browser import SMALL, Visitor, free_port, server

pytestmark = pytest.mark.slow

OUT_OF_SIGHT = """() => [...document.querySelectorAll('.kf-canvas')].flatMap(canvas => {
    const chart = canvas.kfChart, pen = document.createElement('canvas').getContext('2d'), found = [];
    chart.getZr().storage.getDisplayList().forEach(each => {
        const {text, x, y, font, textAlign, opacity} = each.style;
        if (each.type !== 'tspan' || !text || each.invisible || opacity === 0) return;
        pen.font = font;
        const wide = pen.measureText(text).width;
        const start = (x || 0) - ({right: wide, center: wide / 2}[textAlign] || 0);
        const [a, b, c, d, e, f] = each.transform || [1, 0, 0, 1, 0, 0];
        [start, start + wide].forEach(at => {
            const [px, py] = [a * at + c * (y || 0) + e, b * at + d * (y || 0) + f];
            if (px < -1 || py < -1 || px > chart.getWidth() + 1 || py > chart.getHeight() + 1)
                found.push([canvas.parentElement.dataset.chart, text, px, py]);
        });
    });
    return found;
})"""
"""Texts of charts that reach beyond their chart."""


def test_it_opens_on_who_leads_by_how_much_and_how_surely(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    said = visitor.page.inner_text(".kf-lead")
    assert re.match(r"(Nobody leads beyond chance\. )?\w[\w ]+ (leads|is highest)", said)
    assert re.search(r"best in \d+% of runs", said)
    ends = visitor.page.evaluate(
        "() => document.querySelector('[data-chart=curves] .kf-canvas').kfChart.getOption().graphic[0].elements"
        ".filter(each => each.type === 'text').map(each => each.style.text).join(' ')"
    )
    for regime in REGIME_NAMES:
        assert Texts("en").regime(regime) in ends
    assert ends.count("best in") == len(REGIME_NAMES)


def test_it_says_what_is_being_computed_until_everything_is_there(visitor: Visitor) -> None:
    visitor.page.add_init_script(
        """window.kfSaid = [];
        setInterval(() => {
            const e = document.querySelector('[data-tool=status]');
            if (e && window.kfSaid[window.kfSaid.length - 1] !== e.textContent) window.kfSaid.push(e.textContent);
        }, 5);"""
    )
    visitor.open("story=machine_building_meets_iot&set=horizon:60").settled()
    said = visitor.page.evaluate("() => window.kfSaid")
    bands = [each for each in said if re.fullmatch(r"bands \d+ of 16 …", each)]
    assert bands
    assert said.index("up to date") > max(said.index(each) for each in bands)
    numbers = [int(each.split()[1]) for each in bands]
    assert numbers == sorted(numbers)
    assert {*numbers} <= {1, 2, 4, 8}
    assert any("hang on" in each for each in said)


def test_a_change_is_told_in_a_sentence_and_tiles_follow(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    assert visitor.page.locator(".kf-change").count() == 0
    before = visitor.page.locator("[data-tile=absorptive_capacity]").inner_text()
    exact = visitor.control("absorptive_capacity").locator("input[type=text]")
    exact.fill("1.5")
    exact.press("Enter")
    visitor.page.wait_for_selector(".kf-change >> text=Absorptive capacity × 1.5: no policy")
    visitor.page.wait_for_function("() => window.location.search.includes('absorptive_capacity:1.5')")
    visitor.settled()
    told = visitor.page.inner_text(".kf-change")
    for regime in REGIME_NAMES:
        assert Texts("en").regime(regime) in told
    assert told.count("%") >= len(REGIME_NAMES)
    assert re.search(r"lead(er|s)", told)
    assert visitor.page.locator("[data-tile=absorptive_capacity]").inner_text() != before
    visitor.tool("open-absorptive_capacity").click()
    visitor.page.wait_for_selector("[data-chart=contributions] canvas")
    assert visitor.page.inner_text(".kf-verdict").count("lead") >= len(REGIME_NAMES) - 1


@pytest.mark.parametrize("language", ["en", "de"])
def test_answer_chart_and_tiles_stand_on_the_first_screen_of_a_laptop(
    browser: Any, address: str, language: str
) -> None:
    visitor = Visitor(browser, address, viewport={"width": 1280, "height": 800})
    try:
        visitor.open(f"language={language}&set=horizon:8").settled()
        for seen in (".kf-lead", "[data-chart=curves] canvas", "[data-tile] h3", "[data-tile] h3 + p"):
            for place in range(visitor.page.locator(seen).count()):
                box = visitor.page.locator(seen).nth(place).bounding_box()
                assert box["y"] + box["height"] <= 800, (seen, box)
        assert visitor.page.locator("[data-tile]").count() == 2
        visitor.open(f"language={language}&page=trust")
        visitor.page.wait_for_selector(".kf-trust-against")
        assert visitor.page.evaluate("() => document.documentElement.scrollHeight") <= 800
    finally:
        visitor.leave()


def test_levels_and_one_seed_are_a_click_away_and_the_text_follows(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    tab = visitor.page.locator("[data-tool=chart][data-value=levels]")
    tab.click()
    visitor.page.wait_for_function("() => window.location.search.includes('chart=levels')")
    visitor.settled()
    assert visitor.curve("none")[0] > 0
    assert " at " in visitor.page.inner_text(".kf-lead")
    visitor.page.locator("[data-tool=chart][data-value=seed]").click()
    visitor.page.wait_for_selector(".kf-lead >> text=On this one seed")
    assert not [each for each in visitor.option()["series"] if each["id"].startswith("low:")]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("more", ["", "&large=1", "&page=tipping", "&page=desk"])
def test_no_label_is_cut_however_wide_the_window(
    browser: Any, address: str, language: str, more: str
) -> None:
    visitor = Visitor(browser, address, viewport={"width": 390, "height": 900})
    try:
        visitor.open(f"{SMALL}&language={language}{more}").settled()
        if "tipping" in more:
            visitor.page.wait_for_selector("[data-chart=surface] canvas")
        for width in (390, 1280, 1920):
            visitor.page.set_viewport_size({"width": width, "height": 900})
            visitor.page.wait_for_timeout(1500)
            assert visitor.page.evaluate(OUT_OF_SIGHT) == [], width
            assert visitor.page.evaluate("() => document.documentElement.scrollWidth") <= width + 2, width
    finally:
        visitor.leave()


def test_numbers_are_typed_and_written_with_a_decimal_comma_in_german(visitor: Visitor) -> None:
    visitor.open(f"{SMALL}&language=de").settled()
    exact = visitor.control("openness").locator("input[type=text]")
    assert exact.input_value() == "0,35"
    exact.fill("0,5")
    exact.press("Enter")
    visitor.page.wait_for_function("() => window.location.search.includes('openness:0.5')")
    visitor.settled()
    assert "Offenheit 0,5" in visitor.page.inner_text(".kf-change")
    shown = visitor.page.inner_text("main")
    assert re.search(r"\d,\d\s%", shown)
    assert not re.search(r"\d\.\d(?!\d\d)", shown)


def test_the_quarter_and_what_was_chosen_are_in_the_link(visitor: Visitor, browser: Any) -> None:
    visitor.open(f"{SMALL}&page=watch")
    visitor.page.wait_for_selector("[data-canvas=basin1]")
    visitor.tool("scrub").fill("7")
    visitor.tool("subject").select_option("domain:1")
    visitor.page.wait_for_function(
        "() => /quarter=7/.test(location.search) && /subject=domain:1/.test(location.search)"
    )
    other = Visitor(browser, visitor.address)
    try:
        other.open(visitor.search().removeprefix("?"))
        other.page.wait_for_selector("[data-canvas=basin1][data-step='7']")
        assert other.tool("subject").input_value() == "domain:1"
        assert other.tool("tale").inner_text() == visitor.tool("tale").inner_text()
    finally:
        other.leave()


def test_another_regime_on_the_left_does_not_rewind(visitor: Visitor) -> None:
    visitor.open(f"{SMALL}&page=watch")
    visitor.page.wait_for_selector("[data-canvas=basin1]")
    visitor.tool("scrub").fill("9")
    visitor.tool("left").select_option("sector")
    visitor.page.wait_for_selector("h2 >> text=sector")
    visitor.page.wait_for_selector("[data-canvas=basin1]")
    assert visitor.tool("step").inner_text() == "Quarter 9"


def test_what_is_saved_stands_alone_on_a_slide(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open(f"{SMALL}&set=budget:0.02").settled()
    said = visitor.page.inner_text(".kf-lead")
    for name in ("curves", "outcomes", "account"):
        chart = visitor.page.locator(f"[data-chart={name}]")
        with visitor.page.expect_download() as download:
            chart.get_by_text("SVG", exact=True).click()
        path = tmp_path / f"{name}.svg"
        download.value.save_as(path)
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", path.read_text("utf-8")))
        for wanted in (
            "A thin rural region",
            "Budget 0.02",
            "seeds 10000 to 10015",
            "The Knowledge Fountains",
            "story=thin_rural_region",
        ):
            assert wanted in text.replace("&amp;", "&"), (name, wanted)
        with visitor.page.expect_download() as download:
            chart.get_by_text("PNG", exact=True).click()
        picture = tmp_path / f"{name}.png"
        download.value.save_as(picture)
        height = int.from_bytes(picture.read_bytes()[20:24], "big")
        assert height > 2 * chart.locator(".kf-canvas").bounding_box()["height"] + 100
    svg = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (tmp_path / "curves.svg").read_text("utf-8")))
    assert said.split(":")[0] in svg
    assert svg.count("best in") >= len(REGIME_NAMES)


def test_a_server_started_anew_brings_the_page_back_by_itself(browser: Any) -> None:
    port = free_port()
    visitor = None
    try:
        with server(port=port) as address:
            visitor = Visitor(browser, address)
            visitor.open(f"{SMALL}&set=budget:0.02&language=de").settled()
            shown = visitor.curve("cluster")
        visitor.tool("lost").wait_for()
        assert "Verbindung" in visitor.tool("lost").inner_text()
        assert (
            visitor.page.locator(".v-overlay--active").count() == 0
            or not visitor.page.locator(".v-overlay--active").first.is_visible()
        )
        with server(port=port):
            visitor.page.wait_for_function("() => !document.querySelector('[data-tool=lost]')")
            visitor.page.wait_for_selector("[data-chart=curves] canvas")
            visitor.settled()
            assert visitor.curve("cluster") == shown
            assert "budget:0.02" in visitor.search()
    finally:
        if visitor is not None:
            visitor.leave()


def test_who_is_offline_is_told(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    visitor.context.set_offline(True)
    visitor.tool("lost").wait_for()
    visitor.context.set_offline(False)
    visitor.page.wait_for_function("() => !document.querySelector('[data-tool=lost]')")
    visitor.complaints.clear()


def test_every_visitor_has_the_path_that_they_came_by(address: str) -> None:
    for prefix in ("/lab", "", "/class/room"):
        request = Request(address, headers={"X-Script-Name": prefix} if prefix else {})  # noqa: S310 - our own server
        with urlopen(request, timeout=20) as answer:  # noqa: S310 - as above
            page = answer.read().decode()
        assert f'<body data-base-url="{prefix}/jupyter/">' in page


def test_one_may_zoom_and_nothing_flashes_white_in_the_dark(browser: Any, address: str) -> None:
    for search, scheme, ground in (
        ("", "dark", "rgb(22, 24, 29)"),
        ("?appearance=light", "dark", "rgb(255, 255, 255)"),
    ):
        visitor = Visitor(browser, address, color_scheme=scheme)
        try:
            # What there is before any script of the library runs.
            visitor.context.route("**/*.js*", lambda route: route.abort())
            visitor.page.goto(address + search, wait_until="commit")
            visitor.page.wait_for_selector("#app", state="attached")
            shown = visitor.page.evaluate(
                "() => getComputedStyle(document.querySelector('#app')).backgroundColor"
            )
            assert shown == ground
            content = visitor.page.locator("meta[name=viewport]").get_attribute("content")
            assert "maximum-scale" not in content
            assert "user-scalable" not in content
        finally:
            visitor.leave()


def test_what_was_read_of_an_upload_comes_into_sight(browser: Any, address: str, tmp_path: Path) -> None:
    from tests.unit.analysis.dashboard.state.test_uploaded_regions import wide  # noqa: PLC0415 - made up there

    visitor = Visitor(browser, address, viewport={"width": 390, "height": 700})
    try:
        visitor.open(SMALL).settled()
        visitor.page.mouse.wheel(0, 2000)
        visitor.page.evaluate("() => document.querySelector('[data-tool=menu]').click()")
        path = tmp_path / "mine.csv"
        path.write_bytes(wide())
        visitor.tool("upload-regions").set_input_files(path)
        visitor.tool("notice").wait_for()
        visitor.page.wait_for_timeout(300)
        box = visitor.tool("notice").bounding_box()
        assert 0 <= box["y"] < 700
    finally:
        visitor.leave()
