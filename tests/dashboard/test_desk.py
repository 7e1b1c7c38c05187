"""The policy desk and the map of Europe in a real browser; who is asked first, and who is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from analysis.dashboard.state.own_policy import LOTTERY
from analysis.dashboard.state.view import OWN_POLICY
from model.loading import load_scenario
from model.scenario import REGIME_NAMES
from tests.dashboard.browser import Visitor, server

pytestmark = pytest.mark.slow

SHORT = "story=thin_rural_region&set=horizon:12"


def seen(visitor: Visitor) -> dict[str, Any]:
    """Give curves and bands, without those of the setting before."""
    series = visitor.option()["series"]
    return {each["id"]: each["data"] for each in series if not each["id"].startswith("ghost:")}


def test_a_policy_of_ones_own_stands_beside_the_regimes_and_the_lottery(
    visitor: Visitor, browser: Any, tmp_path: Path
) -> None:
    visitor.open(SHORT).settled()
    visitor.page.locator("[data-page=desk]").click()
    visitor.page.wait_for_selector(".kf-own")
    visitor.page.wait_for_selector("[data-chart=winners] canvas")
    visitor.settled()
    lines = {each["id"] for each in visitor.option()["series"] if each["id"].startswith("line:")}
    assert lines == {f"line:{name}" for name in (*REGIME_NAMES, LOTTERY, OWN_POLICY)}
    before = {name: visitor.curve(name) for name in (*REGIME_NAMES, LOTTERY, OWN_POLICY)}

    # An instrument: one weight moves the shares of all, and nobody else's curve.
    exact = visitor.control("regimes.composed.delivery.training").locator("input[type=text]")
    exact.fill("100")
    exact.press("Enter")
    visitor.page.wait_for_function("() => location.search.includes('delivery.training:100')")
    visitor.until(lambda: visitor.curve(OWN_POLICY) != before[OWN_POLICY])
    visitor.settled()
    after = {name: visitor.curve(name) for name in before}
    assert [name for name in before if before[name] != after[name]] == [OWN_POLICY]
    assert "53.3% of the money" in visitor.control("regimes.composed.delivery.training").inner_text()

    # A theme, found by its name: it is the one priority that is funded.
    visitor.tool("search").fill("sawing")
    visitor.page.locator(".kf-found button").first.click()
    visitor.page.wait_for_function("() => location.search.includes('listed_domains')")
    visitor.settled()
    assert visitor.tool("theme").count() == 1
    visitor.page.wait_for_selector("[data-chart=timeline] canvas")
    bars = [each for each in visitor.option("timeline")["series"] if str(each["id"]).startswith("funded:")]
    assert [len(each["data"]) for each in bars] == [1]

    # The link shows somebody else the same; the file runs on the command line.
    other = Visitor(browser, visitor.address)
    try:
        other.open(visitor.search().removeprefix("?")).settled()
        # Only who made the move sees the ghost of what was before it.
        visitor.until(lambda: seen(other) == seen(visitor))
    finally:
        other.leave()
    with visitor.page.expect_download() as download:
        visitor.tool("policy-toml").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    scenario = load_scenario(path)
    assert [each.regime for each in scenario.policy.policymakers] == [OWN_POLICY]
    assert scenario.regimes[OWN_POLICY].delivery["training"] == pytest.approx(0.533, abs=0.001)


def test_what_was_chosen_and_who_wins_follow_the_policy_that_is_asked_for(visitor: Visitor) -> None:
    visitor.open(f"{SHORT}&page=desk&policy=smart_specialisation").settled()
    visitor.page.wait_for_selector("[data-chart=timeline] figcaption:has-text('Smart specialisation')")
    visitor.page.wait_for_selector("[data-chart=winners] canvas")
    visitor.tool("policy").select_option("none")
    visitor.page.wait_for_selector("text=No policy: nobody sets priorities here.")
    visitor.page.wait_for_function("() => location.search.includes('policy=none')")
    visitor.tool("policy").select_option("sector")
    visitor.page.wait_for_selector("[data-chart=winners] canvas")
    visitor.tool("measure").select_option("output")
    visitor.page.wait_for_selector("[data-chart=winners] figcaption:has-text('Output under sector')")


def test_one_may_begin_with_a_regime(visitor: Visitor) -> None:
    visitor.open(f"{SHORT}&page=desk&regimes=none,sector,composed").settled()
    assert visitor.curve(OWN_POLICY) != visitor.curve("sector")
    visitor.page.locator("[data-tool=begin][data-value=sector]").click()
    visitor.page.wait_for_function("() => location.search.includes('regimes.composed.prioritise')")
    visitor.until(lambda: visitor.curve(OWN_POLICY) == visitor.curve("sector"))
    visitor.tool("empty").click()
    visitor.page.wait_for_function("() => !location.search.includes('regimes.composed')")


def test_a_click_on_the_map_or_a_city_shows_the_region(visitor: Visitor) -> None:
    visitor.open("story=thin_rural_region&set=horizon:4&page=europe")
    visitor.page.wait_for_selector("[data-chart=europe] canvas")
    assert "run.py europe" in visitor.page.inner_text(
        ".kf-europe .kf-problem, .kf-europe .kf-lead"
    ) or re.search(r"Leading beyond|Nobody leads", visitor.page.inner_text(".kf-europe .kf-lead"))
    at = visitor.page.evaluate(
        """() => {
            const chart = document.querySelector('[data-chart=europe] .kf-canvas').kfChart;
            const all = chart.getOption().series.flatMap(each => each.data || []);
            return chart.convertToPixel({xAxisIndex: 0, yAxisIndex: 0}, all.find(each => each.name === 'ITH5').value);
        }"""
    )
    visitor.page.locator("[data-chart=europe] .kf-canvas").click(position={"x": at[0], "y": at[1]})
    visitor.page.wait_for_function("() => location.search.includes('region=ITH5')")
    visitor.page.wait_for_selector("h2:has-text('Emilia-Romagna')")
    visitor.page.wait_for_selector("[data-chart=curves] canvas")
    # With the keyboard: to the next circle to the right, which is said, and Enter.
    visitor.page.locator("[data-chart=europe] .kf-canvas").focus()
    visitor.page.keyboard.press("ArrowRight")
    said = visitor.page.locator("[data-chart=europe] [data-tool=cell]").inner_text()
    code = re.search(r"\(([A-Z0-9]{4})\)", said)
    assert code is not None
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("code => location.search.includes('region=' + code)", arg=code[1])
    # A region is found by a city in it.
    visitor.tool("search-region").fill("bologna")
    visitor.page.locator(".kf-found button").first.click()
    visitor.page.wait_for_function("() => location.search.includes('region=ITH5')")


def test_a_lesson_asks_who_comes_in_before_it_tells(browser: Any) -> None:
    with server("--lesson") as address:
        visitor = Visitor(browser, address)
        try:
            visitor.open("language=en")
            visitor.page.wait_for_selector("text=Which policy will lead after 20 years")
            assert visitor.page.locator("[data-chart=curves], [data-tile], .kf-headline").count() == 0
            visitor.page.locator("button[data-tool=guess]", has_text="cluster").click()
            visitor.page.wait_for_selector("[data-chart=curves] canvas")
            visitor.page.wait_for_selector(".kf-guessed >> text=You guessed")
            visitor.page.locator(".kf-guessed [data-tool=guess]").click()
            visitor.page.wait_for_selector(".kf-landing")
            visitor.page.locator("button[data-tool=guess]", has_text="without a guess").click()
            visitor.page.wait_for_selector("[data-chart=curves] canvas")
            assert visitor.page.locator(".kf-guessed").count() == 0
            # The address remembers it: who comes back is not asked again.
            visitor.page.wait_for_function("() => location.search.includes('guess=skipped')")
        finally:
            visitor.leave()


def test_without_a_lesson_the_bare_address_opens_on_the_answer(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.wait_for_selector("[data-chart=curves] canvas")
    visitor.page.wait_for_selector(".kf-headline")
    assert visitor.page.locator(".kf-landing").count() == 0
