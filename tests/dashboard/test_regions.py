"""Measured regions on the dashboard: those that ship, and tables that somebody brings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.dashboard.state.uploaded_regions import MOST_TABLE_BYTES
from analysis.regions.application import with_region
from analysis.regions.catalogue import find_region
from model.loading import load_scenario
from model.scenario import REGIME_NAMES
from tests.dashboard.browser import SMALL, Visitor
from tests.unit.analysis.dashboard.state.test_uploaded_regions import long, shares, wide

pytestmark = pytest.mark.slow


def bring(visitor: Visitor, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    visitor.tool("menu").click()
    visitor.tool("upload-regions").set_input_files(path)


def test_a_region_is_chosen_and_a_link_restores_it(visitor: Visitor, browser: Any, tmp_path: Path) -> None:
    visitor.open("set=horizon:12").settled()
    before = visitor.curve("cluster")
    options = visitor.tool("region").locator("optgroup option").count()
    assert options == 283
    visitor.tool("region").select_option("ITH5")
    visitor.page.wait_for_function("() => window.location.search.includes('region=ITH5')")
    visitor.settled()
    assert visitor.curve("cluster") != before
    assert visitor.control("variety").count() == 0
    other = Visitor(browser, visitor.address)
    try:
        other.open(visitor.search().removeprefix("?")).settled()
        assert [other.curve(name) for name in REGIME_NAMES] == [visitor.curve(name) for name in REGIME_NAMES]
        assert other.tool("region").input_value() == "ITH5"
        assert other.complaints == []
    finally:
        other.leave()
    visitor.tool("menu").click()
    with visitor.page.expect_download() as download:
        visitor.tool("toml").click()
    path = tmp_path / "taken.toml"
    download.value.save_as(path)
    there = with_region(load_scenario("machine_building_meets_iot"), find_region("ITH5"), sized=True)
    assert load_scenario(path).knowledge_space == there.knowledge_space


def test_a_lesson_tells_what_a_region_is_strong_in(visitor: Visitor) -> None:
    visitor.open(f"{SMALL}&region=ITH5&page=lesson")
    visitor.page.wait_for_selector("text=C28 machinery and equipment: 3.3 times its usual share")
    visitor.open(f"{SMALL}&region=ITH5&page=lesson&language=de")
    visitor.page.wait_for_selector("text=Worin sie am stärksten ist")


@pytest.mark.parametrize(("content", "regions"), [(wide(), ["R0", "R1", "R2"]), (long(), ["R"])])
def test_a_table_is_brought_and_no_link_holds_it(
    visitor: Visitor, browser: Any, tmp_path: Path, content: bytes, regions: list[str]
) -> None:
    visitor.open(SMALL).settled()
    before = visitor.option()
    bring(visitor, tmp_path, "mine.csv", content)
    visitor.tool("notice").wait_for()
    assert "5 domains" in visitor.tool("notice").inner_text()
    visitor.page.wait_for_function("() => window.location.search.includes('region=own')")
    visitor.settled()
    group = visitor.tool("region").locator("optgroup[label='mine.csv'] option")
    assert group.all_inner_texts() == regions
    assert visitor.tool("region").locator("option:checked").inner_text() == regions[0]
    assert visitor.option() != before
    visitor.tool("notice-close").click()
    visitor.tool("link").click()
    visitor.tool("link-note").wait_for()
    other = Visitor(browser, visitor.address)
    try:
        other.open(visitor.search().removeprefix("?")).settled()
        assert "bring the same table" in other.tool("problem").inner_text()
        assert other.tool("region").input_value() == ""
    finally:
        other.leave()
    visitor.tool("undo").click()
    visitor.page.wait_for_function("() => !window.location.search.includes('region=own')")
    visitor.settled()
    assert visitor.option()["series"][0]["data"] == before["series"][0]["data"]


def test_a_doubtful_table_is_read_when_it_is_meant_so(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open(SMALL).settled()
    bring(visitor, tmp_path, "mine.csv", shares())
    visitor.tool("problem").wait_for()
    assert "sums to 100" in visitor.tool("problem").inner_text()
    assert "--" not in visitor.tool("problem").inner_text()
    visitor.tool("accept").click()
    visitor.tool("notice").wait_for()
    visitor.page.wait_for_function("() => window.location.search.includes('region=own')")
    for gone in ("accept", "problem"):
        visitor.tool(gone).wait_for(state="detached")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"region,C10,C28,F41,H49\nX,1,2,three,4\n", "'three' is no number"),
        (b"x" * (MOST_TABLE_BYTES + 1), "at most"),
        (b"PK\x03\x04", "workbook"),
        (b"region,<img src=x onerror=alert(1)>,b,c,d\nX,1,2,3,4\n", "onerror"),
    ],
)
def test_a_table_with_bad_content_is_told_in_place(
    visitor: Visitor, tmp_path: Path, content: bytes, told: str
) -> None:
    visitor.open(SMALL).settled()
    before = visitor.option()
    bring(visitor, tmp_path, "bad.csv", content)
    visitor.tool("problem").wait_for()
    assert told in visitor.tool("problem").inner_text()
    assert "bad.csv" in visitor.tool("problem").inner_text()
    assert "region=" not in visitor.search()
    assert visitor.option() == before
