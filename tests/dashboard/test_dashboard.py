"""The dashboard in a real browser: every page, every control, links, files, two people at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.dashboard.state.controls import POLICY, REGION
from analysis.dashboard.state.seeds import SEEDS
from model.loading import load_scenario
from model.scenario import REGIME_NAMES
from tests.dashboard.browser import SMALL, Visitor, server

# A browser and a server take their time; CI runs these on the newest Python, and does not let them be skipped.
pytestmark = pytest.mark.slow


def test_it_shows_every_regime_on_one_region(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    for regime in REGIME_NAMES:
        values = visitor.curve(regime)
        assert len(values) == 21
        assert all(isinstance(value, int | float) for value in values)
    # The default picture is the paired lead: no policy is the zero line, and each line has its band.
    assert set(visitor.curve("none")) == {0}
    assert {each["id"] for each in visitor.option()["series"]} >= {
        f"high:{regime}" for regime in REGIME_NAMES
    }
    assert "Knowledge of the region" in visitor.page.inner_text("main")
    lines = [each for each in visitor.option("outcomes")["series"] if each["id"].startswith("line:")]
    assert len(lines) == 6 * len(REGIME_NAMES)


def test_every_slider_moves_the_curves(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    visitor.page.locator("[data-expert=conditions]").click()
    for name in (*REGION, *POLICY):
        before, address = visitor.curve("sector"), visitor.search()
        slider = visitor.control(name).locator("input[type=range]")
        slider.focus()
        for _ in range(3):
            slider.press("ArrowRight")
        visitor.page.wait_for_function(
            "([before, name]) => window.location.search !== before && window.location.search.includes(name)",
            arg=[address, f"{name}:"],
        )
        visitor.page.wait_for_function(
            """before => {
                const chart = document.querySelector('[data-chart=curves] .kf-canvas').kfChart;
                const line = chart.getOption().series.find(s => s.id === 'line:sector');
                return JSON.stringify(line.data) !== JSON.stringify(before) && !line.data.includes(null);
            }""",
            arg=before,
        )


def test_help_tells_unit_bounds_and_source(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    visitor.control("budget").locator(".kf-help").click()
    told = visitor.control("budget").locator("[role=note]").inner_text()
    assert "same under every regime" in told
    assert "from 0 to 1" in told


def test_switches_of_a_regime_change_that_regime_only(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    before = {regime: visitor.curve(regime) for regime in REGIME_NAMES}
    visitor.page.locator("summary", has_text="cluster").click()
    visitor.control("regimes.cluster.links").locator("select").select_option("isolated")
    visitor.page.wait_for_function("() => window.location.search.includes('regimes.cluster.links')")
    visitor.settled()
    after = {regime: visitor.curve(regime) for regime in REGIME_NAMES}
    assert [regime for regime in REGIME_NAMES if before[regime] != after[regime]] == ["cluster"]


def test_undo_redo_and_the_ghost(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    before = visitor.curve("cluster")
    visitor.control("budget").locator("input[type=text]").fill("0.05")
    visitor.control("budget").locator("input[type=text]").press("Enter")
    visitor.page.wait_for_function("() => window.location.search.includes('budget')")
    visitor.settled()
    after = visitor.curve("cluster")
    assert after != before
    assert visitor.curve("cluster", "ghost") == before
    visitor.tool("undo").click()
    visitor.page.wait_for_function("() => !window.location.search.includes('budget')")
    visitor.settled()
    assert visitor.curve("cluster") == before
    visitor.tool("redo").click()
    visitor.page.wait_for_function("() => window.location.search.includes('budget')")
    visitor.settled()
    assert visitor.curve("cluster") == after
    visitor.tool("replay").click()
    visitor.page.wait_for_function("() => !window.location.search.includes('budget')")
    visitor.page.wait_for_function("() => window.location.search.includes('budget')")


def test_back_in_the_browser_goes_back(visitor: Visitor) -> None:
    visitor.open(SMALL).settled()
    visitor.page.locator("[data-page=watch]").click()
    visitor.page.wait_for_function("() => window.location.search.includes('page=watch')")
    visitor.page.wait_for_selector("[data-canvas=basin0]")
    visitor.page.go_back()
    visitor.page.wait_for_selector("[data-chart=curves]")
    assert "page=watch" not in visitor.search()


def test_a_shared_link_shows_the_same_to_somebody_else(visitor: Visitor, browser: Any) -> None:
    search = f"{SMALL}&set=budget:0.03&regimes=none,cluster&outcome=breadth&seed=10007&appearance=dark&chart=levels"
    visitor.open(search).settled()
    visitor.tool("menu").click()
    visitor.tool("link").click()
    link = visitor.page.locator(".kf-menu input[readonly]").input_value()
    other = Visitor(browser, link)
    try:
        other.page.goto(link)
        other.settled()
        assert other.option() == visitor.option()
        assert {each["id"] for each in other.option()["series"]} >= {
            "line:none",
            "low:cluster",
            "high:cluster",
        }
    finally:
        other.leave()


def test_two_people_do_not_disturb_each_other(visitor: Visitor, browser: Any) -> None:
    visitor.open(SMALL).settled()
    before = visitor.option()
    other = Visitor(browser, visitor.address)
    try:
        other.open("story=food_meets_nutrition&set=horizon:24&regimes=none,sector").settled()
        assert len(other.curve("sector")) == 25
        assert visitor.option() == before
        assert "budget" not in other.search()
    finally:
        other.leave()


def test_a_scenario_is_taken_along_and_brought_back(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open(f"{SMALL}&set=budget:0.03").settled()
    visitor.tool("menu").click()
    with visitor.page.expect_download() as download:
        visitor.tool("toml").click()
    path = tmp_path / "taken.toml"
    download.value.save_as(path)
    scenario = load_scenario(path)
    assert (scenario.steps, scenario.policy.budget) == (20, 0.03)
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "thin_rural_region"\nsteps = 16\nfirms.number = 40\n', "utf-8")
    visitor.tool("upload").set_input_files(mine)
    visitor.page.wait_for_function("() => window.location.search.includes('own=')")
    visitor.settled()
    visitor.page.wait_for_function(
        """() => document.querySelector('[data-chart=curves] .kf-canvas')
            .kfChart.getOption().series[0].data.length === 17"""
    )
    assert visitor.tool("problem").count() == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"firms.numbr = 3\n", "number"),
        (b"import os\n", "TOML"),
        (b"\xff\x00\xfe", "UTF-8"),
        (b"a" * 70_000, "at most"),
        (b'extends = "../secret.toml"\n', "name of a story"),
        (b'[story]\ntitle = "<img src=x onerror=alert(1)>"\n[firms]\nnumber = -1\n', "number"),
    ],
)
def test_an_upload_with_bad_content_is_told_in_place(
    visitor: Visitor, tmp_path: Path, content: bytes, told: str
) -> None:
    visitor.open(SMALL).settled()
    before = visitor.option()
    bad = tmp_path / "bad.toml"
    bad.write_bytes(content)
    visitor.tool("menu").click()
    visitor.tool("upload").set_input_files(bad)
    visitor.tool("problem").wait_for()
    assert told in visitor.tool("problem").inner_text()
    assert "bad.toml" in visitor.tool("problem").inner_text()
    assert "own=" not in visitor.search()
    assert visitor.option() == before


def test_charts_and_data_can_be_saved(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open(SMALL).settled()
    chart = visitor.page.locator("[data-chart=curves]")
    starts = {"PNG": b"\x89PNG", "SVG": b"<svg", "CSV": b"regime,seed,step"}
    for label, start in starts.items():
        with visitor.page.expect_download() as download:
            chart.get_by_text(label, exact=True).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.read_bytes().startswith(start)
        assert path.suffix == f".{label.lower()}"
    assert len(path.read_text("utf-8").splitlines()) == 1 + 21 * len(REGIME_NAMES) * SEEDS


def test_what_channels_contribute_is_computed_when_asked_for(visitor: Visitor) -> None:
    visitor.open("story=thin_rural_region&set=horizon:8&regimes=none,cluster").settled()
    visitor.tool("attribute").click()
    visitor.page.wait_for_selector("[data-chart=contributions] canvas")
    parts = [each["data"] for each in visitor.option("contributions")["series"]]
    *contributions, (lead,) = [
        each[0]["value"] if isinstance(each[0], dict) else (each[0][0],) for each in parts
    ]
    assert len(contributions) == 4
    assert sum(contributions) == pytest.approx(lead, abs=0.01)
    verdict = visitor.page.inner_text(".kf-verdict")
    assert verdict.startswith("Cluster")
    with visitor.page.expect_download() as download:
        visitor.page.locator("[data-chart=contributions]").get_by_text("CSV", exact=True).click()
    assert "contributions" in download.value.suggested_filename


def test_what_a_link_says_that_is_nothing_here_is_told_in_words(visitor: Visitor) -> None:
    visitor.open(f"{SMALL}&page=surface")
    visitor.tool("problem").wait_for()
    assert visitor.tool("problem").inner_text().startswith("Left out of the link")
    assert "page=surface" in visitor.tool("problem").inner_text()


def leaders(visitor: Visitor) -> list[Any]:
    """Who leads where on the map, without the marks of whoever looks at it."""
    series = visitor.option("surface")["series"]
    return [[each["id"], each["data"]] for each in series if each["id"] not in {"here", "cursor"}]


def test_a_cell_of_the_surface_becomes_the_setting(visitor: Visitor, browser: Any) -> None:
    visitor.open(
        "story=thin_rural_region&set=horizon:6&set=start.run_up:8&page=tipping&regimes=none,cluster&x=budget&y=openness"
    ).settled()
    visitor.page.wait_for_selector("[data-chart=surface] canvas")
    visitor.page.wait_for_function(
        "() => document.querySelector('[data-tool=surface]').textContent.startsWith('complete')"
    )
    with visitor.page.expect_download() as download:
        visitor.page.locator("[data-chart=surface]").get_by_text("CSV", exact=True).click()
    assert "surface" in download.value.suggested_filename
    place = visitor.page.evaluate(
        """() => {
            const chart = document.querySelector('[data-chart=surface] .kf-canvas').kfChart;
            return chart.convertToPixel({xAxisIndex: 0, yAxisIndex: 0}, [0, 4]);
        }"""
    )
    visitor.page.locator("[data-chart=surface] .kf-canvas").click(position={"x": place[0], "y": place[1]})
    visitor.page.wait_for_function("() => window.location.search.includes('openness:0.9')")
    assert "budget:0.0025" in visitor.search()
    # With the keyboard: from where one is, to the right, and Enter.
    visitor.page.locator("[data-chart=surface] .kf-canvas").focus()
    visitor.page.keyboard.press("ArrowRight")
    assert "Budget" in visitor.tool("cell").inner_text()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("() => window.location.search.includes('budget:0.005')")
    # The link restores the map, and somebody else sees the same one.
    other = Visitor(browser, visitor.address)
    try:
        other.open(visitor.search().removeprefix("?"))
        other.page.wait_for_selector("[data-chart=surface] canvas")
        other.page.wait_for_function(
            "() => document.querySelector('[data-tool=surface]').textContent.startsWith('complete')"
        )
        other.until(lambda: leaders(other) == leaders(visitor))
    finally:
        other.leave()


def test_one_guesses_before_the_curves_are_shown(visitor: Visitor) -> None:
    visitor.open(f"{SMALL}&page=lesson")
    visitor.page.wait_for_selector("text=Guess first")
    assert visitor.page.locator("[data-chart=curves]").count() == 0
    visitor.page.locator("button[data-tool=guess]", has_text="sector").click()
    visitor.settled()
    visitor.page.wait_for_selector("text=3. Debrief")
    assert "You guessed" in visitor.page.inner_text("main")


def test_the_tour_has_five_steps_with_one_lever_each(visitor: Visitor) -> None:
    visitor.open(f"{SMALL}&page=lesson")
    visitor.tool("tour").click()
    for step in range(1, 6):
        visitor.page.wait_for_selector(f"text=Step {step} of 5")
        if step in {1, 4, 5}:
            visitor.page.wait_for_selector(f"[data-chart={'outcomes' if step == 1 else 'account'}] canvas")
        if step > 1:
            visitor.page.wait_for_selector("text=here it will say what it changed")
            visitor.tool("lever").click()
            visitor.page.wait_for_function("() => (window.location.search.match(/set=/g) || []).length === 1")
        if step < 5:
            visitor.tool("next").click()
    visitor.tool("end").click()
    visitor.page.wait_for_selector("text=1. Predict")


def test_a_link_that_makes_no_sense_shows_the_rest(visitor: Visitor) -> None:
    visitor.open(f"{SMALL}&seed=-3&set=firms.numbr:3&own=garbage")
    visitor.settled()
    assert "damaged" in visitor.tool("problem").inner_text()


def test_a_full_server_says_so(browser: Any) -> None:
    with server(most_sessions=1) as address:
        inside, outside = Visitor(browser, address), Visitor(browser, address)
        inside.open(SMALL).settled()
        outside.page.goto(address)
        outside.page.wait_for_selector(".kf-full")
        assert "1 sessions are open" in outside.page.inner_text("body")
        outside.leave()
        inside.page.close(run_before_unload=True)
        inside.leave()
