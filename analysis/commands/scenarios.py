"""Commands that look at scenarios."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.options import (
    DEFAULT_STORY,
    JsonOption,
    SettingsOption,
    StoryArgument,
)
from analysis.commands.speaking import speaking


def list_scenarios(json: JsonOption = False) -> None:
    """List the stories that ship.

    Example: run.py scenarios list
    """
    with speaking():
        from analysis.console import stories
        from analysis.console.terminal import Terminal

        stories.list_stories(Terminal(machine_readable=json))


def show_scenario(
    scenario: StoryArgument = DEFAULT_STORY, settings: SettingsOption = None, json: JsonOption = False
) -> None:
    """Show the text, the questions and all parameters of a scenario.

    Examples:

    - run.py scenarios show thin_rural_region

    - run.py scenarios show my_region.toml --set steps=40 --json
    """
    with speaking():
        from analysis.console import stories
        from analysis.console.terminal import Terminal

        stories.show_story(scenario, settings or (), Terminal(machine_readable=json))


def validate_scenarios(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="SCENARIO...", help="Names or paths; default: the library.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check scenarios; exit code 2 if one is wrong.

    Example: run.py scenarios validate my_region.toml
    """
    with speaking():
        from analysis.console import stories
        from analysis.console.terminal import Terminal

        raise typer.Exit(stories.validate_stories(files or (), Terminal(machine_readable=json)))
