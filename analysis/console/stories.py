"""The library of scenarios on the screen: listed, shown, checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tomli_w
from rich import box
from rich.markup import escape
from rich.syntax import Syntax
from rich.table import Table

from analysis.console.terminal import Terminal, command_line
from model.loading import ScenarioError, library, load_scenario

INVALID = 2


def list_stories(terminal: Terminal) -> None:
    """List the stories that ship, with their titles.

    Parameters
    ----------
    terminal
        Where to speak.
    """
    stories = {name: load_scenario(name).story for name in library()}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("name", no_wrap=True)
    table.add_column("title")
    for name, story in stories.items():
        table.add_row(name, story.title)
    terminal.show(table)
    terminal.show(f"Try next: [bold]{command_line(f'scenarios show {next(iter(stories))}')}[/bold]")
    terminal.emit([{"name": name, **story.model_dump(mode="json")} for name, story in stories.items()])


def show_story(reference: str, settings: Sequence[str], terminal: Terminal) -> None:
    """Show a scenario: its text, its questions, and every parameter as it is resolved.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    terminal
        Where to speak.
    """
    scenario = load_scenario(reference, settings)
    terminal.emit(scenario.model_dump(mode="json"))
    story = scenario.story
    terminal.show(f"\n[bold]{escape(story.title)}[/bold]\n\n{escape(story.text.strip())}\n")
    for number, question in enumerate(story.questions, start=1):
        terminal.show(f"{number}. {escape(question)}")
    parameters = scenario.model_dump(mode="json", exclude_none=True, exclude={"story"})
    text = tomli_w.dumps(parameters)
    terminal.show("")
    # Colours where somebody looks, plain text that can be saved as a file where nobody does.
    terminal.show(
        Syntax(text, "toml", background_color="default") if terminal.output.is_terminal else escape(text)
    )
    terminal.show(f"Try next: [bold]{escape(command_line(f'compare {reference}'))}[/bold]")


def validate_stories(references: Sequence[str], terminal: Terminal) -> int:
    """Check scenarios and say of each what is wrong with it.

    Parameters
    ----------
    references
        Names of stories, or paths of scenarios; all of the library when there are none.
    terminal
        Where to speak.

    Returns
    -------
    int
        Exit code: 0, or 2 when a scenario is wrong.
    """
    verdicts: dict[str, str | None] = {}
    for reference in references or list(library()):
        try:
            load_scenario(reference if reference in library() else Path(reference))
            verdicts[reference] = None
            terminal.show(f"[green]valid[/green]  {escape(reference)}")
        except ScenarioError as error:
            verdicts[reference] = str(error)
            terminal.fail(str(error))
    terminal.emit(
        [{"scenario": name, "valid": error is None, "error": error} for name, error in verdicts.items()]
    )
    return INVALID if any(verdicts.values()) else 0
