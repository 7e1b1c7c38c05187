"""A report as people see it: on a telephone, on a dark screen, on paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import run
from tests.unit.analysis.studies.sweep.sweeps import SMALL

pytestmark = pytest.mark.slow

SETTINGS = [part for key, value in SMALL.items() for part in ("--set", f"{key}={json.dumps(value)}")]
TITLE = (
    "A region with a very long title, in which there is a Donaudampfschifffahrtsgesellschaftskapitänspatent: "
    + "w" * 12
)
BRIGHT = "(e => getComputedStyle(e).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b))"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("results")
    scenario = place / "long.toml"
    scenario.write_text(f"extends = 'thin_rural_region'\nstory.title = {json.dumps(TITLE)}\n", "utf-8")
    told = [
        "compare",
        str(scenario),
        "--seeds",
        "3",
        "--jobs",
        "1",
        "--quiet",
        *SETTINGS,
        "--out",
        str(place / "x"),
    ]
    for arguments in (told, ["report", str(place / "x")]):
        answer = CliRunner().invoke(run.app, arguments)
        assert answer.exit_code == 0, answer.stderr
    return place / "x" / "report.html"


def seen(browser: Any, page: Path, **settings: Any) -> Any:
    found = browser.new_page(**settings)
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.goto(page.as_uri())
    assert complaints == []
    return found


@pytest.mark.parametrize("width", [320, 380, 768, 1400])
def test_nothing_sticks_out(browser: Any, page: Path, width: int) -> None:
    found = seen(browser, page, viewport={"width": width, "height": 800})
    assert found.evaluate("document.documentElement.scrollWidth") <= width
    assert found.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")


def test_it_is_dark_on_dark_screens_and_white_on_paper(browser: Any, page: Path) -> None:
    light, dark = (seen(browser, page, color_scheme=scheme) for scheme in ("light", "dark"))
    assert light.evaluate(f"{BRIGHT}(document.body)") == 3 * 255
    assert dark.evaluate(f"{BRIGHT}(document.body)") < 120
    dark.emulate_media(media="print")
    assert dark.evaluate(f"{BRIGHT}(document.body)") == 3 * 255


def test_it_prints(browser: Any, page: Path, tmp_path: Path) -> None:
    seen(browser, page).pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    content = (tmp_path / "page.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert 4 <= content.count(b"/Type /Page\n") + content.count(b"/Type /Page/") <= 20


def test_the_sheet_is_one_page(browser: Any, page: Path, tmp_path: Path) -> None:
    answer = CliRunner().invoke(run.app, ["report", str(page.parent), "--brief"])
    assert answer.exit_code == 0, answer.stderr
    sheet = seen(browser, page.with_name("brief.html"))
    assert sheet.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    # Nothing that is said is cut off at the bottom of the sheet.
    assert sheet.evaluate("(a => a.scrollHeight <= a.clientHeight + 1)(document.querySelector('article'))")
    sheet.pdf(path=str(tmp_path / "sheet.pdf"), prefer_css_page_size=True)
    content = (tmp_path / "sheet.pdf").read_bytes()
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page/") == 1
    narrow = seen(browser, page.with_name("brief.html"), viewport={"width": 380, "height": 800})
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 380
