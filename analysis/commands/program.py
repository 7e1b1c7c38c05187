"""The table of commands, for `run.py` in a checkout and `knowledge-fountains` where it is installed."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable

import typer

# What commands need beyond this is imported inside them: help must come at once.
from analysis.commands import (
    calibrating,
    comparing,
    conditions,
    dashboard,
    everywhere,
    evidence,
    filming,
    optimising,
    regions,
    reporting,
    scenarios,
    sweeps,
    understanding,
    validating,
)
from analysis.console import streams
from analysis.console.naming import in_own_words

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=in_own_words("""How does a region's knowledge grow when innovation policy supports sectors, clusters or
    smart specialisation? An agent-based model.

    Start with: **run.py compare**
    """),
)
COMPARE = "Compare regimes"
CONDITIONS = "Why, and under which conditions"
SWEEPS = "Sweeps of any size"
UNDERSTANDING = "What a sweep says"
EVIDENCE = "Evidence for the model"
INPUT = "Scenarios and regions"


def _help(command: Callable[..., None]) -> str:
    """Give the help of a command, with examples that this user can type."""
    return in_own_words(inspect.getdoc(command) or "")


for panel, command in (
    (COMPARE, comparing.compare),
    (COMPARE, comparing.run),
    (COMPARE, dashboard.dashboard),
    (COMPARE, filming.film),
    (COMPARE, reporting.report),
    (COMPARE, optimising.optimise),
    (CONDITIONS, conditions.surface),
    (CONDITIONS, everywhere.europe),
    (CONDITIONS, conditions.ablate),
    (CONDITIONS, conditions.organisations),
    (SWEEPS, sweeps.sweep),
    (SWEEPS, sweeps.status),
    (SWEEPS, sweeps.resume),
    (SWEEPS, sweeps.export),
    (UNDERSTANDING, understanding.sensitivity),
    (UNDERSTANDING, understanding.discover),
    (UNDERSTANDING, understanding.robustness),
    (UNDERSTANDING, understanding.replicates),
    (EVIDENCE, evidence.laboratory),
    (EVIDENCE, evidence.facts),
    (EVIDENCE, evidence.replicate),
):
    app.command(rich_help_panel=panel, help=_help(command))(command)


def _group(
    panel: str, name: str, explanation: str, also: str | None = None, **commands: Callable[..., None]
) -> None:
    """Put commands under a common name, and under ``also``, which help does not show."""
    group = typer.Typer(no_args_is_help=True, help=explanation, rich_markup_mode="markdown")
    for each, function in commands.items():
        group.command(each, help=_help(function))(function)
    app.add_typer(group, name=name, rich_help_panel=panel)
    if also is not None:
        app.add_typer(group, name=also, hidden=True)


_group(
    INPUT,
    "scenarios",
    "List, show and check scenarios.",
    list=scenarios.list_scenarios,
    show=scenarios.show_scenario,
    validate=scenarios.validate_scenarios,
)
_group(
    INPUT,
    "regions",
    "List, find, show and import measured regions.",
    also="region",
    list=regions.list_regions,
    search=regions.search_regions,
    show=regions.show_region,
    **{"import": regions.import_regions},
)
_group(
    EVIDENCE,
    "validate",
    "Hold the model against what happened in real regions.",
    europe=validating.europe,
)
_group(
    EVIDENCE,
    "estimate",
    "Estimate parameters on half of the real regions.",
    europe=validating.estimate_europe,
)
_group(
    EVIDENCE,
    "calibrate",
    "Set unit costs before regimes are compared, and check them.",
    adjust=calibrating.adjust_costs,
    check=calibrating.check_costs,
)


def main() -> None:
    """Do what was typed."""
    streams.secure()
    code = 0
    try:
        app()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    sys.exit(streams.conclude(code))
