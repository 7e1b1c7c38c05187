"""No command lacks a how-to, and none is told of that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
import typer

import run
from tests.docs.pages import DOCS

PARTS = ("Question.", "You see.", "It means.", "Caution.")
SECTION = re.compile(r"^### run\.py (.+?)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def leaves(command: click.Command, name: str = "") -> Iterator[str]:
    """Name every command that help shows and that does something, groups left out."""
    if getattr(command, "hidden", False):
        # Another name of what is told of already.
        return
    inside = getattr(command, "commands", None)
    if inside is None:
        yield name
        return
    for each, below in inside.items():
        yield from leaves(below, f"{name} {each}".strip())


COMMANDS = sorted(leaves(typer.main.get_command(run.app)))
TOLD = dict(SECTION.findall((DOCS / "commands.md").read_text("utf-8")))


def test_every_command_has_a_how_to_and_no_other() -> None:
    assert sorted(TOLD) == COMMANDS
    assert len(COMMANDS) > 20


@pytest.mark.parametrize("name", COMMANDS)
def test_a_how_to_says_all_that_is_asked_of_it(name: str) -> None:
    text = TOLD[name]
    assert [text.count(f"**{part}**") for part in PARTS] == [1] * len(PARTS)
    assert re.search(rf"^```shell\npython run\.py {re.escape(name)}\b.*\n```$", text, re.MULTILINE)
    assert re.search(r"\]\([\w-]+\.md", text), "a link to the page that says more"
