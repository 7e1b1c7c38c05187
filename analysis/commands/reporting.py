"""The command that turns results into a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import JsonOption
from analysis.commands.speaking import speaking


def report(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER...",
            help="Results of compare, run, surface, sweep, facts, ablate, organisations, sensitivity, discover, "
            "robustness or replicates.",
        ),
    ],
    conditions: Annotated[
        list[Path] | None,
        typer.Option(
            "--conditions",
            metavar="FOLDER",
            help="Surface or sweep that says under which conditions the answer of a comparison changes; repeatable. "
            "Default: those of the same scenario that lie beside it.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Page to write; default: report.html in the first folder.",
            show_default=False,
        ),
    ] = None,
    brief: Annotated[
        bool,
        typer.Option(
            "--brief",
            help="One sheet of paper instead: the answer, a figure, what it costs, what it depends on, three caveats.",
        ),
    ] = False,
    json: JsonOption = False,
) -> None:
    """Turn results into one page that can be sent, read and printed.

    What was asked, the answer in plain sentences, tables and figures behind it, what it cannot tell, and how to make it
    again. The page needs nothing else: style and figures are in it.

    Examples:

    - run.py report results/thin_rural_region

    - run.py report results/thin_rural_region --brief

    - run.py report results/trial --conditions results/trial-surface

    - run.py report results/trial results/trial-ablation --out trial.html
    """
    with speaking():
        from analysis.console import reporting
        from analysis.console.terminal import Terminal

        reporting.write(folders, out, Terminal(machine_readable=json), conditions or (), brief=brief)
