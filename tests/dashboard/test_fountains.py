"""Watch in a real browser: fountains play, count what the model booked, tell stories, and become a film."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from analysis.dashboard.fountains.filmed_region import SOURCES
from model.loading import load_scenario
from model.region import run
from tests.dashboard.browser import Visitor

pytestmark = pytest.mark.slow

SEED = 10_000


def watching(visitor: Visitor, more: str = "") -> Visitor:
    visitor.open(f"story=thin_rural_region&set=horizon:20&seed={SEED}&page=watch{more}")
    visitor.page.wait_for_selector("[data-canvas=basin1][data-step]")
    return visitor


def counts(visitor: Visitor, side: str) -> dict[str, float]:
    return visitor.page.evaluate(
        """side => Object.fromEntries([...document.querySelectorAll(`[data-counts=${side}] [data-count]`)]
            .map(each => [each.dataset.count, Number(each.dataset.value)]))""",
        side,
    )


def test_runs_are_watched_side_by_side(visitor: Visitor) -> None:
    watching(visitor)
    visitor.tool("forward").click()
    assert visitor.tool("step").inner_text() == "Quarter 1"
    visitor.tool("scrub").fill("15")
    for canvas in ("basin0", "basin1"):
        visitor.page.wait_for_selector(f"[data-canvas={canvas}][data-step='15']")
    visitor.tool("back").click()
    assert visitor.tool("step").inner_text() == "Quarter 14"
    visitor.tool("speed").select_option("10")
    visitor.tool("play").click()
    visitor.page.wait_for_function(
        "() => document.querySelector('[data-tool=step]').textContent.endsWith(' 20')"
    )
    visitor.tool("subject").select_option("domain:0")
    assert "wood fibre materials" in visitor.tool("tale").inner_text()
    basin = visitor.page.locator("[data-canvas=basin0]")
    name, x, y, _ = basin.evaluate(
        """canvas => {
            const firms = canvas.kfTargets.filter(each => each[0].startsWith('firm:'));
            return firms.find(firm => canvas.kfTargets.every(other => other === firm
                || Math.hypot(other[1] - firm[1], other[2] - firm[2]) > 14 + other[3]));
        }"""
    )
    basin.click(position={"x": x, "y": y})
    assert f"Firm {name.removeprefix('firm:')} belongs to" in visitor.tool("tale").inner_text()
    assert visitor.complaints == []


@pytest.mark.parametrize(("side", "regime"), [("left", "cluster"), ("right", "smart_specialisation")])
def test_every_count_on_screen_is_that_of_the_growth_account(
    visitor: Visitor, side: str, regime: str
) -> None:
    watching(visitor)
    result = run(load_scenario("thin_rural_region", {"steps": 20}).with_regime(regime), SEED)
    spending = result.series()["spending"].to_numpy()
    for step in (0, 1, 9, 20):
        visitor.tool("scrub").fill(str(step))
        shown = counts(visitor, side)
        account = result.record.account[step, :, 1]
        assert set(shown) == {*SOURCES, "spent"}
        for name, rows in SOURCES.items():
            assert shown[name] == pytest.approx(account[list(rows)].sum(), abs=1e-5)
        assert shown["spent"] == pytest.approx(spending[step], abs=1e-5)


def test_recombination_is_watched_on_and_off(visitor: Visitor) -> None:
    watching(visitor)
    visitor.tool("split").select_option("recombination")
    visitor.page.wait_for_function("() => location.search.includes('split=recombination')")
    visitor.page.wait_for_selector("h2 >> text=without networked recombination")
    visitor.page.wait_for_selector("[data-canvas=basin1][data-step]")
    assert visitor.tool("right").count() == 0
    scenario = load_scenario("thin_rural_region", {"steps": 20}).with_regime("cluster")
    off = run(load_scenario(scenario, {"channels.networked_recombination": False}), SEED)
    visitor.tool("scrub").fill("12")
    assert counts(visitor, "right")["recombined"] == pytest.approx(
        off.record.account[12, 5:9, 1].sum(), abs=1e-5
    )
    assert off.record.account[:, 7:9].sum() == 0


def test_the_keyboard_plays_and_steps(visitor: Visitor) -> None:
    watching(visitor)
    basin = visitor.page.locator("[data-canvas=basin0]")
    basin.focus()
    basin.press("End")
    assert visitor.tool("step").inner_text() == "Quarter 20"
    basin.press("ArrowLeft")
    assert visitor.tool("step").inner_text() == "Quarter 19"
    basin.press("Home")
    basin.press(" ")
    assert visitor.tool("play").inner_text() == "Pause"
    basin.press(" ")
    assert visitor.tool("play").inner_text() == "Play"


def test_who_wants_less_motion_sees_still_pictures(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, reduced_motion="reduce")
    try:
        watching(visitor)
        visitor.tool("speed").select_option("0.5")
        visitor.page.evaluate(
            """() => { const fountains = document.querySelector('.kf-fountains').__vue__, draw = fountains.draw;
                window.kfDrawn = 0; fountains.draw = () => { window.kfDrawn += 1; draw(); }; }"""
        )
        visitor.tool("play").click()
        visitor.page.wait_for_selector("[data-canvas=basin1][data-step='2']")
        assert visitor.page.evaluate("() => window.kfDrawn") <= 6
    finally:
        visitor.leave()


def test_a_film_is_saved(visitor: Visitor, tmp_path: Path) -> None:
    watching(visitor, "&quarter=18")
    with visitor.page.expect_download() as download:
        visitor.tool("film").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".gif"
    film = Image.open(io.BytesIO(path.read_bytes()))
    assert film.size == (960, 600)
    assert film.n_frames == 21
    first = film.convert("RGB").tobytes()
    film.seek(20)
    assert film.convert("RGB").tobytes() != first
    assert visitor.complaints == []
