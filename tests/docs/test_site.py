"""The documentation becomes a site without a single warning, and every page is in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


def test_every_page_is_in_the_contents() -> None:
    contents = (DOCS / "contents.rst").read_text("utf-8")
    listed = {line.strip().removeprefix("Overview <").removesuffix(">") for line in contents.splitlines()}
    pages = {
        path.relative_to(DOCS).with_suffix("").as_posix()
        for path in (*DOCS.rglob("*.md"), *DOCS.rglob("*.rst"))
    }
    built = {page for page in pages if not page.startswith("_build")}
    assert built - {"contents"} <= listed
