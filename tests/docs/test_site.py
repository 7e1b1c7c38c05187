"""The documentation becomes a site without a single warning, and every page is in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.pages import DOCS, ROOT


@pytest.mark.slow
def test_the_site_is_built_without_warnings(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(tmp_path / "trees"),
               str(DOCS), str(tmp_path / "site")]  # fmt: skip
    built = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    assert built.returncode == 0, built.stderr
    assert "describe_sweep" in (tmp_path / "site" / "api" / "sweeps.html").read_text("utf-8")
    assert lost(tmp_path / "site") == []


class Page(HTMLParser):
    """Where the links of a page lead, and what can be linked to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.anchors |= {told[name] for name in ("id", "name") if name in told}
        self.targets += [told[name] for name in ("href", "src") if name in told]


def lost(site: Path) -> list[str]:
    """List the links inside a site that lead nowhere."""
    pages = {path: Page() for path in site.rglob("*.html")}
    for path, page in pages.items():
        page.feed(path.read_text("utf-8"))
    found = []
    for path, page in pages.items():
        for target in page.targets:
            address, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:|//", address):
                continue
            to = (path.parent / unquote(address.partition("?")[0])).resolve() if address else path
            known = pages[to].anchors if to in pages else set()
            if not to.exists() or (anchor and to in pages and unquote(anchor) not in known):
                found.append(f"{path.relative_to(site)}: {target}")
    return sorted(set(found))


def test_every_page_is_in_the_contents() -> None:
    contents = (DOCS / "contents.rst").read_text("utf-8")
    listed = {line.strip().removeprefix("Overview <").removesuffix(">") for line in contents.splitlines()}
    pages = {
        path.relative_to(DOCS).with_suffix("").as_posix()
        for path in (*DOCS.rglob("*.md"), *DOCS.rglob("*.rst"))
    }
    built = {page for page in pages if not page.startswith("_build")}
    assert built - {"contents"} <= listed
