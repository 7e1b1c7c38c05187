"""The command that makes a film."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import DEFAULT_STORY, RegionOption, SettingsOption, StoryArgument
from analysis.commands.speaking import speaking


def film(
    scenario: StoryArgument = DEFAULT_STORY,
    regimes: Annotated[
        str, typer.Option("--regimes", metavar="NAMES", help="One regime or two, with a comma between.")
    ] = "cluster,smart_specialisation",
    recombination: Annotated[
        bool,
        typer.Option(
            "--recombination", help="Show one regime twice: with networked recombination and without."
        ),
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", min=0, metavar="N", help="Seed of the runs.", show_default="one typical of the story"
        ),
    ] = None,
    first: Annotated[
        int, typer.Option("--first", min=0, metavar="N", help="Quarter that it begins with.")
    ] = 8,
    quarters: Annotated[
        int, typer.Option("--quarters", min=1, max=400, metavar="N", help="How many quarters it shows.")
    ] = 16,
    language: Annotated[
        str, typer.Option("--language", metavar="NAME", help="Language of the film: en or de.")
    ] = "en",
    size: Annotated[
        str, typer.Option("--size", metavar="WxH", help="Width and height in pixels.")
    ] = "960x600",
    settings: SettingsOption = None,
    region: RegionOption = None,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where it goes.")] = Path(
        "fountains.gif"
    ),
) -> None:
    """Make a film of knowledge that springs, flows and is paid for, as a GIF for a slide or a page.

    A browser of this machine (Chromium, Chrome or Edge) draws it; nothing leaves the machine.

    Examples:

    - run.py film

    - run.py film --regimes sector,smart_specialisation --first 0 --quarters 24

    - run.py film thin_rural_region --regimes cluster --recombination --language de
    """
    with speaking():
        from analysis.console.filming import Wanted
        from analysis.console.filming import film as make
        from analysis.console.terminal import Terminal

        wanted = Wanted(
            scenario,
            settings or [],
            region,
            regimes,
            recombination,
            seed,
            first,
            quarters,
            language,
            size,
            out,
        )
        make(wanted, Terminal())
