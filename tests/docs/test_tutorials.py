"""Tutorials work as they stand, from the first command to the last."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import run
from tests.docs.pages import DOCS, blocks, name_of

TUTORIALS = sorted((DOCS / "tutorials").glob("*.md"))


@pytest.mark.slow
@pytest.mark.parametrize("page", TUTORIALS, ids=name_of)
def test_a_tutorial_works_as_it_stands(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    for block in blocks(page):
        if block.language == "toml":
            Path(block.title).write_text(block.text, "utf-8")
        elif block.language == "python":
            exec(block.text, names)  # noqa: S102 - it is our own page
        elif block.language == "shell":
            for line in block.text.splitlines():
                python, script, *arguments = shlex.split(line)
                assert (python, script) == ("python", "run.py")
                answer = CliRunner().invoke(run.app, arguments)
                assert answer.exit_code == 0, f"{line}\n{answer.output}\n{answer.stderr}"


def test_there_is_one_for_each_user_group() -> None:
    assert [page.stem for page in TUTORIALS] == ["policy_designer", "researcher", "trainer"]
